from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from lumi_db import Database
from tests.integration.database.shop_rows import Shop as Rows

from .world import World, make_world


@pytest_asyncio.fixture
async def world(database: Database, direct_url: str) -> AsyncIterator[World]:
    """Give a shop and a connection that knows nothing of it, on one database."""
    connection = await asyncpg.connect(direct_url)
    yield await make_world(database.shop, Rows(connection))
    await connection.close()
