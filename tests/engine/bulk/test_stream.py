"""stream: the rows of a find by a cursor on the server, in a transaction that ends with the loop."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from time import perf_counter
from typing import Any

import pytest
import pytest_asyncio

from lumi_db.engine import OperationEvent, QueryEvent

from .conftest import becomes_quiet

# The statement that asks is one, too, without a name.
CURSORS = "SELECT count(*)::int AS open FROM pg_cursors WHERE name <> ''"


@pytest_asyncio.fixture
async def tags(db: Any) -> None:
    await db.tag.create_many([{"name": f"t{number:02}"} for number in range(25)])


async def names(rows: Any) -> list[str]:
    return [row.name async for row in rows]


async def test_rows_come_a_batch_at_a_time(db: Any, tags: None, statements: list[QueryEvent]) -> None:
    found = await names(db.tag.stream(order={"name": "desc"}, batch=10))
    assert found == [f"t{number:02}" for number in range(24, -1, -1)]
    assert [(sent.sql.split()[0], sent.action, sent.rows) for sent in statements] == [
        ("SELECT", "stream", rows) for rows in (10, 10, 5)
    ]
    assert all(sent.in_transaction for sent in statements)


@pytest.mark.parametrize(("rows", "fetches"), [(0, 1), (9, 1), (10, 2), (11, 2)])
async def test_the_last_batch_may_be_full_or_not(
    db: Any, tags: None, statements: list[QueryEvent], rows: int, fetches: int
) -> None:
    assert len(await names(db.tag.stream(where={"id": {"lte": rows}}, batch=10))) == rows
    assert len(statements) == fetches


async def test_it_takes_what_find_many_takes(db: Any, tags: None) -> None:
    await db.user.create({"id": "u", "email": "e", "posts": {"create": [{"title": "a"}, {"title": "b"}]}})
    users = [user async for user in db.user.stream(include={"posts": {"order_by": {"title": "desc"}}})]
    assert [[post.title for post in user.posts] for user in users] == [["b", "a"]]
    arguments: list[dict[str, Any]] = [
        {"where": {"name": {"contains": "1"}}, "order": {"name": "asc"}},
        {"take": 7, "skip": 3, "order": {"id": "desc"}},
        {"cursor": {"id": 5}, "take": 4},
        {"distinct": ["name"], "order": {"name": "asc"}},
    ]
    for one in arguments:
        assert await names(db.tag.stream(**one, batch=2)) == [
            tag.name for tag in await db.tag.find_many(**one)
        ]


async def test_wrong_input_is_named_as_in_find_many(db: Any, errors: Any) -> None:
    with pytest.raises(errors.FieldNotFoundError, match=r"`where\.nmae` does not exist"):
        await names(db.tag.stream(where={"nmae": "x"}))
    with pytest.raises(errors.InputError, match=r"`where\.id` must be an int"):
        await names(db.tag.stream(where={"id": "x"}))
    with pytest.raises(errors.InputError, match="`take` must not be negative in a stream"):
        await names(db.tag.stream(take=-1))
    with pytest.raises(errors.InputError, match="`batch` must be a positive int"):
        await names(db.tag.stream(batch=0))


async def test_an_error_of_the_database_is_the_clients(db: Any, errors: Any) -> None:
    await db.execute_raw('ALTER TABLE "Tag" RENAME TO "Gone"')
    with pytest.raises(errors.TableNotFoundError):
        await names(db.tag.stream())


async def test_the_loop_may_be_left_at_any_row(db: Any, single: Any, tags: None) -> None:
    for stop in (0, 5, 9, 10, 24):
        async for tag in single.tag.stream(order={"id": "asc"}, batch=10):
            if tag.id == stop + 1:
                break
        await becomes_quiet(db, single)
        assert await single.tag.count() == 25


async def test_an_error_in_the_loop_closes_the_stream(db: Any, single: Any, tags: None) -> None:
    async def fail() -> None:
        async for _ in single.tag.stream(batch=10):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await becomes_quiet(db, single)


async def test_a_stream_that_is_never_begun_takes_no_connection(single: Any) -> None:
    stream = single.tag.stream()
    assert await single.tag.count() == 0
    await stream.aclose()


async def test_closing_it_gives_the_connection_back_at_once(single: Any, tags: None) -> None:
    async with aclosing(single.tag.stream(batch=10)) as stream:
        assert (await anext(stream)).name == "t00"
    assert await single.tag.count() == 25


async def test_it_can_write_nothing(db: Any, errors: Any) -> None:
    await db.execute_raw(
        "CREATE FUNCTION touch() RETURNS bool LANGUAGE sql VOLATILE AS"
        " $$ INSERT INTO \"Tag\" (name) VALUES ('x') RETURNING true $$"
    )
    await db.execute_raw('ALTER TABLE "Tag" RENAME TO "Tags"')
    await db.execute_raw('CREATE VIEW "Tag" AS SELECT * FROM "Tags" WHERE touch()')
    await db.execute_raw("INSERT INTO \"Tags\" (name) VALUES ('a')")
    await db.execute_raw(
        "CREATE OR REPLACE FUNCTION touch() RETURNS bool LANGUAGE sql VOLATILE AS"
        " $$ INSERT INTO \"Tags\" (name) VALUES ('x') RETURNING true $$"
    )
    with pytest.raises(errors.DataError, match="read-only"):
        await names(db.tag.stream())


async def test_in_a_transaction_it_reads_what_that_wrote_and_leaves_no_cursor(db: Any) -> None:
    async with db.tx() as tx:
        await tx.tag.create_many([{"name": f"t{number}"} for number in range(25)])
        async for tag in tx.tag.stream(order={"id": "asc"}, batch=10):
            await tx.tag.update({"name": f"{tag.name}!"}, {"id": tag.id})
            if tag.id == 15:
                break
        for _ in range(3):
            await asyncio.sleep(0)
        [row] = await tx.query_raw(CURSORS)
        assert row["open"] == 0
        assert len(await names(tx.tag.stream(batch=10))) == 25
        await tx.execute_raw('ALTER TABLE "Tag" ADD COLUMN "more" int')
    assert await db.tag.count(where={"name": {"endswith": "!"}}) == 15


async def test_two_streams_of_one_transaction(db: Any, tags: None) -> None:
    async with db.tx() as tx:
        first, second = (
            tx.tag.stream(order={"id": "asc"}, batch=3),
            tx.tag.stream(order={"id": "desc"}, batch=4),
        )
        pairs = [(one.id, (await anext(second)).id) async for one in first]
    assert pairs == [(number, 26 - number) for number in range(1, 26)]


async def test_rows_may_be_locked_as_they_come(db: Any, tags: None, errors: Any) -> None:
    async with db.tx() as tx:
        async with aclosing(tx.locking("update").tag.stream(order={"id": "asc"}, batch=2)) as locked:
            assert [(await anext(locked)).id for _ in range(2)] == [1, 2]
        async with db.tx() as other:
            free = await other.locking("update", skip_locked=True).tag.find_many()
            assert {tag.id for tag in free} == set(range(3, 26))


async def test_a_stream_of_a_transaction_that_ended(db: Any, tags: None, errors: Any) -> None:
    manager = db.tx()
    tx = await manager.start()
    stream = tx.tag.stream(batch=5)
    await anext(stream)
    await manager.commit()
    with pytest.raises(errors.TransactionExpiredError):
        await names(stream)
    with pytest.raises(errors.TransactionExpiredError):
        await names(tx.tag.stream())


async def test_it_is_told_as_one_operation_whose_time_is_that_of_fetching(db: Any, tags: None) -> None:
    told: list[OperationEvent] = []
    db.on_operation(told.append)
    started = perf_counter()
    async for _ in db.tag.stream(batch=10):
        await asyncio.sleep(0.02)
    [event] = told
    assert (event.action, event.statements, event.error) == ("stream", 3, None)
    assert event.duration <= perf_counter() - started - 25 * 0.02


async def test_with_one_connection_the_same_client_must_wait(single: Any, tags: None, errors: Any) -> None:
    async with aclosing(single.tag.stream(batch=10)) as stream:
        await anext(stream)
        with pytest.raises(errors.DataError, match="connection pool"):
            await single.tag.count()
    assert await single.tag.count() == 25
