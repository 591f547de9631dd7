"""One database with rows for all tests that only read, and a client on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import pytest_asyncio

from lumi_db.engine import EngineOptions, QueryEvent, in_process
from lumi_db.engine.datamodel import Datamodel
from lumi_db.testing.admin import connect
from lumi_db.testing.databases import Databases

from ..conftest import DATAMODEL
from .support import Filters, Reader

ROWS = Path(__file__).parent / "rows.sql"


@pytest.fixture(scope="session")
def reader(blog: ModuleType) -> Reader:
    return Reader(blog, Datamodel.load(DATAMODEL))


@pytest.fixture(scope="session")
def filled_url(blog_databases: Databases) -> Iterator[str]:
    """Give the URL of a database with the rows of rows.sql. Tests on it only read."""
    with blog_databases.migrated() as url:
        asyncio.run(_fill(url))
        yield url


async def _fill(url: str) -> None:
    connection = await connect(url)
    await connection.execute(ROWS.read_text(encoding="utf-8"))
    await connection.close()


@pytest_asyncio.fixture
async def rows(blog: ModuleType, filled_url: str) -> AsyncIterator[Any]:
    """Give a connected client on the database with rows."""
    options = EngineOptions(pool_min=1, event_parameters=True)
    client = in_process(blog.Prisma, datamodel=DATAMODEL, options=options)(
        datasource={"url": filled_url}, use_dotenv=False
    )
    await client.connect()
    yield client
    await client.disconnect()


@pytest.fixture
def sent(rows: Any) -> list[QueryEvent]:
    """Give the list of statements that `rows` sends from now on."""
    events: list[QueryEvent] = []
    rows.on_query(events.append)
    return events


@pytest.fixture
def filters(reader: Reader, rows: Any, sent: list[QueryEvent]) -> Filters:
    return Filters(reader, rows, sent)
