"""create_many: rows grouped by the columns they give, each group one INSERT from arrays, or one COPY."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ..bind.writes import WriteInputs
from ..datamodel import Datamodel, Model
from ..operation import CreateMany
from ..results import Decode, count_of, rows_of
from ..sources import Constant, Context
from ..sql.writer import quote_table
from ..sql.writes import Writes
from ..statement import Statement
from . import Plan
from .copy_text import copy_statement, may_copy
from .many_rows import Group, ManyRows
from .steps import Steps

# COPY takes a third of the time of an INSERT; below this many rows that is not worth a second form of statement.
COPIED_FROM = 1_000
# It does not write through views, nor where policies of rows would have to be asked, and it passes rules over.
TAKES_COPY = (
    """SELECT relkind IN ('r', 'p') AND NOT relhasrules AND NOT row_security_active(oid) AS "takes" """
    "FROM pg_class WHERE oid = $1::text::regclass"
)


class CreateManyPlans:
    def __init__(self, datamodel: Datamodel, inputs: WriteInputs) -> None:
        self._rows = ManyRows(datamodel, inputs)
        self._writes = Writes(datamodel)

    def plan(self, create: CreateMany, rows: Sequence[Any], context: Context) -> Plan:
        """Check and convert all rows before anything is sent.

        Rows go into one statement, in their order, but for those that leave other columns to the database's
        defaults.
        """
        model = create.model
        groups = self._rows.groups(model, enumerate(rows))
        parts = [part for group in groups for part in group.chunks()]
        columns = [self._rows.columns(model, part, context) for part in parts]
        atomic = len(parts) > 1
        insert = partial(self._inserts, create, parts, columns, context)
        if create.select is not None:
            places = [index for part in parts for index, _ in part.rows]
            return Plan(partial(_returned, insert, places), rows_of(Decode(create.select)), atomic)
        if (
            len(rows) < COPIED_FROM
            or create.skip_duplicates
            or not all(may_copy(one.fields) for one in parts)
        ):
            return Plan(partial(_counted, insert), count_of, atomic)
        copy = partial(_copies, model, parts, columns)
        return Plan(partial(_copied, model, copy, insert), count_of, atomic)

    def _inserts(
        self,
        create: CreateMany,
        parts: Sequence[Group],
        columns: Sequence[Sequence[Any]],
        context: Context,
    ) -> list[Statement]:
        return [
            self._insert(create, part, given, context) for part, given in zip(parts, columns, strict=True)
        ]

    def _insert(
        self, create: CreateMany, group: Group, columns: Sequence[Any], context: Context
    ) -> Statement:
        model, fields = create.model, group.fields
        returning = None if create.select is None else create.select.fields
        if not fields:
            number = Constant(len(group.rows))
            insert = self._writes.insert_empty(
                model, number, skip_duplicates=create.skip_duplicates, returning=returning
            )
            return insert.fill(context)
        values = [Constant(column) for column in columns]
        insert = self._writes.insert_many(
            model, fields, values, skip_duplicates=create.skip_duplicates, returning=returning
        )
        return insert.fill(context)


def _copied(
    model: Model,
    copy: Callable[[], list[Statement]],
    insert: Callable[[], list[Statement]],
    context: Context,
) -> Steps:
    """Copy the rows where the table takes that. It is asked each time: the role, which decides too, may change."""
    [row] = yield Statement(TAKES_COPY, (quote_table(model),))
    return (yield from _counted(copy if row["takes"] else insert, context))


def _copies(model: Model, parts: Sequence[Group], columns: Sequence[Sequence[Any]]) -> list[Statement]:
    return [copy_statement(model, part.fields, given) for part, given in zip(parts, columns, strict=True)]


def _counted(statements: Callable[[], list[Statement]], _: Context) -> Steps:
    """Run the statements; the result is the number of rows created."""
    total = 0
    for statement in statements():
        total += yield statement
    return total


def _returned(statements: Callable[[], list[Statement]], places: Sequence[int], _: Context) -> Steps:
    """Run the statements; the result are the rows, in the order of the call unless some were skipped."""
    rows: list[Any] = []
    sent = statements()
    for statement in sent:
        rows += yield statement
    if len(sent) > 1 and len(rows) == len(places):
        in_order = sorted(zip(places, rows, strict=True), key=lambda pair: pair[0])
        return [row for _, row in in_order]
    return rows
