"""A loop that sends a query for every row is named by its line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from lumi_db import Database
from lumi_db.testing.repetition import forbid_repeated_queries
from tests.integration.application.support import captured_log, settings_for

HERE = Path(__file__).relative_to(Path.cwd())
LINES = Path(__file__).read_text(encoding="utf-8").splitlines()
LOOP = next(number for number, line in enumerate(LINES, 1) if line.endswith("# the loop"))
GATHER = next(number for number, line in enumerate(LINES, 1) if line.endswith("# the gather"))


async def one_after_another(db: Database) -> None:
    for number in range(12):
        await db.client.user.find_unique({"id": f"u{number}"})  # the loop


async def all_at_once(db: Database) -> None:
    async def find(number: int) -> None:
        await db.client.user.find_unique({"id": f"u{number}"})  # the gather

    await asyncio.gather(*(find(number) for number in range(12)))


async def through_a_repository(db: Database) -> None:
    for number in range(12):
        await db.shop.users.find(f"u{number}")


async def by_batching(db: Database) -> None:
    view = db.client.batching()
    await asyncio.gather(*(view.user.find_unique({"id": f"u{number}"}) for number in range(12)))


async def writes(db: Database) -> None:
    for number in range(12):
        await db.client.role.create({"name": f"R{number}"})


@pytest.mark.parametrize(("work", "line"), [(one_after_another, LOOP), (all_at_once, GATHER)])
async def test_in_development_the_loop_is_warned_of_once(
    database_url: str, work: Callable[[Database], Awaitable[None]], line: int
) -> None:
    async with Database(settings_for(database_url, lumi_env="development")) as db:
        with captured_log() as records:
            await work(db)
            await work(db)
    (record,) = records
    assert record["level"].name == "WARNING"
    assert record["message"].startswith(
        f"Repeated query: {HERE}:{line} sent User.find_unique 10 times in a row: "
    )
    assert record["extra"]["caller"] == f"{HERE}:{line}"


@pytest.mark.parametrize("work", [by_batching, writes])
async def test_what_is_sent_at_once_or_written_is_no_repetition(
    database_url: str, work: Callable[[Database], Awaitable[None]]
) -> None:
    async with Database(settings_for(database_url, lumi_env="development")) as db:
        with captured_log() as records, forbid_repeated_queries(db):
            await work(db)
    assert records == []


@pytest.mark.parametrize("others", [{"lumi_env": "production"}, {"repeated_queries": 0}])
async def test_it_is_not_watched_in_production_nor_where_it_is_switched_off(
    database_url: str, others: dict[str, str]
) -> None:
    async with Database(settings_for(database_url, **others)) as db:
        with captured_log() as records:
            await one_after_another(db)
    assert records == []


async def test_a_test_fails_on_request_with_the_line_of_the_loop(database: Database) -> None:
    with pytest.raises(AssertionError) as caught, forbid_repeated_queries(database):
        await one_after_another(database)
    assert str(caught.value).startswith(f"{HERE}:{LOOP} sent User.find_unique 12 times: ")
    with forbid_repeated_queries(database):
        await database.client.user.find_many()
    with forbid_repeated_queries(database, most=12):
        await one_after_another(database)


async def test_a_loop_over_a_repository_is_named_by_the_callers_line(database: Database) -> None:
    named = pytest.raises(AssertionError, match=rf"{HERE}:\d+ sent User.find_\w+ 12 times")
    with named, forbid_repeated_queries(database):
        await through_a_repository(database)
