"""Every column type comes back exactly as it was stored, flat and below a relation or in a list."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from prisma.fields import Base64, Json
from pydantic import create_model

EXACT = {
    "text": 'it\'s "quoted", \\ and $1 and 😀',
    "words": ["", "NULL", "a,b", '"', "\\", "{}"],
    "char": "ab  ",
    "varchar": "0123456789",
    "uuid": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "int": -(2**31),
    "small": 2**15 - 1,
    "ints": [2**31 - 1, 0],
    "big": 2**63 - 1,
    "bigs": [-(2**63), 2**53 + 1],
    "float": 0.1 + 0.2,
    "real": 1.1,
    "floats": [1e308, 5e-324],
    "exact": Decimal("12345678901234.123456"),
    "decimals": [Decimal("0.1000"), Decimal("1E+3"), Decimal("-99999999999999999999.99999999999")],
    "flag": False,
    "flags": [True, False],
    "ip": "10.1.2.0/24",
    "mood": "SAD",
    "moment": datetime(2024, 2, 29, 23, 59, 59, 999000, tzinfo=UTC),
    "instant": datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=UTC),
    "moments": [datetime(1, 1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999000, tzinfo=UTC)],
    "day": datetime(2024, 2, 29, tzinfo=UTC),
    "clock": datetime(1970, 1, 1, 23, 59, 59, 999000, tzinfo=UTC),
}


async def test_values_of_every_type_come_back_exactly(db: Any) -> None:
    made = await db.sample.create(EXACT)
    found = await db.sample.find_unique_or_raise({"id": made.id})
    for row in (made, found):
        assert {name: getattr(row, name) for name in EXACT} == EXACT


async def test_the_last_day_there_is_is_not_infinity(db: Any) -> None:
    made = await db.sample.create({"day": datetime(9999, 12, 31, tzinfo=UTC)})
    assert made.day == datetime(9999, 12, 31, tzinfo=UTC)
    assert await db.query_first('SELECT day::text FROM "all types"') == {"day": "9999-12-31"}


async def test_an_instant_that_the_driver_takes_for_infinity_is_refused(
    db: Any, blog: ModuleType, statements: list[Any]
) -> None:
    with pytest.raises(blog.errors.InputError, match="`data.moment`"):
        await db.sample.create({"moment": datetime(1, 1, 1, tzinfo=UTC)})
    assert statements == []


async def test_bytes_come_back_exactly(db: Any) -> None:
    made = await db.sample.create(
        {"bytes": Base64.encode(bytes(range(256))), "blobs": [Base64.encode(b"\0"), b"\xff"]}
    )
    found = await db.sample.find_unique_or_raise({"id": made.id})
    assert found.bytes.decode() == bytes(range(256))
    assert [blob.decode() for blob in found.blobs] == [b"\0", b"\xff"]


@pytest.mark.parametrize(
    "value", [{"a": [1, None, "x"]}, [], {}, "text", "", 1, 2**70, 1.5, True, None, "null", '"']
)
async def test_json_comes_back_exactly(db: Any, value: Any) -> None:
    made = await db.sample.create(
        {"data": Json(value), "plain": Json(value), "jsons": [Json(value), Json([value])]}
    )
    found = await db.sample.find_unique_or_raise({"id": made.id})
    assert (found.data, found.plain, found.jsons) == (value, value, [value, [value]])


async def test_numbers_that_are_not_finite_come_back(db: Any) -> None:
    made = await db.sample.create({"float": math.inf, "floats": [-math.inf, math.nan], "real": math.nan})
    found = await db.sample.find_unique_or_raise({"id": made.id})
    assert found.float == math.inf
    assert found.floats[0] == -math.inf
    assert math.isnan(found.floats[1])
    assert math.isnan(found.real)


async def test_empty_lists_and_nulls_stay_apart(rows: Any) -> None:
    empty = await rows.sample.find_unique_or_raise({"id": 2})
    null = await rows.sample.find_unique_or_raise({"id": 3})
    lists = ("words", "ints", "bigs", "floats", "decimals", "flags", "jsons", "blobs", "moments")
    assert all(getattr(empty, name) == [] for name in lists)
    assert all(getattr(null, name) in ([], None) for name in lists)
    assert [null.text, null.int, null.data, null.bytes, null.moment, null.mood] == [None] * 6


async def test_a_column_that_prisma_has_no_type_for_is_left_alone(rows: Any, sent: list[Any]) -> None:
    assert await rows.sample.count(where={"text": "one"}) == 1
    await rows.sample.find_many()
    assert not any("vector" in event.sql for event in sent)


async def test_a_class_with_fewer_fields_reads_fewer_columns(
    blog: ModuleType, rows: Any, sent: list[Any]
) -> None:
    Name: Any = create_model("Name", __base__=blog.bases.BaseUser, name=(str | None, ...))  # noqa: N806
    found = await Name.prisma(rows).find_many(where={"age": 30}, order={"id": "asc"})
    assert [row.name for row in found] == ["Ann", "bob"]
    assert [event.sql for event in sent] == [
        'SELECT "t0"."name" AS "name" FROM "users" AS "t0" WHERE "t0"."age" = $1::int4 ORDER BY "t0"."id" ASC'
    ]


async def test_values_of_every_type_come_back_exactly_below_a_relation(
    db: Any, statements: list[Any]
) -> None:
    stored = {
        **EXACT,
        "bytes": Base64.encode(b"\0\xff"),
        "blobs": [b"", Base64.encode(b"x")],
        "data": Json({"a": [1]}),
    }
    box = await db.box.create({"sample": {"create": stored}}, include={"sample": True})
    statements.clear()
    found = await db.box.find_unique_or_raise(
        {"id": box.id}, include={"sample": {"include": {"boxes": True}}}
    )
    flat = await db.sample.find_first_or_raise(include={"boxes": True})
    assert len(statements) == 2
    assert {name: getattr(found.sample, name) for name in EXACT} == EXACT
    assert found.sample == flat
    assert [type(getattr(found.sample, name)) for name in EXACT] == [type(value) for value in EXACT.values()]
    assert found.sample.bytes.decode() == b"\0\xff"


async def test_numbers_that_are_not_finite_come_back_below_a_relation(db: Any) -> None:
    sample = {"float": math.inf, "floats": [-math.inf, math.nan], "real": math.nan}
    await db.box.create({"sample": {"create": sample}})
    found = (await db.box.find_first_or_raise(include={"sample": True})).sample
    assert found.float == math.inf
    assert found.floats[0] == -math.inf
    assert math.isnan(found.floats[1])
    assert math.isnan(found.real)


@pytest.mark.parametrize(
    "value", [{"a": [1, None, "x"]}, [], "text", "", 1, 2**70, 1.5, True, None, "null", '"']
)
async def test_json_comes_back_exactly_below_a_relation(db: Any, value: Any) -> None:
    sample = {"data": Json(value), "plain": Json(value), "jsons": [Json(value)]}
    await db.box.create({"sample": {"create": sample}})
    found = (await db.box.find_first_or_raise(include={"sample": True})).sample
    assert (found.data, found.plain, found.jsons) == (value, value, [value])


async def test_empty_lists_and_nulls_stay_apart_below_a_relation(rows: Any) -> None:
    found = await rows.box.find_many(include={"sample": True}, order={"id": "asc"})
    assert [box.sample and box.sample.id for box in found] == [1, 2, 3, None]
    assert found[1].sample == await rows.sample.find_unique({"id": 2})
    assert found[2].sample == await rows.sample.find_unique({"id": 3})
