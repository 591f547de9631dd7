"""Slow statements and failures are logged once, without a value."""

from __future__ import annotations

import pytest

from lumi_db import Database, QueryEvent
from lumi_db.client import errors
from tests.integration.application.support import captured_log, settings_for

SECRET = "hunter2@example.com"


async def test_a_slow_statement_is_logged_once_as_a_warning(database_url: str) -> None:
    async with Database(settings_for(database_url, slow_query_ms=1000)) as db:
        with captured_log() as records:
            await db.client.query_raw("SELECT pg_sleep($1::float8)::text AS slept", 1.01)
            await db.client.query_raw("SELECT 1 AS one")
    (record,) = records
    assert record["level"].name == "WARNING"
    assert record["extra"]["event"] == "slow_query"
    assert record["extra"]["duration_ms"] >= 1000
    assert record["extra"]["parameter_count"] == 1
    assert "query_raw" in record["message"]
    assert "SELECT pg_sleep($1::float8)" in record["message"]


async def test_a_slow_statement_of_a_model_names_model_and_action(database_url: str) -> None:
    async with Database(settings_for(database_url, slow_query_ms=0)) as db:
        with captured_log() as records:
            await db.client.user.find_many(where={"email": SECRET})
    (record,) = records
    assert (record["extra"]["model"], record["extra"]["action"]) == ("User", "find_many")
    assert "User.find_many" in record["message"]
    assert SECRET not in str(record)


async def test_a_failed_operation_is_logged_once_as_an_error_with_its_code(database_url: str) -> None:
    async with Database(settings_for(database_url)) as db:
        await db.client.role.create({"name": SECRET})
        with captured_log() as records, pytest.raises(errors.UniqueViolationError) as caught:
            await db.client.role.create({"name": SECRET})
    (record,) = records
    assert record["level"].name == "ERROR"
    assert record["extra"]["code"] == "P2002"
    assert "Role.create failed with P2002" in record["message"]
    assert SECRET not in str(record)
    assert SECRET not in str(caught.value)


async def test_input_that_is_refused_before_sending_is_logged_too(database_url: str) -> None:
    async with Database(settings_for(database_url)) as db:
        with captured_log() as records, pytest.raises(errors.PrismaError):
            await db.client.user.find_many(where={"emial": SECRET})  # type: ignore[call-overload]  # on purpose
    (record,) = records
    assert record["extra"]["event"] == "failed_operation"
    assert record["extra"]["statements"] == 0
    assert SECRET not in str(record)


async def test_listeners_get_values_only_when_the_program_asked_for_them(database_url: str) -> None:
    db = Database(settings_for(database_url, slow_query_ms=0), event_parameters=True)
    events: list[QueryEvent] = []
    async with db:
        db.on_query(events.append)
        with captured_log() as records:
            await db.client.user.find_many(where={"email": SECRET})
    assert events[-1].parameters == (SECRET,)
    assert SECRET not in str(records)


async def test_a_library_is_silent_until_it_is_enabled(database_url: str) -> None:
    from loguru import logger

    heard: list[str] = []
    sink = logger.add(heard.append)
    async with Database(settings_for(database_url, slow_query_ms=0)) as db:
        await db.client.role.count()
    logger.remove(sink)
    assert heard == []


async def test_listeners_hear_statements_from_before_opening_until_they_are_removed(
    database_url: str,
) -> None:
    db = Database(settings_for(database_url))
    events: list[QueryEvent] = []
    remove = db.on_query(events.append)
    async with db:
        events.clear()
        await db.client.role.count()
        assert len(events) == 1
        assert (events[0].model, events[0].action, events[0].parameters) == ("Role", "count", None)
        remove()
        await db.client.role.count()
    assert len(events) == 1


async def test_a_listener_added_later_hears_and_hears_again_after_reopening(database_url: str) -> None:
    db = Database(settings_for(database_url))
    operations: list[str] = []
    await db.open()
    db.on_operation(lambda event: operations.append(event.action))
    await db.client.role.count()
    await db.close()
    await db.open()
    await db.client.role.find_first()
    await db.close()
    assert [action for action in operations if action != "query_raw"] == ["count", "find_first"]
