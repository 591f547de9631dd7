"""Killed connections, time limits and disconnecting under load, through the client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest
import pytest_asyncio

from lumi_db.engine import EngineOptions, in_process
from tests.engine.conftest import DATAMODEL

SLEEPERS = (
    "SELECT count(*)::int AS found FROM pg_stat_activity WHERE datname = current_database()"
    " AND state <> 'idle' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()"
)


@pytest_asyncio.fixture
async def victim(blog: Any, blog_url: str) -> AsyncIterator[Any]:
    """Give a client whose statements and idle transactions have time limits, and which `db` can kill."""
    options = EngineOptions(
        pool_min=1,
        pool_max=2,
        application_name="victim",
        query_timeout=0.3,
        idle_in_transaction_timeout=0.3,
    )
    made = in_process(blog.Prisma, datamodel=DATAMODEL, options=options)
    async with made(datasource={"url": blog_url}, use_dotenv=False) as client:
        yield client


async def kill(db: Any) -> None:
    await db.query_raw(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE application_name = 'victim' AND datname = current_database()"
    )
    await asyncio.sleep(0.02)


async def sleepers(db: Any) -> int:
    [row] = await db.query_raw(SLEEPERS)
    return int(row["found"])


async def no_sleepers(db: Any) -> None:
    async with asyncio.timeout(2):
        while await sleepers(db):  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.01)


async def test_a_connection_killed_while_idle_is_not_noticed(db: Any, victim: Any) -> None:
    await victim.tag.count()
    await kill(db)
    assert await victim.tag.count() == 0


async def test_a_connection_killed_in_mid_query_is_p1017(db: Any, victim: Any, blog: Any) -> None:
    running = asyncio.create_task(victim.query_raw("SELECT pg_sleep(5)::text"))
    await asyncio.sleep(0.05)
    await kill(db)
    with pytest.raises(blog.errors.DataError) as caught:
        await running
    assert caught.value.code == "P1017"
    assert await victim.tag.count() == 0


async def test_a_connection_killed_in_a_transaction_saves_and_calls_nothing(
    db: Any, victim: Any, blog: Any
) -> None:
    told: list[str] = []
    manager = victim.tx()
    tx = await manager.start()
    await tx.tag.create({"name": "a"})
    tx.after_commit(lambda: told.append("committed"))
    await kill(db)
    with pytest.raises(blog.errors.DataError, match="rolled back") as caught:
        await manager.commit()
    assert (caught.value.code, caught.value.meta["outcome"]) == ("P1017", "rolled back")
    assert (await victim.tag.count(), told) == (0, [])


async def test_a_statement_past_its_time_ends_on_the_server(db: Any, victim: Any, blog: Any) -> None:
    with pytest.raises(blog.errors.DataError) as caught:
        await victim.query_raw("SELECT pg_sleep(5)::text")
    assert caught.value.code == "P1008"
    assert await sleepers(db) == 0


async def test_a_transaction_idle_for_too_long_is_ended_by_the_server(victim: Any, blog: Any) -> None:
    tx = await victim.tx().start()
    await asyncio.sleep(0.6)
    with pytest.raises((blog.errors.DataError, blog.errors.TransactionError)) as caught:
        await tx.tag.count()
    assert caught.value.code in ("P1017", "P2028")
    assert await victim.tag.count() == 0


async def test_the_work_of_an_expired_transaction_ends_on_the_server(db: Any, client: Any, blog: Any) -> None:
    async with client:
        tx = await client.tx(timeout=timedelta(milliseconds=100)).start()
        inner = await tx.tx().start()
        with pytest.raises(blog.errors.TransactionExpiredError, match="expired"):
            await inner.query_raw("SELECT pg_sleep(5)::text")
        await no_sleepers(db)
        assert await client.tag.count() == 0


async def test_the_work_of_an_expired_nested_transaction_ends_and_the_outer_goes_on(
    db: Any, client: Any, blog: Any
) -> None:
    async with client:
        async with client.tx() as tx:
            await tx.tag.create({"name": "a"})
            inner = await tx.tx(timeout=timedelta(milliseconds=100)).start()
            with pytest.raises(blog.errors.TransactionExpiredError, match="expired"):
                await inner.query_raw("SELECT pg_sleep(5)::text")
            await tx.tag.create({"name": "b"})
        await no_sleepers(db)
        assert await client.tag.count() == 2


async def test_disconnecting_never_blocks_the_loop_and_ends_in_time(db: Any, client: Any) -> None:
    await client.connect()
    running = [asyncio.create_task(client.query_raw("SELECT pg_sleep(30)::text")) for _ in range(6)]
    await asyncio.sleep(0.1)
    longest, beating = 0.0, True

    async def beat() -> None:
        nonlocal longest
        while beating:
            started = perf_counter()
            await asyncio.sleep(0.005)
            longest = max(longest, perf_counter() - started)

    heart = asyncio.create_task(beat())
    started = perf_counter()
    await client.disconnect(timeout=timedelta(milliseconds=300))
    assert perf_counter() - started < 2
    beating = False
    await heart
    assert longest < 0.25
    answers = await asyncio.gather(*running, return_exceptions=True)
    assert all(isinstance(one, Exception) for one in answers)
    await no_sleepers(db)
