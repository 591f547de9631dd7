from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from .shop_rows import Row, Shop

DIRECT = pytest.mark.direct(reason="asks the server over connections of the test's own, without the client")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder that have no client."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if item.path.is_relative_to(Path(__file__).parent) and "database" not in fixtures:
            item.add_marker(DIRECT)


@pytest_asyncio.fixture
async def connection(direct_url: str) -> AsyncIterator[asyncpg.Connection[Row]]:
    """Give a connection to a fresh database that knows nothing of Prisma or `lumi_db`."""
    opened = await asyncpg.connect(direct_url)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def other(direct_url: str) -> AsyncIterator[asyncpg.Connection[Row]]:
    """Give a second connection to the same database."""
    opened = await asyncpg.connect(direct_url)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def shop(connection: asyncpg.Connection[Row]) -> Shop:
    return Shop(connection)
