"""A lost COMMIT: unknown, or settled where that is asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from lumi_db.engine.driver import Driver
from lumi_db.engine.driver.connect import Connector
from lumi_db.engine.driver.settling import remember, settle_commit
from lumi_db.engine.errors import EngineError
from lumi_db.engine.options import EngineOptions

from .conftest import OpenDriver
from .lossy import Loses, LossyProxy
from .support import ONE, insert, names


@pytest.fixture
def proxy(empty_database_url: str) -> LossyProxy:
    return LossyProxy(empty_database_url)


@pytest_asyncio.fixture
async def through(proxy: LossyProxy, driver: Driver) -> AsyncIterator[tuple[Driver, Driver]]:
    """Give two drivers through the proxy: one that leaves a lost COMMIT unknown, one that settles it."""
    async with proxy.listening() as url:
        plain = Driver(url, EngineOptions(pool_min=1))
        settling = Driver(url, EngineOptions(pool_min=1, settle_commits=True))
        for one in (plain, settling):
            await one.open()
        yield plain, settling
        for one in (plain, settling):
            await one.close(timeout=1)


async def lose(driver: Driver, proxy: LossyProxy, loses: Loses) -> None:
    transaction = await driver.begin(max_wait=1, timeout=5)
    await driver.transaction(transaction).run(insert(1))
    proxy.loses = loses
    await driver.commit(transaction)


@pytest.mark.parametrize(("loses", "left"), [("commit", []), ("answer", ["a"])])
async def test_left_unsettled_the_outcome_is_unknown(
    through: tuple[Driver, Driver], proxy: LossyProxy, driver: Driver, loses: Loses, left: list[str]
) -> None:
    with pytest.raises(EngineError, match="unknown") as caught:
        await lose(through[0], proxy, loses)
    assert (caught.value.code, caught.value.meta["outcome"]) == ("P1017", "unknown")
    assert await names(driver) == left


async def test_a_commit_that_took_effect_counts_as_done(
    through: tuple[Driver, Driver], proxy: LossyProxy, driver: Driver
) -> None:
    await lose(through[1], proxy, "answer")
    assert await names(driver) == ["a"]
    assert len(await through[1].run(ONE)) == 1
    assert through[1].stats().busy == 0


async def test_a_commit_that_never_arrived_is_told_as_rolled_back(
    through: tuple[Driver, Driver], proxy: LossyProxy, driver: Driver
) -> None:
    with pytest.raises(EngineError, match="rolled back: it may be run again") as caught:
        await lose(through[1], proxy, "commit")
    assert (caught.value.code, caught.value.meta["outcome"]) == ("P1017", "rolled back")
    assert await names(driver) == []
    assert len(await through[1].run(ONE)) == 1


async def test_a_transaction_that_wrote_nothing_or_failed_commits_as_ever(open_driver: OpenDriver) -> None:
    driver = await open_driver(options=EngineOptions(pool_min=1, settle_commits=True))
    reading = await driver.begin(max_wait=1, timeout=5)
    await driver.transaction(reading).run(ONE)
    await driver.commit(reading)
    failing = await driver.begin(max_wait=1, timeout=5)
    with pytest.raises(EngineError):
        await driver.transaction(failing).run(insert(1))
    with pytest.raises(EngineError, match="a statement in it failed"):
        await driver.commit(failing)
    assert driver.stats().busy == 0


async def test_one_that_is_still_open_stays_unknown_after_the_time_limit(driver: Driver) -> None:
    connector = Connector(driver.target, EngineOptions(), timeout=1)
    async with driver.session() as session:
        await session.run(insert(1))
        remembered = await remember(session)
        assert remembered is not None
        assert await settle_commit(connector, remembered, within=0.2) == "unknown"


async def test_another_server_or_another_life_of_it_is_not_believed(driver: Driver) -> None:
    async with driver.session() as session:
        await session.run(insert(1))
        remembered = await remember(session)
    assert remembered is not None
    connector = Connector(driver.target, EngineOptions(), timeout=1)
    assert await settle_commit(connector, remembered, within=1) == "committed"
    other = replace(remembered, server="2000-01-01 00:00:00+00 -")
    assert await settle_commit(connector, other, within=1) == "unknown"


async def test_a_server_that_cannot_be_reached_leaves_it_unknown(driver: Driver) -> None:
    async with driver.session() as session:
        await session.run(insert(1))
        remembered = await remember(session)
    assert remembered is not None
    target = replace(driver.target, hosts=(("127.0.0.1", 1),))
    connector = Connector(target, EngineOptions(), timeout=1)
    assert await settle_commit(connector, remembered, within=0.2) == "unknown"
