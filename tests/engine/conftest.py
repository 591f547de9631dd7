"""A client for a schema that is not the shop's, generated once, on a database of its own for every test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import pytest_asyncio

from lumi_db.engine import QueryEvent, in_process
from lumi_db.testing.databases import Databases
from lumi_db.testing.server import TestServer
from tests.engine.clients import generated_package

BLOG = Path(__file__).parent / "blog"
DATAMODEL = BLOG / "generated" / "datamodel.json"


@pytest.fixture(scope="session")
def blog(pytestconfig: pytest.Config) -> ModuleType:
    """Give the generated package of the blog, made anew if its schema has changed."""
    return generated_package(BLOG, root=pytestconfig.rootpath)


@pytest.fixture(scope="session")
def blog_databases(database_server: TestServer) -> Iterator[Databases]:
    made = Databases(database_server.url, migrations=BLOG / "migrations")
    yield made
    made.close()


@pytest.fixture
def blog_url(blog_databases: Databases) -> Iterator[str]:
    with blog_databases.migrated() as url:
        yield url


@pytest_asyncio.fixture
async def db(blog: ModuleType, blog_url: str) -> AsyncIterator[Any]:
    """Give a connected client of the blog on the in-process engine."""
    client = in_process(blog.Prisma, datamodel=DATAMODEL)(datasource={"url": blog_url}, use_dotenv=False)
    await client.connect()
    yield client
    await client.disconnect()


@pytest.fixture
def errors(blog: ModuleType) -> Any:
    """Give the module with the client's exceptions."""
    return blog.errors


@pytest.fixture
def statements(db: Any) -> list[QueryEvent]:
    """Give the list of statements that the client sends from now on."""
    sent: list[QueryEvent] = []
    db.on_query(sent.append)
    return sent
