"""Transactions of the engine's own, interactive ones, nesting, time limits, misuse."""

from __future__ import annotations

import asyncio

import pytest

from lumi_db.engine.driver import Driver, Session
from lumi_db.engine.errors import EngineError
from lumi_db.engine.options import EngineOptions
from lumi_db.engine.statement import Statement

from .conftest import OpenDriver
from .support import ONE, eventually, insert, names, no_sleepers, settled, sleep


async def begin(driver: Driver, *, timeout: float = 5.0, parent: str | None = None) -> str:
    return await driver.begin(max_wait=1, timeout=timeout, parent=parent)


async def test_a_session_commits_at_its_end(driver: Driver) -> None:
    async with driver.session() as session:
        assert await session.run(insert(1)) == 1
    assert await names(driver) == ["a"]


async def test_a_session_rolls_back_on_anything_raised(driver: Driver) -> None:
    async def work() -> None:
        async with driver.session() as session:
            await session.run(insert(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await work()
    assert await names(driver) == []
    assert driver.stats().busy == 0


async def test_a_failed_statement_aborts_the_transaction_as_in_prisma(driver: Driver) -> None:
    transaction = await begin(driver)
    session = driver.transaction(transaction)
    await session.run(insert(1))
    with pytest.raises(EngineError) as caught:
        await session.run(insert(1))
    assert caught.value.code == "P2002"
    with pytest.raises(EngineError) as caught:
        await session.run(ONE)
    assert caught.value.meta["sqlstate"] == "25P02"
    await driver.rollback(transaction)


async def test_committing_after_a_failure_says_that_nothing_was_saved(driver: Driver) -> None:
    transaction = await begin(driver)
    with pytest.raises(EngineError):
        await driver.transaction(transaction).run(Statement("SELECT nonsense"))
    with pytest.raises(EngineError, match="rolled back") as caught:
        await driver.commit(transaction)
    assert caught.value.code == "P2028"
    assert driver.stats().busy == 0


async def test_a_deferred_constraint_fails_the_commit_with_its_own_code(driver: Driver) -> None:
    await driver.run(
        Statement("CREATE TABLE late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)", returns="count")
    )
    with pytest.raises(EngineError) as caught:
        async with driver.session() as session:
            await session.run(Statement("INSERT INTO late VALUES (1), (1)", returns="count"))
    assert caught.value.code == "P2002"
    assert driver.stats().busy == 0


async def test_an_interactive_transaction_is_seen_by_others_after_its_commit_only(driver: Driver) -> None:
    transaction = await begin(driver)
    await driver.transaction(transaction).run(insert(1))
    assert await names(driver) == []
    await driver.commit(transaction)
    assert await names(driver) == ["a"]


@pytest.mark.parametrize("ending", ["commit", "rollback"])
async def test_a_closed_transaction_says_how_it_was_closed(driver: Driver, ending: str) -> None:
    transaction = await begin(driver)
    await getattr(driver, ending)(transaction)
    told = "committed" if ending == "commit" else "rolled back"
    with pytest.raises(EngineError, match=f"^Transaction already closed: A query .*{told}") as caught:
        driver.transaction(transaction)
    assert caught.value.code == "P2028"
    with pytest.raises(EngineError, match=r"^Transaction already closed: A commit"):
        await driver.commit(transaction)


async def test_a_session_kept_after_the_commit_runs_nothing(driver: Driver) -> None:
    transaction = await begin(driver)
    session = driver.transaction(transaction)
    await driver.commit(transaction)
    with pytest.raises(EngineError, match="already closed"):
        await session.run(insert(1))
    assert await names(driver) == []


async def test_an_unknown_transaction_is_not_found(driver: Driver) -> None:
    with pytest.raises(EngineError, match="Transaction not found") as caught:
        driver.transaction("nonsense")
    assert caught.value.code == "P2028"


async def test_tasks_that_share_a_transaction_take_turns(driver: Driver) -> None:
    transaction = await begin(driver)
    session = driver.transaction(transaction)
    await asyncio.gather(*(session.run(insert(number)) for number in range(20)))
    await driver.commit(transaction)
    assert len(await names(driver)) == 20


async def test_an_expired_transaction_ends_on_the_server_while_a_statement_runs(
    driver: Driver, other: Driver
) -> None:
    transaction = await begin(driver, timeout=0.1)
    await driver.transaction(transaction).run(insert(1))
    with pytest.raises(EngineError, match=r"expired transaction.*timeout for this transaction was 100 ms"):
        await driver.transaction(transaction).run(sleep(30))
    await settled(driver)
    await no_sleepers(other)
    assert await names(other) == []
    with pytest.raises(EngineError, match=r"^Transaction already closed: A commit .* expired"):
        await driver.commit(transaction)


async def test_an_expired_transaction_gives_up_its_locks_while_nothing_runs(
    driver: Driver, other: Driver
) -> None:
    await driver.run(insert(1))
    transaction = await begin(driver, timeout=0.1)
    await driver.transaction(transaction).run(Statement("UPDATE item SET name = 'b'", returns="count"))
    async with asyncio.timeout(2):
        await other.run(Statement("UPDATE item SET name = 'c'", returns="count"))
    assert await names(driver) == ["c"]


async def test_tasks_waiting_for_their_turn_learn_of_the_expiry(driver: Driver) -> None:
    session = driver.transaction(await begin(driver, timeout=0.1))
    results = await asyncio.gather(*(session.run(sleep(30)) for _ in range(3)), return_exceptions=True)
    assert [one.code for one in results if isinstance(one, EngineError)] == ["P2028"] * 3


async def test_expiry_does_not_cancel_the_task_itself(driver: Driver) -> None:
    session = driver.transaction(await begin(driver, timeout=0.05))
    with pytest.raises(EngineError):
        await session.run(sleep(30))
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0
    await asyncio.sleep(0)


async def test_a_transaction_that_cannot_start_in_time_is_p2028(open_driver: OpenDriver) -> None:
    driver = await open_driver(parameters="connection_limit=1")
    first = await begin(driver)
    with pytest.raises(EngineError, match="Unable to start a transaction in the given time") as caught:
        await driver.begin(max_wait=0.05, timeout=5)
    assert caught.value.code == "P2028"
    await driver.rollback(first)
    await driver.rollback(await begin(driver))


async def test_a_nested_transaction_rolls_back_alone(driver: Driver) -> None:
    outer = await begin(driver)
    await driver.transaction(outer).run(insert(1, "outer"))
    inner = await begin(driver, parent=outer)
    await driver.transaction(inner).run(insert(2, "inner"))
    for code in ("P2002", None):
        with pytest.raises(EngineError) as caught:
            await driver.transaction(inner).run(insert(1))
        assert caught.value.code == code
    await driver.rollback(inner)
    await driver.transaction(outer).run(insert(3, "after"))
    await driver.commit(outer)
    assert await names(driver) == ["outer", "after"]


async def test_a_committed_nested_transaction_shares_the_fate_of_the_outer_one(driver: Driver) -> None:
    outer = await begin(driver)
    inner = await begin(driver, parent=outer)
    deepest = await begin(driver, parent=inner)
    await driver.transaction(deepest).run(insert(1))
    await driver.commit(deepest)
    await driver.commit(inner)
    await driver.rollback(outer)
    assert await names(driver) == []


async def test_two_nested_transactions_in_one_run_one_after_the_other(driver: Driver) -> None:
    outer = await begin(driver)

    async def nest(number: int, *, keep: bool) -> None:
        inner = await begin(driver, parent=outer)
        await driver.transaction(inner).run(insert(number, str(number)))
        await asyncio.sleep(0.01)
        await (driver.commit(inner) if keep else driver.rollback(inner))

    await asyncio.gather(*(nest(number, keep=number % 2 == 0) for number in range(6)))
    await driver.commit(outer)
    assert await names(driver) == ["0", "2", "4"]


async def test_an_expired_nested_transaction_leaves_the_outer_one_usable(driver: Driver) -> None:
    outer = await begin(driver)
    await driver.transaction(outer).run(insert(1, "outer"))
    inner = await begin(driver, parent=outer, timeout=0.05)
    await driver.transaction(inner).run(insert(2, "inner"))
    with pytest.raises(EngineError, match="expired"):
        await driver.transaction(inner).run(sleep(30))
    await driver.transaction(outer).run(insert(3, "after"))
    await driver.commit(outer)
    assert await names(driver) == ["outer", "after"]


async def test_ending_the_outer_transaction_ends_those_inside(driver: Driver) -> None:
    outer = await begin(driver)
    inner = await begin(driver, parent=outer)
    session = driver.transaction(inner)
    await driver.rollback(outer)
    with pytest.raises(EngineError, match="rolled back"):
        driver.transaction(inner)
    with pytest.raises(EngineError, match="rolled back"):
        await session.run(ONE)
    assert driver.stats().transactions == 0


async def test_a_savepoint_undoes_what_is_inside_only(driver: Driver) -> None:
    async def work(session: Session) -> None:
        async with session.savepoint():
            await session.run(insert(2))
            await session.run(insert(1))

    async with driver.session() as session:
        await session.run(insert(1))
        with pytest.raises(EngineError):
            await work(session)
        await session.run(insert(3))
    assert len(await names(driver)) == 2


@pytest.mark.parametrize("level", ["ReadCommitted", "RepeatableRead", "Serializable"])
async def test_the_isolation_level_reaches_the_server(driver: Driver, level: str) -> None:
    transaction = await driver.begin(max_wait=1, timeout=5, isolation=level)
    rows = await driver.transaction(transaction).run(Statement("SHOW transaction_isolation"))
    await driver.rollback(transaction)
    assert rows[0][0].replace(" ", "") == level.lower()


async def test_an_unknown_isolation_level_names_the_known_ones(driver: Driver) -> None:
    with pytest.raises(EngineError, match="ReadUncommitted, ReadCommitted, RepeatableRead, Serializable"):
        await driver.begin(max_wait=1, timeout=5, isolation="Chaos; DROP TABLE item")
    assert driver.stats().busy == 0


async def test_a_read_only_transaction_writes_nothing(driver: Driver) -> None:
    transaction = await driver.begin(max_wait=1, timeout=5, read_only=True)
    with pytest.raises(EngineError) as caught:
        await driver.transaction(transaction).run(insert(1))
    assert caught.value.meta["sqlstate"] == "25006"
    await driver.rollback(transaction)


async def test_of_two_serializable_transactions_that_conflict_one_is_p2034(driver: Driver) -> None:
    await driver.run(insert(1))
    both = [await driver.begin(max_wait=1, timeout=5, isolation="Serializable") for _ in range(2)]
    for one in both:
        await driver.transaction(one).run(Statement("SELECT count(*) FROM item"))
    for number, one in enumerate(both):
        await driver.transaction(one).run(insert(number + 2))
    results = await asyncio.gather(*(driver.commit(one) for one in both), return_exceptions=True)
    assert sorted(one.code or "" for one in results if isinstance(one, EngineError)) == ["P2034"]
    assert len(await names(driver)) == 2


async def test_closing_the_driver_rolls_back_open_transactions(driver: Driver, other: Driver) -> None:
    transaction = await begin(driver)
    await driver.transaction(transaction).run(insert(1))
    await driver.close()
    assert await names(other) == []


async def test_a_transaction_idle_for_too_long_is_ended_by_the_server(open_driver: OpenDriver) -> None:
    driver = await open_driver(options=EngineOptions(pool_min=1, idle_in_transaction_timeout=0.05))
    transaction = await begin(driver)
    await asyncio.sleep(0.3)
    with pytest.raises(EngineError) as caught:
        await driver.transaction(transaction).run(ONE)
    assert caught.value.code in ("P1017", "P2028")
    await driver.rollback(transaction)
    assert len(await driver.run(ONE)) == 1


async def test_hundreds_of_transactions_leave_nothing_behind(driver: Driver) -> None:
    async def work(number: int) -> None:
        transaction = await driver.begin(max_wait=30, timeout=30)
        await driver.transaction(transaction).run(insert(number))
        await (driver.commit(transaction) if number % 2 else driver.rollback(transaction))

    for start in range(0, 300, 30):
        await asyncio.gather(*(work(number) for number in range(start, start + 30)))
    assert len(await names(driver)) == 150
    assert (driver.stats().transactions, driver.stats().busy, driver.stats().waiting) == (0, 0, 0)


async def test_a_cancelled_commit_leaves_the_connection_clean(driver: Driver) -> None:
    for number in range(10):
        transaction = await begin(driver)
        await driver.transaction(transaction).run(insert(number))
        committing = asyncio.create_task(driver.commit(transaction))
        await asyncio.sleep(0)
        committing.cancel()
        await asyncio.gather(committing, return_exceptions=True)

    async def is_quiet() -> bool:
        return driver.stats().busy == 0

    await eventually(is_quiet)
    assert driver.stats().transactions == 0
    assert len(await driver.run(ONE)) == 1
