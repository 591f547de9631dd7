from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from lumi_db import Database
from lumi_db.shop import Shop

BCRYPT = "$2b$12$" + "a" * 53

Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def shop(database: Database) -> Shop:
    return database.shop


@pytest.fixture
def statements(database: Database) -> Statements:
    """Give what collects the SQL that is sent inside: `with statements() as sent`."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        sent: list[str] = []
        end = database.on_query(lambda event: sent.append(event.sql))
        try:
            yield sent
        finally:
            end()

    return collect
