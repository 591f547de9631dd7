"""Cancellation at any await: the pool, the transaction and the data are right afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio

Work = Callable[[Any], Awaitable[Any]]

STEPS = 60
OPEN = (
    "SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'lumi_db' AND pid <> pg_backend_pid() AND state <> 'idle'"
)


async def find(db: Any) -> None:
    await db.user.find_many(include={"posts": True})


async def create_nested(db: Any) -> None:
    await db.user.create({"email": "a", "posts": {"create": [{"title": "t"}, {"title": "u"}]}})


async def in_transaction(db: Any) -> None:
    async with db.tx() as tx:
        await tx.user.create({"email": "a"})
        await tx.user.create({"email": "b"})


async def in_nested_transaction(db: Any) -> None:
    async with db.tx() as tx:
        await tx.user.create({"email": "a"})
        async with tx.tx() as inner:
            await inner.user.create({"email": "b"})


async def in_batch(db: Any) -> None:
    async with db.batch_() as batch:
        batch.user.create({"email": "a"})
        batch.user.create({"email": "b"})


async def raw(db: Any) -> None:
    await db.execute_raw(
        "INSERT INTO users (id, email, updated_at) VALUES ('a', 'a', now()), ('b', 'b', now())"
    )


async def in_run(db: Any) -> None:
    await db.run(lambda tx: tx.user.create_many([{"email": "a"}, {"email": "b"}]))


@pytest_asyncio.fixture
async def small(client_class: Any, blog_url: str) -> AsyncIterator[Any]:
    """Give a client that is connected, with at most four connections."""
    async with client_class(datasource={"url": blog_url}, use_dotenv=False) as client:
        yield client


async def cancel_after(steps: int, work: Awaitable[Any]) -> bool:
    """Cancel `work` after so many turns of the event loop; tell whether it had ended by then."""
    task = asyncio.ensure_future(work)
    for step in range(steps):
        # Every other turn the server gets time to answer, so that a cancellation meets every state.
        await asyncio.sleep(0.0005 if step % 2 else 0)
    had_ended = task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return had_ended


async def is_quiet(db: Any) -> bool:
    found = {gauge.key: gauge.value for gauge in (await db.get_metrics()).gauges}
    [row] = await db.query_raw(OPEN)
    return bool(found["prisma_pool_connections_busy"] == 0 and row["open"] == 0)


async def becomes_quiet(db: Any) -> None:
    async with asyncio.timeout(5):
        while not await is_quiet(db):  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "work", [find, create_nested, in_transaction, in_nested_transaction, in_batch, raw, in_run]
)
async def test_cancelling_after_any_number_of_steps(small: Any, work: Work) -> None:
    await work(small)
    whole = (await small.user.count(), await small.post.count())
    ended = 0
    for steps in range(STEPS):
        await small.post.delete_many()
        await small.user.delete_many()
        ended += await cancel_after(steps, work(small))
        await becomes_quiet(small)
        assert (await small.user.count(), await small.post.count()) in ((0, 0), whole), steps
    assert 0 < ended < STEPS


async def test_cancelling_those_who_wait_for_a_connection(small: Any) -> None:
    managers = [small.tx() for _ in range(4)]
    for manager in managers:
        await manager.start()
    for steps in range(6):
        waiting = [find(small), create_nested(small), in_transaction(small), in_batch(small)]
        ended = await asyncio.gather(*(cancel_after(steps, one) for one in waiting))
        assert ended == [False] * 4
    for manager in managers:
        await manager.rollback()
    await becomes_quiet(small)
    assert await small.user.count() == 0


async def test_of_tasks_that_share_a_transaction_some_may_be_cancelled(small: Any, blog: Any) -> None:
    manager = small.tx()
    tx = await manager.start()
    sleeping = asyncio.create_task(tx.query_raw("SELECT pg_sleep(5)::text"))
    waiting = asyncio.create_task(tx.user.create({"email": "b"}))
    other = asyncio.create_task(tx.user.count())
    await asyncio.sleep(0.05)
    for task in (waiting, sleeping):
        task.cancel()
    answers = await asyncio.gather(sleeping, waiting, other, return_exceptions=True)
    # PostgreSQL fails the transaction of a statement that is stopped while it runs.
    assert [type(one) for one in answers] == [
        asyncio.CancelledError,
        asyncio.CancelledError,
        blog.errors.DataError,
    ]
    with pytest.raises(blog.errors.TransactionExpiredError, match="a statement in it failed"):
        await manager.commit()
    await becomes_quiet(small)
    assert await small.user.count() == 0


async def test_a_task_that_only_waits_in_a_transaction_may_be_cancelled(small: Any) -> None:
    async with small.tx() as tx:
        sleeping = asyncio.create_task(tx.query_raw("SELECT pg_sleep(0.1)::text"))
        waiting = asyncio.create_task(tx.user.create({"email": "b"}))
        await asyncio.sleep(0.02)
        waiting.cancel()
        await asyncio.gather(sleeping, waiting, return_exceptions=True)
        await tx.user.create({"email": "c"})
    assert [user.email for user in await small.user.find_many()] == ["c"]
