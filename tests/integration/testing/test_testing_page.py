"""Every example of docs/testing.md runs."""

from __future__ import annotations

import ast
import inspect
import re
from types import CodeType

import pytest

from lumi_db import Database
from lumi_db.config import project_root

PAGE = project_root() / "docs" / "testing.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == 4


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
async def test_an_example_runs(database: Database, number: int) -> None:
    code: CodeType = compile(EXAMPLES[number], str(PAGE), "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    names = {"db": database}
    result = eval(code, names)  # noqa: S307 - our own page
    if inspect.isawaitable(result):
        await result
