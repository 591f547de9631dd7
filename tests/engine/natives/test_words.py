"""Fields that are called as arguments and operators are."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

ROWS: list[dict[str, Any]] = [
    {
        "mode": "insensitive",
        "search": "a",
        "take": -1,
        "skip": 2,
        "distinct": "x",
        "delete": True,
        "e": [1, 2],
    },
    {"mode": "default", "search": "a", "take": 3, "skip": 2, "distinct": "x", "disconnect": False, "row": 4},
    {"mode": "other", "search": "default", "number": -7, "c0": "c", "rows": 5, "sort": 1},
]


@pytest.mark.parametrize("order", [ROWS, ROWS[::-1]])
async def test_a_row_is_found_by_a_word(db: Any, order: list[dict[str, Any]]) -> None:
    await db.word.create_many(ROWS)
    for row in order:
        assert (await db.word.find_unique({"mode": row["mode"]})).search == row["search"]
        assert await db.word.count(where=row) == 1
    view = db.batching()
    for row in order:
        assert (await view.word.find_unique({"mode": row["mode"]})).search == row["search"]


async def test_rows_are_written_and_read(natives: ModuleType, db: Any) -> None:
    for row in ROWS:
        made = await db.word.create({**row, "path": natives.Json({"mode": ["x"]})})
        assert row.items() <= made.model_dump().items()
        changed = await db.word.update(
            {name: item for name, item in row.items() if name != "e"}, {"mode": row["mode"]}
        )
        assert changed == made
    assert [row.mode for row in await db.word.create_many_and_return([{"mode": "1"}, {"mode": "2"}])] == [
        "1",
        "2",
    ]
    [row] = await db.word.upsert_many([{**ROWS[0], "take": 9}], key=["mode"])
    assert (row.take, row.e) == (9, [1, 2])
    assert await db.word.count(where={"path": {"path": ["mode", "0"], "equals": "x"}}) == 3
    assert await db.word.group_by(by=["distinct", "mode"], where={"skip": 2}, order={"mode": "asc"}) == [
        {"distinct": "x", "mode": "default"},
        {"distinct": "x", "mode": "insensitive"},
    ]
    assert await db.word.find_many(
        select={"mode": True, "e": True}, take=1, where={"take": 9}, order={"take": "desc"}
    ) == [{"mode": "insensitive", "e": [1, 2]}]


async def test_distinct_of_a_column_called_distinct(db: Any) -> None:
    await db.word.create_many(ROWS)
    found = await db.word.find_many(distinct=["distinct"], order={"id": "asc"})
    assert [(row.mode, row.distinct) for row in found] == [("insensitive", "x"), ("other", None)]
