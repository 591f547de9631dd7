"""Raw SQL: typed columns, parameters of any Python type, sessions cleaned afterwards."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from lumi_db.engine.driver import Driver
from lumi_db.engine.errors import EngineError
from lumi_db.engine.statement import Statement

from .conftest import OpenDriver
from .support import insert, names, settled

SOME_ID = "0a8b3f0e-5a5f-4b7c-9d3e-0123456789ab"
NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


async def test_columns_and_types_are_told_even_without_rows(driver: Driver) -> None:
    result = await driver.fetch_raw(
        "SELECT 1 AS a, 1.5::numeric AS b, '{}'::jsonb AS c, ARRAY['x'] AS d, now() AS e, id FROM item"
    )
    assert result.columns == ("a", "b", "c", "d", "e", "id")
    assert result.types == ("int4", "numeric", "jsonb", "_text", "timestamptz", "int4")
    assert result.rows == []


async def test_an_enums_type_is_its_own_name_and_its_values_are_text(driver: Driver) -> None:
    await driver.execute_raw("CREATE TYPE mood AS ENUM ('sad', 'happy')")
    result = await driver.fetch_raw("SELECT $1::mood AS one, $2::mood[] AS many", ["sad", ["happy"]])
    assert result.types == ("mood", "_mood")
    assert result.rows == [("sad", ["happy"])]


async def test_columns_of_one_name_are_all_there(driver: Driver) -> None:
    result = await driver.fetch_raw("SELECT 1 AS a, 2 AS a")
    assert (result.columns, result.rows) == (("a", "a"), [(1, 2)])


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("int4", "12", 12),
        ("int8", 12, 12),
        ("int8", Decimal(12), 12),
        ("int2", 3.0, 3),
        ("numeric", 12, Decimal(12)),
        ("numeric", "1.10", Decimal("1.10")),
        ("numeric", 0.1, Decimal("0.1")),
        ("float8", Decimal("1.5"), 1.5),
        ("float8", 2, 2.0),
        ("text", 12, "12"),
        ("text", True, "true"),
        ("varchar", Decimal("1.50"), "1.50"),
        ("text", UUID(SOME_ID), SOME_ID),
        ("bool", "true", True),
        ("bool", 0, False),
        ("uuid", SOME_ID, UUID(SOME_ID)),
        ("uuid", UUID(SOME_ID), UUID(SOME_ID)),
        ("timestamptz", "2026-03-01T12:00:00.123456Z", NOON),
        ("timestamptz", "2026-03-01T15:00:00.123456+03:00", NOON),
        ("timestamptz", NOON.replace(tzinfo=None), NOON),
        ("timestamp", NOON, NOON.replace(tzinfo=None)),
        ("date", "2026-03-01", date(2026, 3, 1)),
        ("date", NOON, date(2026, 3, 1)),
        ("timestamptz", date(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC)),
        ("time", "12:30:00", time(12, 30)),
        ("jsonb", '{"a": 1}', '{"a": 1}'),
        ("bytea", b"\x00\xff", b"\x00\xff"),
        ("int4[]", ["1", 2], [1, 2]),
        ("numeric[]", [1, "2.5", None], [Decimal(1), Decimal("2.5"), None]),
        ("text[]", [1, "b"], ["1", "b"]),
        ("int4", None, None),
    ],
)
async def test_a_parameter_becomes_the_type_of_its_place(
    driver: Driver, kind: str, given: Any, expected: Any
) -> None:
    result = await driver.fetch_raw(f"SELECT $1::{kind} AS value", [given])
    assert result.rows == [(expected,)]


async def test_dictionaries_and_lists_become_json(driver: Driver) -> None:
    result = await driver.fetch_raw("SELECT $1::jsonb, $2::json", [{"a": [1, None]}, [1, "x"]])
    assert [json.loads(value) for value in result.rows[0]] == [{"a": [1, None]}, [1, "x"]]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("int4", "hunter2"),
        ("int4", 1.5),
        ("bool", "hunter2"),
        ("timestamptz", "hunter2"),
        ("numeric", "hunter2"),
    ],
)
async def test_a_value_that_cannot_become_its_type_is_p2010_and_not_repeated(
    driver: Driver, kind: str, given: Any
) -> None:
    with pytest.raises(EngineError, match=rf"\$1 .* cannot become {kind}") as caught:
        await driver.fetch_raw(f"SELECT $1::{kind}", [given])
    assert caught.value.code == "P2010"
    assert "hunter2" not in str(caught.value) + repr(caught.value.meta)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("uuid", "hunter2"),
        ("int4", 2**40),
        ("text", "hunter2\0"),
        ("text", "hunter2\ud800"),
        ("inet", "hunter2"),
    ],
)
async def test_a_value_the_driver_or_the_server_refuses_is_not_repeated(
    driver: Driver, kind: str, given: Any
) -> None:
    with pytest.raises(EngineError) as caught:
        await driver.fetch_raw(f"SELECT $1::{kind}", [given])
    assert caught.value.code in ("P2007", "P2010", "P2020")
    assert "hunter2" not in str(caught.value) + repr(caught.value.meta)
    assert driver.stats().size >= 1


async def test_a_wrong_number_of_parameters_is_told(driver: Driver) -> None:
    with pytest.raises(EngineError, match="the SQL has 1 parameters, but 2 values were given"):
        await driver.fetch_raw("SELECT $1::int", [1, 2])


async def test_execute_raw_counts(driver: Driver) -> None:
    await driver.run(insert(1))
    await driver.run(insert(2))
    assert await driver.execute_raw("UPDATE item SET name = $1 WHERE id > $2", ["b", "1"]) == 1
    assert await driver.execute_raw("CREATE INDEX ON item (name)") == 0


async def test_several_statements_in_one_text_are_refused(driver: Driver) -> None:
    with pytest.raises(EngineError) as caught:
        await driver.execute_raw("INSERT INTO item VALUES (1, 'a'); DELETE FROM item")
    assert (caught.value.code, caught.value.meta["code"]) == ("P2010", "42601")


async def test_raw_sql_that_fails_is_p2010_with_the_sqlstate(driver: Driver) -> None:
    await driver.run(insert(1))
    with pytest.raises(EngineError) as caught:
        await driver.execute_raw("INSERT INTO item VALUES ($1, $2)", [1, "hunter2"])
    assert (caught.value.code, caught.value.meta["code"]) == ("P2010", "23505")
    assert caught.value.meta["constraint"] == "item_pkey"
    assert "hunter2" not in str(caught.value) + repr(caught.value.meta)


async def test_sql_that_is_no_unicode_is_refused_and_the_next_query_works(driver: Driver) -> None:
    for sql in ("SELECT '\ud800'", "SELECT '\0'"):
        with pytest.raises(EngineError):
            await driver.fetch_raw(sql)
    assert (await driver.fetch_raw("SELECT 1")).rows == [(1,)]


@pytest.mark.parametrize(
    ("touch", "look", "clean"),
    [
        ("SET search_path = nowhere", "SHOW search_path", '"$user", public'),
        ("SET statement_timeout = 1234", "SHOW statement_timeout", "0"),
        ("SET TimeZone = 'Asia/Tokyo'", "SHOW TimeZone", "UTC"),
        ("SET ROLE pg_monitor", "SHOW role", "none"),
        ("SET SESSION AUTHORIZATION pg_monitor", "SELECT current_user <> 'pg_monitor'", True),
        (
            "SELECT pg_advisory_lock(7)",
            "SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
            0,
        ),
        ("BEGIN", "SELECT pg_current_xact_id_if_assigned() IS NULL", True),
    ],
)
async def test_a_session_touched_by_raw_sql_is_clean_again(
    open_driver: OpenDriver, touch: str, look: str, clean: object
) -> None:
    driver = await open_driver(parameters="connection_limit=1")
    await driver.fetch_raw(touch)
    await settled(driver)
    rows = await driver.run(Statement(look))
    assert rows[0][0] == clean
    assert driver.stats().size == 1


async def test_raw_sql_runs_inside_a_transaction(driver: Driver) -> None:
    transaction = await driver.begin(max_wait=1, timeout=5)
    session = driver.transaction(transaction)
    assert await session.execute_raw("INSERT INTO item VALUES (1, 'a')") == 1
    assert (await session.fetch_raw("SELECT count(*) FROM item")).rows == [(1,)]
    await driver.rollback(transaction)
    assert await names(driver) == []


async def test_raw_sql_that_ends_the_transaction_is_noticed(driver: Driver) -> None:
    transaction = await driver.begin(max_wait=1, timeout=5)
    await driver.transaction(transaction).execute_raw("COMMIT")
    with pytest.raises(EngineError, match="raw SQL ended it") as caught:
        await driver.transaction(transaction).run(insert(1))
    assert caught.value.code == "P2028"
    with pytest.raises(EngineError, match="raw SQL ended it"):
        await driver.commit(transaction)
    await settled(driver)
    assert await names(driver) == []


async def test_discarding_all_prepared_statements_by_raw_sql_does_not_spoil_the_pool(
    open_driver: OpenDriver,
) -> None:
    driver = await open_driver(parameters="connection_limit=1")
    await driver.run(Statement("SELECT 1"))
    await driver.execute_raw("DEALLOCATE ALL")
    await settled(driver)
    assert len(await driver.run(Statement("SELECT 1"))) == 1


async def test_values_at_the_edges_of_their_types_do_not_crash(driver: Driver) -> None:
    result = await driver.fetch_raw(
        "SELECT 'infinity'::timestamptz AS a, '-infinity'::date AS b, 'NaN'::numeric AS c, 'inf'::float8 AS d"
    )
    assert len(result.rows[0]) == 4
    with pytest.raises(EngineError) as caught:
        await driver.fetch_raw("SELECT '4713-01-01 BC'::timestamptz")
    assert caught.value.code == "P2023"
    assert (await driver.fetch_raw("SELECT 1")).rows == [(1,)]
