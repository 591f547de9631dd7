"""`locking()`: finds that lock the rows they return."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from lumi_db.engine import QueryEvent, locking


async def three_tags(db: Any) -> None:
    await db.tag.create_many([{"name": name} for name in ("a", "b", "c")])


FINDS: list[Callable[[Any], Any]] = [
    lambda tx: tx.tag.find_unique(where={"name": "a"}),
    lambda tx: tx.tag.find_unique_or_raise(where={"name": "a"}),
    lambda tx: tx.tag.find_first(where={"name": "a"}, order={"name": "desc"}),
    lambda tx: tx.tag.find_first_or_raise(where={"name": "a"}),
    lambda tx: tx.tag.find_many(where={"name": "a"}, cursor={"name": "a"}, include={"posts": True}),
    lambda tx: tx.tag.find_many(where={"name": "a", "posts": {"none": {}}}, take=-1),
]


@pytest.mark.parametrize("find", FINDS)
async def test_every_find_locks_its_rows_and_no_others(db: Any, find: Callable[[Any], Any]) -> None:
    await three_tags(db)
    async with db.tx() as tx:
        assert await find(locking(tx, "update"))
        async with db.tx() as second:
            free = await second.locking("update", skip_locked=True).tag.find_many(order={"name": "asc"})
    assert [tag.name for tag in free] == ["b", "c"]


@pytest.mark.parametrize("strength", ["update", "no key update", "share", "key share"])
async def test_the_strength_is_in_the_statement(db: Any, statements: list[QueryEvent], strength: Any) -> None:
    async with db.tx() as tx:
        await tx.tag.find_many()
        await tx.locking(strength).tag.find_many()
        await tx.locking(strength, nowait=True).tag.find_many()
        await tx.tag.find_many()
    plain, waiting, at_once, again = (event.sql for event in statements)
    assert plain == again
    assert waiting == f'{plain} FOR {strength.upper()} OF "t0"'
    assert at_once == f"{waiting} NOWAIT"


async def test_workers_take_different_rows_of_a_queue(db: Any) -> None:
    await three_tags(db)
    taken: list[str] = []

    async def work() -> None:
        async with db.tx() as tx:
            job = await tx.locking("update", skip_locked=True).tag.find_first(order={"name": "asc"})
            taken.append(job.name)
            await asyncio.sleep(0.1)
            await tx.tag.delete(where={"name": job.name})

    await asyncio.gather(work(), work(), work())
    assert sorted(taken) == ["a", "b", "c"]


async def test_a_lock_without_skipping_waits_for_the_other_and_sees_its_row(db: Any) -> None:
    user = await db.user.create({"email": "a"})

    async def rename() -> None:
        async with db.tx() as tx:
            found = await tx.locking("update").user.find_unique_or_raise(where={"id": user.id})
            await asyncio.sleep(0.05)
            await tx.user.update(where={"id": user.id}, data={"email": found.email + "!"})

    await asyncio.gather(rename(), rename(), rename())
    assert (await db.user.find_unique_or_raise(where={"id": user.id})).email == "a!!!"


async def test_rows_of_an_include_are_not_locked(db: Any) -> None:
    await db.user.create({"email": "a", "posts": {"create": [{"title": "t"}]}})
    async with db.tx() as tx:
        await tx.locking("update").user.find_many(include={"posts": True})
        async with db.tx() as second:
            assert len(await second.locking("update", nowait=True).post.find_many()) == 1


async def test_nowait_on_a_locked_row_can_be_caught(db: Any, blog: Any) -> None:
    await three_tags(db)
    async with db.tx() as tx:
        await tx.locking("update").tag.find_many()
        with pytest.raises(blog.errors.DataError, match="locked by another transaction") as caught:
            async with db.tx() as second:
                await second.locking("share", nowait=True).tag.find_first()
    assert (caught.value.code, caught.value.meta["sqlstate"]) == ("P1008", "55P03")


async def test_a_model_takes_the_view_as_its_client(db: Any, blog: Any, statements: list[QueryEvent]) -> None:
    async with db.tx() as tx:
        await blog.models.Tag.prisma(tx.locking("share")).find_many()
    assert statements[0].sql.endswith('FOR SHARE OF "t0"')


async def test_outside_a_transaction_nothing_is_locked(
    db: Any, blog: Any, statements: list[QueryEvent]
) -> None:
    with pytest.raises(blog.errors.TransactionError, match=r"locking\(\) needs a transaction"):
        db.locking("update")
    assert statements == []


OTHERS: list[Callable[[Any], Any]] = [
    lambda tx: tx.tag.count(),
    lambda tx: tx.tag.create({"name": "x"}),
    lambda tx: tx.tag.create_many([{"name": "x"}]),
    lambda tx: tx.tag.delete_many(),
    lambda tx: tx.tag.group_by(by=["name"]),
    lambda tx: tx.query_raw("SELECT 1"),
    lambda tx: tx.tag.find_many(distinct=["name"]),
]


@pytest.mark.parametrize("call", OTHERS)
async def test_what_cannot_be_locked_is_refused_before_anything_is_sent(
    db: Any, blog: Any, statements: list[QueryEvent], call: Callable[[Any], Any]
) -> None:
    async with db.tx() as tx:
        with pytest.raises(blog.errors.InputError, match=r"locking\(\): "):
            await call(tx.locking("update"))
        with pytest.raises(blog.errors.InputError, match="serves finds only"):
            tx.locking("update").batch_()
        assert statements == []


async def test_arguments_that_make_no_lock_are_refused(db: Any, blog: Any) -> None:
    async with db.tx() as tx:
        with pytest.raises(blog.errors.InputError, match="skip_locked and nowait exclude each other"):
            tx.locking("update", skip_locked=True, nowait=True)
        with pytest.raises(blog.errors.InputError, match="must be one of update, no key update"):
            tx.locking("exclusive; DROP TABLE x")


async def test_a_read_only_transaction_cannot_lock(db: Any, blog: Any) -> None:
    with pytest.raises(blog.errors.DataError, match="FOR UPDATE in a read-only transaction"):
        async with db.tx(read_only=True) as tx:
            await tx.locking("update").tag.find_many()


async def test_a_nested_transaction_of_a_view_locks_by_itself_only(
    db: Any, statements: list[QueryEvent]
) -> None:
    async with db.tx() as tx, tx.locking("update").tx() as inner:
        await inner.tag.find_many()
    assert "FOR UPDATE" not in statements[0].sql
