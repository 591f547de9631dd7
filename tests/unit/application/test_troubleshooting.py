"""The pages on errors have every class and every sentence of the code, and nothing that is gone."""

from __future__ import annotations

import ast
import re

from lumi_db.cli.failures import ExitCode
from lumi_db.config import project_root
from lumi_db.errors import OperationError
from tools.error_messages import PAGE, error_classes, render

ROOT = project_root()
TEXT = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
ERRORS = TEXT.partition("## Every error")[2]


def test_every_sentence_of_the_code_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert render(page) == page, "Run `python -m tools.error_messages`."


def test_every_class_has_its_line_and_every_line_its_class() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", ERRORS, re.MULTILINE)
    assert sorted(rows) == sorted(error_classes())


def test_no_error_is_defined_where_the_page_does_not_look() -> None:
    files = [file for folder in ("lumi_db", "seed") for file in (ROOT / folder).glob("**/*.py")]
    defined = {
        node.name
        for file in files
        if "generated" not in file.parts
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and {base.id for base in node.bases if isinstance(base, ast.Name)} & {*error_classes(), "LumiError"}
    }
    assert defined == set(error_classes())


def test_the_status_of_an_operation_error_is_the_classs_own() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d*) \|", ERRORS, re.MULTILINE)
    classes = {name: kind for name, kind in error_classes().items() if issubclass(kind, OperationError)}
    told = {name: int(status) for name, status in rows if status}
    assert told == {name: classes[name].status for name in told}
    assert classes.keys() - told.keys() == {"OperationError", "TransientError"}


def test_every_exit_code_is_told() -> None:
    rows = re.findall(r"^\| (\d+) \|", TEXT.partition("## Exit codes")[2].partition("##")[0], re.MULTILINE)
    assert [int(row) for row in rows] == list(ExitCode)
