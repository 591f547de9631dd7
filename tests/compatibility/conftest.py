"""One judge for each schema and worker; the tests run in one event loop with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from lumi_db.testing.databases import Databases
from lumi_db.testing.server import TestServer

from .judge import Judge, open_judge
from .worlds import BLOG, NATIVES, SHOP, World


@asynccontextmanager
async def _judging(world: World, server: TestServer, config: pytest.Config) -> AsyncIterator[Judge]:
    databases = Databases(server.url, migrations=world.migrations)
    try:
        async with open_judge(world, databases, root=config.rootpath) as judge:
            yield judge
    finally:
        databases.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def blog_judge(database_server: TestServer, pytestconfig: pytest.Config) -> AsyncIterator[Judge]:
    async with _judging(BLOG, database_server, pytestconfig) as judge:
        yield judge


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def natives_judge(database_server: TestServer, pytestconfig: pytest.Config) -> AsyncIterator[Judge]:
    async with _judging(NATIVES, database_server, pytestconfig) as judge:
        yield judge


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shop_judge(database_server: TestServer, pytestconfig: pytest.Config) -> AsyncIterator[Judge]:
    async with _judging(SHOP, database_server, pytestconfig) as judge:
        yield judge
