"""What the report's page shows between its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from lumi_db.client import load_datamodel
from lumi_db.migrations import list_migrations
from tools.markdown import table
from tools.marks import fill

from .items import Has, Item, Part, Section, read_sections

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "PHASE-2-COMPLETION-REPORT.md"
BENCHMARKS = ROOT / "docs" / "benchmarks.md"
BOUND = re.compile(
    r"^\| (?P<title>[^|]+) \| (?P<limit>at (?:most|least) [^|]+) \| (?P<value>[^|]+) \| (?P<held>[^|]+) \|$"
)
# what phase-2.md asks for, its bound there, and the line of docs/benchmarks.md that measures it
ASKED = (
    ("Simple select", "< 10 ms", "simple select, with policies"),
    ("Join query", "< 50 ms", "join, with policies"),
    ("Complex query (search)", "< 200 ms", "complex query (search), with policies"),
    ("Pagination (20 products with variants and categories)", "< 100 ms", "page, with policies"),
    ("All migrations up", "< 30 s", "all migrations"),
    ("Seed data (demo)", "< 60 s", "demo seed on an empty database"),
    ("Statements of a find, whatever its include", "0 N+1", "statements of a find with three levels"),
    (
        "Pool under load: errors of 500 tasks on 20 connections",
        "stable",
        "500 tasks on 20 connections: errors",
    ),
    ("Slow queries under that load, the demo's data", "< 1 %", "500 tasks on 20 connections: slow queries"),
)


def render(page: str) -> str:
    """Return the page with all that the table, the schema and the benchmarks say."""
    sections, bounds = read_sections(), read_bounds()
    return fill(
        page,
        {
            "counts": _counts(sections),
            "performance": _performance(bounds),
            "missed": _missed(bounds),
            "items": "\n".join(_section(section) for section in sections),
        },
    )


def read_bounds() -> dict[str, Mapping[str, str]]:
    """Return the lines of the table of bounds in docs/benchmarks.md by their titles."""
    lines = map(BOUND.match, BENCHMARKS.read_text(encoding="utf-8").splitlines())
    return {found["title"].strip(): found.groupdict() for found in lines if found}


def _counts(sections: list[Section]) -> str:
    boxes = sum(section.count() for section in sections)
    deliverables = sum(len(part.item) for section in sections for part in section.part if part.number == "D")
    rows = [
        ("Models", str(len(load_datamodel().models))),
        ("Migrations, each with its way back", str(len(list_migrations()))),
        ("Items of phase-2.md in the table below", str(boxes)),
        ("Deliverables", str(deliverables)),
    ]
    return table(("what", "number"), rows) + "\n"


def _performance(bounds: Mapping[str, Mapping[str, str]]) -> str:
    rows = [(what, limit, bounds[title]["value"]) for what, limit, title in ASKED]
    return table(("what", "asked for", "measured"), rows) + "\n"


def _missed(bounds: Mapping[str, Mapping[str, str]]) -> str:
    missed = [one for one in bounds.values() if one["held"].startswith("NOT")]
    if not missed:
        return "Every bound of docs/benchmarks.md held in its last run.\n"
    rows = [(one["title"], one["limit"], one["value"]) for one in missed]
    return table(("bound", "limit", "measured"), rows) + "\n"


def _section(section: Section) -> str:
    parts = "\n".join(_part(part) for part in section.part)
    return f"### {section.title}\n\n{parts}"


def _part(part: Part) -> str:
    rows = [row for number, item in part.numbered() for row in _rows(number, item)]
    return f"**{part.number} {part.title}**\n\n{table(('', 'item', 'where', 'proof'), rows)}\n"


def _rows(number: str, item: Item) -> Iterable[tuple[str, ...]]:
    says = f"{item.says}. *{item.note}*" if item.note else item.says
    yield number, says, "<br>".join(map(_link, item.code)), "<br>".join(map(_proof, item.proof))
    for place, one in enumerate(item.has, 1):
        yield f"{number}.{place}", one.says, _place(item.model, one), ""


def _place(model: str, one: Has) -> str:
    names = [f"{model}.{field}" for field in one.fields] + [
        f"{model}({', '.join(key)})" for key in one.indexes
    ]
    return ", ".join(f"`{name}`" for name in names)


def _link(path: str) -> str:
    # a long path may break where its folders end
    return f"[{path.rstrip('/').replace('/', '/<wbr>')}]({_relative(path)})"


def _proof(proof: str) -> str:
    path, _, name = proof.partition("::")
    return f"[{name.removeprefix('test_').replace('_', ' ')}]({_relative(path)})"


def _relative(path: str) -> str:
    return path.removeprefix("docs/") if path.startswith("docs/") else f"../{path}"
