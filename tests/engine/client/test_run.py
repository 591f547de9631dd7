"""`run()`: whole transactions, again after a write conflict or a deadlock."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from lumi_db.engine import run


async def test_what_the_function_returns_is_committed_and_returned(db: Any) -> None:
    async def work(tx: Any) -> str:
        return str((await tx.tag.create({"name": "a"})).name)

    assert await db.run(work) == "a"
    assert await db.tag.count() == 1


async def test_of_two_that_skew_each_other_one_runs_again(db: Any) -> None:
    tries: list[str] = []
    called: list[str] = []
    both = asyncio.Barrier(2)

    async def work(tx: Any, name: str) -> None:
        tries.append(name)
        found = await tx.tag.count()
        tx.after_commit(lambda: called.append(f"{name}{found}"))
        if len(tries) <= 2:
            await both.wait()
        await tx.tag.create({"name": name})

    await asyncio.gather(
        *(run(db, lambda tx, name=name: work(tx, name), isolation_level="Serializable") for name in "ab")  # type: ignore[misc]
    )
    assert len(tries) == 3
    # the second time it saw the other's row, and the first time was never told
    assert sorted(one[1] for one in called) == ["0", "1"]
    assert await db.tag.count() == 2


async def test_of_two_in_a_deadlock_one_runs_again(db: Any) -> None:
    await db.user.create({"email": "a"})
    await db.user.create({"email": "b"})
    tries: list[str] = []
    both = asyncio.Barrier(2)

    async def work(tx: Any, first: str, second: str) -> None:
        tries.append(first)
        await tx.user.update_many(where={"email": {"startswith": first}}, data={"name": first})
        if len(tries) <= 2:
            await both.wait()
        await tx.user.update_many(where={"email": {"startswith": second}}, data={"name": first})

    await asyncio.gather(db.run(lambda tx: work(tx, "a", "b")), db.run(lambda tx: work(tx, "b", "a")))
    assert len(tries) == 3
    assert len({user.name for user in await db.user.find_many()}) == 1


def conflict(blog: Any) -> Exception:
    error: Exception = blog.errors.DataError(
        {"user_facing_error": {"error_code": "P2034", "message": "conflict", "meta": {}}}
    )
    return error


@pytest.mark.parametrize("retries", [0, 2])
async def test_it_gives_up_after_its_retries(db: Any, blog: Any, retries: int) -> None:
    tries: list[int] = []

    async def work(tx: Any) -> None:
        tries.append(await tx.tag.count())
        await tx.tag.create({"name": "a"})
        raise conflict(blog)

    with pytest.raises(blog.errors.DataError, match="conflict"):
        await db.run(work, retries=retries)
    assert tries == [0] * (retries + 1)


async def test_nothing_else_is_run_again(db: Any, blog: Any) -> None:
    tries: list[int] = []

    async def work(tx: Any) -> None:
        tries.append(1)
        await tx.tag.create_many([{"name": "a"}, {"name": "a"}])

    with pytest.raises(blog.errors.UniqueViolationError):
        await db.run(work)
    with pytest.raises(ValueError, match="retries"):
        await db.run(work, retries=-1)
    assert tries == [1]


async def test_a_killed_connection_is_not_run_again(db: Any, blog: Any) -> None:
    tries: list[int] = []

    async def work(tx: Any) -> None:
        tries.append(1)
        await tx.query_raw("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(blog.errors.DataError) as caught:
        await db.run(work)
    assert (caught.value.code, tries) == ("P1017", [1])
    assert await db.tag.count() == 0


async def test_inside_a_transaction_the_outermost_runs_again(db: Any, blog: Any) -> None:
    tries: list[str] = []

    async def inner(tx: Any) -> None:
        tries.append("inner")
        await tx.tag.create({"name": "a"})
        if tries.count("inner") == 1:
            raise conflict(blog)

    async def outer(tx: Any) -> None:
        tries.append("outer")
        await tx.run(inner)

    await db.run(outer)
    assert tries == ["outer", "inner", "outer", "inner"]
    assert await db.tag.count() == 1
