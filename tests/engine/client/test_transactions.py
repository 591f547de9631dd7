"""tx() and batch_(): all or nothing, nesting as savepoints, time limits."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from lumi_db.engine import QueryEvent


async def names(db: Any) -> list[str]:
    return [tag.name for tag in await db.tag.find_many(order={"name": "asc"})]


class Stop(Exception):
    """What a test raises inside a transaction."""


async def test_a_transaction_commits_at_its_end(db: Any) -> None:
    async with db.tx() as tx:
        await tx.tag.create({"name": "a"})
        assert tx.is_transaction()
        assert not db.is_transaction()
        assert await names(db) == []
    assert await names(db) == ["a"]


async def test_an_exception_rolls_back_and_passes_on(db: Any) -> None:
    async def work() -> None:
        async with db.tx() as tx:
            await tx.tag.create({"name": "a"})
            raise Stop

    with pytest.raises(Stop):
        await work()
    assert await names(db) == []


async def test_a_nested_transaction_is_a_savepoint(db: Any) -> None:
    async def fail(tx: Any) -> None:
        async with tx.tx() as inner:
            await inner.tag.create({"name": "b"})
            raise Stop

    async with db.tx() as tx:
        await tx.tag.create({"name": "a"})
        with pytest.raises(Stop):
            await fail(tx)
        async with tx.tx() as inner:
            await inner.tag.create({"name": "c"})
    assert await names(db) == ["a", "c"]


async def test_a_failed_statement_spoils_only_the_nested_transaction(db: Any, blog: Any) -> None:
    async with db.tx() as tx:
        await tx.tag.create({"name": "a"})
        with pytest.raises(blog.errors.UniqueViolationError):
            async with tx.tx() as inner:
                await inner.tag.create({"name": "a"})
        await tx.tag.create({"name": "b"})
    assert await names(db) == ["a", "b"]


async def test_a_transaction_started_by_hand(db: Any, blog: Any) -> None:
    for end, expected in (("rollback", []), ("commit", ["a"])):
        manager = db.tx()
        tx = await manager.start()
        await tx.tag.create({"name": "a"})
        await getattr(manager, end)()
        assert await names(db) == expected
    with pytest.raises(blog.errors.TransactionError):
        await tx.tag.count()
    with pytest.raises(blog.errors.TransactionNotStartedError):
        await db.tx().commit()


async def test_a_transaction_expires_at_its_time_limit(db: Any, blog: Any) -> None:
    async def work() -> None:
        async with db.tx(timeout=timedelta(milliseconds=100)) as tx:
            await tx.tag.create({"name": "a"})
            await tx.query_raw("SELECT pg_sleep(5)::text")

    with pytest.raises(blog.errors.TransactionExpiredError) as caught:
        await work()
    assert caught.value.code == "P2028"
    assert await names(db) == []


async def test_a_transaction_waits_for_a_connection_no_longer_than_it_may(client: Any, blog: Any) -> None:
    async with client:
        managers = [client.tx() for _ in range(4)]
        await asyncio.gather(*(manager.start() for manager in managers))
        with pytest.raises(blog.errors.TransactionError, match="Unable to start a transaction") as caught:
            await client.tx(max_wait=timedelta(milliseconds=50)).start()
        assert caught.value.code == "P2028"
        await asyncio.gather(*(manager.rollback() for manager in managers))


async def test_the_isolation_level_and_read_only_reach_the_server(db: Any, blog: Any) -> None:
    async with db.tx(isolation_level="Serializable") as tx:
        [row] = await tx.query_raw("SELECT current_setting('transaction_isolation') AS level")
        assert row["level"] == "serializable"
    with pytest.raises(blog.errors.DataError, match="read-only"):
        async with db.tx(read_only=True) as tx:
            await tx.tag.create({"name": "a"})


async def test_an_operation_of_several_statements_joins_the_transaction(db: Any, blog: Any) -> None:
    async def work() -> None:
        async with db.tx() as tx:
            await tx.user.create({"email": "a", "posts": {"create": [{"title": "t"}]}})
            raise Stop

    with pytest.raises(Stop):
        await work()
    assert (await db.user.count(), await db.post.count()) == (0, 0)


async def test_a_batch_is_all_or_nothing(db: Any, blog: Any) -> None:
    async with db.batch_() as batch:
        batch.tag.create({"name": "a"})
        batch.tag.create_many([{"name": "b"}, {"name": "c"}])
        batch.tag.update(where={"name": "c"}, data={"name": "d"})
        batch.tag.upsert(where={"name": "e"}, data={"create": {"name": "e"}, "update": {}})
        batch.tag.update_many(where={"name": "e"}, data={"name": "f"})
        batch.tag.delete(where={"name": "b"})
        batch.tag.delete_many(where={"name": "no"})
        batch.execute_raw('INSERT INTO "Tag" ("name") VALUES ($1)', "raw")
    assert await names(db) == ["a", "d", "f", "raw"]
    batch = db.batch_()
    batch.tag.create({"name": "x"})
    batch.tag.create({"name": "a"})
    with pytest.raises(blog.errors.UniqueViolationError):
        await batch.commit()
    assert await names(db) == ["a", "d", "f", "raw"]
    await batch.commit()  # the failed calls are gone
    assert await names(db) == ["a", "d", "f", "raw"]


async def test_a_batch_that_raises_before_its_end_sends_nothing(
    db: Any, statements: list[QueryEvent]
) -> None:
    async def work() -> None:
        async with db.batch_() as batch:
            batch.tag.create({"name": "a"})
            raise Stop

    with pytest.raises(Stop):
        await work()
    async with db.batch_():
        pass
    assert statements == []


async def test_a_batch_joins_a_transaction(db: Any) -> None:
    async def work() -> None:
        async with db.tx() as tx:
            async with tx.batch_() as batch:
                batch.tag.create({"name": "a"})
                batch.execute_raw('INSERT INTO "Tag" ("name") VALUES (\'b\')')
            assert await names(tx) == ["a", "b"]
            raise Stop

    with pytest.raises(Stop):
        await work()
    assert await names(db) == []
