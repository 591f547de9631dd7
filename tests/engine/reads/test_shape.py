"""The shape of a call: equal for equal keys and types, whatever the values; no value gets past it."""

from __future__ import annotations

from typing import Any

import pytest

from lumi_db.engine.shape import Backwards, Slot, flatten, skeleton

SAME: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"where": {"name": "a"}}, {"where": {"name": "b"}}),
    ({"where": {"age": {"in": [1]}}}, {"where": {"age": {"in": [1, 2, 3]}}}),
    ({"where": {"mode": "a"}}, {"where": {"mode": "b"}}),
    ({"take": 1, "skip": 2}, {"take": 100, "skip": 0}),
    ({"take": -1}, {"take": -2}),
    ({"where": {"data": "desc"}}, {"where": {"data": "asc"}}),
    (
        {"where": {"a": {"search": "x"}, "b": {"search": "y"}}},
        {"where": {"a": {"search": "1"}, "b": {"search": "2"}}},
    ),
    (
        {"include": {"posts": {"where": {"id": 1}, "take": 1}}},
        {"include": {"posts": {"where": {"id": 2}, "take": 3}}},
    ),
    (
        {"select": {"_count": {"select": {"posts": {"where": {"title": "a"}}}}}},
        {"select": {"_count": {"select": {"posts": {"where": {"title": "b"}}}}}},
    ),
    (
        {"order_by": {"_relevance": {"fields": ["a"], "search": "x", "sort": "asc"}}},
        {"order_by": {"_relevance": {"fields": ["a"], "search": "y", "sort": "asc"}}},
    ),
    (
        {"where": {"data": {"path": ["a", "b"], "equals": "x"}}},
        {"where": {"data": {"path": ["c"], "equals": "y"}}},
    ),
]

DIFFERENT: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"where": {"name": "a"}}, {"where": {"email": "a"}}),
    ({"where": {"name": "a"}}, {"where": {"name": None}}),
    ({"where": {"age": 1}}, {"where": {"age": "1"}}),
    ({"where": {"age": 1}}, {"where": {"age": True}}),
    ({"where": {"age": {"in": []}}}, {"where": {"age": {"in": [1]}}}),
    ({"take": 1}, {"take": -1}),
    ({"order_by": {"name": "asc"}}, {"order_by": {"name": "desc"}}),
    ({"order_by": {"data": "asc"}}, {"order_by": {"data": "desc"}}),  # a field with the name of an argument
    ({"order_by": {"_count": {"data": "asc"}}}, {"order_by": {"_count": {"data": "desc"}}}),
    ({"distinct": ["name"]}, {"distinct": ["email"]}),
    ({"include": {"posts": True}}, {"include": {"posts": False}}),
    (
        {"where": {"name": {"equals": "a", "mode": "insensitive"}}},
        {"where": {"name": {"equals": "a", "mode": "default"}}},
    ),
    ({"where": {"tags": {"is_empty": True}}}, {"where": {"tags": {"is_empty": False}}}),
    (
        {"where": {"a": {"search": "x"}, "b": {"search": "y"}}},
        {"where": {"a": {"search": "x"}, "b": {"search": "x"}}},
    ),
    ({"where": {"OR": [{"a": 1}]}}, {"where": {"OR": [{"a": 1}, {"a": 2}]}}),
    ({"select": {"name": True}}, {"select": {"name": False}}),
    ({"select": {"data": True}}, {"select": {"data": False}}),  # a field with the name of an argument
    ({"include": {"where": True}}, {"include": {"where": False}}),
    ({"select": {"where": {"where": {"a": 1}}}}, {"select": {"where": {"where": {"b": 1}}}}),
    ({"omit": {"name": True}}, {"omit": {"email": True}}),
    ({"select": {"_count": True}}, {"select": {"_count": {"select": {"posts": True}}}}),
    ({"sum": {"data": True}}, {"sum": {"data": False}}),
    ({"order_by": {"posts": {"_count": "asc"}}}, {"order_by": {"posts": {"_count": "desc"}}}),
    (
        {"order_by": {"search": "asc"}, "where": {"a": "asc"}},
        {"order_by": {"search": "desc"}, "where": {"a": "asc"}},
    ),
    (
        {"order_by": {"_relevance": {"fields": ["a"], "search": "x", "sort": "asc"}}},
        {"order_by": {"_relevance": {"fields": ["b"], "search": "x", "sort": "asc"}}},
    ),
    ({"where": {"data": {"path": ["a"], "lt": 1}}}, {"where": {"data": {"path": ["a"], "lt": "1"}}}),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_calls_that_differ_in_values_have_one_shape(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert flatten(one)[0] == flatten(other)[0]
    assert hash(flatten(one)[0]) == hash(flatten(other)[0])


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_calls_that_mean_another_statement_have_another_shape(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert flatten(one)[0] != flatten(other)[0]


def test_a_skeleton_has_a_slot_for_every_value_in_order() -> None:
    shape, values = flatten({"where": {"a": "x", "b": {"in": [1, 2]}}, "take": -3, "order_by": {"a": "asc"}})
    assert values == ["x", [1, 2], -3]
    assert skeleton(shape) == {
        "where": {"a": Slot(0, str), "b": {"in": Slot(1, list)}},
        "take": Slot(2, Backwards),
        "order_by": {"a": "asc"},
    }


def test_an_order_by_relevance_has_a_slot_for_its_search_only() -> None:
    relevance: dict[str, Any] = {"fields": ["name"], "search": "name", "sort": "asc"}
    order = {"author": {"_relevance": relevance}}
    shape, values = flatten({"where": {"a": "name"}, "order_by": order})
    assert values == ["name", "name"]
    relevance["search"] = Slot(1, str)
    assert skeleton(shape) == {"where": {"a": Slot(0, str)}, "order_by": order}


def test_texts_searched_for_together_share_a_slot() -> None:
    shape, values = flatten({"where": {"a": {"search": "x"}, "b": {"search": "x"}, "c": {"search": "y"}}})
    assert values == ["x", "y"]
    built = skeleton(shape)["where"]
    assert [built[name]["search"] for name in "abc"] == [Slot(0, str), Slot(0, str), Slot(1, str)]
