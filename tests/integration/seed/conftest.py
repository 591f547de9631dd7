"""What the tests of the seed share: one seeded database to read, and ways to look at a whole database."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import pytest_asyncio

from lumi_db import Database, Settings
from lumi_db.client import table_names
from lumi_db.config import child_environment, project_root
from lumi_db.testing.databases import Databases
from seed.bulk.world import Size
from seed.choices import Choices
from seed.profiles import get_profile
from seed.runner import SeedResult, run_seed

Snapshot = dict[str, list[str]]


def settings_for(url: str, **others: str) -> Settings:
    """Return settings for a database that do not depend on this machine's environment."""
    given = {"lumi_env": "test", **others}
    return Settings(database_url=url, **given)  # type: ignore[arg-type]  # pydantic checks and converts


# Of every kind of product and order, in a second.
SMALL = Size(products=60, customers=150, orders=1_000)


async def seed_at(url: str, profile: str = "demo", choices: Choices | None = None) -> SeedResult:
    """Seed a database through a connection of its own; qa in a small size."""
    plan = get_profile(profile).plan(choices or Choices(size=SMALL))
    async with Database(settings_for(url)) as db:
        return await run_seed(db, profile, plan=plan)


async def read_all(db: Database) -> Snapshot:
    """Return every row of every table as PostgreSQL writes it, in a fixed order."""
    return {
        table: [
            row["row"]
            for row in await db.client.query_raw(f'SELECT t::text AS row FROM "{table}" t ORDER BY 1')
        ]
        for table in sorted(table_names())
    }


async def count_rows(db: Database) -> dict[str, int]:
    """Count the rows of every table."""
    return {table: len(rows) for table, rows in (await read_all(db)).items()}


@contextmanager
def _seeded(databases: Databases, profile: str) -> Iterator[str]:
    with databases.migrated() as url:
        # In a thread, since the test's own event loop may be running here.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(seed_at(url, profile))).result()
        yield url


@pytest.fixture(scope="session")
def demo_url(databases: Databases) -> Iterator[str]:
    """Give the URL of a database with the demo in it, for tests that only read."""
    with _seeded(databases, "demo") as url:
        yield url


@pytest.fixture(scope="session", params=["demo", "dev", "qa"])
def shop_url(databases: Databases, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the URL of a database with each of the shops in it, for tests that only read."""
    with _seeded(databases, request.param) as url:
        yield url


@pytest_asyncio.fixture
async def shop(shop_url: str) -> AsyncIterator[Database]:
    """Give the open database with each of the shops in it, for tests that only read."""
    async with Database(settings_for(shop_url)) as db:
        yield db


@pytest_asyncio.fixture
async def demo(demo_url: str) -> AsyncIterator[Database]:
    """Give the open database with the demo in it, for tests that only read."""
    async with Database(settings_for(demo_url)) as db:
        yield db


Seed = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start_seed(database_url: str) -> Iterator[Seed]:
    """Give a function that starts `python -m seed` with arguments on this test's database."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, env: Mapping[str, str | None] | None = None) -> subprocess.Popen[str]:
        changes = {
            "DATABASE_URL": database_url,
            "LUMI_ENV": "test",
            "LUMI_ADMIN_PASSWORD": None,
            **(env or {}),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "seed", *arguments],
            cwd=project_root(),
            env=child_environment(changes),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
