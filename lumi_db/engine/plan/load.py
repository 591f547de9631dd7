"""load_many: a chunk of rows at a time, converted and written as text for COPY."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..bind.writes import WriteInputs
from ..datamodel import Datamodel, Model
from ..sources import Constant, Context
from ..sql.writes import Writes
from ..statement import Statement
from .copy_text import copy_statement, may_copy
from .many_rows import ManyRows, Numbered


@dataclass(frozen=True, slots=True)
class LoadPart:
    """Rows of equal columns, written by one COPY or INSERT."""

    places: Sequence[int]
    statement: Statement

    def halves(self) -> tuple[LoadPart, LoadPart]:
        """Part a COPY in two, to find a row that the server did not name."""
        copy = self.statement.copy_in
        assert copy is not None
        middle = len(self.places) // 2
        lines = copy.text.splitlines(keepends=True)
        texts = b"".join(lines[:middle]), b"".join(lines[middle:])
        places = self.places[:middle], self.places[middle:]
        first, second = (
            LoadPart(of, self.statement._replace(copy_in=replace(copy, text=text)))
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
                yield LoadPart(places, copy_statement(model, group.fields, columns))
            elif group.fields:
                values = [Constant(column) for column in columns]
                insert = self._writes.insert_many(model, group.fields, values, skip_duplicates=False)
                yield LoadPart(places, insert.fill(context))
            else:
                insert = self._writes.insert_empty(model, Constant(len(places)), skip_duplicates=False)
                yield LoadPart(places, insert.fill(context))
