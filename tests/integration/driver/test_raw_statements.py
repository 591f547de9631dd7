"""Raw SQL that keeps its session: prepared once on a connection, and anew when its tables have changed."""

from __future__ import annotations

import pytest
import pytest_asyncio

from lumi_db.engine.driver import Driver
from lumi_db.engine.driver.held import RAW_KEPT
from lumi_db.engine.options import EngineOptions

from .conftest import OpenDriver

PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT * FROM kept'"


@pytest_asyncio.fixture
async def single(open_driver: OpenDriver) -> Driver:
    """Give a driver of one connection, with a table `kept (id)` of one row."""
    driver = await open_driver(options=EngineOptions(pool_min=1, pool_max=1))
    await driver.execute_raw("CREATE TABLE kept (id int)")
    await driver.execute_raw("INSERT INTO kept VALUES (1)")
    return driver


async def rows(driver: Driver) -> list[tuple[object, ...]]:
    return (await driver.fetch_raw("SELECT * FROM kept", keeps_session=True)).rows


async def prepared(driver: Driver) -> object:
    return (await driver.fetch_raw(PREPARED, keeps_session=True)).rows[0][0]


@pytest.mark.direct(reason="is about named statements")
async def test_it_is_prepared_once(single: Driver) -> None:
    for _ in range(3):
        assert await rows(single) == [(1,)]
    assert await prepared(single) == 1


async def test_a_session_that_is_kept_is_not_reset(single: Driver) -> None:
    await single.fetch_raw("SELECT set_config('work_mem', '5MB', false)", keeps_session=True)
    assert (await single.fetch_raw("SHOW work_mem", keeps_session=True)).rows == [("5MB",)]
    await single.fetch_raw("SELECT 1")
    assert (await single.fetch_raw("SHOW work_mem", keeps_session=True)).rows != [("5MB",)]


async def test_a_table_that_has_changed_is_read_as_it_is_now(single: Driver) -> None:
    assert await rows(single) == [(1,)]
    await single.execute_raw("ALTER TABLE kept ADD name text DEFAULT 'a'")
    assert await rows(single) == [(1, "a")]
    await single.execute_raw("ALTER TABLE kept ALTER id TYPE text")
    assert await rows(single) == [("1", "a")]


async def test_a_statement_that_the_server_has_forgotten_is_prepared_anew(single: Driver) -> None:
    assert await rows(single) == [(1,)]
    await single.fetch_raw("DEALLOCATE ALL", keeps_session=True)
    assert await rows(single) == [(1,)]


async def test_in_a_transaction_it_is_seen_again_after_a_rollback(single: Driver) -> None:
    transaction = await single.begin(max_wait=1, timeout=5)
    session = single.transaction(transaction)
    await session.execute_raw("UPDATE kept SET id = 2", keeps_session=True)
    assert (await session.fetch_raw("SELECT * FROM kept", keeps_session=True)).rows == [(2,)]
    await single.rollback(transaction)
    assert await rows(single) == [(1,)]


async def test_no_more_are_kept_than_a_connection_has_room_for(single: Driver) -> None:
    assert await rows(single) == [(1,)]
    for number in range(RAW_KEPT + 5):
        await single.fetch_raw(f"SELECT {number}", keeps_session=True)
    assert await prepared(single) == 0
    assert await rows(single) == [(1,)]
