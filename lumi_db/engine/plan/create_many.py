"""create_many: rows grouped by the columns they give, each group one INSERT from arrays.

The number of rows is not part of a call's shape, so this plan walks the values itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..bind.common import missing, unknown_field, wrong_type
from ..bind.writes import WriteInputs
from ..datamodel import Datamodel, Field, Model
from ..errors import EngineError
from ..operation import Assign
from ..shape import plain_key
from ..sources import Constant, Context, InvalidValue, Source
from ..sql.writer import Template
from ..sql.writes import Writes
from ..statement import Statement
from ..values import Converter, accepts, array_literal, converter, describe, list_converter
from .steps import Steps

_ROWS_A_STATEMENT = 20_000


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows that fill the same columns, with their positions in the call."""

    fields: tuple[Field, ...]
    rows: list[tuple[int, Mapping[str, Any]]]


class CreateManyPlans:
    def __init__(self, datamodel: Datamodel, inputs: WriteInputs) -> None:
        self._datamodel = datamodel
        self._inputs = inputs
        self._writes = Writes(datamodel)

    def statements(
        self, model: Model, rows: Sequence[Any], skip_duplicates: bool, context: Context
    ) -> list[Statement]:
        """Check and convert all rows before anything is sent.

        Rows go into one statement, in their order, but for those that leave other columns to the database's
        defaults; a column without one is null where a row does not give it.
        """
        groups = self._groups(model, rows)
        return [
            self._insert(model, group.fields, part, skip_duplicates, context)
            for group in groups
            for part in _chunks(group.rows)
        ]

    def _groups(self, model: Model, rows: Sequence[Any]) -> Iterable[_Group]:
        shapes = _shapes(model, rows)
        for given, index in shapes.items():
            self._inputs.refuse_inputs(model, map(plain_key, given), f"data.{index}", is_new=True)
        anywhere = frozenset().union(*shapes)
        groups: dict[tuple[Field, ...], _Group] = {}
        columns = {given: self._columns(model, given, anywhere, index) for given, index in shapes.items()}
        for index, row in enumerate(rows):
            fields = columns[frozenset(row)]
            groups.setdefault(fields, _Group(fields, [])).rows.append((index, row))
        return groups.values()

    def _columns(
        self, model: Model, given: frozenset[str], anywhere: frozenset[str], index: int
    ) -> tuple[Field, ...]:
        filled = []
        for field in model.fields.values():
            if field.name in given or self._inputs.generated(field) is not None:
                filled.append(field)
            elif field.is_required and not field.is_list and field.default is None:
                raise missing(f"data.{index}.{field.name}", model.name)
            elif field.name in anywhere and field.default is None:
                filled.append(field)
        return tuple(filled)

    def _insert(
        self,
        model: Model,
        fields: tuple[Field, ...],
        rows: list[tuple[int, Mapping[str, Any]]],
        skip_duplicates: bool,
        context: Context,
    ) -> Statement:
        if not fields:
            number = Constant(len(rows))
            return self._writes.insert_empty(model, number, skip_duplicates=skip_duplicates).fill(context)
        values = [Constant(self._column(model, field, rows, context)) for field in fields]
        return self._writes.insert_many(model, fields, values, skip_duplicates=skip_duplicates).fill(context)

    def _column(
        self, model: Model, field: Field, rows: list[tuple[int, Mapping[str, Any]]], context: Context
    ) -> list[Any]:
        generated = self._inputs.generated(field) or Constant(None)
        convert = (list_converter if field.is_list else converter)(field, self._datamodel.enums)
        convert = self._inputs.new_converter(model, field, convert)
        values = [
            _converted(field, row[field.name], index, convert) if field.name in row else generated(context)
            for index, row in rows
        ]
        return [array_literal(value) for value in values] if field.is_list else values


def _shapes(model: Model, rows: Sequence[Any]) -> dict[frozenset[str], int]:
    """Collect the sets of keys that rows have, each with the first row that has it."""
    shapes: dict[frozenset[str], int] = {}
    for index, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise wrong_type(f"data.{index}", "a dict", row)
        shapes.setdefault(frozenset(row), index)
    for given, index in shapes.items():
        for name in given:
            if (name := plain_key(name)) not in model.fields:
                raise unknown_field(f"data.{index}.{name}", f"createMany of {model.name}", model.fields)
    return shapes


def _converted(field: Field, value: Any, index: int, convert: Converter) -> Any:
    path = f"data.{index}.{field.name}"
    if value is None and not field.is_required:
        return None
    if isinstance(value, Mapping) and field.is_list and "set" in value:
        value = value["set"]
    fits = isinstance(value, (list, tuple)) if field.is_list else accepts(field, type(value))
    if not fits:
        raise wrong_type(path, f"a list of {describe(field)}" if field.is_list else describe(field), value)
    try:
        return convert(value)
    except InvalidValue as error:
        raise EngineError("P2019", f"`{path}`: {error}", {"path": path}) from None


def _chunks(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        yield rows[start : start + _ROWS_A_STATEMENT]


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
    """Write the INSERTs for rows with sources, grouped as above."""
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


def create_many(statements: list[Statement]) -> Steps:
    """Run the statements; the result is the number of rows created."""
    total = 0
    for statement in statements:
        total += yield statement
    return total
