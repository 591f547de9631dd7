"""What the examples of a page take as given: an open database everywhere, and what the page says before them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from lumi_db import Database
from lumi_db.client import FOLDER, load_generated


def names_for(
    page: str, database: Database, monkeypatch: pytest.MonkeyPatch, folders: pytest.TempPathFactory
) -> dict[str, Any]:
    """Return the names, in a world where the environment's database is `database` and `my_app` has a client."""
    monkeypatch.setenv("DATABASE_URL", _url_of(database))
    given = {"db": database, "Database": Database}
    if page in _MORE:
        given |= _MORE[page](database)
        _put_my_app(monkeypatch, folders)
    return given


def _url_of(database: Database) -> str:
    url = database.settings.database_url
    assert url is not None
    return url.get_secret_value()


def _engine(database: Database) -> dict[str, Any]:
    async def work(tx: Any) -> int:
        return int(await tx.role.count())

    def read_csv(path: str) -> list[dict[str, str]]:
        return [{"slug": f"{path}-{number}", "title": "A", "price": "10"} for number in range(3)]

    def say(*_: Any) -> None:
        return None

    return {
        "Prisma": load_generated().Prisma,
        "asyncio": asyncio,
        "client": database.client,
        "count": lambda model: (),
        "current_mode": say,
        "current_user": say,
        "first_number": say,
        "hide_drafts": lambda operation, datamodel, mode: operation,
        "ids": ["a", "b"],
        "notify": lambda: None,
        "path": "a",
        "read_csv": read_csv,
        "refuse_stamp": say,
        "timedelta": timedelta,
        "work": work,
    }


def _monitoring(database: Database) -> dict[str, Any]:
    return {"url": _url_of(database), "sql": 'SELECT * FROM "Product" WHERE "price" > $1'}


_MORE: dict[str, Callable[[Database], dict[str, Any]]] = {
    "docs/adopting.md": _engine,
    "docs/engine.md": _engine,
    "docs/monitoring.md": _monitoring,
}


def _put_my_app(monkeypatch: pytest.MonkeyPatch, folders: pytest.TempPathFactory) -> None:
    """Let an application `my_app`, whose generated client is the shop's, be where the program is started."""
    generated = load_generated()
    monkeypatch.setattr(generated._registry, "_registered_client", None)
    monkeypatch.setitem(sys.modules, "my_app", ModuleType("my_app"))
    monkeypatch.setitem(sys.modules, "my_app.generated", generated)
    folder = folders.mktemp("application")
    (folder / "my_app").mkdir()
    (folder / "my_app" / "generated").symlink_to(FOLDER)
    (folder / "datamodel.json").symlink_to(FOLDER / "datamodel.json")
    monkeypatch.chdir(folder)
