"""What the URL's parameters do to a connection and to waiting; their reading is in tests/unit/driver/test_url.py."""

from __future__ import annotations

import asyncio
from time import perf_counter

import pytest

from lumi_db.engine.driver import Driver
from lumi_db.engine.errors import EngineError
from lumi_db.engine.options import EngineOptions
from lumi_db.engine.statement import Statement

from .conftest import OpenDriver
from .support import ONE, eventually, insert, names, no_sleepers, sleep
from .test_failures import SLOW_FUNCTION, SLOW_TRIGGER
from .test_opening import silent_server

PREPARED = Statement("SELECT count(*) FROM pg_prepared_statements")
direct = pytest.mark.direct(reason="is about named statements")


async def test_by_default_five_connections_stay_and_twenty_are_the_most(empty_database_url: str) -> None:
    driver = Driver(empty_database_url, EngineOptions())
    await driver.open()

    async def has_five() -> bool:
        return driver.stats().idle == 5

    await eventually(has_five)
    await asyncio.gather(*(driver.run(sleep(0.05)) for _ in range(30)))
    assert (driver.stats().size, driver.stats().maximum) == (20, 20)
    await driver.close()


@direct
@pytest.mark.parametrize(("size", "kept"), [(0, 0), (3, 3), (100, 11)])
async def test_no_more_statements_are_kept_than_the_url_says(
    open_driver: OpenDriver, size: int, kept: int
) -> None:
    driver = await open_driver(parameters=f"connection_limit=1&statement_cache_size={size}")
    for number in range(10):
        await driver.run(Statement(f"SELECT {number}"))
    # The one that counts is kept, too, before it counts.
    assert (await driver.run(PREPARED))[0][0] == kept


@pytest.mark.long
async def test_the_time_for_a_connection_is_the_urls(open_driver: OpenDriver) -> None:
    driver = await open_driver(parameters="connection_limit=1&pool_timeout=1")
    busy = asyncio.create_task(driver.run(sleep(1.5)))
    await asyncio.sleep(0.01)
    with pytest.raises(EngineError, match="pool timeout: 1 s") as caught:
        await driver.run(ONE)
    assert caught.value.code == "P2024"
    await busy


@pytest.mark.long
async def test_the_time_to_connect_is_the_urls() -> None:
    with silent_server() as port:
        driver = Driver(f"postgresql://u@127.0.0.1:{port}/d?connect_timeout=1", EngineOptions())
        started = perf_counter()
        with pytest.raises(EngineError) as caught:
            await driver.open()
    assert caught.value.code == "P1002"
    assert 1 <= perf_counter() - started < 4


@pytest.mark.long
async def test_an_answer_is_waited_for_as_long_as_the_url_says(
    open_driver: OpenDriver, other: Driver
) -> None:
    driver = await open_driver(parameters="connection_limit=1&socket_timeout=1")
    with pytest.raises(EngineError) as caught:
        await driver.run(sleep(30))
    assert caught.value.code == "P1008"
    assert len(await driver.run(ONE)) == 1
    await no_sleepers(other)


@pytest.mark.long
async def test_a_commit_whose_answer_is_too_late_has_an_unknown_outcome(
    driver: Driver, open_driver: OpenDriver
) -> None:
    await driver.run(SLOW_FUNCTION)
    await driver.run(SLOW_TRIGGER)
    impatient = await open_driver(parameters="connection_limit=1&socket_timeout=1")
    transaction = await impatient.begin(max_wait=1, timeout=9)
    await impatient.transaction(transaction).run(insert(1))
    with pytest.raises(EngineError, match="unknown") as caught:
        await impatient.commit(transaction)
    assert (caught.value.code, caught.value.meta["outcome"]) == ("P1017", "unknown")
    assert await names(driver) == []
    assert len(await impatient.run(ONE)) == 1
