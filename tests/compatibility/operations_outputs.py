"""Random outputs: chosen fields, related rows and counts of them, and orders by what related rows have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lumi_db.engine.datamodel import Model, Relation

from .operations_dice import Dice
from .operations_filters import Filters


class Outputs:
    """Draws what is read of a model's rows; `page` draws the arguments of a list of them."""

    def __init__(
        self,
        dice: Dice,
        filters: Filters,
        models: dict[str, Model],
        page: Callable[[Model], dict[str, Any]],
    ) -> None:
        self._dice = dice
        self._filters = filters
        self._models = models
        self._page = page

    def read(self, model: Model, depth: int) -> dict[str, Any]:
        """Draw `select`, or `omit` that may stand beside an `include`."""
        if self._dice.chance(60):
            return {"select": self._selected(model, depth)}
        kept = self._dice.pick(list(model.fields))
        omitted = [name for name in self._dice.some(list(model.fields), 1, 3) if name != kept]
        related = self._related(model, depth)
        return {"omit": dict.fromkeys(omitted, True), **({"include": related} if related else {})}

    def _selected(self, model: Model, depth: int) -> dict[str, Any]:
        names = self._dice.some(list(model.fields), 1, 4)
        return {**dict.fromkeys(names, True), **self._related(model, depth)}

    def _related(self, model: Model, depth: int) -> dict[str, Any]:
        if not depth or not model.relations:
            return {}
        chosen = self._dice.some(list(model.relations.values()), 0, 2)
        found = {relation.name: self._below(relation, depth - 1) for relation in chosen}
        return found | (self._count(model) if self._dice.chance(40) else {})

    def _below(self, relation: Relation, depth: int) -> Any:
        target = self._models[relation.target]
        if relation.is_list:
            return {**self._page(target), **self.read(target, depth)}
        return self.read(target, depth) if self._dice.chance(60) else True

    def _count(self, model: Model) -> dict[str, Any]:
        lists = [relation for relation in model.relations.values() if relation.is_list]
        if not lists:
            return {}
        if self._dice.chance(30):
            return {"_count": True}
        chosen = self._dice.some(lists, 1, 2)
        return {"_count": {"select": {relation.name: self._counted(relation) for relation in chosen}}}

    def _counted(self, relation: Relation) -> Any:
        if self._dice.chance(40):
            return True
        return {"where": self._filters.where(self._models[relation.target], 1)}

    def order(self, model: Model, depth: int) -> list[dict[str, Any]]:
        """Draw an order by what related rows have, or none."""
        if not depth or not model.relations:
            return []
        relation = self._dice.pick(list(model.relations.values()))
        if relation.is_list:
            return [{relation.name: {"_count": self._direction()}}]
        target = self._models[relation.target]
        fields = [one.name for one in target.fields.values() if one.type != "Json"]
        below = self.order(target, depth - 1) or [{self._dice.pick(fields): self._direction()}]
        return [{relation.name: below[0]}]

    def _direction(self) -> str:
        return self._dice.pick(("asc", "desc"))
