"""Plan: an operation becomes statements, in order, with what each needs of those before it.

A plan is made once for every shape of call and holds all SQL; `run` is pure and synchronous.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, assert_never

from ..condition import ALWAYS
from ..datamodel import Datamodel
from ..errors import EngineError
from ..operation import (
    Aggregate,
    Count,
    Create,
    CreateMany,
    Delete,
    DeleteMany,
    Find,
    GroupBy,
    Operation,
    Select,
    Totals,
    Update,
    UpdateMany,
    UpdateRow,
    Upsert,
    UpsertMany,
)
from ..policies import NO_POLICIES, OnUpdate
from ..results import Decode, Groups, Sums, count_of, counts, row_or_none, rows_of
from ..sources import Context, SlotValue
from ..sql.groups import group_template
from ..sql.reads import count_template, select_template, totals_template
from ..sql.writer import Template
from ..sql.writes import Writes
from .given import given_values
from .rows import RowPlans
from .steps import Rows, Step, Steps, in_order, key_taken, not_found, query


@dataclass(frozen=True, slots=True)
class Plan:
    """How an operation is carried out. `atomic` plans are several statements and need a transaction.

    `run` gives rows or a number; `decode` makes of them what the generated client expects, given its class.
    Where the condition of a `shortcut` holds, its step does the same without a transaction. `only` is the
    statement of the plans that are nothing else: the engine can send it without a generator around it.
    `given` are the values of the call, wherever in the plan they are used. A plan that `undoes` may fail after it has
    written; inside a transaction it needs a savepoint.
    """

    run: Step
    decode: Callable[[Any, Any], Any]
    atomic: bool
    shortcut: tuple[Callable[[Context], bool], Step] | None = None
    only: Template | None = None
    given: tuple[SlotValue, ...] = ()
    undoes: bool = False

    def check(self, context: Context) -> None:
        """Convert all values of the call; what a column cannot hold is refused here, before the first statement."""
        for value in self.given:
            value(context)


def _single(template: Template, decode: Callable[[Any, Any], Any]) -> Plan:
    return Plan(partial(query, template), decode, atomic=False, only=template)


class Planner:
    def __init__(self, datamodel: Datamodel, on_update: OnUpdate = NO_POLICIES.on_update) -> None:
        self._datamodel = datamodel
        self._writes = Writes(datamodel, on_update)

    def plan(self, operation: Operation) -> Plan:
        return replace(self._plan(operation), given=tuple(given_values(operation)))

    def _plan(self, operation: Operation) -> Plan:  # noqa: C901 - one case for each operation
        match operation:
            case Find():
                return self._find(operation)
            case Count():
                return _single(count_template(operation, self._datamodel), counts)
            case Totals():
                return _single(totals_template(operation, self._datamodel), Sums(operation).only)
            case GroupBy():
                group = group_template(operation, self._datamodel)
                return _single(group, Groups(operation).all)
            case Create():
                return self._create(operation)
            case Update():
                return self._update(operation, "Record to update not found.")
            case Upsert():
                return self._upsert(operation)
            case Delete():
                return self._delete(operation)
            case UpdateMany():
                return self._update_many(operation)
            case DeleteMany(model, where):
                return _single(self._writes.delete(model, where, ()), count_of)
            case CreateMany() | UpsertMany():
                raise TypeError("These are planned with their rows.")
        assert_never(operation)

    def _find(self, find: Find) -> Plan:
        template = select_template(find.select, self._datamodel, lock=find.lock)
        decode = Decode(find.select)
        if not find.single:
            return _single(template, rows_of(decode))
        if not find.required:
            return _single(template, row_or_none(decode))
        name = find.select.model.name
        missing = partial(not_found, f"No '{name}' record was found for the query.", name)
        return _single(template, _row_or_raise(decode, missing))

    def _create(self, create: Create) -> Plan:
        select, model = create.select, create.row.model
        decode = row_or_none(Decode(select))
        if not create.row.nested and select.is_flat:
            insert = self._writes.insert(model, in_order(model, create.row.values), select.fields)
            return _single(insert, decode)
        rows = RowPlans(self._datamodel, self._writes)
        key, step = rows.create(create.row)
        return Plan(_then(step, self._read_again(rows, key, select)), decode, atomic=True)

    def _update(self, update: Update, cause: str) -> Plan:
        select, row = update.select, update.row
        decode = row_or_none(Decode(select))
        missing = partial(not_found, cause, row.model.name)
        if not row.nested and (not row.assignments or select.is_flat):
            return _single(self._update_flat(update), _row_or_raise(Decode(select), missing))
        rows = RowPlans(self._datamodel, self._writes)
        key, change = self._update_in_steps(rows, update, missing)
        return Plan(_then(change, self._read_again(rows, key, select)), decode, atomic=True)

    def _update_flat(self, update: Update) -> Template:
        if not update.row.assignments:
            return select_template(replace(update.select, where=update.where), self._datamodel)
        assignments, returning = update.row.assignments, update.select.fields
        return self._writes.update(update.row.model, assignments, update.where, returning)

    def _update_in_steps(
        self, rows: RowPlans, update: Update, missing: Callable[[], EngineError]
    ) -> tuple[int, Step]:
        row = update.row
        if not row.nested:
            return rows.update_at(row, update.where, missing)
        needed = list(dict.fromkeys([*row.model.id_fields, *rows.needed(row)]))
        key, find = rows.find(row.model, update.where, needed, missing, to_update=True)
        return key, _then(find, rows.update(row, key))

    def _upsert(self, upsert: Upsert) -> Plan:
        """One ON CONFLICT where Prisma's rules allow it and the keys are equal; else look, then write."""
        several = self._upsert_in_steps(upsert)
        decode = row_or_none(Decode(upsert.select))
        is_guarded = upsert.guard != ALWAYS and not upsert.update.assignments
        if upsert.conflict is None or not upsert.select.is_flat or is_guarded:
            return Plan(several, decode, atomic=True)
        return Plan(
            several,
            decode,
            atomic=True,
            shortcut=(partial(_keys_are_equal, upsert), self._upsert_at_once(upsert)),
        )

    def _upsert_at_once(self, upsert: Upsert) -> Step:
        model, key = upsert.create.model, upsert.conflict
        assert key is not None
        values = in_order(model, upsert.create.values)
        if upsert.update.assignments:
            changes, returning = upsert.update.assignments, upsert.select.fields
            write = self._writes.insert_or_update(model, values, key, changes, returning, guard=upsert.guard)
            return _must_exist(partial(query, write), partial(key_taken, model, key))
        insert = self._writes.insert(model, values, upsert.select.fields, skip_conflicts=key)
        find = select_template(replace(upsert.select, where=upsert.where), self._datamodel)

        def step(context: Context) -> Steps:
            rows = None
            while not rows:  # the row in the way may be gone when it is looked for
                rows = (yield from query(insert, context)) or (yield from query(find, context))
            return rows

        return step

    def _upsert_in_steps(self, upsert: Upsert) -> Step:
        model = upsert.create.model
        rows = RowPlans(self._datamodel, self._writes)
        needed = list(dict.fromkeys([*model.id_fields, *rows.needed(upsert.update)]))
        find = self._writes.find(model, upsert.where, needed, to_update=True)
        found_key = rows.new_key()
        change = _then(
            rows.update(upsert.update, found_key), self._read_again(rows, found_key, upsert.select)
        )
        created_key, create = rows.create(upsert.create)
        create = _then(create, self._read_again(rows, created_key, upsert.select))

        def step(context: Context) -> Steps:
            found = yield from query(find, context)
            if found:
                context.bound[found_key] = found[0]
            return (yield from (change if found else create)(context))

        return step

    def _delete(self, delete: Delete) -> Plan:
        select = delete.select
        model, cause = select.model, "Record to delete does not exist."
        if delete.instead:
            return self._update(Update(delete.where, UpdateRow(model, delete.instead), select), cause)
        decode = row_or_none(Decode(select))
        missing = partial(not_found, cause, model.name)
        returned = (select.is_flat and select.fields) or model.id_fields
        gone = self._writes.delete(model, delete.where, returned)
        if select.is_flat:
            return _single(gone, _row_or_raise(Decode(select), missing))
        read = select_template(replace(select, where=delete.where), self._datamodel)
        step = _last_but(
            _must_exist(partial(query, read), missing), _must_exist(partial(query, gone), missing)
        )
        return Plan(step, decode, atomic=True)

    def _update_many(self, update: UpdateMany) -> Plan:
        """Change many rows; with nothing to change, only count or read them, as Prisma does."""
        select, model, where = update.select, update.model, update.where
        if select is not None:
            return _single(self._update_returning(update, select), rows_of(Decode(select)))
        if update.assignments:
            return _single(self._writes.update(model, update.assignments, where, ()), count_of)
        count = Count(Select(model, (), where), (Aggregate("count", None),))
        return _single(count_template(count, self._datamodel), _matched)

    def _update_returning(self, update: UpdateMany, select: Select) -> Template:
        if update.assignments:
            return self._writes.update(update.model, update.assignments, update.where, select.fields)
        return select_template(replace(select, where=update.where), self._datamodel)

    def _read_again(self, rows: RowPlans, key: int, select: Select) -> Step:
        """Read the row as it is at the end, with its includes and what triggers made of it."""
        where = rows.is_row(select.model, key)
        read = partial(query, select_template(replace(select, where=where), self._datamodel))
        missing = partial(not_found, "The record was deleted by its own nested write.", select.model.name)
        return _must_exist(read, missing)


def _then(*steps: Step) -> Step:
    """Run steps one after another; the last one's result counts."""

    def step(context: Context) -> Steps:
        result = None
        for one in steps:
            result = yield from one(context)
        return result

    return step


def _last_but(first: Step, second: Step) -> Step:
    """Run two steps; the first one's result counts."""

    def step(context: Context) -> Steps:
        result = yield from first(context)
        yield from second(context)
        return result

    return step


def _row_or_raise(decode: Decode, missing: Callable[[], EngineError]) -> Callable[[Any, Any], Any]:
    def one(rows: Rows, model: Any) -> Any:
        if not rows:
            raise missing()
        return decode.one(rows[0], model)

    return one


def _must_exist(step: Step, missing: Callable[[], EngineError]) -> Step:
    def checked(context: Context) -> Steps:
        rows = yield from step(context)
        if not rows:
            raise missing()
        return rows

    return checked


def _matched(rows: Rows, model: Any) -> dict[str, int]:
    return count_of(rows[0]["_all"], model)


def _keys_are_equal(upsert: Upsert, context: Context) -> bool:
    return all(wanted(context) == given(context) for wanted, given in upsert.pairs)
