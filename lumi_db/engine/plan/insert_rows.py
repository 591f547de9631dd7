"""Rows with sources, as nested writes have them: each group of equal columns one INSERT from arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..datamodel import Field, Model
from ..operation import Assign
from ..sources import Constant, Context, Source
from ..sql.writer import Template
from ..sql.writes import Writes
from ..values import array_literal


@dataclass(frozen=True, slots=True)
class _Column:
    """The values that several rows give to one field, as the list that one INSERT takes."""

    field: Field
    sources: tuple[Source, ...]

    def __call__(self, context: Context) -> list[Any]:
        values = [source(context) for source in self.sources]
        return [array_literal(value) for value in values] if self.field.is_list else values


def insert_rows(
    writes: Writes, model: Model, rows: Sequence[Sequence[Assign]], *, skip_duplicates: bool
) -> list[Template]:
    """Write the INSERTs; a column without a default is null where a row does not give it."""
    anywhere = {assign.field for row in rows for assign in row}
    groups: dict[tuple[Field, ...], list[dict[Field, Source]]] = {}
    for row in rows:
        values = {assign.field: assign.value for assign in row}
        filled = (
            one for one in model.fields.values() if one in values or (one in anywhere and not one.default)
        )
        groups.setdefault(tuple(filled), []).append(values)
    return [
        writes.insert_many(model, fields, _gathered(fields, group), skip_duplicates=skip_duplicates)
        for fields, group in groups.items()
    ]


def _gathered(fields: Sequence[Field], rows: Sequence[Mapping[Field, Source]]) -> list[Source]:
    return [_Column(field, tuple(row.get(field, Constant(None)) for row in rows)) for field in fields]
