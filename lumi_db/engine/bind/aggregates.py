"""count, aggregate and group_by: what is counted, summed and compared over groups.

Rules: https://www.prisma.io/docs/orm/prisma-client/queries/aggregation-grouping-summarizing
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from ..datamodel import Field, Model
from ..errors import EngineError
from ..operation import Aggregate, AggregateField, Function, GroupBy, Order, Select, Totals
from .common import Node, Values, mapping, one_or_many, refused, unknown_field, wrong_type
from .conditions import aggregate_field, fields_of
from .filters import Filters
from .orders import order_of
from .selections import Selections

# prisma-client-py writes the wanted numbers as GraphQL text, such as `_count { _all price }`.
_SELECTED = re.compile(r"_(\w+) \{ ?([\w ]*)\}")
# The name goes into the SQL, so it is one of these whatever the text says.
_SELECTABLE = ("count", "avg", "sum", "min", "max")
_PAGE = ("where", "order_by", "take", "skip", "cursor")

# What each function takes; `min` and `max` take whatever has an order.
_SUMMABLE = ("Int", "BigInt", "Float", "Decimal")
_UNORDERED = ("Json", "Bytes", "Boolean")


class Aggregates:
    def __init__(self, values: Values, selections: Selections) -> None:
        self._selections = selections
        self._having = Filters(values, grouped=True)

    def counted(self, model: Model, root_selection: Sequence[str] | None) -> tuple[Aggregate, ...]:
        """List what a count gives: all rows, or the rows in which a field is not null."""
        return self._selected(model, root_selection or ("_count { _all }",))

    def totals(self, model: Model, node: Node) -> Totals:
        select = self._selections.select(
            model, {key: node[key] for key in _PAGE if key in node}, "", fields=()
        )
        counts_all = node.get("count") is True
        found = [Aggregate("count", None)] if counts_all else []
        for function in _SELECTABLE:
            if node.get(function) is not None and not (counts_all and function == "count"):
                found += _wanted(model, function, node[function])
        if not found:
            raise refused("aggregate", f"it needs at least one of {', '.join(_SELECTABLE)}.")
        return Totals(select if _is_page(select) else replace(select, order=()), tuple(found), counts_all)

    def group_by(self, model: Model, node: Node, root_selection: Sequence[str]) -> GroupBy:
        by = self._by(model, node.get("by"))
        page = {key: node[key] for key in ("where", "take", "skip") if node.get(key) is not None}
        select = self._selections.select(model, page, "")
        names = [field.name for field in by]
        group = GroupBy(
            model=model,
            by=by,
            where=select.where,
            having=self._having.where(model, node.get("having"), "having"),
            order=self._order(model, node.get("orderBy", node.get("order_by"))),
            take=select.take,
            skip=select.skip,
            backwards=select.backwards,
            aggregates=self._selected(model, [part for part in root_selection if part not in names]),
        )
        _check_grouped(
            "order_by", [order.key for order in group.order if isinstance(order.key, Field)], names
        )
        _check_grouped("having", fields_of(group.having), names)
        return group

    def _by(self, model: Model, node: Any) -> tuple[Field, ...]:
        names = [item for item, _ in one_or_many(node, "by")]
        for name in names:
            if not isinstance(name, str) or name not in model.fields:
                raise unknown_field(f"by.{name}", f"the model {model.name}", model.fields)
        if not names:
            raise EngineError("P2019", "`by` must name at least one field.", {"path": "by"})
        return tuple(model.fields[name] for name in names)

    def _order(self, model: Model, node: Any) -> tuple[Order, ...]:
        if node is None:
            return ()
        return tuple(
            order
            for part, at in one_or_many(node, "order_by")
            for key, item in mapping(part, at).items()
            for order in self._order_entry(model, key, item, f"{at}.{key}")
        )

    def _order_entry(self, model: Model, key: str, node: Any, path: str) -> list[Order]:
        if key in model.fields:
            return [order_of(model.fields[key], node, path)]
        if not str(key).startswith("_"):
            raise unknown_field(path, f"the model {model.name}", model.fields)
        return [
            order_of(aggregate_field(_checked(model, key[1:], name), key, path), item, f"{path}.{name}")
            for name, item in mapping(node, path).items()
        ]

    def _selected(self, model: Model, root_selection: Sequence[str]) -> tuple[Aggregate, ...]:
        found = [_split(part) for part in root_selection]
        return tuple(_aggregate(model, function, name) for function, names in found for name in names)


def _wanted(model: Model, function: str, node: Any) -> list[Aggregate]:
    """List the numbers that `{"price": True}` asks for, in the order of the schema."""
    node = mapping(node, function)
    for name, item in node.items():
        if item is not None and not isinstance(item, bool):
            raise wrong_type(f"{function}.{name}", "True or False", item)
        _aggregate(model, function, name)
    if not any(node.values()):
        raise refused(function, "it must name at least one field.")
    return [_aggregate(model, function, name) for name in ("_all", *model.fields) if node.get(name)]


def _is_page(select: Select) -> bool:
    return select.take is not None or select.skip is not None or select.cursor is not None


def _split(selection: str) -> tuple[str, list[str]]:
    """Take `_sum { price stock }` apart; a caller's key that is no name is refused."""
    match = _SELECTED.fullmatch(selection.strip()) if isinstance(selection, str) else None
    if match is None or not match[2].strip() or match[1] not in _SELECTABLE:
        function = str(selection).partition(" ")[0].removeprefix("_")
        raise EngineError(
            "P2009", f"`{function}` needs names of fields, and nothing else.", {"path": function}
        )
    return match[1], match[2].split()


def _aggregate(model: Model, function: str, name: str) -> Aggregate:
    if name == "_all" and function == "count":
        return Aggregate("count", None)
    return Aggregate(cast(Function, function), _checked(model, function, name))


def _checked(model: Model, function: str, name: str) -> Field:
    """Return the field, if the function can be taken of it."""
    fields = [field for field in model.fields.values() if can_take(function, field)]
    if name not in [field.name for field in fields]:
        raise unknown_field(f"{function}.{name}", f"{function} of {model.name}", [one.name for one in fields])
    return model.fields[name]


def can_take(function: str, field: Field) -> bool:
    if function == "count":
        return True
    if function in ("avg", "sum"):
        return field.type in _SUMMABLE and not field.is_list and not field.is_enum
    return field.type not in _UNORDERED and not field.is_list and field.native != "Xml"


def _check_grouped(path: str, fields: Iterable[Field], by: Sequence[str]) -> None:
    """A group has one value only for the fields it is grouped by."""
    for field in fields:
        if field.name not in by and not isinstance(field, AggregateField):
            message = f"`{path}.{field.name}`: a field must be in `by`, or be aggregated, to be used here."
            raise EngineError("P2019", message, {"path": f"{path}.{field.name}"})
