"""Write the tables of `docs/metrics.md`: `python -m tools.metrics_page`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from prometheus_client import CollectorRegistry
from prometheus_client.metrics import MetricWrapperBase

from lumi_db.observability.metrics import ClientMetrics
from lumi_db.server_metrics import FAMILIES
from lumi_db.server_metrics.collector import PREFIX
from tools.marks import fill, rewrite

PAGE = Path(__file__).resolve().parent.parent / "docs" / "metrics.md"


def render(text: str) -> str:
    """Return the page with its tables as the code has them."""
    return fill(text, {"program": _program(), "server": _server()})


def _program() -> str:
    registry = CollectorRegistry()
    metrics = ClientMetrics(registry)
    rows = []
    for made in vars(metrics).values():
        if isinstance(made, MetricWrapperBase):
            [family] = made.describe()
            suffix = "_total" if family.type == "counter" else ""
            rows.append(_row(f"{family.name}{suffix}", family.type, made._labelnames, family.documentation))
    return _table(rows)


def _server() -> str:
    rows = [_row(f"{PREFIX}up", "gauge", (), "Whether the database could be asked")]
    for one in FAMILIES:
        suffix = "_total" if one.kind == "counter" else ""
        rows.append(_row(f"{PREFIX}{one.name}{suffix}", one.kind, one.labels, one.text))
    return _table(rows)


def _row(name: str, kind: str, labels: Iterable[str], text: str) -> str:
    return f"| `{name}` | {kind} | {', '.join(labels)} | {text} |\n"


def _table(rows: list[str]) -> str:
    return "| metric | kind | labels | |\n|---|---|---|---|\n" + "".join(rows)


def main() -> int:
    """Write the page."""
    return rewrite(PAGE, render)


if __name__ == "__main__":
    sys.exit(main())
