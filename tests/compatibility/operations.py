"""Random operations: calls in prisma-client-py's dialect that are valid for a datamodel and its contents."""

from __future__ import annotations

from typing import Any

from lumi_db.engine.datamodel import Model

from .dialect import Call
from .operations_contents import Contents
from .operations_data import Data
from .operations_dice import Dice
from .operations_filters import Filters
from .operations_selections import Selections
from .operations_values import Values

_READS = ("find_many", "find_unique", "find_first", "count", "aggregate", "group_by")
_WRITES = ("create", "update", "upsert", "delete", "create_many", "update_many", "delete_many")


class Operations:
    """Draws calls."""

    def __init__(self, dice: Dice, values: Values, contents: Contents) -> None:
        self._dice = dice
        self._models = values.datamodel.models
        self._filters = Filters(dice, values, contents)
        self._selections = Selections(dice, self._filters, dict(self._models))
        self._data = Data(dice, self._filters, values.datamodel)

    def several(self) -> list[Call]:
        """Draw one to five calls."""
        return [self.one() for _ in range(self._dice.number(1, 5))]

    def one(self) -> Call:
        model = self._dice.pick(list(self._models.values()))
        action = self._dice.pick(_READS if self._dice.chance(40) else _WRITES)
        return Call(model.name, action, self._arguments(model, action))

    def _arguments(self, model: Model, action: str) -> dict[str, Any]:
        match action:
            case "find_many":
                return self._selections.find_many(model)
            case "find_first":
                return self._selections.find_first(model)
            case "count":
                return self._selections.count(model)
            case "aggregate":
                return self._selections.aggregate(model)
            case "group_by":
                return self._selections.group_by(model)
            case "create":
                return {"data": self._data.create(model, 2), **self._selections.include(model, 1)}
            case "create_many":
                return {"data": self._data.rows(model), "skip_duplicates": self._dice.chance(40)}
            case "update_many":
                return {
                    "where": self._filters.where(model, 2, relations="there"),
                    "data": self._data.update_many(model),
                }
            case "delete_many":
                return {"where": self._filters.where(model, 2, relations="there")}
            case _:
                return {"where": self._filters.unique(model), **self._on_one(model, action)}

    def _on_one(self, model: Model, action: str) -> dict[str, Any]:
        """Draw what goes beside the key of one row."""
        if action == "find_unique":
            return self._selections.read(model, 2)
        include = self._selections.include(model, 1)
        if action == "update":
            return {"data": self._data.update(model, 2), **include}
        if action == "upsert":
            data = {"create": self._data.create(model, 1), "update": self._data.update(model, 1)}
            return {"data": data, **include}
        return include
