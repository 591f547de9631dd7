"""Behind PgBouncer in transaction mode, with two connections of the server that take turns: nothing is mixed up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from lumi_db.engine.driver import Driver
from lumi_db.engine.errors import EngineError
from lumi_db.engine.options import EngineOptions
from lumi_db.engine.statement import Statement
from tests.integration.driver.support import eventually
from tests.servers.cluster import Cluster
from tests.servers.pgbouncer import running_pgbouncer

pytestmark = pytest.mark.long

OPTIONS = EngineOptions(pool_min=20, pool_max=20, query_timeout=30)
CLIENTS = 20
ROUNDS = 30
_LOCKS = "(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())"
# All that raw SQL below has changed, and what a client's sessions shall have.
_STATE = Statement(
    "SELECT current_setting('work_mem'), current_setting('TimeZone'), current_setting('DateStyle'),"
    f" current_setting('application_name'), (SELECT count(*) FROM pg_listening_channels()), {_LOCKS}"
)
_CLEAN = ("4MB", "UTC", "ISO, MDY", "lumi_db", 0, 0)


@pytest_asyncio.fixture(params=["", "&schema=web"], ids=["public", "schema"])
async def pooled(pgbouncer: str, request: pytest.FixtureRequest) -> AsyncIterator[Driver]:
    """Give a driver of twenty connections, with a table whose column has a type of its own."""
    driver = Driver(pgbouncer + request.param, OPTIONS)
    await driver.open()
    for sql in (
        "DROP SCHEMA IF EXISTS web CASCADE",
        "CREATE SCHEMA web",
        "DROP TABLE IF EXISTS item",
        "DROP TYPE IF EXISTS mood",
        "CREATE TYPE mood AS ENUM ('sad', 'happy')",
        "CREATE TABLE item (id int PRIMARY KEY, mood mood)",
    ):
        await driver.run(Statement(sql, returns="count"))
    yield driver
    await driver.close()


async def test_twenty_clients_share_two_connections(pooled: Driver) -> None:
    await asyncio.gather(*(use(pooled, client * ROUNDS, ROUNDS) for client in range(CLIENTS)))
    [row] = await pooled.run(Statement("SELECT count(*), count(DISTINCT mood) FROM item"))
    assert tuple(row) == (CLIENTS * ROUNDS, 2)


async def use(driver: Driver, first: int, rounds: int) -> None:
    """Do what the engine does, with values that tell whose answer it is."""
    for number in range(first, first + rounds):
        await write(driver, number)
        await read(driver, number)
        await touch(driver, number)
        [state] = await driver.run(_STATE)
        assert tuple(state) == _CLEAN


async def write(driver: Driver, number: int) -> None:
    assert await driver.run(Statement("INSERT INTO item VALUES ($1, 'sad')", (number,), "count")) == 1
    async with driver.session() as session:
        change = "UPDATE item SET mood = 'happy' WHERE id = $1 RETURNING id, mood, ARRAY[mood] AS all"
        if number % 2:
            [row] = await session.run(Statement(change, (number,)))
            assert tuple(row) == (number, "happy", ["happy"])
        limits = "SELECT current_setting('statement_timeout'), current_setting('jit')"
        assert [tuple(row) for row in await session.run(Statement(limits))] == [("30s", "off")]


async def read(driver: Driver, number: int) -> None:
    [row] = await driver.run(Statement("SELECT $1::int AS a, $2::text AS b", (number, str(number))))
    assert tuple(row) == (number, str(number))
    async with (
        driver.session(read_only=True) as session,
        session.cursor(Statement("SELECT generate_series($1::int, $1 + 5)", (number,))) as fetch,
    ):
        assert [row[0] for row in await fetch(2)] == [number, number + 1]
        await session.run(Statement("SELECT 1"))
        assert [row[0] for row in await fetch(2)] == [number + 2, number + 3]


async def touch(driver: Driver, number: int) -> None:
    """Change sessions by raw SQL in each way there is, and leave them."""
    await driver.fetch_raw("SELECT set_config('work_mem', '1MB', false), pg_advisory_lock($1)", (number,))
    await driver.execute_raw("SET TimeZone = 'Asia/Tokyo'")
    await driver.execute_raw("LISTEN news")
    transaction = await driver.begin(max_wait=30, timeout=30)
    session = driver.transaction(transaction)
    await session.execute_raw("SET DateStyle = 'German'")
    await session.fetch_raw("SELECT pg_advisory_lock($1)", (number,))
    await (driver.commit if number % 2 else driver.rollback)(transaction)


async def test_no_statement_has_a_name(pooled: Driver) -> None:
    await use(pooled, 0, 3)
    for _ in range(4):
        await pooled.fetch_raw("SELECT 1", keeps_session=True)
        assert (await pooled.fetch_raw("SELECT name FROM pg_prepared_statements")).rows == []


async def test_what_cannot_run_in_a_transaction_runs_without(pooled: Driver) -> None:
    await pooled.execute_raw("VACUUM pg_class")
    await pooled.execute_raw("DISCARD ALL")
    with pytest.raises(EngineError, match="no_such_table"):
        await pooled.execute_raw("VACUUM no_such_table")


async def test_a_failed_statement_leaves_no_transaction_open(pooled: Driver) -> None:
    for sql in ("SELECT 1 / 0", "SELECT no_such_function()"):
        for _ in range(3):
            with pytest.raises(EngineError):
                await pooled.run(Statement(sql))
            with pytest.raises(EngineError):
                await pooled.fetch_raw(sql)
    await asyncio.gather(*(pooled.run(Statement("SELECT 1")) for _ in range(100)))


async def test_deferred_triggers_run_with_the_settings_of_their_transaction(pooled: Driver) -> None:
    await pooled.run(Statement("CREATE TABLE seen (value text)", returns="count"))
    await pooled.run(
        Statement(
            "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN INSERT INTO seen VALUES (current_setting(''lumi.scope'')); RETURN NULL; END'",
            returns="count",
        )
    )
    await pooled.run(
        Statement(
            "CREATE CONSTRAINT TRIGGER see AFTER INSERT ON item DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION see()",
            returns="count",
        )
    )
    transaction = await pooled.begin(max_wait=5, timeout=5)
    session = pooled.transaction(transaction)
    await session.fetch_raw("SELECT set_config('lumi.scope', 'clerk', true)")
    await session.run(Statement("INSERT INTO item VALUES (1, 'sad')", returns="count"))
    await pooled.commit(transaction)
    assert [row[0] for row in await pooled.run(Statement("SELECT value FROM seen"))] == ["clerk"]
    for sql in ("DROP TABLE item", "DROP TABLE seen", "DROP FUNCTION see"):
        await pooled.run(Statement(sql, returns="count"))


async def test_cancelled_and_late_statements_stop_and_leave_the_pool_right(pgbouncer: str) -> None:
    driver = Driver(pgbouncer, EngineOptions(pool_min=4, pool_max=4, query_timeout=0.2))
    await driver.open()
    for _ in range(5):
        late = [asyncio.create_task(driver.run(Statement("SELECT pg_sleep(30)"))) for _ in range(4)]
        await asyncio.sleep(0.02)
        late[0].cancel()
        results = await asyncio.gather(*late, return_exceptions=True)
        assert {one.code for one in results if isinstance(one, EngineError)} <= {"P1008", "P1017"}
        [row] = await driver.run(Statement("SELECT 1 AS one"))
        assert row["one"] == 1
    await driver.close()
    await asyncio.sleep(0.1)
    other = Driver(pgbouncer, EngineOptions(pool_min=1, pool_max=1))
    await other.open()
    running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND state = 'active'"
    [row] = await other.run(Statement(f"{running} AND pid <> pg_backend_pid()"))
    assert row[0] == 0
    await other.close()


def test_a_loop_that_ends_while_it_cancels_does_not_end_pgbouncer(pgbouncer: str) -> None:
    async def leave(steps: int) -> None:
        driver = Driver(pgbouncer, EngineOptions(pool_min=1, pool_max=1))
        await driver.open()
        running = asyncio.create_task(driver.run(Statement("SELECT pg_sleep(30)")))
        await asyncio.sleep(0.01)
        running.cancel()
        for _ in range(steps):
            await asyncio.sleep(0)
        driver.terminate()

    async def one() -> int:
        driver = Driver(pgbouncer, EngineOptions(pool_min=1, pool_max=1))
        await driver.open()
        rows = await driver.run(Statement("SELECT 1"))
        await driver.close()
        return len(rows)

    for steps in [*range(12)] * 3:
        asyncio.run(leave(steps))
    assert asyncio.run(one()) == 1


async def test_when_all_connections_are_taken_waiting_ends(cluster: Cluster, pgbouncer: str) -> None:
    with running_pgbouncer(cluster, pool_size=1, query_wait_timeout=1) as url:
        driver = Driver(url, EngineOptions(pool_min=2, pool_max=2))
        await driver.open()
        transaction = await driver.begin(max_wait=5, timeout=30)
        with pytest.raises(EngineError) as caught:
            await driver.run(Statement("SELECT 1"))
        assert caught.value.code == "P1017"
        await driver.rollback(transaction)
        assert len(await driver.run(Statement("SELECT 1"))) == 1
        await driver.close()


async def test_session_mode_works_as_well(cluster: Cluster, pgbouncer: str) -> None:
    with running_pgbouncer(cluster, pool_size=20, pool_mode="session") as url:
        driver = Driver(url, EngineOptions(pool_min=4, pool_max=4, query_timeout=30))
        await driver.open()
        for sql in (
            "DROP TABLE IF EXISTS item",
            "DROP TYPE IF EXISTS mood CASCADE",
            "CREATE TYPE mood AS ENUM ('sad', 'happy')",
            "CREATE TABLE item (id int PRIMARY KEY, mood mood)",
        ):
            await driver.run(Statement(sql, returns="count"))
        await asyncio.gather(*(use(driver, client * 10, 10) for client in range(4)))
        await driver.close()


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (("/postgres?", "/no_such_shop?"), "P1003", "Database no_such_shop does not exist"),
        (("lumi@", "clerk@"), "P1000", "user clerk"),
        (("pgbouncer=true", ""), "P1013", "add pgbouncer=true to the URL"),
        (("pgbouncer=true", "pgbouncer=true&options=-c%20geqo=off"), "P1013", "by ALTER ROLE"),
    ],
)
async def test_what_pgbouncer_refuses_is_told(
    pgbouncer: str, change: tuple[str, str], code: str, said: str
) -> None:
    with pytest.raises(EngineError, match=said) as caught:
        await Driver(pgbouncer.replace(*change), EngineOptions(pool_min=1)).open()
    assert caught.value.code == code


async def test_a_restart_of_the_server_is_survived(cluster: Cluster, pgbouncer: str) -> None:
    driver = Driver(pgbouncer, EngineOptions(pool_min=2, pool_max=2, query_timeout=2))
    await driver.open()
    running = asyncio.create_task(driver.run(Statement("SELECT pg_sleep(30)")))
    await asyncio.sleep(0.1)
    await asyncio.to_thread(cluster.stop)
    with pytest.raises(EngineError) as caught:
        await running
    assert caught.value.code == "P1017"
    with pytest.raises(EngineError) as waited:
        await driver.run(Statement("SELECT 1"))
    assert waited.value.code in ("P1008", "P1017")
    await asyncio.to_thread(cluster.start)

    async def answers() -> bool:
        try:
            return len(await driver.run(Statement("SELECT 1"))) == 1
        except EngineError:
            return False

    await eventually(answers, within=20)
    await driver.close()
