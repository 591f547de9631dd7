"""upsert_many: rows grouped by the fields they give, each group one INSERT … ON CONFLICT from arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..bind.common import missing, wrong_type
from ..bind.writes import WriteInputs
from ..condition import ALWAYS
from ..datamodel import Datamodel, Field, Model, UniqueKey
from ..errors import EngineError
from ..operation import UpsertMany
from ..policies import OnUpdate
from ..results import Decode, rows_of
from ..sources import Constant, Context
from ..sql.upserts import Upserts
from ..statement import Statement
from ..values import describe
from . import Plan
from .many_rows import Group, ManyRows, Numbered
from .steps import Steps

# Rows that are left as they are may vanish between the INSERT and the SELECT after it.
_TRIES = 3
_PLACES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class _Part:
    """What one statement upserts. Without `read` it returns its rows; `absent` finds those that it did not."""

    places: list[int]
    write: Statement
    read: Statement | None
    absent: Statement


class UpsertManyPlans:
    def __init__(self, datamodel: Datamodel, inputs: WriteInputs, on_update: OnUpdate) -> None:
        self._inputs = inputs
        self._rows = ManyRows(datamodel, inputs)
        self._sql = Upserts(datamodel, on_update)

    def plan(self, upsert: UpsertMany, rows: Sequence[Any], context: Context) -> Plan:
        """Check and convert all rows before anything is sent.

        Rows that give the same fields go into one statement, in their order.
        """
        seen: dict[tuple[Any, ...], int] = {}
        parts = [
            self._part(upsert, part, updated, seen, context)
            for group, updated in self._groups(upsert, enumerate(rows))
            for part in group.chunks()
        ]
        may_fail = upsert.guard != ALWAYS or any(part.read is not None for part in parts)
        decode = rows_of(Decode(upsert.select))
        run = partial(_upserted, upsert, parts)
        return Plan(run, decode, atomic=may_fail or len(parts) > 1, undoes=may_fail)

    def _groups(self, upsert: UpsertMany, rows: Iterable[Numbered]) -> Iterator[tuple[Group, list[Field]]]:
        model = upsert.select.model
        for given, same in self._rows.by_keys(model, rows).items():
            index = same[0][0]
            for field in upsert.key.fields:
                if field.name not in given:
                    raise missing(f"data.{index}.{field.name}", model.name)
            filled = self._rows.filled(model, given, index)
            yield Group(filled, same, [given]), self._updated(upsert, given, index)

    def _updated(self, upsert: UpsertMany, given: frozenset[str], index: int) -> list[Field]:
        """Return the fields that are overwritten; `@updatedAt` follows when there are any."""
        model = upsert.select.model
        for field in upsert.update or ():
            if field.name not in given:
                raise missing(f"data.{index}.{field.name}", model.name)
        updated = self._changing(upsert, model, given) if upsert.update is None else list(upsert.update)
        if updated:
            updated += [one for one in model.fields.values() if one.is_updated_at and one not in updated]
        return updated

    def _changing(self, upsert: UpsertMany, model: Model, given: frozenset[str]) -> list[Field]:
        """Return the given fields that may change: no key, and nothing that the policies keep from callers."""
        kept = {*upsert.key.fields, *model.id_fields}
        fields = [field for field in model.fields.values() if field.name in given and field not in kept]
        return [field for field in fields if self._inputs.may_change(model, field)]

    def _part(
        self,
        upsert: UpsertMany,
        group: Group,
        updated: list[Field],
        seen: dict[tuple[Any, ...], int],
        context: Context,
    ) -> _Part:
        select, key, guard = upsert.select, upsert.key, upsert.guard
        columns = self._rows.columns(select.model, group, context)
        by_field = dict(zip(group.fields, columns, strict=True))
        keys = [by_field[field] for field in key.fields]
        places = [index for index, _ in group.rows]
        _check_keys(key, keys, places, seen)
        values, wanted = [Constant(one) for one in columns], [Constant(one) for one in keys]
        absent = self._sql.places_without_row(select.model, key, wanted, guard=guard).fill(context)
        if updated:
            write = self._sql.insert_or_update_many(select, group.fields, values, key, updated, guard=guard)
            return _Part(places, write.fill(context), None, absent)
        insert = self._sql.insert_many(select.model, group.fields, values, skip_duplicates=key)
        read = self._sql.rows_with_keys(select, key, wanted, guard=guard)
        return _Part(places, insert.fill(context), read.fill(context), absent)


def _check_keys(
    key: UniqueKey, columns: list[list[Any]], places: list[int], seen: dict[tuple[Any, ...], int]
) -> None:
    """Refuse a key that is null, or that an earlier row has: PostgreSQL writes no row twice in one statement."""
    for index, values in zip(places, zip(*columns, strict=True), strict=True):
        for field, value in zip(key.fields, values, strict=True):
            if value is None:
                raise wrong_type(f"data.{index}.{field.name}", describe(field), None)
        first = seen.setdefault(values, index)
        if first != index:
            names, meta = _names(key), {"path": f"data.{index}", "rows": [first, index]}
            raise EngineError(
                "P2019", f"`data.{index}` has the same {names} as `data.{first}`; give each key once.", meta
            )


def _names(key: UniqueKey) -> str:
    return ", ".join(f"`{field.name}`" for field in key.fields)


def _upserted(upsert: UpsertMany, parts: Sequence[_Part], _: Context) -> Steps:
    """Run the statements; the result are the rows in the order of the call."""
    places: list[int] = []
    rows: list[Any] = []
    for part in parts:
        rows += yield from _left_alone(upsert, part) if part.read else _written(upsert, part)
        places += part.places
    if len(parts) == 1 or len(rows) != len(places):
        return rows
    return [row for _, row in sorted(zip(places, rows, strict=True), key=lambda pair: pair[0])]


def _written(upsert: UpsertMany, part: _Part) -> Steps:
    rows = yield part.write
    if len(rows) < len(part.places) and upsert.guard != ALWAYS:
        yield from _refuse(upsert, part)
    return rows


def _left_alone(upsert: UpsertMany, part: _Part) -> Steps:
    assert part.read is not None
    for _ in range(_TRIES):
        yield part.write
        rows = yield part.read
        if len(rows) == len(part.places):
            return rows
    return (yield from _refuse(upsert, part))


def _refuse(upsert: UpsertMany, part: _Part) -> Steps:
    """Raise P2002 for the rows in whose way is one that the operation may not touch."""
    absent = yield part.absent
    places = [part.places[row["n"] - 1] for row in absent]
    shown = ", ".join(f"`data.{place}`" for place in places[:_PLACES_SHOWN])
    model = upsert.select.model.name
    target = [field.name for field in upsert.key.fields]
    raise EngineError(
        "P2002",
        f"Unique constraint failed on {model}: {_names(upsert.key)} must be unique; in the way of {shown} "
        "is a row that may not be touched.",
        {"modelName": model, "target": target, "rows": places},
    )
