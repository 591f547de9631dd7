"""Drivers on a fresh database, and a second connection to look at the server and to kill from."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from lumi_db.engine.driver import Driver, PoolLimits
from lumi_db.engine.options import EngineOptions
from lumi_db.engine.statement import Statement

OpenDriver = Callable[..., Awaitable[Driver]]
KILLS = pytest.mark.direct(
    reason="ends the server's processes of one client, which PgBouncer shares among all"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent) and "kill" in getattr(item, "fixturenames", ()):
            item.add_marker(KILLS)


@pytest_asyncio.fixture
async def open_driver(empty_database_url: str) -> AsyncIterator[OpenDriver]:
    """Give a function that opens drivers; they are closed after the test."""
    opened: list[Driver] = []

    async def open_one(
        *, options: EngineOptions | None = None, parameters: str = "", **limits: Any
    ) -> Driver:
        joint = "&" if "?" in empty_database_url else "?"
        url = f"{empty_database_url}{joint}{parameters}" if parameters else empty_database_url
        chosen = PoolLimits(**{"minimum": 1, "maximum": 3} | limits) if limits else None
        driver = Driver(url, options or EngineOptions(pool_min=1, pool_max=3), limits=chosen)
        opened.append(driver)
        await driver.open()
        return driver

    yield open_one
    for driver in opened:
        await driver.close(timeout=1)


@pytest_asyncio.fixture
async def driver(open_driver: OpenDriver) -> Driver:
    """Give a driver of at most three connections, with a table `item (id, name)`."""
    driver = await open_driver()
    await driver.run(Statement("CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL)", returns="count"))
    return driver


@pytest_asyncio.fixture
async def other(open_driver: OpenDriver) -> Driver:
    """Give a second driver on the same database, for looking from outside."""
    return await open_driver(options=EngineOptions(pool_min=1, pool_max=2, application_name="other"))


@pytest_asyncio.fixture
async def elsewhere(empty_database_url: str) -> AsyncIterator[Driver]:
    """Give a driver on another database of the same server."""
    url = urlsplit(empty_database_url)._replace(path="/postgres").geturl()
    driver = Driver(url, EngineOptions(pool_min=1, pool_max=1))
    await driver.open()
    yield driver
    await driver.close()


@pytest.fixture
def kill(other: Driver) -> Callable[[], Awaitable[int]]:
    """Give a function that ends all connections of the driver under test from the server's side."""

    async def kill_all() -> int:
        rows = await other.run(
            Statement(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'lumi_db'"
            )
        )
        # Whether the event loop first hears of the closed sockets or of this answer is a matter of luck.
        await asyncio.sleep(0.02)
        return len(rows)

    return kill_all
