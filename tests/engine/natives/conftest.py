"""A client of the schema beside this file: all native types, several PostgreSQL schemas, odd names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import pytest_asyncio

from lumi_db.engine import in_process
from lumi_db.testing.databases import Databases
from lumi_db.testing.server import TestServer
from tests.engine.clients import generated_package

NATIVES = Path(__file__).parent
DATAMODEL = NATIVES / "generated" / "datamodel.json"


@pytest.fixture(scope="session")
def natives(pytestconfig: pytest.Config) -> ModuleType:
    """Give the generated package, made anew if its schema has changed."""
    return generated_package(NATIVES, root=pytestconfig.rootpath)


@pytest.fixture(scope="session")
def natives_databases(database_server: TestServer) -> Iterator[Databases]:
    made = Databases(database_server.url, migrations=NATIVES / "migrations")
    yield made
    made.close()


@pytest.fixture
def natives_url(natives_databases: Databases) -> Iterator[str]:
    with natives_databases.migrated() as url:
        yield url


@pytest_asyncio.fixture
async def db(natives: ModuleType, natives_url: str) -> AsyncIterator[Any]:
    """Give a connected client of the natives on a database of its own."""
    client = in_process(natives.Prisma, datamodel=DATAMODEL)(
        datasource={"url": natives_url}, use_dotenv=False
    )
    await client.connect()
    yield client
    await client.disconnect()
