"""The tables: on the terminal, and in docs/query-optimization.md between their marks."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from lumi_db.config import project_root

from .judge import nodes
from .plans import Looked
from .read import LIMITS
from .times import CONNECTIONS, MOST_SLOW, TASKS, Load, Timed
from .world import World

PAGE = project_root() / "docs" / "query-optimization.md"

_QUIET = frozenset({"Limit", "Memoize", "Materialize", "Result", "Subquery Scan", "CTE Scan"})


def plan_in_short(plans: Iterable[Mapping[str, Any]]) -> str:
    """Return what a plan does, from the outside in: `Index Scan Order_pkey`, each once."""
    steps: dict[str, None] = {}
    for plan in plans:
        for node in nodes(plan):
            if node["Node Type"] not in _QUIET and (said := _step(node)):
                steps[said] = None
    return ", ".join(steps)


def _step(node: Mapping[str, Any]) -> str:
    kind, place = node["Node Type"], node.get("Index Name") or node.get("Relation Name")
    if kind in ("Index Scan", "Index Only Scan", "Bitmap Index Scan", "Seq Scan"):
        return f"{kind} {place}"
    if kind == "Sort":
        return f"Sort of {node['Plans'][0]['Plan Rows']:,}"
    return kind if kind in ("Incremental Sort", "HashAggregate", "Hash Join", "BitmapOr") else ""


def time_rows(timed: Sequence[Timed], looked: Mapping[str, Looked]) -> Iterator[list[str]]:
    """Return name, kind, median, p95, bound and whether it holds, for each read."""
    for one in timed:
        problems = looked[one.read.name].problems
        bound = f"{one.read.kind} < {LIMITS[one.read.kind]:.0f} ms"
        word = "plan!" if problems else "held" if one.is_held else "NOT held"
        yield [one.read.name, f"{one.median:.2f} ms", f"{one.p95:.2f} ms", bound, word]


def rich_table(rows: Iterable[Sequence[str]]) -> Table:
    table = Table(title="Times", title_justify="left")
    for place, column in enumerate(("read", "median", "p95", "bound", "")):
        table.add_column(column, justify="left" if place == 0 else "right", no_wrap=place == 0)
    for row in rows:
        table.add_row(*row, style=None if row[-1] == "held" else "red")
    return table


def load_line(load: Load) -> str:
    """Say in one sentence what happened under load."""
    slowest = "; ".join(f"{count} × {sql}" for sql, count in load.slowest)
    errors = "; ".join(f"{count} × {name}" for name, count in load.errors.items())
    return (
        f"{TASKS} tasks on {CONNECTIONS} connections: {load.statements:,} statements in {load.seconds:.1f} s, "
        f"{load.slow:.2f} % slow (bound: under {MOST_SLOW:.0f} %), {load.errors.total()} errors"
        f"{f' ({errors})' if errors else ''}.{f' Slow: {slowest}.' if slowest else ''}"
    )


def markdown(world: World, timed: Sequence[Timed], looked: Mapping[str, Looked], load: Load) -> str:
    """Return what `make plans` writes into the page."""
    head = ["| read | its plan, in short | median | p95 | bound | |", "| --- | --- | --: | --: | --- | --- |"]
    rows = [
        f"| {name} | {plan_in_short(looked[name].plans)} | {middle} | {p95} | {bound} | {word} |"
        for name, middle, p95, bound, word in time_rows(timed, looked)
    ]
    size = world.size
    conditions = (
        f"{datetime.now(UTC):%d %B %Y}: {size.products:,} products, {size.customers:,} customers, "
        f"{size.orders:,} orders; PostgreSQL {world.server}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores. {load_line(load)}"
    )
    return "\n".join([conditions, "", *head, *rows])


def between(page: Path, name: str) -> str:
    """Return what stands between the marks of a page. Raises ValueError where they are missing."""
    found = re.search(rf"<!-- {name} -->\n(.*?)\n?<!-- end -->", page.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise ValueError(f"{page} must hold <!-- {name} --> and <!-- end -->.")
    return found[1]


def write_between(page: Path, name: str, text: str) -> None:
    """Put a text between the marks of a page. Raises ValueError where they are missing."""
    content, old = page.read_text(encoding="utf-8"), between(page, name)
    page.write_text(
        content.replace(
            f"<!-- {name} -->\n{old}",
            f"<!-- {name} -->\n{text.rstrip()}\n" if not old else f"<!-- {name} -->\n{text}",
        ),
        encoding="utf-8",
    )
