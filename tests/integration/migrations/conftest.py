from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from lumi_db.config import Settings
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.maintenance import direct_connection
from lumi_db.migrations import Migration

Names = Callable[[], Awaitable[list[str]]]


@pytest_asyncio.fixture
async def connection(empty_database_url: str) -> AsyncIterator[DirectConnection]:
    """Give a connection to an empty database."""
    async with direct_connection(empty_database_url, settings=Settings()) as opened:
        yield opened


@pytest_asyncio.fixture
async def other(empty_database_url: str) -> AsyncIterator[DirectConnection]:
    """Give a second connection to the same database."""
    async with direct_connection(empty_database_url, settings=Settings()) as opened:
        yield opened


@pytest.fixture
def three() -> tuple[Migration, ...]:
    """Give three small migrations: a table, a column of it, an index on that."""
    return (
        Migration("20260101000000_note", "CREATE TABLE note (id int)", "DROP TABLE note"),
        Migration(
            "20260102000000_text", "ALTER TABLE note ADD body text", "ALTER TABLE note DROP COLUMN body"
        ),
        Migration("20260103000000_index", "CREATE INDEX body ON note (body)", "DROP INDEX body"),
    )


FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(pytest.mark.direct(reason="migrations hold locks of a session"))
