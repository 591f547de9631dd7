"""Rows as dictionaries: the fields that were selected, of the types that models have, with enums as text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic_core import from_json

from ..operation import Select
from ..sql.labels import count_label

Rows = Sequence[Mapping[str, Any]]
Convert = Callable[[Any], Any]

# What the driver gives as text, and what only JSON has no type for: sql/columns.py reads it so.
_FROM_TEXT: Mapping[str, Convert] = {"Json": from_json}
_FROM_JSON: Mapping[str, Convert] = {
    **_FROM_TEXT,
    "DateTime": datetime.fromisoformat,
    "Decimal": Decimal,
    "Float": float,
}


class Dictionaries:
    """Builds the dictionaries of one selection, and of those below it, whose rows were `nested` in JSON."""

    __slots__ = ("_bytes", "_counts", "_fields", "_lists", "_nested", "_relations", "_turned")

    def __init__(self, select: Select, *, nested: bool = False) -> None:
        table = _FROM_JSON if nested else _FROM_TEXT
        self._fields = tuple(
            (field.name, _each(table[field.type]) if field.is_list else table[field.type])
            for field in select.fields
            if field.type in table and not field.is_enum
        )
        self._lists = tuple(field.name for field in select.fields if field.is_list)
        self._bytes = tuple((field.name, field.is_list) for field in select.fields if field.type == "Bytes")
        self._relations = tuple(
            (one.relation.name, one.relation.is_list, Dictionaries(one.select, nested=True))
            for one in select.includes
        )
        self._counts = tuple((count_label(one), one.relation.name) for one in select.counts)
        self._nested = nested
        self._turned = select.backwards and not nested

    def all(self, rows: Rows, model: Any) -> list[dict[str, Any]]:
        built = [self.one(row, model) for row in rows]
        return built[::-1] if self._turned else built

    def one(self, row: Mapping[str, Any], model: Any) -> dict[str, Any]:
        values = dict(row)
        for name in self._lists:  # null where a row was made without it, and empty in models
            values[name] = values[name] or []
        for name, convert in self._fields:
            value = values[name]
            if value is not None:
                values[name] = convert(value)
        if self._bytes:
            self._read_bytes(values, model)
        for name, is_list, build in self._relations:
            value = values[name] if self._nested or values[name] is None else from_json(values[name])
            if value is not None:
                values[name] = build.all(value, model) if is_list else build.one(value, model)
        if self._counts:
            values["_count"] = {name: values.pop(label) for label, name in self._counts}
        return values

    def _read_bytes(self, values: dict[str, Any], model: Any) -> None:
        """Bytes are base64 in models, in a class of the generated package's own."""
        read = _base64_of(model).fromb64
        for name, is_list in self._bytes:
            value = values[name]
            if value is not None:
                values[name] = [read(item) for item in value] if is_list else read(value)


def _each(convert: Convert) -> Convert:
    return lambda items: [None if item is None else convert(item) for item in items]


def _base64_of(model: Any) -> Any:
    """Find the class of the package that generated the model, or one that it was derived from."""
    for kind in model.__mro__:
        fields: Any = sys.modules.get(f"{kind.__module__.rpartition('.')[0]}.fields")
        if hasattr(fields, "Base64"):
            return fields.Base64
    raise LookupError(f"{model.__name__} is no model of a generated client.")
