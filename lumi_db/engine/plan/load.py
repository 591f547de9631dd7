"""load_many: a chunk of rows at a time, converted and written as text for COPY."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..bind.writes import WriteInputs
from ..datamodel import Datamodel, Model
from ..sources import Constant, Context
from ..sql.writer import comma, quote, quote_table
from ..sql.writes import Writes
from ..statement import Copy, Statement
from .copy_text import copy_text, may_copy
from .many_rows import Group, ManyRows, Numbered


@dataclass(frozen=True, slots=True)
class LoadPart:
    """Rows of equal columns. Without `copy` the statement itself writes them."""

    places: Sequence[int]
    statement: Statement
    copy: Copy | None

    def halves(self) -> tuple[LoadPart, LoadPart]:
        """Part it in two, to find a row that the server did not name."""
        assert self.copy is not None
        middle = len(self.places) // 2
        lines = self.copy.text.splitlines(keepends=True)
        texts = b"".join(lines[:middle]), b"".join(lines[middle:])
        places = self.places[:middle], self.places[middle:]
        first, second = (
            replace(self, places=of, copy=replace(self.copy, text=text))
            for of, text in zip(places, texts, strict=True)
        )
        return first, second


class LoadPlans:
    def __init__(self, datamodel: Datamodel, inputs: WriteInputs) -> None:
        self._rows = ManyRows(datamodel, inputs, "rows")
        self._writes = Writes(datamodel)

    def parts(self, model: Model, rows: Sequence[Numbered], context: Context) -> Iterator[LoadPart]:
        """Check and convert a chunk of rows, grouped as `create_many` groups them."""
        for group in self._rows.groups(model, rows):
            places = [index for index, _ in group.rows]
            columns = self._rows.columns(model, group, context)
            if may_copy(group.fields):
                copy = _copy(model, group, copy_text(group.fields, columns))
                yield LoadPart(places, _told(model, group), copy)
            elif group.fields:
                values = [Constant(column) for column in columns]
                insert = self._writes.insert_many(model, group.fields, values, skip_duplicates=False)
                yield LoadPart(places, insert.fill(context), None)
            else:
                insert = self._writes.insert_empty(model, Constant(len(places)), skip_duplicates=False)
                yield LoadPart(places, insert.fill(context), None)


def _copy(model: Model, group: Group, text: bytes) -> Copy:
    return Copy(model.table, model.schema, tuple(field.column for field in group.fields), text)


def _told(model: Model, group: Group) -> Statement:
    """Return what listeners are told: the driver writes the same."""
    names = comma([quote(field.column) for field in group.fields])
    return Statement(f"COPY {quote_table(model)} ({names}) FROM STDIN", (), "count")
