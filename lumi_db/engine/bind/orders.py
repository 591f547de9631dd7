"""`order`: by fields, by what a related row has, by the number of related rows, by relevance.

Rules: https://www.prisma.io/docs/orm/reference/prisma-client-reference#orderby
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..datamodel import Field, Model, Relation
from ..errors import EngineError
from ..operation import Order, OrderKey, RelatedCount, Relevance, Through
from .common import Values, mapping, one_or_many, unknown_field, wrong_type

_RELEVANCE = ("fields", "search", "sort")


class Orders:
    """Binds `order`; what stands below a relation is bound for its model, and reached through it."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._models = values.datamodel.models

    def bind(self, model: Model, node: Any, path: str) -> tuple[Order, ...]:
        """Bind one order or a list of them; None stands for none."""
        if node is None:
            return ()
        return tuple(
            order
            for part, at in one_or_many(node, path)
            for key, item in mapping(part, at).items()
            for order in self._entry(model, key, item, f"{at}.{key}")
        )

    def _entry(self, model: Model, key: str, node: Any, path: str) -> tuple[Order, ...]:
        if key in model.fields:
            return (order_of(model.fields[key], node, path),)
        if key == "_relevance":
            return (self._relevance(model, node, path),)
        if key not in model.relations:
            raise unknown_field(path, f"the model {model.name}", (*model.fields, *model.relations))
        relation = model.relations[key]
        if relation.is_list:
            return tuple(_by_count(relation, mapping(node, path), path))
        orders = self.bind(self._models[relation.target], mapping(node, path), path)
        return tuple(replace(order, key=Through(relation, order.key)) for order in orders)

    def _relevance(self, model: Model, node: Any, path: str) -> Order:
        node = mapping(node, path)
        for key in node:
            if key not in _RELEVANCE:
                raise unknown_field(f"{path}.{key}", "an order by relevance", _RELEVANCE)
        fields = self._searched(model, node.get("fields"), f"{path}.fields")
        text = self._values.one(fields[0], node.get("search"), f"{path}.search")
        return order_of(Relevance(fields, text), node.get("sort"), f"{path}.sort")

    def _searched(self, model: Model, node: Any, path: str) -> tuple[Field, ...]:
        texts = {one.name: one for one in model.fields.values() if one.type == "String" and not one.is_list}
        names = [] if node is None else [name for name, _ in one_or_many(node, path)]
        for name in names:
            if not isinstance(name, str) or name not in texts:
                raise unknown_field(f"{path}.{name}", f"a search in {model.name}", texts)
        if not names:
            raise EngineError("P2019", f"`{path}` must name at least one field.", {"path": path})
        return tuple(texts[name] for name in names)


def _by_count(relation: Relation, node: Any, path: str) -> list[Order]:
    for key in node:
        if key != "_count":
            raise unknown_field(f"{path}.{key}", f"an order by the list {relation.name}", ("_count",))
    return [order_of(RelatedCount(relation), item, f"{path}._count") for item in node.values()]


def order_of(key: OrderKey, node: Any, path: str) -> Order:
    """Bind 'asc', 'desc' or a dict with `sort` and `nulls`."""
    sort, nulls = (node.get("sort"), node.get("nulls")) if isinstance(node, dict) else (node, None)
    if sort not in ("asc", "desc"):
        raise wrong_type(path, "'asc' or 'desc'", sort)
    if nulls not in (None, "first", "last"):
        raise wrong_type(f"{path}.nulls", "'first' or 'last'", nulls)
    return Order(key, sort == "desc", nulls)


def stable_order(model: Model, order: tuple[Order, ...], *, total: bool, paged: bool) -> tuple[Order, ...]:
    """Order by the id where Prisma does: a page with no order at all, and a `total` order where there are ties."""
    by_id = tuple(Order(field, descending=False) for field in model.id_fields if field.type != "Json")
    if not order:
        return by_id if paged else ()
    if not total or _is_total(model, order):
        return order
    taken = {entry.key for entry in order if isinstance(entry.key, Field)}
    return order + tuple(entry for entry in by_id if entry.key not in taken)


def _is_total(model: Model, order: tuple[Order, ...]) -> bool:
    fields = {entry.key for entry in order if isinstance(entry.key, Field) and entry.key.is_required}
    return any(fields.issuperset(key.fields) for key in model.uniques)
