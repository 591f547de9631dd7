"""The tables: on the terminal, and in docs/benchmarks.md between its marks."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich.table import Table

from .bounds import BOUNDS, Bound, Facts
from .costs import Cost
from .harness import Measured, Ratio
from .imports import Import
from .peers import Peer
from .peers.registry import BASELINE
from .picture import draw

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PICTURE = "benchmarks.svg"
_PACKAGES = ("asyncpg", "pydantic", "uvloop", "piccolo", "tortoise-orm", "sqlalchemy")


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that one run has found out."""

    measured: Sequence[Measured]
    titles: Mapping[str, str]
    facts: Facts
    core: int | None
    server: str
    rounds: int
    imports: Sequence[Import] = ()
    costs: Sequence[Cost] = ()
    lacks: Sequence[str] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether everything was measured."""
        return bool(self.imports)


def timings(results: Results) -> tuple[list[str], list[list[str]]]:
    """Return the head and the rows of the table: by hand in microseconds, the others as ratios with their quartiles."""
    others = [peer for peer in results.titles if peer != BASELINE]
    head = ["work", results.titles.get(BASELINE, BASELINE), *(results.titles[peer] for peer in others)]
    rows = []
    for one in results.measured:
        base = _duration(one.median(BASELINE)) if BASELINE in one.seconds else "–"
        rows.append([one.workload.title, base, *(_cell(one, peer) for peer in others)])
    return head, rows


def _cell(one: Measured, peer: str) -> str:
    if peer not in one.seconds:
        return "–"
    ratio = one.ratio(peer)
    return f"×{_spread(ratio)}" if ratio else _duration(one.median(peer))


def _spread(ratio: Ratio) -> str:
    return f"{_number(ratio.median)} [{_number(ratio.low)}–{_number(ratio.high)}]"


def _number(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _duration(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1000:.2f} ms" if seconds < 0.01 else f"{seconds * 1000:.0f} ms"


def bound_lines(facts: Facts, *, all_of_them: bool = True) -> list[list[str]]:
    """Return a row for every bound: what is asked, what was measured, and whether it holds and by how much."""
    return [
        _bound_line(bound, facts.get(bound.fact)) for bound in BOUNDS if all_of_them or bound.fact in facts
    ]


def _bound_line(bound: Bound, fact: Ratio | None) -> list[str]:
    limit = f"{bound.sense} {_with_unit(bound.limit, bound.unit)}"
    if fact is None:
        return [bound.title, limit, "–", "not measured in this run"]
    # The word is of the very number that is shown beside it.
    held, margin = bound.is_held(fact.median), bound.margin(fact.median)
    return [
        bound.title,
        limit,
        _with_unit(fact.median, bound.unit, digits=3 if held else 4),
        f"{'held' if held else 'NOT held'}, by {abs(margin):.0%}",
    ]


def _with_unit(value: float, unit: str, *, digits: int = 3) -> str:
    text = f"{value:.{digits}g}"
    return f"×{text}" if unit == "×" else f"{text} {unit}".rstrip()


def import_lines(imports: Iterable[Import]) -> list[list[str]]:
    return [[one.title, f"{one.seconds:.2f} s", f"{one.megabytes:.0f} MB"] for one in imports]


def cost_lines(costs: Iterable[Cost]) -> list[list[str]]:
    return [
        [
            one.title,
            f"{one.whole:.0f} µs",
            *(f"{part:.0f} µs ({part / one.whole:.0%})" for part in (one.statement, one.objects, one.engine)),
        ]
        for one in costs
    ]


TABLES = (
    ("Bounds", ["bound", "limit", "measured", "held?"]),
    ("What a call is made of", ["work", "this client", "its statement", "objects", "engine"]),
    ("Imports", ["a fresh interpreter", "time", "memory"]),
)


def tables(results: Results) -> list[tuple[str, list[str], list[list[str]]]]:
    """Return title, head and rows of every table; a run of a part shows the bounds that it has measured."""
    bounds = bound_lines(results.facts, all_of_them=results.is_whole)
    rows = (bounds, cost_lines(results.costs), import_lines(results.imports))
    found = [("Times", *timings(results))]
    found += [(title, head, lines) for (title, head), lines in zip(TABLES, rows, strict=True) if lines]
    return found


def rich_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(title=title, title_justify="left")
    for place, column in enumerate(head):
        table.add_column(column, justify="left" if place == 0 else "right", no_wrap=place == 0)
    for row in rows:
        table.add_row(*row, style="red" if "NOT held" in row[-1] else None)
    return table


def markdown(results: Results) -> str:
    """Return what stands between the marks of docs/benchmarks.md."""
    parts = [_conditions(results), f"![Times of asyncpg by hand]({PICTURE})"]
    for title, head, rows in tables(results):
        parts.append(f"### {title}\n\n{_markdown_table(head, rows)}")
    parts.append("\n".join(f"- {sentence}" for sentence in results.lacks))
    return "\n\n".join(part for part in parts if part)


def _markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *("--:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _conditions(results: Results) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    where = "not pinned" if results.core is None else "client and server on one core"
    return (
        f"{datetime.now(UTC):%d %B %Y}, Python {platform.python_version()}, PostgreSQL {results.server}, {where} of "
        f"{os.cpu_count()}, {results.rounds} rounds. {packages}."
    )


def write_docs(results: Results, folder: Path) -> None:
    """Write the picture, and the tables between the marks of benchmarks.md. Raises ValueError if a mark is missing."""
    page = folder / "benchmarks.md"
    page.write_text(filled(page.read_text(encoding="utf-8"), markdown(results)), encoding="utf-8")
    (folder / PICTURE).write_text(draw(results.measured, dict(results.titles)), encoding="utf-8")


def filled(page: str, content: str) -> str:
    """Return the page with other content between its marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"docs/benchmarks.md must hold {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n\n{content}\n\n{END}{after}"


def list_lacks(peers: Iterable[Peer]) -> list[str]:
    """Say of each peer what it was not asked, and why."""
    return [
        f"{peer.title} has no {operation}: {reason}."
        for peer in peers
        for operation, reason in peer.lacks.items()
    ]
