from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from .shop_rows import Row, Shop


@pytest_asyncio.fixture
async def connection(database_url: str) -> AsyncIterator[asyncpg.Connection[Row]]:
    """Give a connection to a fresh database that knows nothing of Prisma or `lumi_db`."""
    opened = await asyncpg.connect(database_url)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def other(database_url: str) -> AsyncIterator[asyncpg.Connection[Row]]:
    """Give a second connection to the same database."""
    opened = await asyncpg.connect(database_url)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def shop(connection: asyncpg.Connection[Row]) -> Shop:
    return Shop(connection)
