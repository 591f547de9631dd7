"""One database a process: opened once, closed by the event loop's end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from lumi_db import CallerError, Database, DatabaseUnavailable
from tests.integration.application.support import settings_for


@pytest_asyncio.fixture(autouse=True)
async def nothing_shared_afterwards() -> AsyncIterator[None]:
    yield
    from lumi_db import sharing

    if sharing._shared is not None and sharing._shared.is_usable:
        await (await sharing._shared.opening).close()


async def test_all_who_ask_at_once_get_one_open_database(database_url: str) -> None:
    settings = settings_for(database_url)
    found = await asyncio.gather(*(Database.shared(settings) for _ in range(20)))
    assert len({id(db) for db in found}) == 1
    assert found[0].is_open
    assert await Database.shared() is found[0]


async def test_a_cancelled_caller_does_not_spoil_it_for_the_others(database_url: str) -> None:
    settings = settings_for(database_url)
    first = asyncio.create_task(Database.shared(settings))
    second = asyncio.create_task(Database.shared(settings))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).is_open


async def test_after_a_failure_the_next_caller_tries_again(database_url: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        await Database.shared(settings_for("postgresql://lumi@127.0.0.1:1/lumi"))
    assert (await Database.shared(settings_for(database_url))).is_open


async def test_after_closing_the_next_caller_gets_an_open_one(database_url: str) -> None:
    settings = settings_for(database_url)
    first = await Database.shared(settings)
    await first.close()
    second = await Database.shared(settings)
    assert second is not first
    assert second.is_open


async def test_other_settings_are_refused(database_url: str) -> None:
    await Database.shared(settings_for(database_url))
    with pytest.raises(CallerError, match="other settings"):
        await Database.shared(settings_for(database_url, database_pool_max=2))


async def test_another_event_loop_is_refused(database_url: str) -> None:
    settings = settings_for(database_url)
    await Database.shared(settings)
    with pytest.raises(CallerError, match="another event loop"):
        await asyncio.to_thread(lambda: asyncio.run(Database.shared(settings)))


def test_the_end_of_the_event_loop_closes_it(database_url: str) -> None:
    settings = settings_for(database_url)

    async def use() -> Database:
        return await Database.shared(settings)

    first = asyncio.run(use())
    assert not first.is_open
    assert asyncio.run(use()) is not first
