"""Rows as models of the caller's class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import from_json

from ..operation import Select

Rows = Sequence[Mapping[str, Any]]


class Models:
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
