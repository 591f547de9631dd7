"""Filters on what lies inside Json: the condition as it is written, and the rows that are found by it."""

from __future__ import annotations

from typing import Any

import pytest
from prisma.fields import Json

from .support import Filters

AT = '("t0"."json" #> $1::text[])'


def typed(condition: str, kind: str, *, column: str = AT) -> str:
    return f"({condition} AND jsonb_typeof({column}) = {kind})"


FILTERS: list[tuple[dict[str, Any], str, tuple[Any, ...], list[int]]] = [
    ({"path": ["a"], "equals": 1}, f"{AT} = $2::jsonb", (["a"], "1"), [1]),
    ({"path": ["a"], "equals": Json({"b": 1})}, f"{AT} = $2::jsonb", (["a"], '{"b": 1}'), []),
    ({"path": ["a"], "not": 2}, f"{AT} <> $2::jsonb", (["a"], "2"), [1]),
    ({"path": ["a"], "equals": None}, f"{AT} IS NULL", (["a"],), [2, 3, 4, 5]),
    ({"path": ["a"], "not": None}, f"NOT ({AT} IS NULL)", (["a"],), [1]),
    ({"path": ["2", "a"], "equals": Json(None)}, f"{AT} = $2::jsonb", (["2", "a"], "null"), [5]),
    ({"path": [], "equals": "text"}, f"{AT} = $2::jsonb", ([], '"text"'), [4]),
    (
        {"path": ["a"], "gte": 1, "lt": 2},
        (
            f"({typed(f'{AT} >= $2::jsonb', 'jsonb_typeof($2::jsonb)')} AND "
            f"{typed(f'{AT} < $3::jsonb', 'jsonb_typeof($3::jsonb)')})"
        ),
        (["a"], "1", "2"),
        [1],
    ),
    ({"path": ["b"], "array_contains": [1]}, typed(f"{AT} @> $2::jsonb", "'array'"), (["b"], "[1]"), [1]),
    ({"path": ["b"], "array_contains": []}, typed(f"{AT} @> $2::jsonb", "'array'"), (["b"], "[]"), [1]),
    (
        {"path": ["b"], "array_starts_with": 1},
        typed(f"({AT} -> 0) = $2::jsonb", "'array'"),
        (["b"], "1"),
        [1],
    ),
    ({"path": ["b"], "array_ends_with": 2}, typed(f"({AT} -> -1) = $2::jsonb", "'array'"), (["b"], "2"), [1]),
    (
        {"path": ["1"], "string_contains": "w"},
        typed(f"({AT} #>> '{{}}') LIKE $2::text", "'string'"),
        (["1"], "%w%"),
        [5],
    ),
    (
        {"path": ["1"], "string_starts_with": "_"},
        typed(f"({AT} #>> '{{}}') LIKE $2::text", "'string'"),
        (["1"], "\\_%"),
        [],
    ),
    (
        {"path": ["1"], "string_ends_with": "WO", "mode": "insensitive"},
        typed(f"lower({AT} #>> '{{}}') LIKE lower($2::text)", "'string'"),
        (["1"], "%WO"),
        [5],
    ),
    (
        {"string_starts_with": "te"},
        typed('("t0"."json" #>> \'{}\') LIKE $1::text', "'string'", column='"t0"."json"'),
        ("te%",),
        [4],
    ),
]


@pytest.mark.parametrize(("where", "condition", "parameters", "found"), FILTERS)
async def test_a_filter_looks_into_json(
    filters: Filters, where: dict[str, Any], condition: str, parameters: tuple[Any, ...], found: list[int]
) -> None:
    await filters.check("sample", "all types", {"data": where}, condition, parameters, found)


async def test_below_a_not_a_value_of_another_type_is_not_found(filters: Filters) -> None:
    condition = f"NOT (({AT} > $2::jsonb OR jsonb_typeof({AT}) <> jsonb_typeof($2::jsonb)))"
    where = {"NOT": [{"data": {"path": ["a"], "gt": "x"}}]}
    await filters.check("sample", "all types", where, condition, (["a"], '"x"'), [])


async def test_plain_json_is_compared_as_jsonb(rows: Any) -> None:
    found = await rows.sample.find_many(
        where={"plain": {"path": ["a"], "array_contains": 1}}, order={"id": "asc"}
    )
    assert found == []
    found = await rows.sample.find_many(where={"plain": {"string_contains": "ex"}})
    assert [one.id for one in found] == [4]


async def test_paths_and_values_are_parameters_of_one_kept_plan(rows: Any, sent: list[Any]) -> None:
    for path, value in ((["a"], 1), (["b", "1"], 2)):
        found = await rows.sample.find_many(where={"data": {"path": path, "equals": value}})
        assert [one.id for one in found] == [1]
    assert len({event.sql for event in sent}) == 1
