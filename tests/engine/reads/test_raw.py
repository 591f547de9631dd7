"""Raw SQL keeps prisma-client-py's contract for the types of its results, and is exact where a model is given."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from prisma.fields import Base64, Json
from pydantic import BaseModel

ONE = 'SELECT * FROM "all types" WHERE id = $1'

# Renamed columns are named below; in raw results a mapped enum is its label, and a day or a time no instant.
LEFT_OUT = ("exact", "data", "mood", "day", "clock", "boxes")

CONTRACT = {
    "id": 1,
    "text": "one",
    "words": ["a", "b"],
    "char": "ab  ",
    "uuid": "11111111-1111-1111-1111-111111111111",
    "int": 1,
    "small": 1,
    "big": 9007199254740993,
    "bigs": [1, 9007199254740993],
    "float": 1.5,
    "floats": [1.5, 2.0],
    "decimal": 12345678901234.123456,
    "flag": True,
    "flags": [True, False],
    "json": {"a": 1, "b": [1, 2]},
    "plain": {"a": 1},
    "jsons": [1, "s", None],
    "bytes": "AP8=",
    "blobs": ["AQ==", "Ag=="],
    "moment": "2024-01-01T00:00:00.123+00:00",
    "instant": "2024-01-01T00:00:00.123456+00:00",
    "moments": ["2024-01-01T00:00:00.500+00:00"],
    "day": "2024-01-01",
    "clock": "10:11:12.123",
    "mood": "HAPPY",
    "ip": "10.0.0.1",
    "vector": "'one':1",
}


async def test_a_raw_row_has_the_types_of_the_contract(rows: Any) -> None:
    found = await rows.query_first(ONE, 1)
    assert {name: found[name] for name in CONTRACT} == CONTRACT
    assert {name: type(found[name]) for name in CONTRACT} == {
        name: type(value) for name, value in CONTRACT.items()
    }


async def test_a_raw_row_of_nulls_holds_none(rows: Any) -> None:
    found = await rows.query_first(ONE, 3)
    assert found.pop("id") == 3
    assert set(found.values()) == {None}


async def test_a_raw_row_becomes_a_model_exactly(rows: Any, blog: ModuleType) -> None:
    columns = [name for name in blog.models.Sample.model_fields if name not in LEFT_OUT]
    quoted = ", ".join(f'"{name}"' for name in columns)
    sql = f'SELECT {quoted}, "decimal" AS exact, json AS data FROM "all types" ORDER BY id'
    found = await rows.query_raw(sql, model=blog.models.Sample)
    stored = await rows.sample.find_many(order={"id": "asc"})
    for raw, row in zip(found, stored, strict=True):
        for name in (*columns, "exact", "data"):
            assert getattr(raw, name) == getattr(row, name), name


async def test_raw_rows_become_any_model(rows: Any) -> None:
    class Total(BaseModel):
        name: str
        total: Decimal
        last: datetime

    sql = """
        SELECT u.name, sum(p.views)::numeric(20, 2) AS total, max(p."createdAt") AS last
        FROM users u JOIN "Post" p ON p."authorId" = u.id GROUP BY u.name HAVING count(*) > $1 ORDER BY total
    """
    totals = await rows.query_raw(sql, 1, model=Total)
    assert totals[-1] == Total(
        name="bob", total=Decimal("9007199254741013.00"), last=datetime(2024, 1, 4, tzinfo=UTC)
    )


async def test_raw_results_without_rows(rows: Any) -> None:
    assert await rows.query_raw(ONE, 99) == []
    assert await rows.query_first(ONE, 99) is None


async def test_raw_arrays_may_hold_nulls_and_arrays(rows: Any) -> None:
    sql = """
        SELECT ARRAY[1, NULL]::int8[] AS a, ARRAY[[1.5, 2], [3, NULL]]::numeric[] AS b, ARRAY['{}', NULL]::jsonb[] AS c
    """
    assert await rows.query_first(sql) == {"a": [1, None], "b": [[1.5, 2.0], [3.0, None]], "c": [{}, None]}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", "one"),
        ("int", 1),
        ("big", 9007199254740993),
        ("float", 1.5),
        ('"decimal"', Decimal("12345678901234.123456")),
        ("flag", True),
        ("json", Json({"b": [1, 2], "a": 1})),
        ("json", {"b": [1, 2], "a": 1}),
        ("bytes", Base64.encode(b"\0\xff")),
        ("bytes", b"\0\xff"),
        ("instant", datetime(2024, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)),
        ("instant", "2024-01-01T00:00:00.123456Z"),
        ("moment", datetime(2024, 1, 1, 0, 0, 0, 123000, tzinfo=UTC)),
        ("day", datetime(2024, 1, 1, tzinfo=UTC)),
        ("uuid", "11111111-1111-1111-1111-111111111111"),
        ("words", ["a", "b"]),
        ("ip", "10.0.0.1"),
        ("mood", "HAPPY"),
    ],
)
async def test_a_raw_parameter_is_brought_to_the_type_of_its_place(
    rows: Any, column: str, value: Any
) -> None:
    assert await rows.query_raw(f'SELECT id FROM "all types" WHERE {column} = $1', value) == [{"id": 1}]


@pytest.mark.parametrize("sql", ["", " ", "-- nothing", ";"])
async def test_no_statement_gives_no_rows(db: Any, sql: str) -> None:
    assert await db.query_raw(sql) == await db.query_raw(sql, exact=True) == []
    assert await db.execute_raw(sql) == 0
    async with db.tx() as tx:
        assert await tx.query_first(sql) is None


async def test_execute_raw_counts_the_rows(db: Any) -> None:
    sql = 'INSERT INTO "Tag" (name) SELECT unnest($1::text[])'
    assert await db.execute_raw(sql, ["a", "b", "c"]) == 3
    assert await db.execute_raw('UPDATE "Tag" SET name = name || $1 WHERE name <> $2', "!", "a") == 2
    assert await db.execute_raw('DELETE FROM "Tag" WHERE name = $1', "nothing") == 0
    assert [tag.name for tag in await db.tag.find_many(order={"id": "asc"})] == ["a", "b!", "c!"]


async def test_a_raw_mistake_is_the_clients_own_error_without_the_value(rows: Any, blog: ModuleType) -> None:
    for sql, value in (
        ("SELECT * FROM nowhere WHERE a = $1", "hunter2"),
        ('SELECT id FROM "all types" WHERE int = $1', "hunter2"),
        ("SELECT 1 / $1::int4", 0),
    ):
        with pytest.raises(blog.errors.RawQueryError) as caught:
            await rows.query_raw(sql, value)
        assert caught.value.code == "P2010"
        assert "hunter2" not in str(caught.value)
