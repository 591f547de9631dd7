"""Every example of the pages for those who write services runs, each on a database of its own."""

from __future__ import annotations

import ast
import inspect
import re
from types import CodeType

import pytest

from lumi_db import Database
from lumi_db.config import project_root

PAGES = (
    "testing.md",
    "repository-guide.md",
    "policies.md",
    "reads.md",
    "query-events.md",
    "types.md",
    "metrics.md",
)


def examples_of(page: str) -> list[str]:
    text = (project_root() / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


EXAMPLES = [(page, number) for page in PAGES for number in range(len(examples_of(page)))]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_examples(page: str) -> None:
    assert len(examples_of(page)) >= 1


@pytest.mark.parametrize(("page", "number"), EXAMPLES)
async def test_an_example_runs(database: Database, page: str, number: int) -> None:
    code: CodeType = compile(examples_of(page)[number], page, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(code, {"db": database})  # noqa: S307 - our own pages
    if inspect.isawaitable(result):
        await result
