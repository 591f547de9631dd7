"""Writes of many rows store every native type as a create does, and find rows by keys of every type."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from .test_values import VALUES, WHEN


@pytest.mark.parametrize(("field", "given", "kept"), VALUES)
async def test_a_value_is_loaded_and_returned(db: Any, field: str, given: Any, kept: Any) -> None:
    await db.everything.load_many([{field: given}, {field: None}])
    loaded = [getattr(row, field) for row in await db.everything.find_many(order={"id": "asc"})]
    assert [str(value) for value in loaded] == [str(kept), "None"]
    [row] = await db.everything.create_many_and_return([{field: given}])
    assert str(getattr(row, field)) == str(kept)
    [row] = await db.everything.update_many_and_return({field: given}, {"id": row.id})
    assert str(getattr(row, field)) == str(kept)
    [row] = await db.everything.upsert_many([{"id": row.id, field: given}], key=["id"])
    assert str(getattr(row, field)) == str(kept)


KEYS: dict[str, Any] = {
    "uuid": "FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF",
    "bigint": -(2**63),
    "numeric": Decimal("1.10"),
    "dec10": Decimal("2.50"),
    "moment": WHEN,
    "day": WHEN,
    "instant": WHEN,
    "clock": WHEN,
    "bytes": b"\x00\xff",
    "citext": "MiXed",
    "inet": "10.1.2.3/8",
    "char": "ab",
    "varbit": "101",
    "money": Decimal("9.99"),
    "oid": 2**32 - 1,
    "small": -3,
    "tint": "PALE",
}


@pytest.mark.parametrize("key", KEYS)
async def test_a_row_is_found_by_a_key_of_any_type(db: Any, key: str) -> None:
    await db.byid.load_many([KEYS])
    data = {**KEYS, "note": "n"}
    [row] = await db.byid.upsert_many([data], key=[key], update=[])
    assert row.note is None
    [row] = await db.byid.upsert_many([data], key=[key], update=["note"])
    assert row.note == "n"
    assert await db.byid.count() == 1
