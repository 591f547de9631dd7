"""Raw SQL with `exact=True`: Python's own types for what prisma-client-py has as float and text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lumi_db.engine import QueryEvent

ONE = """
    SELECT 12345678901234.123456::numeric AS "number", ARRAY[1.10, 2]::numeric[] AS "numbers",
        '2024-01-01 10:00:00.123456+03'::timestamptz AS "instant", '2024-01-01 10:00'::timestamp AS "moment",
        ARRAY['2024-01-01 10:00']::timestamp[] AS "moments", '2024-01-02'::date AS "day", '10:11'::time AS "clock",
        '1 day 2 hours'::interval AS "while", '\\x00ff'::bytea AS "bytes", '{"a": 1}'::jsonb AS "json",
        '6f8b6c1e-8c2c-4a7e-9d2f-0123456789ab'::uuid AS "uuid", 9007199254740993 AS "big", 1.1::float4 AS "real",
        NULL::numeric AS "nothing", NULL::timestamptz AS "never", 'x' AS "text"
"""
TEN = datetime(2024, 1, 1, 10, tzinfo=UTC)
FOUND = {
    "number": Decimal("12345678901234.123456"),
    "numbers": [Decimal("1.10"), Decimal(2)],
    "instant": datetime(2024, 1, 1, 7, 0, 0, 123456, tzinfo=UTC),
    "moment": TEN,
    "moments": [TEN],
    "day": date(2024, 1, 2),
    "clock": time(10, 11),
    "while": timedelta(days=1, hours=2),
    "bytes": b"\x00\xff",
    "json": {"a": 1},
    "uuid": "6f8b6c1e-8c2c-4a7e-9d2f-0123456789ab",
    "big": 9007199254740993,
    "real": 1.1,
    "nothing": None,
    "never": None,
    "text": "x",
}


async def test_values_have_pythons_types(db: Any) -> None:
    [row] = await db.query_raw(ONE, exact=True)
    assert row == FOUND
    assert {name: type(value) for name, value in row.items()} == {
        name: type(value) for name, value in FOUND.items()
    }
    assert row["instant"].tzinfo is UTC
    assert str(row["numbers"]) == "[Decimal('1.10'), Decimal('2')]"


async def test_the_first_row_alone(db: Any) -> None:
    assert await db.query_first("SELECT $1::numeric AS n", "0.1", exact=True) == {"n": Decimal("0.1")}
    assert await db.query_first("SELECT 1 WHERE false", exact=True) is None
    assert await db.query_first("SELECT 0.1 AS n") == {"n": 0.1}


async def test_without_it_the_contract_holds(db: Any, blog: Any) -> None:
    sql = "SELECT 0.1::numeric AS n, now() AS t"
    for rows in (await db.query_raw(sql), await db.query_raw(sql, exact=False)):
        assert [type(value) for value in rows[0].values()] == [float, str]
    await db.tag.create({"name": "a"})
    for exact in (False, True):
        [tag] = await db.query_raw('SELECT * FROM "Tag"', model=blog.models.Tag, exact=exact)
        assert (type(tag), tag.name) == (blog.models.Tag, "a")
        assert (await db.query_first('SELECT * FROM "Tag"', model=blog.models.Tag, exact=exact)).name == "a"


async def test_it_works_in_a_transaction_and_is_told(db: Any, statements: list[QueryEvent]) -> None:
    async with db.tx() as tx:
        await tx.user.create({"email": "a"})
        [row] = await tx.query_raw("SELECT sum(0.1::numeric) AS total FROM users", exact=True)
    assert row == {"total": Decimal("0.1")}
    assert statements[-1].action == "query_raw"


async def test_errors_are_the_same(db: Any, errors: Any) -> None:
    with pytest.raises(errors.RawQueryError):
        await db.query_raw("SELECT nothing", exact=True)


@pytest.mark.parametrize("value", ["'24:00'::time", "'0001-01-01 BC'::timestamp", "'99999-01-01'::timestamp"])
async def test_what_no_type_of_pythons_holds_is_refused(db: Any, errors: Any, value: str) -> None:
    with pytest.raises(errors.DataError, match="cannot be read into Python's type"):
        await db.query_raw(f"SELECT {value} AS value", exact=True)
    assert await db.query_raw("SELECT 1 AS one", exact=True) == [{"one": 1}]
