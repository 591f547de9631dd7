"""Connections held for too long: told once, with the line that took them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from lumi_db import Database
from lumi_db.engine import EngineOptions, LeakEvent
from lumi_db.engine.driver import Driver
from lumi_db.engine.errors import EngineError
from tests.integration.application.support import captured_log, settings_for

from .support import ONE, eventually

HERE = Path(__file__)


def line_of(text: str) -> str:
    """Return this file and the number of its line that ends with `text` and a mark."""
    lines = HERE.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, start=1) if line.endswith(f"# {text}"))
    return f"{HERE.relative_to(Path.cwd())}:{number}"


@pytest_asyncio.fixture
async def held(empty_database_url: str) -> AsyncIterator[tuple[Driver, list[LeakEvent]]]:
    """Give a driver of one connection that tells after 50 ms, and what it has told."""
    told: list[LeakEvent] = []
    options = EngineOptions(pool_min=1, pool_max=1, pool_timeout=0.1, leak_after=0.05)
    driver = Driver(empty_database_url, options, leaked=told.append)
    await driver.open()
    yield driver, told
    await driver.close(timeout=1)


async def test_a_leak_is_told_once_with_the_line_and_the_last_statement(
    held: tuple[Driver, list[LeakEvent]],
) -> None:
    driver, told = held
    transaction = await driver.begin(max_wait=1, timeout=30)  # begins
    await driver.transaction(transaction).run(ONE)
    await asyncio.sleep(0.3)
    await driver.rollback(transaction)
    [event] = told
    assert (event.caller, event.sql) == (line_of("begins"), ONE.sql)
    assert 0.05 < event.held_for < 0.3


async def test_what_is_given_back_in_time_is_not_told(held: tuple[Driver, list[LeakEvent]]) -> None:
    driver, told = held
    for end in (driver.commit, driver.rollback):
        await end(await driver.begin(max_wait=1, timeout=30))
    async with driver.session(may_last=True) as session:
        await session.run(ONE)
    await driver.run(ONE)
    await asyncio.sleep(0.2)
    assert told == []


async def test_waiting_in_vain_names_who_holds_the_connections(held: tuple[Driver, list[LeakEvent]]) -> None:
    driver, _ = held
    transaction = await driver.begin(max_wait=1, timeout=30)  # holds
    with pytest.raises(EngineError, match="Held longest by ") as caught:
        await driver.run(ONE)
    assert caught.value.code == "P2024"
    [holder] = caught.value.meta["holders"]
    assert holder.startswith(f"{line_of('holds')} for 0.")
    await driver.rollback(transaction)


async def test_a_transaction_that_waits_in_vain_names_them_too(held: tuple[Driver, list[LeakEvent]]) -> None:
    driver, _ = held
    transaction = await driver.begin(max_wait=1, timeout=30)  # keeps
    with pytest.raises(EngineError, match="Unable to start a transaction .* Held longest by ") as caught:
        await driver.begin(max_wait=0.05, timeout=30)
    assert caught.value.code == "P2028"
    [holder] = caught.value.meta["holders"]
    assert holder.startswith(f"{line_of('keeps')} for 0.")
    await driver.rollback(transaction)


async def hold_by_tx(db: Database) -> str:
    async with db.tx() as tx:  # tx
        await tx.user.count()
        await asyncio.sleep(0.3)
    return line_of("tx")


async def hold_by_stream(db: Database) -> str:
    await db.client.role.create(data={"name": "clerk"})
    async for _ in db.client.role.stream():  # stream
        await asyncio.sleep(0.3)
    return line_of("stream")


async def hold_by_batch(db: Database) -> str:
    async with db.client.batch_() as batch:
        batch.execute_raw("SELECT pg_sleep(0.3)")
    return f"{HERE.relative_to(Path.cwd())}:"


@pytest.mark.parametrize("hold", [hold_by_tx, hold_by_stream, hold_by_batch])
async def test_the_log_warns_of_each_way_to_hold_one(
    database_url: str, hold: Callable[[Database], AsyncIterator[str]]
) -> None:
    with captured_log() as records:
        async with Database(settings_for(database_url, database_leak_ms=50)) as db:
            expected = await hold(db)  # type: ignore[misc]
            [record] = [one for one in records if one["extra"].get("event") == "leak"]
    assert record["level"].name == "WARNING"
    assert record["extra"]["caller"].startswith(expected)
    assert record["message"].startswith(f"Held connection: {expected}")


async def test_with_0_nothing_is_told(database_url: str) -> None:
    with captured_log() as records:
        async with Database(settings_for(database_url, database_leak_ms=0)) as db:
            await hold_by_tx(db)
    assert not [one for one in records if one["extra"].get("event") == "leak"]


async def test_a_transaction_that_expires_is_held_no_longer(held: tuple[Driver, list[LeakEvent]]) -> None:
    driver, told = held
    await driver.begin(max_wait=1, timeout=0.02)

    async def is_free() -> bool:
        return driver.stats().busy == 0

    await eventually(is_free)
    await asyncio.sleep(0.2)
    assert told == []
