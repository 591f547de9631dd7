"""Reads that both clients must answer alike: filters on what lies inside Json."""

from __future__ import annotations

from typing import Any

from tests.compatibility.dialect import Call, Json

BY_ID = {"id": "asc"}


def samples(where: dict[str, Any]) -> Call:
    return Call("Sample", "find_many", {"where": where, "order": BY_ID})


def data(*path: str, **operators: Any) -> Call:
    return samples({"data": {"path": list(path), **operators}})


def without(*path: str, **operators: Any) -> Call:
    return samples({"NOT": [{"data": {"path": list(path), **operators}}]})


CASES = [
    data("a", equals=1),
    data("a", equals=2),
    data("a", equals="1"),
    data("a", equals=Json(1)),
    data("b", equals=[1, 2]),
    data("b", equals=Json([1, 2])),
    data("2", equals=Json({"a": None})),
    data("b", "0", equals=1),
    data("b", "-1", equals=2),
    data("b", "x", equals=1),
    data("a", equals=None),
    data("a", equals=Json(None)),
    data("2", "a", equals=Json(None)),
    data("2", "a", equals=None),
    data("a", **{"not": 1}),
    data("a", **{"not": 5}),
    data("a", **{"not": None}),
    data("a", **{"not": Json(None)}),
    data(equals="text"),
    data(equals=None),
    data("a", lt=2),
    data("a", lte=1),
    data("a", gt=0.5),
    data("a", gte=1, lte=1),
    data("a", gt="x"),
    data("1", gt="a"),
    data("1", lt="two", gte="a"),
    data("a", lt=Json(2)),
    data("b", array_contains=[1]),
    data("b", array_contains=[1, 2]),
    data("b", array_contains=[3]),
    data("b", array_contains=1),
    data("b", array_contains=[]),
    data("a", array_contains=1),
    data("b", array_starts_with=1),
    data("b", array_starts_with=2),
    data("b", array_ends_with=2),
    data("b", array_ends_with=[1, 2]),
    data("1", string_contains="w"),
    data("1", string_contains="W"),
    data("1", string_contains="W", mode="insensitive"),
    data("1", string_starts_with="tw"),
    data("1", string_starts_with="TW", mode="insensitive"),
    data("1", string_ends_with="wo"),
    data("1", string_ends_with="WO", mode="insensitive"),
    data("1", string_ends_with="WO", mode="default"),
    data("a", string_contains="1"),
    without("a", equals=1),
    without("a", equals=2),
    without("a", gt=1),
    without("a", gt=0),
    without("a", gt="x"),
    without("1", string_contains="w"),
    without("1", string_contains="x"),
    without("b", array_contains=[1]),
    without("b", array_contains=[3]),
    without("b", array_starts_with=1),
    without("b", array_starts_with=3),
    without("b", array_ends_with=1),
    without("a", equals=None),
    samples({"NOT": [{"NOT": [{"data": {"path": ["a"], "gt": 0}}]}]}),
    samples({"OR": [{"data": {"path": ["a"], "equals": 1}}, {"data": {"path": ["1"], "equals": "two"}}]}),
    samples({"data": {"array_contains": ["two"]}}),
    samples({"data": {"array_contains": "two"}}),
    samples({"data": {"array_starts_with": 1}}),
    samples({"data": {"array_ends_with": Json({"a": None})}}),
    samples({"data": {"string_contains": "ex"}}),
    samples({"data": {"lt": 5}}),
    samples({"data": {"gt": "a"}}),
    samples({"plain": {"path": ["a"], "equals": 1}}),
    samples({"plain": {"path": ["a"], "gte": 1}}),
    samples({"plain": {"path": ["a"], "not": 2}}),
    Call("Box", "find_many", {"where": {"sample": {"is": {"data": {"path": ["a"], "equals": 1}}}}}),
    Call("Box", "find_many", {"where": {"sample": {"is_not": {"data": {"path": ["a"], "gt": 5}}}}}),
    data("a", like="x"),
    data("a", **{"in": [1]}),
    samples({"data": {"path": "a", "equals": 1}}),
    samples({"data": {"path": [1], "equals": 1}}),
    data("1", string_contains=1),
]
