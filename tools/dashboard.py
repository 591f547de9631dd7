"""Write `monitoring/grafana/lumi_db.json`, the dashboard of the data layer: `python -m tools.dashboard`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from grafana_foundation_sdk.builders import dashboard, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import DashboardCursorSync, DataSourceRef

from tools.dashboard_panels import ROWS, Panel

PATH = Path(__file__).resolve().parent.parent / "monitoring" / "grafana" / "lumi_db.json"
SOURCE = DataSourceRef(type_val="prometheus", uid="${source}")
WIDTH, HEIGHT = 8, 8


def build() -> str:
    """Return the dashboard as JSON."""
    made = (
        dashboard.Dashboard("Lumi shop: database")
        .uid("lumi-db")
        .tags(["lumi", "postgresql", "prisma"])
        .refresh("30s")
        .time("now-1h", "now")
        .timezone("browser")
        .tooltip(DashboardCursorSync.CROSSHAIR)
        .with_variable(dashboard.DatasourceVariable("source").label("Prometheus").type("prometheus"))
    )
    for title, panels in ROWS:
        made = made.with_row(dashboard.Row(title))
        for panel in panels:
            made = made.with_panel(_number(panel) if panel.is_number else _graph(panel))
    return JSONEncoder(sort_keys=True, indent=2).encode(made.build()) + "\n"


def _graph(panel: Panel) -> timeseries.Panel:
    made = timeseries.Panel().title(panel.title).description(panel.text).unit(panel.unit).datasource(SOURCE)
    for query in _queries(panel):
        made = made.with_target(query)
    return made.span(WIDTH).height(HEIGHT).min(0)


def _number(panel: Panel) -> stat.Panel:
    made = stat.Panel().title(panel.title).description(panel.text).unit(panel.unit).datasource(SOURCE)
    for query in _queries(panel):
        made = made.with_target(query)
    return made.span(WIDTH).height(HEIGHT // 2)


def _queries(panel: Panel) -> Iterable[prometheus.Dataquery]:
    for place, (query, legend) in enumerate(panel.queries):
        yield (
            prometheus.Dataquery().expr(query).legend_format(legend or panel.title).ref_id("ABCDEF"[place])
            .datasource(SOURCE)
        )  # fmt: skip


def list_queries() -> list[str]:
    """Return every query of the dashboard."""
    return [query for _, panels in ROWS for panel in panels for query, _ in panel.queries]


def main() -> int:
    """Write the file."""
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(build(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
