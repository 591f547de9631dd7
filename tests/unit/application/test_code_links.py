"""A page that names a class, a function or a table of the code links to the file that defines it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from lumi_db.config import project_root

ROOT = project_root()
LINK = re.compile(r"\[`([A-Za-z_][\w.]*)`\]\((\S+\.py)\)")
PAGES = [page for page in sorted(ROOT.glob("docs/**/*.md")) if LINK.search(page.read_text(encoding="utf-8"))]


@cache
def definitions_of(file: Path) -> set[str]:
    """Return what a file defines at its top, and the methods of its classes as `Class.method`."""
    return set(_names(ast.parse(file.read_text(encoding="utf-8")).body))


def _names(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield node.name
            yield from (f"{node.name}.{name}" for name in _names(node.body))
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_link_names_is_defined_in_its_file(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    missing = [
        f"{name} is not defined in {path}"
        for name, path in links
        if name not in definitions_of((page.parent / path).resolve())
    ]
    assert missing == []


def test_the_architecture_is_told_with_links() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert len(LINK.findall(text)) > 40
