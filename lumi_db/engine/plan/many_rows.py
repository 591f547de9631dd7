"""The rows of one call that gives many: grouped by the columns they fill, and turned into one list a column.

The number of rows is not part of a call's shape, so these walk the values themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..bind.common import missing, unknown_field, wrong_type
from ..bind.writes import WriteInputs
from ..datamodel import Datamodel, Field, Model
from ..errors import EngineError
from ..shape import plain_key
from ..sources import Constant, Context, InvalidValue, NewId
from ..values import Converter, accepts, array_literal, converter, describe, list_converter
from .columns import convert_column

ROWS_A_STATEMENT = 20_000

Row = Mapping[str, Any]
Numbered = tuple[int, Row]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that fill the same columns, with their positions in the call; `given` are the sets of keys they have."""

    fields: tuple[Field, ...]
    rows: list[Numbered]
    given: list[frozenset[str]]

    def chunks(self) -> Iterator[Group]:
        """Part the group into what one statement takes."""
        for start in range(0, len(self.rows), ROWS_A_STATEMENT):
            yield replace(self, rows=self.rows[start : start + ROWS_A_STATEMENT])


class ManyRows:
    """Checks and converts rows for new records; `path` names them in errors: `data.3.email`."""

    def __init__(self, datamodel: Datamodel, inputs: WriteInputs, path: str = "data") -> None:
        self._datamodel = datamodel
        self.inputs = inputs
        self.path = path

    def groups(self, model: Model, rows: Iterable[Numbered]) -> list[Group]:
        """Group rows, in their order, but for those that leave other columns to the database's defaults.

        A column without a default is null where a row does not give it.
        """
        shapes = self.by_keys(model, rows)
        anywhere = frozenset[str]().union(*shapes)
        groups: dict[tuple[Field, ...], Group] = {}
        for given, same in shapes.items():
            fields = self.filled(model, given, same[0][0], anywhere)
            group = groups.setdefault(fields, Group(fields, [], []))
            group.rows.extend(same)
            group.given.append(given)
        for group in groups.values():
            if len(group.given) > 1:
                group.rows.sort(key=_number)
        return list(groups.values())

    def by_keys(self, model: Model, rows: Iterable[Numbered]) -> dict[frozenset[str], list[Numbered]]:
        """Part rows by the keys they have, and check the names of those."""
        written: dict[tuple[str, ...], list[Numbered]] = {}
        for numbered in rows:
            index, row = numbered
            if type(row) is not dict and not isinstance(row, Mapping):
                raise wrong_type(f"{self.path}.{index}", "a dict", row)
            keys = tuple(row)
            same = written.get(keys)
            if same is None:
                written[keys] = [numbered]
            else:
                same.append(numbered)
        shapes: dict[frozenset[str], list[Numbered]] = {}
        for keys, same in written.items():
            shapes.setdefault(frozenset(keys), []).extend(same)
        for given, same in shapes.items():
            same.sort(key=_number)
            self._check_names(model, given, same[0][0])
        return shapes

    def filled(
        self, model: Model, given: Collection[str], index: int, anywhere: Collection[str] = ()
    ) -> tuple[Field, ...]:
        """Return the columns that a row with these keys fills: its own, and what the engine generates."""
        filled = []
        for field in model.fields.values():
            if field.name in given or self.inputs.generated(field) is not None:
                filled.append(field)
            elif field.is_required and not field.is_list and field.default is None:
                raise missing(f"{self.path}.{index}.{field.name}", model.name)
            elif field.name in anywhere and field.default is None:
                filled.append(field)
        return tuple(filled)

    def columns(self, model: Model, group: Group, context: Context) -> list[list[Any]]:
        """Convert the rows of a group; a column of lists is given as array literals."""
        return [self._column(model, field, group, context) for field in group.fields]

    def _check_names(self, model: Model, given: Iterable[str], index: int) -> None:
        names = [plain_key(name) for name in given]
        for name in names:
            if name not in model.fields:
                raise unknown_field(f"{self.path}.{index}.{name}", f"a row of {model.name}", model.fields)
        self.inputs.refuse_inputs(model, names, f"{self.path}.{index}", is_new=True)

    def _column(self, model: Model, field: Field, group: Group, context: Context) -> list[Any]:
        values = self._values(model, field, group, context)
        return [array_literal(value) for value in values] if field.is_list else values

    def _values(self, model: Model, field: Field, group: Group, context: Context) -> list[Any]:
        name, rows = field.name, group.rows
        generated = self.inputs.generated(field) or Constant(None)
        if not any(name in given for given in group.given):
            if isinstance(generated, NewId):
                return generated.many(context, len(rows))
            return [generated(context)] * len(rows)
        plain = (list_converter if field.is_list else converter)(field, self._datamodel.enums)
        convert = self.inputs.new_converter(model, field, plain)
        if convert is plain and all(name in given for given in group.given):
            found = convert_column(field, [row[name] for _, row in rows], convert)
            if found is not None:
                return found
        return [
            self._converted(field, row[name], index, convert) if name in row else generated(context)
            for index, row in rows
        ]

    def _converted(self, field: Field, value: Any, index: int, convert: Converter) -> Any:
        if value is None and not field.is_required:
            return None
        if field.is_list and isinstance(value, Mapping) and "set" in value:
            value = value["set"]
        if not (isinstance(value, (list, tuple)) if field.is_list else accepts(field, type(value))):
            wanted = f"a list of {describe(field)}" if field.is_list else describe(field)
            raise wrong_type(f"{self.path}.{index}.{field.name}", wanted, value)
        try:
            return convert(value)
        except InvalidValue as error:
            path = f"{self.path}.{index}.{field.name}"
            raise EngineError("P2019", f"`{path}`: {error}", {"path": path}) from None


def _number(numbered: Numbered) -> int:
    return numbered[0]
