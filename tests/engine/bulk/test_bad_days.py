"""Loads and streams that are cancelled, whose connection is killed, or whose rows are more than memory holds."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from lumi_db.engine import EngineOptions, in_process
from tests.engine.conftest import DATAMODEL

from .conftest import becomes_quiet, kill

Work = Callable[[Any], Awaitable[Any]]

STEPS = 60


def tags(number: int) -> Iterator[dict[str, Any]]:
    return ({"name": f"t{one}"} for one in range(number))


async def load(client: Any) -> None:
    await client.tag.load_many(tags(60), chunk=10)


async def load_in_transaction(client: Any) -> None:
    async with client.tx() as tx:
        await tx.tag.load_many(tags(60), chunk=20)


async def load_what_streams(client: Any) -> None:
    async def names() -> AsyncIterator[Any]:
        async for user in tx.user.stream(batch=10):
            yield {"name": user.email}

    async with client.tx() as tx:
        await tx.tag.load_many(names(), chunk=15)


async def upsert(client: Any) -> None:
    async with client.tx() as tx:
        await tx.tag.upsert_many(list(tags(60)), key=["name"], update=[])


async def stream(client: Any) -> None:
    async for _ in client.user.stream(batch=10):
        await asyncio.sleep(0)


async def stream_in_transaction(client: Any) -> None:
    async with client.tx() as tx:
        async for _ in tx.user.stream(batch=20):
            pass


async def cancel_after(steps: int, work: Awaitable[Any]) -> bool:
    """Cancel `work` after so many turns of the event loop; tell whether it had ended by then."""
    task = asyncio.ensure_future(work)
    for step in range(steps):
        # Every other turn the server gets time to answer, so that a cancellation meets every state.
        await asyncio.sleep(0.001 if step % 2 else 0)
    had_ended = task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return had_ended


@pytest.mark.parametrize(
    "work", [load, load_in_transaction, load_what_streams, upsert, stream, stream_in_transaction]
)
async def test_cancelling_after_any_number_of_steps(db: Any, single: Any, work: Work) -> None:
    await db.user.create_many([{"email": f"e{number}"} for number in range(60)])
    await work(single)
    whole = await db.tag.count()
    ended = 0
    for steps in range(STEPS):
        await db.tag.delete_many()
        ended += await cancel_after(steps, work(single))
        await becomes_quiet(db, single)
        assert await single.tag.count() in (0, whole), steps
    assert ended < STEPS


@pytest.mark.parametrize("work", [load, load_in_transaction, load_what_streams])
async def test_a_connection_killed_in_mid_load_writes_nothing(
    db: Any, single: Any, errors: Any, work: Work
) -> None:
    async def killing() -> AsyncIterator[Any]:
        for number in range(50):
            if number == 30:
                await kill(db)
            yield {"name": f"t{number}"}

    with pytest.raises(errors.DataError) as caught:
        await single.tag.load_many(killing(), chunk=10)
    assert caught.value.code == "P1017"
    assert await single.tag.count() == 0
    await work(single)


async def test_a_connection_killed_while_rows_are_copied(db: Any, single: Any, errors: Any) -> None:
    await db.execute_raw(
        "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END $$"
    )
    await db.execute_raw('CREATE TRIGGER slow BEFORE INSERT ON "Tag" FOR EACH ROW EXECUTE FUNCTION wait()')
    loading = asyncio.create_task(single.tag.load_many(tags(1000)))
    await asyncio.sleep(0.1)
    await kill(db)
    with pytest.raises(errors.DataError) as caught:
        await loading
    assert caught.value.code == "P1017"
    assert await single.tag.count() == 0
    loading = asyncio.create_task(single.tag.load_many(tags(1000)))
    await asyncio.sleep(0.1)
    loading.cancel()
    await asyncio.gather(loading, return_exceptions=True)
    await becomes_quiet(db, single)
    assert await single.tag.count() == 0


async def test_a_connection_killed_in_mid_stream(db: Any, single: Any, errors: Any) -> None:
    await db.tag.create_many(list(tags(50)))

    async def read() -> None:
        async for tag in single.tag.stream(order={"id": "asc"}, batch=10):
            if tag.id == 25:
                await kill(db)

    with pytest.raises(errors.DataError) as caught:
        await read()
    assert caught.value.code == "P1017"
    assert len([tag async for tag in single.tag.stream()]) == 50


async def test_a_transaction_that_expires_in_mid_load(db: Any, errors: Any) -> None:
    async def slowly() -> AsyncIterator[Any]:
        for row in tags(50):
            await asyncio.sleep(0.02)
            yield row

    manager = db.tx(timeout=timedelta(milliseconds=200))
    tx = await manager.start()
    with pytest.raises(errors.TransactionExpiredError):
        await tx.tag.load_many(slowly(), chunk=5)
    assert await db.tag.count() == 0


@pytest.mark.parametrize("work", [load, load_in_transaction, load_what_streams, upsert, stream])
async def test_one_connection_is_enough(db: Any, single: Any, work: Work) -> None:
    await db.user.create_many([{"email": f"e{number}"} for number in range(60)])
    await work(single)
    await becomes_quiet(db, single)


async def peak(work: Awaitable[Any]) -> int:
    """Return the most memory, in bytes, that Python has in use while it works, beyond what was there before."""
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    await work
    _, most = tracemalloc.get_traced_memory()
    return most - before


@pytest.mark.long
async def test_memory_stays_the_same_however_many_rows_there_are(blog: Any, blog_url: str) -> None:
    made = in_process(blog.Prisma, datamodel=DATAMODEL, options=EngineOptions(pool_min=1, pool_max=1))

    async def read(client: Any) -> None:
        async for _ in client.tag.stream():
            pass

    async with made(datasource={"url": blog_url}, use_dotenv=False) as client:
        await client.tag.load_many(tags(20_000), chunk=1_000)
        await read(client)
        tracemalloc.start()
        try:
            loads = [
                await peak(client.tag.load_many(({"name": f"{size}{n}"} for n in range(size)), chunk=1_000))
                for size in (20_000, 200_000)
            ]
            many = await peak(read(client))
            await client.tag.delete_many(where={"id": {"gt": 20_000}})
            few = await peak(read(client))
        finally:
            tracemalloc.stop()
    assert loads[1] < loads[0] + 500_000
    assert many < few + 500_000
