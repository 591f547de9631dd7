"""Clients with few connections, and a look at what the server has open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import ModuleType
from typing import Any

import pytest_asyncio

from lumi_db.engine import EngineOptions, in_process
from tests.engine.conftest import DATAMODEL

OPEN = (
    "SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'single' AND state <> 'idle'"
)


@pytest_asyncio.fixture
async def single(blog: ModuleType, blog_url: str) -> AsyncIterator[Any]:
    """Give a client of one connection, for which nobody waits longer than half a second."""
    options = EngineOptions(pool_min=1, pool_max=1, pool_timeout=0.5, application_name="single")
    made = in_process(blog.Prisma, datamodel=DATAMODEL, options=options)
    async with made(datasource={"url": blog_url}, use_dotenv=False) as client:
        yield client


async def becomes_quiet(db: Any, client: Any) -> None:
    """Wait until the connection of `single` is back in its pool, and no transaction of its is open on the server."""
    async with asyncio.timeout(5):
        while await _busy(client) or (await db.query_raw(OPEN))[0]["open"]:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.01)


async def _busy(client: Any) -> bool:
    found = {gauge.key: gauge.value for gauge in (await client.get_metrics()).gauges}
    return bool(found["prisma_pool_connections_busy"])


async def kill(db: Any) -> None:
    await db.query_raw(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE application_name = 'single' AND datname = current_database()"
    )
    await asyncio.sleep(0.02)
