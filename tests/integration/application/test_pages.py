"""Every Python example of the pages runs, each on a database of its own."""

from __future__ import annotations

import ast
import inspect
import re
from types import CodeType

import pytest

from lumi_db import Database
from lumi_db.config import project_root

from .page_names import names_for

ROOT = project_root()
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    *sorted(str(one.relative_to(ROOT)) for one in ROOT.glob("docs/**/*.md")),
)
MARKS = {"docs/monitoring.md": [pytest.mark.direct("statistics are read from the server itself")]}
EXAMPLES = [
    pytest.param(page, code, id=f"{page}-{number}", marks=MARKS.get(page, []))
    for page in PAGES
    for number, code in enumerate(BLOCK.findall((ROOT / page).read_text(encoding="utf-8")))
]


def test_the_pages_for_those_who_write_services_have_examples() -> None:
    with_examples = {str(param.values[0]) for param in EXAMPLES}
    assert with_examples >= {
        "README.md",
        "docs/repository-guide.md",
        "docs/transactions.md",
        "docs/engine.md",
    }


@pytest.mark.parametrize(("page", "code"), EXAMPLES)
async def test_an_example_runs(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    page: str,
    code: str,
) -> None:
    names = names_for(page, database, monkeypatch, tmp_path_factory)
    compiled: CodeType = compile(code, page, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(compiled, names)  # noqa: S307 - our own pages
    if inspect.isawaitable(result):
        await result
