"""Killed connections and cancelled tasks: the pool is right afterwards and the next query works."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from lumi_db.engine.driver import Driver
from lumi_db.engine.errors import EngineError
from lumi_db.engine.options import EngineOptions
from lumi_db.engine.statement import Statement

from .conftest import OpenDriver
from .support import ONE, insert, names, no_sleepers, settled, sleep

Kill = Callable[[], Awaitable[int]]


async def test_a_connection_killed_while_free_is_not_noticed(driver: Driver, kill: Kill) -> None:
    assert await kill() >= 1
    assert (await driver.run(ONE))[0]["one"] == 1


async def test_a_connection_killed_in_mid_query_is_p1017_and_the_next_query_works(
    driver: Driver, kill: Kill
) -> None:
    running = asyncio.create_task(driver.run(sleep(30)))
    await asyncio.sleep(0.05)
    await kill()
    with pytest.raises(EngineError) as caught:
        await running
    assert caught.value.code == "P1017"
    assert len(await driver.run(ONE)) == 1
    assert driver.stats().busy == 0


async def test_a_connection_killed_in_a_transaction_is_p1017_and_nothing_is_saved(
    driver: Driver, kill: Kill
) -> None:
    async def work() -> None:
        async with driver.session() as session:
            await session.run(insert(1))
            await kill()
            await session.run(insert(2))

    with pytest.raises(EngineError) as caught:
        await work()
    assert caught.value.code == "P1017"
    assert await names(driver) == []


async def test_a_connection_killed_in_an_interactive_transaction_leaves_a_clear_end(
    driver: Driver, kill: Kill
) -> None:
    transaction = await driver.begin(max_wait=1, timeout=5)
    await driver.transaction(transaction).run(insert(1))
    await kill()
    for _ in range(2):
        with pytest.raises(EngineError) as caught:
            await driver.transaction(transaction).run(ONE)
        assert caught.value.code == "P1017"
    await driver.rollback(transaction)
    assert await names(driver) == []
    assert driver.stats().busy == 0


async def test_a_connection_lost_before_commit_is_told_as_rolled_back(driver: Driver, kill: Kill) -> None:
    transaction = await driver.begin(max_wait=1, timeout=5)
    await driver.transaction(transaction).run(insert(1))
    await kill()
    with pytest.raises(EngineError, match="rolled back") as caught:
        await driver.commit(transaction)
    assert (caught.value.code, caught.value.meta["outcome"]) == ("P1017", "rolled back")
    assert await names(driver) == []
    assert driver.stats().busy == 0


async def test_a_connection_lost_during_commit_has_an_unknown_outcome(driver: Driver, kill: Kill) -> None:
    await driver.run(SLOW_FUNCTION)
    await driver.run(SLOW_TRIGGER)
    transaction = await driver.begin(max_wait=1, timeout=5)
    await driver.transaction(transaction).run(insert(1))
    committing = asyncio.create_task(driver.commit(transaction))
    await asyncio.sleep(0.05)
    await kill()
    with pytest.raises(EngineError, match="unknown") as caught:
        await committing
    assert (caught.value.code, caught.value.meta["outcome"]) == ("P1017", "unknown")
    assert driver.stats().busy == 0


SLOW_FUNCTION = Statement(
    "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(9); RETURN NEW; END'",
    returns="count",
)
SLOW_TRIGGER = Statement(
    "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON item DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW EXECUTE FUNCTION slow()",
    returns="count",
)


async def test_when_no_connection_can_be_opened_all_who_wait_are_told_at_once(
    driver: Driver, elsewhere: Driver, kill: Kill
) -> None:
    database = driver.target.database
    await elsewhere.run(Statement(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false", returns="count"))
    await kill()
    async with asyncio.timeout(5):
        results = await asyncio.gather(*(driver.run(ONE) for _ in range(10)), return_exceptions=True)
    assert all(isinstance(one, EngineError) and one.code != "P2024" for one in results)
    await elsewhere.run(Statement(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true", returns="count"))
    assert len(await driver.run(ONE)) == 1


async def test_all_connections_killed_under_load_come_back(driver: Driver, kill: Kill) -> None:
    work = [asyncio.create_task(driver.run(sleep(0.2))) for _ in range(9)]
    await asyncio.sleep(0.1)
    await kill()
    results = await asyncio.gather(*work, return_exceptions=True)
    assert [one.code for one in results if isinstance(one, EngineError)] == ["P1017"] * 3
    assert len(await driver.run(ONE)) == 1


async def test_a_cancelled_query_stops_on_the_server_and_its_connection_is_used_again(
    driver: Driver, other: Driver
) -> None:
    running = asyncio.create_task(driver.run(sleep(30)))
    await asyncio.sleep(0.05)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await no_sleepers(other)
    await settled(driver)
    assert len(await driver.run(ONE)) == 1


async def test_a_cancelled_wait_leaves_the_queue(open_driver: OpenDriver) -> None:
    driver = await open_driver(parameters="connection_limit=1")
    running = asyncio.create_task(driver.run(sleep(0.1)))
    await asyncio.sleep(0.01)
    waiting = asyncio.create_task(driver.run(ONE))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await running
    await asyncio.gather(waiting, return_exceptions=True)
    assert (driver.stats().waiting, driver.stats().idle) == (0, 1)


async def test_a_wait_cancelled_in_the_moment_it_is_served_gives_the_connection_on(
    open_driver: OpenDriver,
) -> None:
    driver = await open_driver(parameters="connection_limit=1")
    for _ in range(20):
        running = asyncio.create_task(driver.run(ONE))
        await asyncio.sleep(0)
        waiting = asyncio.create_task(driver.run(ONE))
        running.add_done_callback(partial(_cancel, waiting))
        await asyncio.gather(running, waiting, return_exceptions=True)
    await settled(driver)
    assert len(await driver.run(ONE)) == 1


def _cancel(task: asyncio.Task[object], _: object) -> None:
    task.cancel()


@pytest.mark.parametrize("step", range(24))
async def test_cancelling_at_any_step_leaves_pool_and_transaction_right(driver: Driver, step: int) -> None:
    async def work() -> None:
        async with driver.session() as session:
            await session.run(insert(1))
            async with session.savepoint():
                await session.run(insert(2))

    task = asyncio.create_task(work())
    for _ in range(step):
        await asyncio.sleep(0)
        if step % 3 == 0:
            await asyncio.sleep(0.0005)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await settled(driver)
    assert await names(driver) in ([], ["a", "a"])
    assert len(await driver.run(ONE)) == 1


async def test_cancelling_while_the_pool_connects_leaves_it_right(open_driver: OpenDriver) -> None:
    driver = await open_driver(minimum=0, maximum=2, idle_lifetime=0.01, sweep_every=0.01)
    for delay in (0, 0, 0.001, 0.002, 0.004):
        tasks = [asyncio.create_task(driver.run(ONE)) for _ in range(4)]
        await asyncio.sleep(delay)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    await settled(driver)
    assert len(await driver.run(ONE)) == 1
    assert driver.stats().size <= 2


async def test_a_statement_past_its_time_is_p1008_and_stops_on_the_server(
    open_driver: OpenDriver, other: Driver
) -> None:
    driver = await open_driver(options=EngineOptions(pool_min=1, pool_max=1, query_timeout=0.05))
    with pytest.raises(EngineError) as caught:
        await driver.run(sleep(30))
    assert caught.value.code == "P1008"
    await no_sleepers(other)
    assert len(await driver.run(ONE)) == 1


async def test_tables_changed_under_a_prepared_statement_do_not_matter(driver: Driver, other: Driver) -> None:
    everything = Statement("SELECT * FROM item")
    await driver.run(everything)
    await other.run(Statement("ALTER TABLE item ADD COLUMN more int", returns="count"))
    await other.run(Statement("INSERT INTO item VALUES (1, 'a', 2)", returns="count"))
    assert dict((await driver.run(everything))[0]) == {"id": 1, "name": "a", "more": 2}


@pytest.mark.direct(reason="is about named statements")
async def test_tables_changed_inside_a_transaction_ask_to_run_it_again(driver: Driver, other: Driver) -> None:
    async def work() -> None:
        async with driver.session() as session:
            await session.run(Statement("SELECT * FROM item"))

    await work()
    await other.run(Statement("ALTER TABLE item ADD COLUMN more int", returns="count"))
    with pytest.raises(EngineError) as caught:
        await work()
    assert caught.value.code == "P2034"
    await work()
