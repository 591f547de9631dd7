"""Plan: an operation becomes statements, in order, with what each needs of those before it.

A plan is made once for every shape of call and holds all SQL; `run` is pure and synchronous.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, assert_never

from ..datamodel import Datamodel, Model
from ..errors import EngineError
from ..operation import (
    Condition,
    Count,
    Create,
    Delete,
    DeleteMany,
    Find,
    GroupBy,
    Operation,
    Select,
    Update,
    UpdateMany,
    Upsert,
)
from ..results import Decode, Groups, count_of, counts, row_or_none, rows_of
from ..sources import Context
from ..sql.groups import group_template
from ..sql.reads import count_template, select_template
from ..sql.writer import Template
from ..sql.writes import Writes
from .rows import RowPlans
from .steps import Step, Steps, in_order, not_found, query


@dataclass(frozen=True, slots=True)
class Plan:
    """How an operation is carried out. `atomic` plans are several statements and need a transaction.

    `run` gives rows or a number; `decode` makes of them what the generated client expects, given its class.
    Where the condition of a `shortcut` holds, its step does the same without a transaction.
    """

    run: Step
    decode: Callable[[Any, Any], Any]
    atomic: bool
    shortcut: tuple[Callable[[Context], bool], Step] | None = None


class Planner:
    def __init__(self, datamodel: Datamodel) -> None:
        self._datamodel = datamodel
        self._writes = Writes(datamodel)

    def plan(self, operation: Operation) -> Plan:
        match operation:
            case Find():
                return self._find(operation)
            case Count():
                return Plan(partial(query, count_template(operation, self._datamodel)), counts, atomic=False)
            case GroupBy():
                group = group_template(operation, self._datamodel)
                return Plan(partial(query, group), Groups(operation).all, atomic=False)
            case Create():
                return self._create(operation)
            case Update():
                return self._update(operation)
            case Upsert():
                return self._upsert(operation)
            case Delete():
                return self._delete(operation)
            case UpdateMany(model, where, assignments):
                return self._update_many(model, where, assignments)
            case DeleteMany(model, where):
                return Plan(partial(query, self._writes.delete(model, where, ())), count_of, atomic=False)
        assert_never(operation)

    def _find(self, find: Find) -> Plan:
        template = select_template(find.select, self._datamodel)
        decode = Decode(find.select)
        if not find.single:
            return Plan(partial(query, template), rows_of(decode), atomic=False)
        run = partial(_must_exist, template, find.select.model) if find.required else partial(query, template)
        return Plan(run, row_or_none(decode), atomic=False)

    def _create(self, create: Create) -> Plan:
        select, model = create.select, create.row.model
        decode = row_or_none(Decode(select))
        if not create.row.nested and not select.includes:
            insert = self._writes.insert(model, in_order(model, create.row.values), select.fields)
            return Plan(partial(query, insert), decode, atomic=False)
        rows = RowPlans(self._datamodel)
        key, step = rows.create(create.row)
        return Plan(_then(step, self._read_again(rows, key, select)), decode, atomic=True)

    def _update(self, update: Update) -> Plan:
        select, row = update.select, update.row
        decode = row_or_none(Decode(select))
        missing = "Record to update not found."
        if not row.nested and not select.includes:
            return Plan(self._update_flat(update, missing), decode, atomic=False)
        rows = RowPlans(self._datamodel)
        needed = list(dict.fromkeys([*row.model.id_fields, *rows.needed(row)]))
        key, find = rows.find(row.model, update.where, needed, missing)
        change = rows.update(row, key)
        return Plan(_then(find, change, self._read_again(rows, key, select)), decode, atomic=True)

    def _update_flat(self, update: Update, missing: str) -> Step:
        model = update.row.model
        if not update.row.assignments:
            template = select_template(replace(update.select, where=update.where), self._datamodel)
        else:
            template = self._writes.update(model, update.row.assignments, update.where, update.select.fields)
        return partial(_must_exist, template, model, missing=missing)

    def _upsert(self, upsert: Upsert) -> Plan:
        """One ON CONFLICT where Prisma's rules allow it and the keys are equal; else look, then write."""
        several = self._upsert_in_steps(upsert)
        decode = row_or_none(Decode(upsert.select))
        if upsert.conflict is None or upsert.select.includes:
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
            template = self._writes.insert_or_update(
                model, values, key, upsert.update.assignments, upsert.where, upsert.select.fields
            )
            return partial(query, template)
        insert = self._writes.insert(model, values, upsert.select.fields, skip_conflicts=key)
        find = select_template(replace(upsert.select, where=upsert.where), self._datamodel)

        def step(context: Context) -> Steps:
            rows = yield from query(insert, context)
            return rows or (yield from query(find, context))

        return step

    def _upsert_in_steps(self, upsert: Upsert) -> Step:
        model = upsert.create.model
        rows = RowPlans(self._datamodel)
        needed = list(dict.fromkeys([*model.id_fields, *rows.needed(upsert.update)]))
        find = self._writes.find(model, upsert.where, needed)
        found_key, _ = rows.find(model, upsert.where, needed, "")
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
        model = select.model
        decode = row_or_none(Decode(select))
        missing = "Record to delete does not exist."
        gone = self._writes.delete(model, delete.where, select.fields or model.id_fields)
        if not select.includes:
            return Plan(partial(_must_exist, gone, model, missing=missing), decode, atomic=False)
        read = select_template(replace(select, where=delete.where), self._datamodel)

        def step(context: Context) -> Steps:
            rows = yield from _must_exist(read, model, context, missing=missing)
            yield from query(gone, context)
            return rows

        return Plan(step, decode, atomic=True)

    def _update_many(self, model: Model, where: Condition, assignments: Any) -> Plan:
        if not assignments:
            raise EngineError("P2019", "`data` must change at least one field.", {"path": "data"})
        return Plan(
            partial(query, self._writes.update(model, assignments, where, ())), count_of, atomic=False
        )

    def _read_again(self, rows: RowPlans, key: int, select: Select) -> Step:
        """Read the row as it is at the end, with its includes and what triggers made of it."""
        where = rows.is_row(select.model, key)
        return partial(query, select_template(replace(select, where=where), self._datamodel))


def _then(*steps: Step) -> Step:
    """Run steps one after another; the last one's result counts."""

    def step(context: Context) -> Steps:
        result = None
        for one in steps:
            result = yield from one(context)
        return result

    return step


def _must_exist(template: Template, model: Model, context: Context, *, missing: str | None = None) -> Steps:
    rows = yield from query(template, context)
    if not rows:
        raise not_found(missing or f"No '{model.name}' record was found for the query.", model.name)
    return rows


def _keys_are_equal(upsert: Upsert, context: Context) -> bool:
    return all(wanted(context) == given(context) for wanted, given in upsert.pairs)
