from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from pydantic import SecretStr

from lumi_db import Database, Settings
from lumi_db.shop import Shop

from .stage import Stage


@pytest.fixture
def shop(database: Database) -> Shop:
    return database.shop


@pytest.fixture
def stage(database: Database) -> Stage:
    """Give what makes products, customers and carts for a test."""
    return Stage(database.client)


@pytest_asyncio.fixture
async def crowd(database_url: str) -> AsyncIterator[Shop]:
    """Give a shop with 40 connections that all wait as long as it takes: for many customers at once."""
    settings = Settings(database_url=SecretStr(f"{database_url}{'&' if '?' in database_url else '?'}pool_timeout=60"),
                        database_pool_max=40)  # fmt: skip
    async with Database(settings) as database:
        yield database.shop
