"""What makes a plan a bad one."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.plans.judge import LARGE_SORT, LARGE_TABLE, problems_of
from benchmarks.plans.read import Read
from benchmarks.plans.report import plan_in_short

SIZES = {"Order": LARGE_TABLE, "Category": LARGE_TABLE - 1}


def read(*indexes: str, **others: Any) -> Read:
    async def call(shop: Any, sample: Any) -> None: ...

    return Read("orders.get", "simple", indexes, call, **others)


def scan(table: str) -> dict[str, Any]:
    return {"Node Type": "Seq Scan", "Relation Name": table}


def by(index: str, rows: int = 1) -> dict[str, Any]:
    return {"Node Type": "Index Scan", "Relation Name": "Order", "Index Name": index, "Plan Rows": rows}


def sort(plan: dict[str, Any], kind: str = "Sort") -> dict[str, Any]:
    return {"Node Type": kind, "Sort Key": ["id"], "Plans": [plan]}


@pytest.mark.parametrize(
    ("wanted", "plan", "said"),
    [
        (read("a"), by("a"), []),
        (read("a"), by("b"), ["a is not used, but b"]),
        (read("a", "b"), by("a"), ["b is not used, but a"]),
        (read("a|b"), by("b"), []),
        (read("a|b"), by("c"), ["a|b is not used, but c"]),
        (read(), scan("Order"), ["Order is read whole"]),
        (read(), {"Node Type": "Limit", "Plans": [scan("Order")]}, ["Order is read whole"]),
        (read(), scan("Category"), []),
        (read(scans=("Order",), reason="all are wanted"), scan("Order"), []),
        (read("a"), sort(by("a", LARGE_SORT)), [f"{LARGE_SORT} rows are sorted by id"]),
        (read("a"), sort(by("a", LARGE_SORT - 1)), []),
        (read("a"), sort(by("a", LARGE_SORT), "Incremental Sort"), []),
    ],
)
def test_a_plan_is_judged_by_its_indexes_scans_and_sorts(
    wanted: Read, plan: dict[str, Any], said: list[str]
) -> None:
    assert problems_of(wanted, [plan], SIZES) == said


def test_the_indexes_of_all_statements_of_a_read_count() -> None:
    assert problems_of(read("a", "b"), [by("a"), by("b")], SIZES) == []


def test_a_plan_is_told_in_short_each_step_once() -> None:
    plan = {"Node Type": "Limit", "Plans": [sort(by("a", 1200)), by("a"), scan("Order")]}
    assert plan_in_short([plan]) == "Sort of 1,200, Index Scan a, Seq Scan Order"
