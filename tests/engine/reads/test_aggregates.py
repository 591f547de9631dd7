"""aggregate: numbers over all rows of a selection, or over one page of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from .support import Reader

TOTALS: list[tuple[dict[str, Any], str, Any]] = [
    ({"count": True}, 'SELECT count(*) AS "_count._all" FROM "users" AS "t0"', {"_count": 8}),
    (
        {"count": {"name": True, "_all": True, "age": False}, "where": {"age": {"gt": 25}}},
        (
            'SELECT count(*) AS "_count._all", count("t0"."name") AS "_count.name" FROM "users" AS "t0" WHERE '
            '"t0"."age" > $1::int4'
        ),
        {"_count": {"_all": 6, "name": 6}},
    ),
    (
        {"max": {"age": True}, "sum": {"age": True}, "order": {"age": "asc"}},
        'SELECT sum("t0"."age") AS "_sum.age", max("t0"."age") AS "_max.age" FROM "users" AS "t0"',
        {"_sum": {"age": 248}, "_max": {"age": 42}},
    ),
    (
        {"sum": {"age": True}, "order": [{"manager": {"name": "asc"}}, {"id": "asc"}], "take": 2},
        (
            'SELECT sum("t0"."age") AS "_sum.age" FROM (SELECT "t1".* FROM "users" AS "t1" LEFT JOIN "users" '
            'AS "t2" ON "t2"."id" = "t1"."managerId" ORDER BY "t2"."name" ASC, "t1"."id" ASC LIMIT $1::int8) AS "t0"'
        ),
        {"_sum": {"age": 30}},
    ),
    (
        {"min": {"age": True}, "count": True, "where": {"id": "nobody"}},
        (
            'SELECT count(*) AS "_count._all", min("t0"."age") AS "_min.age" FROM "users" AS "t0" WHERE '
            '"t0"."id" = $1::text'
        ),
        {"_count": 0, "_min": {"age": None}},
    ),
]


@pytest.mark.parametrize(("arguments", "sql", "answer"), TOTALS)
async def test_numbers_over_rows_are_one_statement(
    reader: Reader, rows: Any, sent: list[Any], arguments: dict[str, Any], sql: str, answer: Any
) -> None:
    assert (await reader.write(lambda client: client.user.aggregate(**arguments)))[0] == sql
    assert await rows.user.aggregate(**arguments) == answer
    assert [event.sql for event in sent] == [sql]


async def test_sums_and_averages_are_exact_and_of_the_types_of_the_client(db: Any) -> None:
    big = Decimal("99999999999999.999999")
    await db.sample.create_many(
        [{"exact": big, "big": 2**62, "int": 1, "float": 0.5} for _ in range(3)]
        + [{"exact": Decimal("0.01")}]
    )
    numbers = {"exact": True, "big": True, "int": True, "float": True}
    found = await db.sample.aggregate(sum=numbers, avg=numbers, min={"exact": True}, max={"exact": True})
    assert found["_sum"] == {"exact": 3 * big + Decimal("0.01"), "big": 3 * 2**62, "int": 3, "float": 1.5}
    assert found["_min"] == {"exact": Decimal("0.010000")}
    assert found["_max"] == {"exact": big}
    assert found["_avg"]["exact"].quantize(Decimal("1e-6")) == Decimal("75000000000000.002499")
    assert found["_avg"]["int"] == 1.0
    types = {name: type(value) for name, value in found["_sum"].items()}
    assert types == {"exact": Decimal, "big": int, "int": int, "float": float}
    assert {name: type(value) for name, value in found["_avg"].items()} == {
        "exact": Decimal,
        "big": float,
        "int": float,
        "float": float,
    }


async def test_groups_have_decimals_for_decimals(rows: Any) -> None:
    found = await rows.sample.group_by(["flag"], sum={"exact": True}, avg={"exact": True}, where={"id": 4})
    assert found == [{"flag": None, "_sum": {"exact": Decimal(2)}, "_avg": {"exact": Decimal(2)}}]
    assert type(found[0]["_sum"]["exact"]) is Decimal
    assert type(found[0]["_avg"]["exact"]) is Decimal
