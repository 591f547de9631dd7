"""create_many: rows grouped by the columns they give, each group one INSERT from arrays.

The number of rows is not part of a call's shape, so this plan walks the values itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..bind.common import missing, unknown_field, wrong_type
from ..bind.writes import WriteInputs
from ..datamodel import Datamodel, Field, Model
from ..errors import EngineError
from ..sources import Constant, Context, InvalidValue
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
        """Check and convert all rows before anything is sent."""
        groups = self._groups(model, rows)
        return [
            self._insert(model, group.fields, part, skip_duplicates, context)
            for group in groups
            for part in _chunks(group.rows)
        ]

    def _groups(self, model: Model, rows: Sequence[Any]) -> list[_Group]:
        groups: dict[frozenset[str], _Group] = {}
        for index, row in enumerate(rows):
            if not isinstance(row, Mapping):
                raise wrong_type(f"data.{index}", "a dict", row)
            given = frozenset(row)
            if given not in groups:
                groups[given] = _Group(self._columns(model, given, index), [])
            groups[given].rows.append((index, row))
        return list(groups.values())

    def _columns(self, model: Model, given: frozenset[str], index: int) -> tuple[Field, ...]:
        for name in given:
            if name not in model.fields:
                raise unknown_field(f"data.{index}.{name}", f"the model {model.name}", model.fields)
        return tuple(field for field in model.fields.values() if self._is_filled(field, model, given, index))

    def _is_filled(self, field: Field, model: Model, given: frozenset[str], index: int) -> bool:
        if field.name in given or self._inputs.generated(field) is not None:
            return True
        if field.is_required and not field.is_list and field.default is None:
            raise missing(f"data.{index}.{field.name}", model.name)
        return False

    def _insert(
        self,
        model: Model,
        fields: tuple[Field, ...],
        rows: list[tuple[int, Mapping[str, Any]]],
        skip_duplicates: bool,
        context: Context,
    ) -> Statement:
        sources = [Constant(self._column(field, rows, context)) for field in fields]
        if not fields:
            raise EngineError(
                "P2012", f"`data` gives no value for any field of {model.name}.", {"path": "data"}
            )
        template = self._writes.insert_many(model, fields, sources, skip_duplicates=skip_duplicates)
        return template.fill(context)

    def _column(self, field: Field, rows: list[tuple[int, Mapping[str, Any]]], context: Context) -> list[Any]:
        generated = self._inputs.generated(field)
        convert = (list_converter if field.is_list else converter)(field, self._datamodel.enums)
        values = []
        for index, row in rows:
            if field.name in row:
                values.append(_converted(field, row[field.name], index, convert))
            elif generated is not None:
                values.append(generated(context))
        return [array_literal(value) for value in values] if field.is_list else values


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


def create_many(statements: list[Statement]) -> Steps:
    """Run the statements; the result is the number of rows created."""
    total = 0
    for statement in statements:
        total += yield statement
    return total
