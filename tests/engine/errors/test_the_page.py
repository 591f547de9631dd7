"""docs/errors.md and the table of codes name the same; the engine raises no other code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lumi_db.engine
from lumi_db.engine.client_errors import CLASSES

from .support import MARKER, refused

PAGE = Path(__file__).parents[3] / "docs" / "errors.md"


def test_the_page_names_the_codes_and_classes_of_the_table() -> None:
    rows = re.findall(r"^\| (P\d{4}) \| (\w+) \|", PAGE.read_text(), re.MULTILINE)
    assert rows == sorted(rows)
    # The client's class does not exist yet when its datamodel is refused.
    assert dict(rows) == CLASSES | {"P1012": "EngineError"}
    assert len(rows) == len(CLASSES)


def test_every_code_in_the_engine_is_in_the_table() -> None:
    sources = Path(lumi_db.engine.__file__).parent.rglob("*.py")
    assert {code for one in sources for code in re.findall(r'"(P\d{4})"', one.read_text())} <= CLASSES.keys()


def test_every_class_of_the_table_is_the_generated_clients(errors: Any) -> None:
    for name in CLASSES.values():
        assert issubclass(getattr(errors, name), errors.PrismaError)


async def test_an_error_forgets_what_it_came_from(db: Any, errors: Any) -> None:
    await db.tag.create({"name": MARKER})
    error = await refused(errors, db.tag.create({"name": MARKER}))
    assert error.__cause__ is None
    assert error.data["user_facing_error"]["error_code"] == error.code == "P2002"
