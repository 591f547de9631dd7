"""Alerts and dashboard speak of metrics that there are, and each alert is proved."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from lumi_db.config import project_root
from lumi_db.observability.metrics import ClientMetrics
from lumi_db.server_metrics import FAMILIES
from lumi_db.server_metrics.collector import PREFIX
from tools.dashboard import PATH, build, list_queries
from tools.dashboard_panels import ROWS
from tools.metrics_page import PAGE, render

FOLDER = project_root() / "monitoring" / "prometheus"
ALERTS = (FOLDER / "alerts.yml").read_text(encoding="utf-8")
TESTS = (FOLDER / "alerts_test.yml").read_text(encoding="utf-8")
NAMES = re.findall(r"alert: (\w+)", ALERTS)
METRIC = re.compile(r"\blumi_db_\w+")


def exported() -> set[str]:
    """Return the names of all samples that programs and `lumi-db metrics` offer."""
    registry = CollectorRegistry()
    ClientMetrics(registry)
    names = {f"{PREFIX}up"} | {
        f"{PREFIX}{one.name}{'_total' if one.kind == 'counter' else ''}" for one in FAMILIES
    }
    for family in registry.collect():
        match family.type:
            case "counter":
                names.add(f"{family.name}_total")
            case "histogram":
                names |= {f"{family.name}{part}" for part in ("_bucket", "_count", "_sum")}
            case _:
                names.add(family.name)
    return names


def test_every_alert_is_proved_to_fire_and_to_be_silent() -> None:
    assert len(NAMES) == len(set(NAMES)) >= 16
    for name in NAMES:
        assert f"name: {name} fires\n" in TESTS
        assert f"name: {name} is silent\n" in TESTS
        assert f'alertname="{name}", alertstate="firing"' in TESTS


def test_alerts_and_dashboard_ask_for_metrics_that_there_are() -> None:
    asked = set(METRIC.findall(" ".join(re.findall(r"expr: '(.*)'", ALERTS))))
    asked |= set(METRIC.findall(" ".join(list_queries())))
    assert asked - exported() == set()
    assert len(asked) > 30


def test_each_alert_says_what_to_do() -> None:
    for block in ALERTS.split("- alert: ")[1:]:
        assert re.search(r"severity: (critical|warning)\n", block)
        assert re.search(r"description: '.*(lumi-db |docs/|log|LumiPool)", block), block


def test_the_committed_dashboard_is_what_the_code_makes() -> None:
    assert PATH.read_text(encoding="utf-8") == build(), "run python -m tools.dashboard"


@pytest.mark.parametrize(
    "panel",
    [one for one in json.loads(build())["panels"] if one["type"] != "row"],
    ids=lambda one: str(one["title"]),
)
def test_every_panel_has_a_title_a_unit_a_description_and_queries(panel: dict[str, Any]) -> None:
    assert panel["title"]
    assert panel["description"].endswith(".")
    assert panel["fieldConfig"]["defaults"]["unit"]
    assert all(target["expr"] for target in panel["targets"])


def test_titles_are_told_apart() -> None:
    titles = [panel.title for _, panels in ROWS for panel in panels]
    assert len(titles) == len(set(titles))


def test_the_page_has_every_metric_and_every_alert() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert render(page) == page, "run python -m tools.metrics_page"
    assert set(re.findall(r"`(Lumi\w+)`", page)) == set(NAMES)
