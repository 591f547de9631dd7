"""The pool: sizes, fairness, time limits, replacement."""

from __future__ import annotations

import asyncio

import pytest

from lumi_db.engine.driver import Driver, PoolLimits
from lumi_db.engine.errors import EngineError
from lumi_db.engine.options import EngineOptions
from lumi_db.engine.statement import Statement

from .conftest import OpenDriver
from .freezing import FreezingProxy
from .support import ONE, eventually, settled, sleep, sleepers


async def test_the_pool_fills_to_its_minimum_by_itself(open_driver: OpenDriver) -> None:
    driver = await open_driver(options=EngineOptions(pool_min=3, pool_max=5))

    async def is_full() -> bool:
        return driver.stats().idle == 3

    await eventually(is_full)


async def test_the_pool_never_grows_past_its_maximum(driver: Driver) -> None:
    work = [asyncio.create_task(driver.run(sleep(0.05))) for _ in range(12)]
    await asyncio.sleep(0.03)
    assert driver.stats().size == 3
    await asyncio.gather(*work)
    assert (driver.stats().size, driver.stats().waiting) == (3, 0)


async def test_a_limit_in_the_url_wins(open_driver: OpenDriver) -> None:
    driver = await open_driver(parameters="connection_limit=2")
    assert driver.stats().maximum == 2


async def test_whoever_waits_longest_is_served_first(open_driver: OpenDriver) -> None:
    driver = await open_driver(parameters="connection_limit=1")
    served: list[int] = []

    async def work(number: int) -> None:
        await driver.run(ONE)
        served.append(number)

    await asyncio.gather(driver.run(sleep(0.05)), *(work(number) for number in range(30)))
    assert served == list(range(30))


async def test_a_greedy_task_does_not_starve_the_queue(open_driver: OpenDriver) -> None:
    driver = await open_driver(parameters="connection_limit=1")
    greedy = asyncio.create_task(_repeat(driver))
    try:
        async with asyncio.timeout(2):
            for _ in range(50):
                await driver.run(ONE)
    finally:
        greedy.cancel()
        await asyncio.gather(greedy, return_exceptions=True)


async def _repeat(driver: Driver) -> None:
    while True:
        await driver.run(ONE)


async def test_waiting_too_long_is_p2024_naming_time_and_limit(open_driver: OpenDriver) -> None:
    driver = await open_driver(parameters="connection_limit=1", options=EngineOptions(pool_timeout=0.05))
    busy = asyncio.create_task(driver.run(sleep(0.5)))
    await asyncio.sleep(0.01)
    with pytest.raises(EngineError, match=r"timeout: 0\.05 s, connection limit: 1") as caught:
        await driver.run(ONE)
    assert caught.value.code == "P2024"
    await busy
    assert len(await driver.run(ONE)) == 1


async def test_connections_unused_for_long_are_closed_down_to_the_minimum(open_driver: OpenDriver) -> None:
    driver = await open_driver(idle_lifetime=0.05, sweep_every=0.02)
    await asyncio.gather(*(driver.run(sleep(0.05)) for _ in range(3)))
    assert driver.stats().size == 3

    async def has_shrunk() -> bool:
        return driver.stats().size == 1

    await eventually(has_shrunk)


@pytest.mark.direct(reason="tells connections by the server's process")
async def test_old_connections_are_replaced(open_driver: OpenDriver) -> None:
    driver = await open_driver(maximum=1, lifetime=0.05, sweep_every=0.02)
    before = await _process(driver)

    async def is_another() -> bool:
        return await _process(driver) != before

    await eventually(is_another)


async def _process(driver: Driver) -> int:
    rows = await driver.run(Statement("SELECT pg_backend_pid()"))
    return int(rows[0][0])


async def test_a_connection_unused_for_long_is_tried_before_it_is_handed_out(open_driver: OpenDriver) -> None:
    driver = await open_driver(maximum=1, probe_after=0.01, sweep_every=0.02)
    await asyncio.sleep(0.1)
    assert (await driver.run(ONE))[0]["one"] == 1
    assert driver.stats().size == 1


async def test_closing_waits_for_what_runs(driver: Driver) -> None:
    running = asyncio.create_task(driver.run(sleep(0.1)))
    await asyncio.sleep(0.02)
    await driver.close(timeout=2)
    assert len(await running) == 1


async def test_closing_ends_in_bounded_time(driver: Driver) -> None:
    running = asyncio.create_task(driver.run(sleep(30)))
    await asyncio.sleep(0.02)
    async with asyncio.timeout(2):
        await driver.close(timeout=0.05)
    with pytest.raises(EngineError) as caught:
        await running
    # stopped by the server, or cut off, whatever comes first
    assert caught.value.code in ("P1008", "P1017")


async def test_closing_stops_what_runs_on_the_server(driver: Driver, other: Driver) -> None:
    running = asyncio.create_task(driver.run(sleep(30)))
    await asyncio.sleep(0.05)
    assert await sleepers(other) == 1
    await driver.close(timeout=0.05)
    await asyncio.gather(running, return_exceptions=True)

    async def is_still() -> bool:
        return await sleepers(other) == 0

    await eventually(is_still, within=2)


@pytest.mark.parametrize("steps", range(1, 30, 3))
async def test_a_cancelled_close_leaves_no_connection(driver: Driver, other: Driver, steps: int) -> None:
    running = asyncio.create_task(driver.run(sleep(30)))
    await asyncio.sleep(0.02)
    closing = asyncio.create_task(driver.close(timeout=0.01))
    for _ in range(steps):
        await asyncio.sleep(0.001)
    closing.cancel()
    await asyncio.gather(closing, return_exceptions=True)
    async with asyncio.timeout(2):
        await asyncio.gather(running, return_exceptions=True)
    assert running.done()


async def test_closing_refuses_those_who_wait_and_may_be_repeated(open_driver: OpenDriver) -> None:
    driver = await open_driver(parameters="connection_limit=1")
    running = asyncio.create_task(driver.run(sleep(0.1)))
    await asyncio.sleep(0.01)
    waiting = asyncio.create_task(driver.run(ONE))
    await asyncio.sleep(0.01)
    await driver.close()
    await driver.close()
    await running
    with pytest.raises(EngineError, match="not connected"):
        await waiting


async def test_a_closed_driver_can_be_opened_again(driver: Driver) -> None:
    await driver.close()
    with pytest.raises(EngineError, match="not connected"):
        await driver.run(ONE)
    await driver.open()
    assert len(await driver.run(ONE)) == 1


async def test_stats_count_what_is_there(driver: Driver) -> None:
    await settled(driver)
    transaction = await driver.begin(max_wait=1, timeout=5)
    stats = driver.stats()
    assert (stats.busy, stats.transactions, stats.waiting) == (1, 1, 0)
    await driver.rollback(transaction)
    assert (driver.stats().busy, driver.stats().transactions) == (0, 0)


async def test_a_connection_that_died_without_a_word_is_found_and_replaced(
    empty_database_url: str,
) -> None:
    proxy = FreezingProxy(empty_database_url)
    async with proxy.listening() as url:
        limits = PoolLimits(minimum=1, maximum=1, probe_after=0.01, sweep_every=0.02, settle=0.2)
        driver = Driver(url, EngineOptions(), limits=limits)
        await driver.open()
        await driver.run(ONE)
        proxy.freeze()
        await asyncio.sleep(0.1)
        assert (await driver.run(ONE))[0]["one"] == 1
        assert (driver.stats().opened, driver.stats().closed) == (2, 1)
        await driver.close(timeout=1)
