"""Random selections: pages, orders, distinct, includes; counts and groups."""

from __future__ import annotations

from typing import Any

from lumi_db.engine.datamodel import Field, Model, Relation

from .operations_dice import Dice
from .operations_filters import Filters
from .operations_left_out import has_no_extremes, may_count_from_cursor, may_stand_beside_cursor
from .operations_outputs import Outputs

_NUMBERS = ("Int", "BigInt", "Float", "Decimal")
_UNORDERED = ("Json", "Bytes", "Boolean")


class Selections:
    def __init__(self, dice: Dice, filters: Filters, models: dict[str, Model]) -> None:
        self._dice = dice
        self._filters = filters
        self._models = models
        self._outputs = Outputs(dice, filters, models, self._related_page)

    def find_many(self, model: Model) -> dict[str, Any]:
        node, order = self._page(model), self._order(model)
        if not self._dice.chance(15):
            node |= self._distinct(model)
            order = [*self._related_order(model), *order]
        else:
            node["cursor"] = self._filters.key(model)
            if not may_stand_beside_cursor(model, order):
                node.pop("where", None)
            elif "where" not in node:
                node |= self._distinct(model)
        return {**node, "order": order, **self.read(model, 2)}

    def find_first(self, model: Model) -> dict[str, Any]:
        node = self.find_many(model)
        node.pop("take", None)
        return node

    def count(self, model: Model) -> dict[str, Any]:
        node = self._page(model)
        if may_count_from_cursor(model) and self._dice.chance(15):
            node["cursor"] = self._filters.key(model)
        if self._dice.chance(50):
            names = self._dice.some(list(model.fields), 0, 3)
            node["select"] = dict.fromkeys(["_all", *names], True)
        return node

    def aggregate(self, model: Model) -> dict[str, Any]:
        node = {**self._page(model), **self._aggregates(model)}
        if self._dice.chance(30) or not node.keys() & {"count", "sum", "avg", "min", "max"}:
            node["count"] = True
        return {**node, "order": [*self._related_order(model), *self._order(model)]}

    def read(self, model: Model, depth: int) -> dict[str, Any]:
        """Draw what is read of rows: an include below models, or fields that are chosen."""
        return self._outputs.read(model, depth) if self._dice.chance(35) else self.include(model, depth)

    def _related_page(self, model: Model) -> dict[str, Any]:
        order = [*self._related_order(model), *self._order(model)]
        return {**self._page(model), **self._distinct(model), "order_by": order}

    def _related_order(self, model: Model) -> list[dict[str, Any]]:
        return self._outputs.order(model, 2) if self._dice.chance(25) else []

    def include(self, model: Model, depth: int) -> dict[str, Any]:
        """Draw what is read of related rows, as an argument, or nothing."""
        if not depth or not model.relations or not self._dice.chance(40):
            return {}
        chosen = self._dice.some(list(model.relations.values()), 1, 2)
        return {"include": {relation.name: self._included(relation, depth - 1) for relation in chosen}}

    def _included(self, relation: Relation, depth: int) -> Any:
        target = self._models[relation.target]
        if not relation.is_list:
            node = self.include(target, depth)
            if not relation.is_required and self._dice.chance(30):
                node["where"] = self._filters.where(target, 1)
            return node or True
        return {**self._related_page(target), **self.include(target, depth)}

    def _page(self, model: Model) -> dict[str, Any]:
        node: dict[str, Any] = {}
        if self._dice.chance(70):
            node["where"] = self._filters.where(model, 2)
        if self._dice.chance(30):
            node["take"] = self._dice.pick((1, 2, 3, -1, -2, 0))
        if self._dice.chance(20):
            node["skip"] = self._dice.number(0, 3)
        return node

    def _distinct(self, model: Model) -> dict[str, Any]:
        if not self._dice.chance(15):
            return {}
        names = [field.name for field in model.fields.values() if field.type != "Json"]
        return {"distinct": self._dice.some(names, 1, 2)}

    def _order(self, model: Model) -> list[dict[str, Any]]:
        """Draw an order that ends with the id, so that no rows tie."""
        ids = [field.name for field in model.id_fields]
        fields = [one for one in model.fields.values() if one.type != "Json" and one.name not in ids]
        chosen = self._dice.some(fields, 0, 2)
        return [{field.name: self._direction(field)} for field in chosen] + [
            {name: self._dice.pick(("asc", "desc"))} for name in ids
        ]

    def _direction(self, field: Field) -> Any:
        sort = self._dice.pick(("asc", "desc"))
        if field.is_required or field.is_list or not self._dice.chance(40):
            return sort
        return {"sort": sort, "nulls": self._dice.pick(("first", "last"))}

    def group_by(self, model: Model) -> dict[str, Any]:
        """Draw groups in an order without ties, with numbers of each."""
        fields = [field for field in model.fields.values() if field.type != "Json" and not field.is_list]
        by = self._dice.some(fields, 1, 2)
        node: dict[str, Any] = {"by": [field.name for field in by]}
        node |= {key: value for key, value in self._page(model).items() if value != 0 or key != "take"}
        node |= self._aggregates(model)
        having = self._having(model, by) if self._dice.chance(40) else {}
        if having:
            node["having"] = having
        node["order"] = [
            *self._group_order(model),
            *({one.name: self._dice.pick(("asc", "desc"))} for one in by),
        ]
        return node

    def _aggregates(self, model: Model) -> dict[str, Any]:
        node: dict[str, Any] = {}
        if self._dice.chance(50):
            names = ["_all", *self._dice.some(list(model.fields), 0, 2)]
            node["count"] = dict.fromkeys(names, True)
        for function in ("sum", "avg", "min", "max"):
            fields = _aggregated(model, function)
            if fields and self._dice.chance(30):
                chosen = self._dice.some(fields, 1, 2)
                node[function] = {field.name: True for field in chosen}
        return node

    def _having(self, model: Model, by: list[Field]) -> dict[str, Any]:
        function = self._dice.pick(("count", "sum", "avg", "min", "max", None))
        if function is None:
            field = self._dice.pick(by)
            return {field.name: self._filters.scalar(model, field)}
        fields = list(model.fields.values()) if function == "count" else _aggregated(model, function)
        fields = [field for field in fields if field.type != "Json" and not field.is_list]
        if not fields:
            return {}
        field, operator = (
            self._dice.pick(fields),
            self._dice.pick(("gt", "gte", "lt", "lte", "equals", "not")),
        )
        if function == "count":
            return {field.name: {"_count": {operator: self._dice.number(0, 3)}}}
        operator = "equals" if field.is_enum else operator
        return {field.name: {f"_{function}": {operator: self._filters.value(model, field)}}}

    def _group_order(self, model: Model) -> list[dict[str, Any]]:
        function = self._dice.pick(("count", "sum", "avg", "min", "max"))
        fields = list(model.fields.values()) if function == "count" else _aggregated(model, function)
        if not fields or not self._dice.chance(30):
            return []
        return [{f"_{function}": {self._dice.pick(fields).name: self._dice.pick(("asc", "desc"))}}]


def _aggregated(model: Model, function: str) -> list[Field]:
    """List the fields of which a function can be taken."""
    if function in ("sum", "avg"):
        return [one for one in model.fields.values() if one.type in _NUMBERS and not one.is_list]
    return [
        one
        for one in model.fields.values()
        if one.type not in _UNORDERED and not one.is_list and not has_no_extremes(one)
    ]
