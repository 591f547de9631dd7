"""What is read: fields, order, page and includes.

Rules: https://www.prisma.io/docs/orm/reference/prisma-client-reference#findmany
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..datamodel import Field, Model, Relation
from ..operation import Cursor, Include, Order, Select
from ..shape import Backwards, Slot
from ..sources import Constant, InvalidValue, SlotValue, Source
from .common import Values, mapping, one_or_many, spelled, unknown_field, wrong_type
from .filters import Filters

_ARGUMENTS = ("where", "order_by", "take", "skip", "cursor", "distinct", "include")


class Selections:
    def __init__(self, values: Values, filters: Filters) -> None:
        self._values = values
        self._filters = filters
        self._models = values.datamodel.models

    def select(self, model: Model, node: Any, path: str, *, fields: Sequence[Field] | None = None) -> Select:
        """Bind the arguments of a find, or of one relation in an include."""
        node = {spelled(key): item for key, item in node.items()}
        for key in node:
            if key not in _ARGUMENTS:
                raise unknown_field(_join(path, key), f"a selection of {model.name}", _ARGUMENTS)
        cursor, distinct = self._cursor(model, node, path), self._distinct(model, node.get("distinct"), path)
        order = self._order(model, node.get("order_by"), _join(path, "order_by"))
        total = cursor is not None or bool(distinct)
        paged = total or node.get("take") is not None or node.get("skip") is not None
        return Select(
            model=model,
            fields=tuple(model.fields.values() if fields is None else fields),
            where=self._filters.where(model, node.get("where"), _join(path, "where")),
            order=stable_order(model, order, total=total, paged=paged),
            take=self._count(node.get("take"), _join(path, "take")),
            skip=self._count(node.get("skip"), _join(path, "skip")),
            backwards=isinstance(node.get("take"), Slot) and node["take"].type is Backwards,
            cursor=cursor,
            distinct=distinct,
            includes=self.includes(model, node.get("include"), _join(path, "include")),
        )

    def includes(self, model: Model, node: Any, path: str) -> tuple[Include, ...]:
        if node is None:
            return ()
        node = mapping(node, path)
        for key in node:
            if key not in model.relations:
                raise unknown_field(f"{path}.{key}", f"the model {model.name}", model.relations)
        wanted = [name for name in model.relations if node.get(name) not in (None, False)]
        return tuple(self._include(model, name, node[name], f"{path}.{name}") for name in wanted)

    def _include(self, model: Model, name: str, node: Any, path: str) -> Include:
        relation = model.relations[name]
        arguments = {} if node is True else node
        if not isinstance(arguments, dict):
            raise wrong_type(path, "True, False or a dict", node)
        if not relation.is_list:
            _check_single(relation, arguments, path)
        return Include(relation, self.select(self._models[relation.target], arguments, path))

    def _cursor(self, model: Model, node: dict[str, Any], path: str) -> Cursor | None:
        if node.get("cursor") is None:
            return None
        return Cursor(self._filters.unique(model, node["cursor"], _join(path, "cursor")))

    def _distinct(self, model: Model, node: Any, path: str) -> tuple[Field, ...]:
        if node is None:
            return ()
        names = [item for item, _ in one_or_many(node, path)]
        for name in names:
            if not isinstance(name, str) or name not in model.fields:
                raise unknown_field(_join(path, f"distinct.{name}"), f"the model {model.name}", model.fields)
        return tuple(model.fields[name] for name in names)

    def _order(self, model: Model, node: Any, path: str) -> tuple[Order, ...]:
        if node is None:
            return ()
        entries = [
            order_of(_known(model, key, f"{at}.{key}"), item, f"{at}.{key}")
            for part, at in one_or_many(node, path)
            for key, item in mapping(part, at).items()
        ]
        return tuple(entries)

    def _count(self, node: Any, path: str) -> Source | None:
        if node is None:
            return None
        if not isinstance(node, Slot) or not issubclass(node.type, int) or node.type is bool:
            raise wrong_type(path, "an int", node)
        if path.endswith("skip"):
            return SlotValue(node.index, _not_negative, path)
        return SlotValue(node.index, _size, path)


def order_of(field: Field, node: Any, path: str) -> Order:
    """Bind 'asc', 'desc' or a dict with `sort` and `nulls`."""
    sort, nulls = (node.get("sort"), node.get("nulls")) if isinstance(node, dict) else (node, None)
    if sort not in ("asc", "desc"):
        raise wrong_type(path, "'asc' or 'desc'", sort)
    if nulls not in (None, "first", "last"):
        raise wrong_type(f"{path}.nulls", "'first' or 'last'", nulls)
    return Order(field, sort == "desc", nulls)


def _check_single(relation: Relation, arguments: dict[str, Any], path: str) -> None:
    """One related row has no page; only one that may be missing can be filtered."""
    known = ("include",) if relation.is_required else ("where", "include")
    for key in arguments:
        if key not in known:
            raise unknown_field(f"{path}.{key}", f"an include of one {relation.target}", known)


def _known(model: Model, name: str, path: str) -> Field:
    if name not in model.fields:
        raise unknown_field(path, f"the model {model.name}", model.fields)
    return model.fields[name]


def stable_order(model: Model, order: tuple[Order, ...], *, total: bool, paged: bool) -> tuple[Order, ...]:
    """Order by the id where Prisma does: a page with no order at all, and a `total` order where there are ties."""
    by_id = tuple(Order(field, descending=False) for field in model.id_fields if _is_sortable(field))
    if not order:
        return by_id if paged else ()
    if not total or _is_total(model, order):
        return order
    taken = {entry.field for entry in order}
    return order + tuple(entry for entry in by_id if entry.field not in taken)


def _is_total(model: Model, order: tuple[Order, ...]) -> bool:
    fields = {entry.field for entry in order if entry.field.is_required}
    return any(fields.issuperset(key.fields) for key in model.uniques)


def _is_sortable(field: Field) -> bool:
    return field.type != "Json"


def _not_negative(value: int) -> int:
    if value < 0:
        raise InvalidValue("it must not be negative.")
    return _size(value)


def _size(value: int) -> int:
    if abs(value) >= 2**63:
        raise InvalidValue("the number does not fit into BigInt.")
    return abs(value)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def constant_take(select: Select, count: int) -> Select:
    """Return the selection limited to a fixed number of rows, in Prisma's order for a page."""
    order = stable_order(select.model, select.order, total=False, paged=True)
    return replace(select, take=Constant(count), order=order)
