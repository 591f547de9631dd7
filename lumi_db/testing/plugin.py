"""The fixtures. Heavy modules load when a test first asks for a database, not when pytest starts."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pytest

if TYPE_CHECKING:
    from lumi_db import Database

    from .databases import Databases
    from .server import TestServer


Fixture = TypeVar("Fixture", bound=Callable[..., Any])


def _async_fixture(function: Fixture) -> Fixture:
    """Make a fixture of a coroutine, in every mode of pytest-asyncio."""
    made_by: Any = pytest.fixture
    # pytest loads this plugin also where only lumi_db's own requirements are installed
    with contextlib.suppress(ImportError):
        from pytest_asyncio import fixture as made_by
    return cast(Fixture, made_by(function))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("lumi_migrations", "folder of the Prisma migrations for tests", default="")
    parser.addoption(
        "--lumi-pooler",
        metavar="URL",
        help="address of a pooler before the server of TEST_DATABASE_URL: tests get their databases through it",
    )


@pytest.fixture(scope="session")
def database_server(pytestconfig: pytest.Config) -> Iterator[TestServer]:
    """Give the PostgreSQL server of this run."""
    from lumi_db.config import Settings, child_environment

    from .server import use_server

    root, secret = pytestconfig.rootpath, Settings.load().test_database_url
    url = secret.get_secret_value() if secret else None
    with use_server(root, url=url, docker_host=child_environment().get("DOCKER_HOST")) as server:
        yield server


@pytest.fixture(scope="session")
def databases(database_server: TestServer, pytestconfig: pytest.Config) -> Iterator[Databases]:
    """Give what makes and drops databases, for tests that need more than one."""
    from .databases import Databases

    migrations = _find_migrations(pytestconfig.rootpath, pytestconfig.getini("lumi_migrations"))
    pooler = pytestconfig.getoption("--lumi-pooler")
    made = Databases(database_server.url, migrations=migrations, pooler=pooler)
    yield made
    made.close()


def _find_migrations(root: Path, named: str) -> Path:
    """Return the folder named in the ini file, or else that of the project, or else the shop's own."""
    from lumi_db.migrations import find_migrations_folder

    own = root / "prisma" / "migrations"
    return root / named if named else own if own.is_dir() else find_migrations_folder()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """Give the URL of a fresh database with all migrations; it is dropped after the test."""
    with databases.migrated() as url:
        yield url


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """Give the URL of a fresh empty database; it is dropped after the test."""
    with databases.empty() as url:
        yield url


@_async_fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Give an open `Database` on a fresh migrated database."""
    from pydantic import SecretStr

    from lumi_db import Database, Settings

    async with Database(Settings(database_url=SecretStr(database_url))) as opened:
        yield opened
