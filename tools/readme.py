"""Write the numbers of `README.md` from `docs/benchmarks.md`: `python -m tools.readme`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools.marks import fill, rewrite

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "README.md"
BENCHMARKS = ROOT / "docs" / "benchmarks.md"
# works of the table of times, and what the README calls them
WORKS = (
    ("find by id", "find one row by id"),
    ("page of 20 with two relations", "a page of 20 products with variants and categories"),
    ("create", "create one row"),
    ("create_many of 10,000", "create 10,000 rows"),
    ("transaction of 5 statements", "a transaction of five statements"),
)
OTHERS = (
    "this client with policies",
    "Piccolo",
    "Tortoise ORM",
    "SQLAlchemy 2 async ORM",
    "Prisma Client JS 6.19",
)


def render(page: str) -> str:
    """Return the page with the ratios of the last benchmark."""
    return fill(page, {"measured": _table(BENCHMARKS.read_text(encoding="utf-8"))})


def _table(benchmarks: str) -> str:
    head, *rows = _times(benchmarks)
    names = [name.replace("this client with policies", "**lumi_db**") for name in OTHERS]
    lines = [["times asyncpg by hand", *names], ["---", *("--:" for _ in OTHERS)]]
    by_work = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    for work, said in WORKS:
        lines.append([said, *(_median(by_work[work][one]) for one in OTHERS)])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _times(benchmarks: str) -> list[list[str]]:
    """Return head and rows of the table of times."""
    table = benchmarks.partition("### Times")[2].partition("###")[0]
    lines = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines if "--:" not in line[-1]]


def _median(cell: str) -> str:
    return re.sub(r" \[.*\]", "", cell)


def main() -> int:
    """Write the page."""
    return rewrite(PAGE, render)


if __name__ == "__main__":
    sys.exit(main())
