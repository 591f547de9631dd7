"""A database, a connection that asks about it, and others that do something meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from lumi_db.config import Settings
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.statistics import reading

FOLDER = Path(__file__).parent
Connect = Callable[[], Awaitable[asyncpg.Connection]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(
                pytest.mark.direct(reason="sessions and plans are asked for on the server itself")
            )


@pytest_asyncio.fixture
async def asking(empty_database_url: str) -> AsyncIterator[DirectConnection]:
    """Give a connection of `reading` to an empty database."""
    async with reading(empty_database_url, settings=Settings()) as connection:
        yield connection


@pytest_asyncio.fixture
async def connect(empty_database_url: str) -> AsyncIterator[Connect]:
    """Give what opens more connections to the same database; they are ended after the test."""
    async with AsyncExitStack() as stack:

        async def opened() -> asyncpg.Connection:
            connection = await asyncpg.connect(
                empty_database_url, server_settings={"application_name": "shop"}
            )
            stack.callback(connection.terminate)
            return connection

        yield opened
