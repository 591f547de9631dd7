"""Every native type, default and odd name, and several PostgreSQL schemas, asked of both clients."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from .dialect import Call, Json
from .judge import Judge

PAGE = Path(__file__).parents[2] / "docs" / "compatibility.md"
pytestmark = pytest.mark.asyncio(loop_scope="session")

DAY = datetime(2024, 2, 29, tzinfo=UTC)
INSTANT = datetime(2024, 2, 29, 23, 59, 58, 123000, tzinfo=UTC)
SECOND = INSTANT.replace(microsecond=0)
CLOCK = datetime(1970, 1, 1, 23, 59, 58, 123000, tzinfo=UTC)
UUID = "0000000a-0000-4000-8000-0000000000ff"

# One value for each field of Everything; xml is left out: the PostgreSQL of the wheel is built without it.
VALUES: Mapping[str, Any] = {
    "text": 'ş "quoted" \\ $1 %',
    "varchar": "v",
    "varchar5": "12345",
    "char": "c",
    "char5": "abc",
    "uuid": UUID,
    "inet": "10.0.0.1/8",
    "bit": "1",
    "bit8": "10101010",
    "varbit": "101",
    "varbit8": "1",
    "citext": "MiXed",
    "string": "",
    "integer": -(2**31),
    "smallint": 2**15 - 1,
    "oid": 7,
    "int": 2**31 - 1,
    "bigint": -(2**63),
    "big": 2**63 - 1,
    "double": 1e300,
    "real": 1.5,
    "float": -0.1,
    "numeric": Decimal("1e20"),
    "decimal10": Decimal("12345678.9"),
    "decimal5": Decimal(12345),
    "money": Decimal("12.34"),
    "dec": Decimal("0.000000001"),
    "boolean": True,
    "bool": False,
    "timestamp": INSTANT,
    "timestamp0": SECOND,
    "timestamp3": INSTANT,
    "timestamp6": INSTANT,
    "timestamptz": INSTANT,
    "timestamptz0": SECOND,
    "timestamptz3": INSTANT,
    "timestamptz6": INSTANT,
    "date": DAY,
    "time": CLOCK,
    "time0": CLOCK.replace(microsecond=0),
    "time6": CLOCK,
    "timetz": CLOCK,
    "timetz3": CLOCK,
    "timetz6": CLOCK,
    "moment": INSTANT,
    "jsonb": Json({"b": [1, None], "a": "ş"}),
    "document": Json([1.5, {"x": True}]),
    "bytea": b"\x00\xff",
    "bytes": b"",
    "colour": "GREEN",
    "tint": "PALE",
    "level": "LOW",
}
WITHOUT_EQUALITY = {"jsonb", "document"}
THE_ROW = {"where": {"id": 1}}


@pytest.mark.parametrize("name", VALUES)
async def test_both_clients_store_read_and_find_a_value(natives_judge: Judge, name: str) -> None:
    await natives_judge.reset("")
    value = VALUES[name]
    equals = {"equals": value} if name in WITHOUT_EQUALITY else value
    await natives_judge.compare(
        [
            Call("Everything", "create", {"data": {name: value, "holders": {"create": {}}}}),
            Call("Everything", "create_many", {"data": [{name: value}, {}]}),
            Call("Everything", "find_many", {"where": {name: equals}, "order": {"id": "asc"}}),
            Call("Everything", "find_many", {"where": {name: {"not": value}}, "order": {"id": "asc"}}),
            Call("Holder", "find_many", {"include": {"everything": True}}),
            Call("Everything", "update", {**THE_ROW, "data": {name: None}}),
        ]
    )


@pytest.mark.parametrize(
    "name", sorted(VALUES.keys() - WITHOUT_EQUALITY - {"boolean", "bool", "bytea", "bytes"})
)
async def test_both_clients_order_and_group_by_a_value(natives_judge: Judge, name: str) -> None:
    await natives_judge.reset("")
    await natives_judge.compare(
        [
            Call("Everything", "create_many", {"data": [{name: VALUES[name]}, {}, {name: VALUES[name]}]}),
            Call("Everything", "find_many", {"order": [{name: "desc"}, {"id": "asc"}]}),
            Call("Everything", "find_many", {"distinct": [name], "order": {"id": "asc"}}),
            Call("Everything", "group_by", {"by": [name], "count": True, "order": {name: "asc"}}),
        ]
    )


THINGS: Mapping[str, list[Call]] = {
    "enums of one name in two schemas": [
        Call("Thing", "create", {"data": {"code": "a", "tint": "PALE", "tints": ["RED"], "colour": "BLUE"}}),
        Call("Thing", "find_many", {"where": {"tint": "PALE", "colour": {"in": ["BLUE", "RED"]}}}),
        Call("Thing", "find_many", {"where": {"tints": {"has": "RED"}}}),
    ],
    "views": [
        Call("Thing", "create_many", {"data": [{"code": "a"}, {"code": "b", "tint": "PALE"}]}),
        Call("Loud", "find_many", {"where": {"tint": "PALE"}}),
        Call("Loud", "find_unique", {"where": {"id": 1}}),
        Call("Loud", "count", {"where": {"code": {"in": ["A", "b"]}}}),
        Call("Loud", "group_by", {"by": ["tint"], "count": True, "order": {"tint": "asc"}}),
    ],
    "tables of one name in two schemas": [
        Call("Thing", "create", {"data": {"code": "a"}}),
        Call("Side", "create", {"data": {"label": "a"}}),
        Call("Side", "create", {"data": {"label": "a"}}),
        Call("Thing", "create", {"data": {"code": "a"}}),
    ],
    "relations across schemas": [
        Call(
            "Holder",
            "create",
            {"data": {"things": {"create": [{"code": "a"}]}, "sides": {"create": [{"label": "s"}]}}},
        ),
        Call(
            "Holder",
            "create",
            {"data": {"parent": {"connect": {"id": 1}}, "things": {"connect": {"code": "a"}}}},
        ),
        Call(
            "Holder",
            "find_many",
            {
                "where": {"things": {"some": {"code": "a"}}},
                "include": {"things": True, "sides": True, "children": True},
                "order": {"id": "asc"},
            },
        ),
        Call(
            "Thing",
            "update",
            {
                "where": {"code": "a"},
                "data": {"holders": {"disconnect": [{"id": 1}]}},
                "include": {"holders": True},
            },
        ),
        Call("Holder", "update", {**THE_ROW, "data": {"sides": {"set": []}}, "include": {"sides": True}}),
    ],
}


@pytest.mark.parametrize("calls", THINGS.values(), ids=THINGS)
async def test_both_clients_agree_on(natives_judge: Judge, calls: list[Call]) -> None:
    await natives_judge.reset("")
    await natives_judge.compare(calls)


@pytest.mark.parametrize("name", ["citext", "timetz"])
async def test_only_this_client_reads_some_lists(natives_judge: Judge, name: str) -> None:
    assert "| lists of `@db.Citext`, `@db.Timetz` |" in PAGE.read_text(encoding="utf-8")
    await natives_judge.reset(f'INSERT INTO side."Lists" ("{name}") VALUES (ARRAY[]::{name}[])')
    found = await natives_judge.differences([Call("Lists", "find_many", {})])
    assert "Prisma: P2010" in found[0]
    assert "here:   [{'id'" in found[0]
