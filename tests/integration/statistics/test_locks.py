"""Who waits for whom, on real locks of real sessions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest_asyncio

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.statistics import Chain, read_locks

from .conftest import Connect

Start = Callable[[asyncpg.Connection, str], Awaitable[None]]


async def count_waiting(connection: DirectConnection) -> int:
    return int(
        await connection.fetch_value(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
    )


@pytest_asyncio.fixture
async def start(asking: DirectConnection) -> AsyncIterator[Start]:
    """Give what starts a statement that has to wait, and returns once it waits."""
    tasks: list[asyncio.Future[str]] = []

    async def started(connection: asyncpg.Connection, sql: str) -> None:
        before = await count_waiting(asking)
        tasks.append(asyncio.ensure_future(connection.execute(sql)))
        while await count_waiting(asking) == before:  # noqa: ASYNC110 - the other session has no event to wait for
            await asyncio.sleep(0.01)

    await asking.run_script(
        "CREATE TABLE stock (id int PRIMARY KEY, left_over int); INSERT INTO stock VALUES (1, 5)"
    )
    yield started
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def pids(tree: Chain) -> object:
    return tree.session.pid, [pids(one) for one in tree.waiting]


async def test_where_nobody_waits_there_is_no_chain(asking: DirectConnection, connect: Connect) -> None:
    holder = await connect()
    await holder.execute("CREATE TABLE alone (id int); BEGIN; LOCK TABLE alone")
    assert await read_locks(asking) == ()


async def test_who_wait_for_one_row_stand_in_their_queue_behind_its_holder(
    asking: DirectConnection, connect: Connect, start: Start
) -> None:
    holder, second, third = await connect(), await connect(), await connect()
    await holder.execute("BEGIN; UPDATE stock SET left_over = 4 WHERE id = 1")
    await start(second, "UPDATE stock SET left_over = 3 WHERE id = 1 AND 'her card' <> ''")
    await start(third, "UPDATE stock SET left_over = 2 WHERE id = 1")
    [tree] = await read_locks(asking)
    first, next_, last = (one.get_server_pid() for one in (holder, second, third))
    assert pids(tree) == (first, [(next_, [(last, [])])])
    assert (tree.size, tree.sql) == (2, f"SELECT pg_terminate_backend({first});")
    assert tree.session.state == "idle in transaction"
    assert tree.session.sql == "BEGIN; UPDATE stock SET left_over = 4 WHERE id = 1"
    waiting = tree.waiting[0].session
    assert (waiting.relation, waiting.blockers) == ("stock", (first,))
    assert waiting.sql == "UPDATE stock SET left_over = 3 WHERE id = 1 AND '***' <> '***'"
    assert (waiting.waits_seconds or 0) > 0


async def test_a_migration_that_waits_for_a_table_keeps_the_readers_behind_it(
    asking: DirectConnection, connect: Connect, start: Start
) -> None:
    holder, migration, reader = await connect(), await connect(), await connect()
    await holder.execute("BEGIN; SELECT * FROM stock")
    await start(migration, "ALTER TABLE stock ADD COLUMN place text")
    await start(reader, "SELECT * FROM stock")
    [tree] = await read_locks(asking)
    assert pids(tree) == (
        holder.get_server_pid(),
        [(migration.get_server_pid(), [(reader.get_server_pid(), [])])],
    )
    waiting = tree.waiting[0].session
    assert (waiting.mode, waiting.relation, waiting.kind) == ("AccessExclusiveLock", "stock", "relation")


async def test_a_user_with_few_rights_sees_who_waits_for_whom_and_not_for_what(
    asking: DirectConnection, connect: Connect, start: Start
) -> None:
    holder, waiting = await connect(), await connect()
    role = f"few_{holder.get_server_pid()}"
    await holder.execute("BEGIN; UPDATE stock SET left_over = 4")
    await start(waiting, "UPDATE stock SET left_over = 3")
    await asking.run_script(f"CREATE ROLE {role}; SET ROLE {role}")
    try:
        [tree] = await read_locks(asking)
    finally:
        await asking.run_script(f"RESET ROLE; DROP ROLE {role}")
    assert pids(tree) == (holder.get_server_pid(), [(waiting.get_server_pid(), [])])
    assert (tree.session.sql, tree.session.state) == ("", None)


async def test_the_sql_of_the_root_frees_those_behind_it(
    asking: DirectConnection, connect: Connect, start: Start
) -> None:
    holder, waiting = await connect(), await connect()
    await holder.execute("BEGIN; UPDATE stock SET left_over = 4")
    await start(waiting, "UPDATE stock SET left_over = 3")
    [tree] = await read_locks(asking)
    await asking.run_script(tree.sql)
    left_over = "SELECT left_over FROM stock"
    while await asking.fetch_value(left_over) != 3:  # noqa: ASYNC110 - the server tells nobody
        await asyncio.sleep(0.01)
    assert await read_locks(asking) == ()
