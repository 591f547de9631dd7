"""`after_commit()`: callbacks after the COMMIT of the outermost transaction, and never without one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from lumi_db.engine import after_commit


class Stop(Exception):
    """What a test raises inside a transaction."""


def telling(told: list[str], text: str) -> Callable[[], None]:
    return lambda: told.append(text)


async def test_callbacks_run_in_order_after_the_commit(db: Any) -> None:
    told: list[str] = []

    async def count_tags() -> None:
        told.append(f"{await db.tag.count()} tags")

    async with db.tx() as tx:
        tx.after_commit(count_tags)
        after_commit(tx, telling(told, "second"))
        await tx.tag.create({"name": "a"})
        assert told == []
    assert told == ["1 tags", "second"]


async def test_a_nested_transaction_waits_for_the_outermost(db: Any) -> None:
    told: list[str] = []
    async with db.tx() as tx:
        async with tx.tx() as inner:
            inner.after_commit(telling(told, "inner"))
            tx.after_commit(telling(told, "outer"))
            async with inner.tx() as deepest:
                deepest.after_commit(telling(told, "deepest"))
        assert told == []
    assert told == ["inner", "outer", "deepest"]


async def test_a_rolled_back_savepoint_drops_its_own_only(db: Any) -> None:
    told: list[str] = []

    async def fail(tx: Any) -> None:
        async with tx.tx() as inner:
            inner.after_commit(telling(told, "inner"))
            async with inner.tx() as deepest:
                deepest.after_commit(telling(told, "deepest"))
            raise Stop

    async with db.tx() as tx:
        tx.after_commit(telling(told, "outer"))
        with pytest.raises(Stop):
            await fail(tx)
    assert told == ["outer"]


async def test_a_transaction_that_is_rolled_back_or_expires_calls_nobody(db: Any, blog: Any) -> None:
    told: list[str] = []
    manager = db.tx()
    tx = await manager.start()
    tx.after_commit(telling(told, "rolled back"))
    await manager.rollback()
    manager = db.tx(timeout=timedelta(milliseconds=50))
    tx = await manager.start()
    tx.after_commit(telling(told, "expired"))
    with pytest.raises(blog.errors.TransactionExpiredError):
        await tx.query_raw("SELECT pg_sleep(5)::text")
    manager = db.tx()
    tx = await manager.start()
    tx.after_commit(telling(told, "failed"))
    with pytest.raises(blog.errors.RawQueryError):
        await tx.query_raw("SELECT nonsense")
    with pytest.raises(blog.errors.TransactionExpiredError, match="a statement in it failed"):
        await manager.commit()
    assert told == []


async def test_a_callback_that_raises_is_logged_and_the_others_run(
    db: Any, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []

    def fail() -> None:
        raise Stop

    with caplog.at_level(logging.ERROR, "lumi_db.engine"):
        async with db.tx() as tx:
            tx.after_commit(fail)
            tx.after_commit(telling(told, "second"))
            await tx.tag.create({"name": "a"})
    assert told == ["second"]
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [Stop]
    assert await db.tag.count() == 1


async def test_outside_a_transaction_or_after_it_is_a_clear_error(db: Any, blog: Any) -> None:
    with pytest.raises(blog.errors.TransactionError, match=r"after_commit\(\) needs a transaction"):
        db.after_commit(print)
    async with db.tx() as tx:
        pass
    with pytest.raises(blog.errors.TransactionExpiredError, match="committed transaction"):
        tx.after_commit(print)
