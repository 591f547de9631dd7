"""Rows as models of the caller's class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json

from ..operation import Select

Rows = Sequence[Mapping[str, Any]]
Reader = Callable[[str], Any]


class Models:
    """Builds models of a selection. The JSON of a relation becomes models at once, by pydantic-core's own parser."""

    __slots__ = ("_readers", "_relations", "_turned")

    def __init__(self, select: Select) -> None:
        self._relations = tuple(include.relation.name for include in select.includes)
        self._readers: dict[Any, tuple[tuple[str, Reader], ...]] = {}
        self._turned = select.backwards

    def all(self, rows: Rows, model: Any) -> list[Any]:
        validate = model.__pydantic_validator__.validate_python
        if self._relations:
            readers = self._readers_of(model)
            built = [validate(_with_relations(row, readers)) for row in rows]
        else:
            built = [validate(dict(row)) for row in rows]
        return built[::-1] if self._turned else built

    def one(self, row: Mapping[str, Any], model: Any) -> Any:
        values = _with_relations(row, self._readers_of(model)) if self._relations else dict(row)
        return model.__pydantic_validator__.validate_python(values)

    def _readers_of(self, model: Any) -> tuple[tuple[str, Reader], ...]:
        readers = self._readers.get(model)
        if readers is None:
            readers = tuple([(name, _reader(model, name)) for name in self._relations])
            self._readers[model] = readers
        return readers


def _reader(model: Any, relation: str) -> Reader:
    """Return what reads a relation; a class of the caller's own may have no place for it."""
    if relation not in model.model_fields:
        return from_json
    read: Reader = TypeAdapter(model.model_fields[relation].annotation).validator.validate_json
    return read


def _with_relations(row: Mapping[str, Any], readers: Sequence[tuple[str, Reader]]) -> dict[str, Any]:
    values = dict(row)
    for name, read in readers:
        text = values[name]
        if text is not None:
            values[name] = read(text)
    return values
