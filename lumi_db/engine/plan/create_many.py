"""create_many: rows grouped by the columns they give, each group one INSERT from arrays."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from ..bind.writes import WriteInputs
from ..datamodel import Datamodel
from ..operation import CreateMany
from ..results import Decode, count_of, rows_of
from ..sources import Constant, Context
from ..sql.writes import Writes
from ..statement import Statement
from . import Plan
from .many_rows import Group, ManyRows
from .steps import Steps


class CreateManyPlans:
    def __init__(self, datamodel: Datamodel, inputs: WriteInputs) -> None:
        self._rows = ManyRows(datamodel, inputs)
        self._writes = Writes(datamodel)

    def plan(self, create: CreateMany, rows: Sequence[Any], context: Context) -> Plan:
        """Check and convert all rows before anything is sent.

        Rows go into one statement, in their order, but for those that leave other columns to the database's
        defaults.
        """
        groups = self._rows.groups(create.model, enumerate(rows))
        parts = [part for group in groups for part in group.chunks()]
        statements = [self._insert(create, part, context) for part in parts]
        atomic = len(statements) > 1
        if create.select is None:
            return Plan(partial(_counted, statements), count_of, atomic)
        places = [index for part in parts for index, _ in part.rows]
        return Plan(partial(_returned, statements, places), rows_of(Decode(create.select)), atomic)

    def _insert(self, create: CreateMany, group: Group, context: Context) -> Statement:
        model, fields = create.model, group.fields
        returning = None if create.select is None else create.select.fields
        if not fields:
            number = Constant(len(group.rows))
            insert = self._writes.insert_empty(
                model, number, skip_duplicates=create.skip_duplicates, returning=returning
            )
            return insert.fill(context)
        values = [Constant(column) for column in self._rows.columns(model, group, context)]
        insert = self._writes.insert_many(
            model, fields, values, skip_duplicates=create.skip_duplicates, returning=returning
        )
        return insert.fill(context)


def _counted(statements: Sequence[Statement], _: Context) -> Steps:
    """Run the statements; the result is the number of rows created."""
    total = 0
    for statement in statements:
        total += yield statement
    return total


def _returned(statements: Sequence[Statement], places: Sequence[int], _: Context) -> Steps:
    """Run the statements; the result are the rows, in the order of the call unless some were skipped."""
    rows: list[Any] = []
    for statement in statements:
        rows += yield statement
    if len(statements) > 1 and len(rows) == len(places):
        in_order = sorted(zip(places, rows, strict=True), key=lambda pair: pair[0])
        return [row for _, row in in_order]
    return rows
