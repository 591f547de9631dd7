"""Every native type: what is stored comes back exactly, flat and inside JSON, and is found by its value."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

WHEN = datetime(2020, 1, 2, 3, 4, 5, 999999, tzinfo=UTC)
FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)

# a field, what is written, what is read
VALUES: list[tuple[str, Any, Any]] = [
    ("text", "\x01'\"\\ 🙂", "\x01'\"\\ 🙂"),
    ("varchar5", "🙂🙂🙂🙂🙂", "🙂🙂🙂🙂🙂"),
    ("char5", "ab", "ab   "),
    ("uuid", "FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF", "ffffffff-ffff-4fff-8fff-ffffffffffff"),
    ("inet", "10.1.2.3/8", "10.1.2.3/8"),
    ("inet", "fe80::1", "fe80::1"),
    ("bit", "1", "1"),
    ("bit8", "10101010", "10101010"),
    ("varbit", "", ""),
    ("varbit8", "101", "101"),
    ("citext", "MiXed", "MiXed"),
    ("smallint", -(2**15), -(2**15)),
    ("integer", 2**31 - 1, 2**31 - 1),
    ("oid", 2**32 - 1, 2**32 - 1),
    ("bigint", -(2**63), -(2**63)),
    ("double", 5e-324, 5e-324),
    ("double", math.inf, math.inf),
    ("real", 0.1, 0.1),
    ("numeric", Decimal("0.1" + "0" * 29), Decimal("0.1")),
    ("dec", Decimal("1" * 35 + "." + "1" * 30), Decimal("1" * 35 + "." + "1" * 30)),
    ("decimal10", Decimal("-99999999.99"), Decimal("-99999999.99")),
    ("money", Decimal("-92233720368547758.08"), Decimal("-92233720368547758.08")),
    ("money", Decimal("1.005"), Decimal("1.01")),
    ("timestamp0", WHEN, WHEN.replace(microsecond=0)),
    ("timestamp6", WHEN, WHEN),
    ("timestamptz3", WHEN, WHEN.replace(microsecond=999000)),
    ("timestamptz6", LAST.replace(microsecond=0), LAST.replace(microsecond=0)),
    ("date", LAST, LAST.replace(hour=0, minute=0, second=0, microsecond=0)),
    ("time6", WHEN, WHEN.replace(year=1970, month=1, day=1)),
    ("timetz3", WHEN, WHEN.replace(year=1970, month=1, day=1, microsecond=999000)),
    ("colour", "BLUE", "BLUE"),
    ("tint", "PALE", "PALE"),
    ("level", "HIGH", "HIGH"),
]


@pytest.mark.parametrize(("field", "given", "kept"), VALUES)
async def test_a_value_comes_back_and_is_found(db: Any, field: str, given: Any, kept: Any) -> None:
    row = await db.everything.create({field: given})
    assert str(getattr(row, field)) == str(kept)
    assert await db.everything.count(where={field: given}) == 1
    assert await db.everything.count(where={field: {"not": given}}) == 0
    outer = await db.holder.create(
        {"children": {"create": [{"everything": {"connect": {"id": row.id}}}]}},
        include={"children": {"include": {"everything": True}}},
    )
    inner = getattr(outer.children[0].everything, field)
    assert (inner, type(inner)) == (kept, type(kept))


@pytest.mark.parametrize("field", ["double", "real"])
async def test_zero_keeps_its_sign_inside_json(db: Any, field: str) -> None:
    row = await db.everything.create({field: -0.0, "holders": {"create": [{}]}})
    holder = await db.holder.find_first(include={"everything": True})
    assert math.copysign(1, getattr(row, field)) == math.copysign(1, getattr(holder.everything, field)) == -1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uuid", "nope"),
        ("oid", 2**32),
        ("oid", -1),
        ("smallint", 2**15),
        ("real", 1e39),
        ("money", Decimal("NaN")),
        ("timestamp6", FIRST),
        ("timestamptz6", FIRST),
        ("timestamptz6", LAST),
        ("tint", "GREEN"),
    ],
)
async def test_a_value_that_does_not_fit_is_refused_by_name(
    natives: ModuleType, db: Any, field: str, value: Any
) -> None:
    with pytest.raises(natives.errors.InputError, match=rf"`data\.{field}`"):
        await db.everything.create({field: value})


@pytest.mark.parametrize(
    ("field", "value"), [("bit", "11"), ("bit8", "1"), ("varbit8", "1" * 9), ("varchar5", "abcdef")]
)
async def test_a_text_of_the_wrong_length_is_not_cut(
    natives: ModuleType, db: Any, field: str, value: str
) -> None:
    with pytest.raises(natives.errors.DataError):
        await db.everything.create({field: value})
    assert await db.everything.count() == 0


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("varchar5", ["a", "NULL"]),
        ("bit8", ["10101010", "00000000"]),
        ("oid", [1, 2**32 - 1]),
        ("money", [Decimal("1.10"), Decimal("2.00")]),
        ("dec", [Decimal("1.5"), Decimal(2)]),
        ("tint", ["PALE", "RED"]),
        ("level", ["HIGH"]),
    ],
)
async def test_a_list_is_kept_pushed_and_filtered(db: Any, field: str, values: list[Any]) -> None:
    row = await db.lists.create({field: values})
    await db.lists.create_many([{}, {field: []}])
    assert str(getattr(row, field)) == str(values)
    for filter_ in ({"equals": values}, {"has": values[0]}, {"has_every": values}, {"has_some": values}):
        assert await db.lists.count(where={field: filter_}) == 1
    pushed = await db.lists.update(where={"id": row.id}, data={field: {"push": values}})
    assert getattr(pushed, field) == values * 2


async def test_money_and_oid_are_reckoned_with(db: Any) -> None:
    row = await db.everything.create({"money": Decimal("10.00"), "oid": 6})
    for operator, money, oid in (("multiply", "25.00", 12), ("divide", "10.00", 6), ("decrement", "7.50", 4)):
        row = await db.everything.update(
            where={"id": row.id}, data={"money": {operator: Decimal("2.5")}, "oid": {operator: 2}}
        )
        assert (row.money, row.oid) == (Decimal(money), oid)
    groups = await db.everything.group_by(by=["tint"], avg={"money": True}, sum={"money": True, "oid": True})
    assert (groups[0]["_avg"]["money"], groups[0]["_sum"]["oid"]) == (Decimal("7.5"), 4)
