"""count and group_by: what is counted, summed and compared over groups.

Rules: https://www.prisma.io/docs/orm/prisma-client/queries/aggregation-grouping-summarizing
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, cast

from ..datamodel import Field, Model
from ..operation import (
    ALWAYS,
    Aggregate,
    CompareAggregate,
    GroupBy,
    HavingAll,
    HavingAny,
    HavingCondition,
    HavingNot,
    Order,
)
from .common import Node, Values, mapping, one_or_many, spelled, unknown_field, wrong_type
from .filters import Filters
from .selections import Selections

Function = Literal["count", "avg", "sum", "min", "max"]
_FUNCTIONS = ("count", "avg", "sum", "min", "max")
_COMPARED = {"equals": "equals", "not": "differs", "lt": "lt", "lte": "lte", "gt": "gt", "gte": "gte"}

# prisma-client-py writes the wanted numbers as GraphQL text, such as `_count { _all price }`.
_SELECTED = re.compile(r"_(\w+) \{ ?([\w ]*)\}")


class Aggregates:
    def __init__(self, values: Values, filters: Filters, selections: Selections) -> None:
        self._values = values
        self._filters = filters
        self._selections = selections

    def counted(self, model: Model, root_selection: Sequence[str] | None) -> tuple[Aggregate, ...]:
        """List what a count gives: all rows, or the rows in which a field is not null."""
        return self._selected(model, root_selection or ("_count { _all }",))

    def group_by(self, model: Model, node: Node, root_selection: Sequence[str]) -> GroupBy:
        names = [item for item, _ in one_or_many(node.get("by"), "by")]
        for name in names:
            if name not in model.fields:
                raise unknown_field(f"by.{name}", f"the model {model.name}", model.fields)
        page = {key: node[key] for key in ("where", "take", "skip") if node.get(key) is not None}
        select = self._selections.select(model, page, "")
        return GroupBy(
            model=model,
            by=tuple(model.fields[name] for name in names),
            where=select.where,
            having=self._having(model, node.get("having"), "having"),
            order=self._order(model, node),
            take=select.take,
            skip=select.skip,
            aggregates=self._selected(model, [part for part in root_selection if part not in names]),
        )

    def _order(self, model: Model, node: Node) -> tuple[Order, ...]:
        order = node.get("orderBy", node.get("order_by"))
        return self._selections.select(model, {"order_by": order}, "").order

    def _selected(self, model: Model, root_selection: Sequence[str]) -> tuple[Aggregate, ...]:
        found = [match for part in root_selection for match in _SELECTED.findall(part)]
        return tuple(
            self._aggregate(model, function, name) for function, names in found for name in names.split()
        )

    def _aggregate(self, model: Model, function: str, name: str) -> Aggregate:
        if name == "_all" and function == "count":
            return Aggregate("count", None)
        if name not in model.fields:
            raise unknown_field(f"{function}.{name}", f"the model {model.name}", [*model.fields, "_all"])
        return Aggregate(cast(Function, function), model.fields[name])

    def _having(self, model: Model, node: Any, path: str) -> HavingCondition:
        if node is None:
            return ALWAYS
        parts = [
            self._having_entry(model, key, item, f"{path}.{key}") for key, item in mapping(node, path).items()
        ]
        return HavingAll(tuple(parts))

    def _having_entry(self, model: Model, key: str, node: Any, path: str) -> HavingCondition:
        if key in ("AND", "OR", "NOT"):
            parts = tuple(self._having(model, item, at) for item, at in one_or_many(node, path))
            if key == "NOT":
                return HavingAll(tuple(HavingNot(part) for part in parts))
            return HavingAll(parts) if key == "AND" else HavingAny(parts)
        if key not in model.fields:
            raise unknown_field(path, f"the model {model.name}", model.fields)
        if not isinstance(node, dict):
            return self._filters.where(model, {key: node}, path)
        plain = {name: item for name, item in node.items() if name[1:] not in _FUNCTIONS}
        parts_list: list[HavingCondition] = [
            part
            for name, item in node.items()
            if name[1:] in _FUNCTIONS
            for part in self._compared(model.fields[key], name[1:], item, f"{path}.{name}")
        ]
        if plain:
            parts_list.append(self._filters.where(model, {key: plain}, path))
        return HavingAll(tuple(parts_list))

    def _compared(self, field: Field, function: str, node: Any, path: str) -> list[CompareAggregate]:
        node = node if isinstance(node, dict) else {"equals": node}
        aggregate = Aggregate(cast(Function, function), field)
        parts = []
        for key, item in node.items():
            if spelled(key) not in _COMPARED:
                raise unknown_field(f"{path}.{key}", "a filter on a number", _COMPARED)
            if item is None:
                raise wrong_type(f"{path}.{key}", "a value", item)
            value = self._values.one(compared_field(aggregate), item, f"{path}.{key}")
            parts.append(CompareAggregate(aggregate, _COMPARED[spelled(key)], value))
        return parts


def compared_field(aggregate: Aggregate) -> Field:
    """The field whose type the aggregate's result is compared in."""
    assert aggregate.field is not None
    if aggregate.function == "count":
        return replace(aggregate.field, type="BigInt", is_enum=False, is_list=False, native=None)
    if aggregate.function == "avg" and aggregate.field.type in ("Int", "BigInt"):
        return replace(aggregate.field, type="Decimal", native=None)
    return aggregate.field
