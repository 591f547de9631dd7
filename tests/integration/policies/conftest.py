from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from lumi_db import Database
from lumi_db.client import Prisma

BCRYPT = "$2b$12$" + "a" * 53


@pytest_asyncio.fixture
async def db(database: Database) -> AsyncIterator[Prisma]:
    """Give the client of an open database, with the shop's policies."""
    yield database.client
