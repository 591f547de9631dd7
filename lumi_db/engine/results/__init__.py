"""Rows to what the generated client's actions expect: models of the caller's class, numbers, groups.

The generated action validates what it gets into its model, and lets an instance of it pass untouched; so
models are built here, once, by pydantic-core's own validator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic_core import from_json

from ..operation import GroupBy, Select

Rows = Sequence[Mapping[str, Any]]


class Decode:
    """Builds models of a selection; the JSON of its relations is read first."""

    __slots__ = ("_relations", "_turned")

    def __init__(self, select: Select) -> None:
        self._relations = tuple(include.relation.name for include in select.includes)
        self._turned = select.backwards

    def all(self, rows: Rows, model: Any) -> list[Any]:
        validate = model.__pydantic_validator__.validate_python
        if self._relations:
            built = [validate(self._with_relations(row)) for row in rows]
        else:
            built = [validate(dict(row)) for row in rows]
        return built[::-1] if self._turned else built

    def one(self, row: Mapping[str, Any], model: Any) -> Any:
        return model.__pydantic_validator__.validate_python(
            self._with_relations(row) if self._relations else dict(row)
        )

    def _with_relations(self, row: Mapping[str, Any]) -> dict[str, Any]:
        values = dict(row)
        for name in self._relations:
            text = values[name]
            if text is not None:
                values[name] = from_json(text)
        return values


def rows_of(decode: Decode) -> Callable[[Rows, Any], list[Any]]:
    return decode.all


def row_or_none(decode: Decode) -> Callable[[Rows, Any], Any]:
    def first(rows: Rows, model: Any) -> Any:
        return decode.one(rows[0], model) if rows else None

    return first


def count_of(number: int, _model: Any) -> dict[str, int]:
    return {"count": number}


def counts(rows: Rows, _model: Any) -> dict[str, Any]:
    return {"_count": dict(rows[0])}


class Groups:
    """Builds the dictionaries of group_by, with `_sum.price` and the like in dictionaries of their own."""

    __slots__ = ("_whole",)

    def __init__(self, group: GroupBy) -> None:
        # PostgreSQL sums whole numbers as numeric.
        self._whole = {
            (f"_{one.function}", one.field.name)
            for one in group.aggregates
            if one.function == "sum" and one.field is not None and one.field.type in ("Int", "BigInt")
        }

    def all(self, rows: Rows, _model: Any) -> list[dict[str, Any]]:
        return [self._group(row) for row in rows]

    def _group(self, row: Mapping[str, Any]) -> dict[str, Any]:
        group: dict[str, Any] = {}
        for name, value in row.items():
            function, dot, field = name.partition(".")
            if not dot:
                group[name] = value
            elif value is not None and (function, field) in self._whole:
                group.setdefault(function, {})[field] = int(value)
            else:
                group.setdefault(function, {})[field] = value
        return group
