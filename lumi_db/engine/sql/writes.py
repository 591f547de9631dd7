"""INSERT, UPDATE and DELETE, each with the columns its caller needs in RETURNING."""

from __future__ import annotations

from collections.abc import Sequence

from ..condition import Condition
from ..datamodel import Datamodel, Field, Model, Relation, UniqueKey
from ..operation import Assign
from ..policies import NO_POLICIES, OnUpdate
from ..sources import Source
from . import columns
from .conditions import Conditions
from .writer import Template, Writer, comma, quote, quote_table

# `{0}` is the column, `{1}` the parameter; the flag says whether the parameter is a list.
ASSIGNMENTS: dict[str, tuple[str, bool]] = {
    "set": ("{1}", False),
    "increment": ("{0} + {1}", False),
    "decrement": ("{0} - {1}", False),
    "multiply": ("{0} * {1}", False),
    "divide": ("{0} / {1}", False),
    "push": ("array_cat({0}, {1})", True),
}


class Writes:
    """Writes the data-changing statements for one datamodel; every method gives one template.

    `on_update` says what every update of a model assigns besides.
    """

    def __init__(self, datamodel: Datamodel, on_update: OnUpdate = NO_POLICIES.on_update) -> None:
        self._datamodel = datamodel
        self.on_update = on_update

    def insert(
        self,
        model: Model,
        values: Sequence[Assign],
        returning: Sequence[Field],
        *,
        skip_conflicts: UniqueKey | bool = False,
    ) -> Template:
        """Insert one row. A conflict of the key `skip_conflicts` (True: any) leaves the table as it is."""
        writer = Writer()
        alias = writer.alias()
        text = self._insert_into(writer, model, values, alias)
        return writer.template(text + _skipping(skip_conflicts) + self._returning(returning, alias))

    def insert_or_update(
        self,
        model: Model,
        values: Sequence[Assign],
        key: UniqueKey,
        assignments: Sequence[Assign],
        returning: Sequence[Field],
        *,
        guard: Condition,
    ) -> Template:
        """Insert one row or, if `key` is taken, update the row that has it where it meets the `guard`."""
        writer = Writer()
        alias = writer.alias()
        text = self._insert_into(writer, model, values, alias)
        changes = self._assignments(writer, self._with_policies(model, assignments), alias)
        text += f" ON CONFLICT ({_columns(key.fields)}) DO UPDATE SET {changes}"
        text += Conditions(writer, self._datamodel).where(guard, alias)
        return writer.template(text + self._returning(returning, alias))

    def insert_many(
        self,
        model: Model,
        fields: Sequence[Field],
        values: Sequence[Source],
        *,
        skip_duplicates: UniqueKey | bool,
        returning: Sequence[Field] | None = None,
    ) -> Template:
        """Insert rows of equal columns, given as one list a column. List columns come as array literals."""
        writer = Writer()
        alias = None if returning is None else writer.alias()
        text = self._insert_rows(writer, model, fields, values, alias)
        return self._inserted(writer, text, alias, returning, skip_duplicates=skip_duplicates)

    def insert_empty(
        self,
        model: Model,
        number: Source,
        *,
        skip_duplicates: bool,
        returning: Sequence[Field] | None = None,
    ) -> Template:
        """Insert rows that leave every column to the database."""
        writer = Writer()
        alias = None if returning is None else writer.alias()
        rows = f"SELECT FROM generate_series(1, {writer.parameter(number)}::int8)"
        text = f"INSERT INTO {_named(model, alias)} {rows}"
        return self._inserted(writer, text, alias, returning, skip_duplicates=skip_duplicates)

    def update(
        self,
        model: Model,
        assignments: Sequence[Assign],
        where: Condition,
        returning: Sequence[Field],
        *,
        linked: tuple[Relation, Sequence[Source]] | None = None,
    ) -> Template:
        """Update the rows where the condition holds; without `returning`, their number is given."""
        writer = Writer()
        alias = writer.alias()
        changes = self._assignments(writer, self._with_policies(model, assignments), alias)
        text = (
            f"UPDATE {quote_table(model)} AS {alias} SET {changes}{self._where(writer, where, alias, linked)}"
        )
        return self._finish(writer, text, returning, alias)

    def delete(
        self,
        model: Model,
        where: Condition,
        returning: Sequence[Field],
        *,
        linked: tuple[Relation, Sequence[Source]] | None = None,
    ) -> Template:
        writer = Writer()
        alias = writer.alias()
        text = f"DELETE FROM {quote_table(model)} AS {alias}{self._where(writer, where, alias, linked)}"
        return self._finish(writer, text, returning, alias)

    def find(
        self,
        model: Model,
        where: Condition,
        fields: Sequence[Field],
        *,
        linked: tuple[Relation, Sequence[Source]] | None = None,
        to_update: bool = False,
    ) -> Template:
        """Read fields of the rows that a write goes by.

        With `to_update` nobody else changes them in between, if something is assigned `on_update`: a version that was
        compared here is still the same when it is counted.
        """
        writer = Writer()
        alias = writer.alias()
        source = f"{quote_table(model)} AS {alias}{self._where(writer, where, alias, linked)}"
        lock = f" FOR NO KEY UPDATE OF {alias}" if to_update and self.on_update(model) else ""
        return writer.template(f"SELECT {self._outputs(fields, alias) or '1'} FROM {source}{lock}")

    def join(self, relation: Relation, near: Source, far: Source) -> Template:
        """Connect two rows in the table of an implicit many-to-many relation."""
        writer = Writer()
        table = relation.join
        assert table is not None
        names = f"{quote(table.local_column)}, {quote(table.remote_column)}"
        ids = (
            self._parameter(writer, relation.local[0], near),
            self._parameter(writer, relation.remote[0], far),
        )
        insert = f"INSERT INTO {quote_table(table)} ({names}) VALUES ({comma(ids)})"
        return writer.template(f"{insert} ON CONFLICT DO NOTHING", "count")

    def unjoin(self, relation: Relation, near: Source, where: Condition) -> Template:
        """Part a row of an implicit many-to-many relation from those at the other end that meet the condition."""
        writer = Writer()
        table = relation.join
        assert table is not None
        here = self._parameter(writer, relation.local[0], near)
        text = f"DELETE FROM {quote_table(table)} WHERE {quote(table.local_column)} = {here}"
        far, alias = relation.remote[0], writer.alias()
        condition = Conditions(writer, self._datamodel).where(where, alias)
        if condition:
            target = quote_table(self._datamodel.models[relation.target])
            chosen = f"SELECT {alias}.{quote(far.column)} FROM {target} AS {alias}{condition}"
            text += f" AND {quote(table.remote_column)} IN ({chosen})"
        return writer.template(text, "count")

    def _with_policies(self, model: Model, assignments: Sequence[Assign]) -> list[Assign]:
        """Add what the policies assign; what the caller was let assign stays."""
        given = {one.field.name for one in assignments}
        return [*assignments, *(one for one in self.on_update(model) if one.field.name not in given)]

    def _insert_rows(
        self,
        writer: Writer,
        model: Model,
        fields: Sequence[Field],
        values: Sequence[Source],
        alias: str | None,
    ) -> str:
        names = [f'"c{index}"' for index in range(len(fields))]
        chosen = comma([self._from_list(field, name) for field, name in zip(fields, names, strict=True)])
        rows = f'SELECT {chosen} FROM {self._lists(writer, fields, values)} AS "rows"({comma(names)})'
        return f"INSERT INTO {_named(model, alias)} ({_columns(fields)}) {rows}"

    def _lists(self, writer: Writer, fields: Sequence[Field], values: Sequence[Source]) -> str:
        lists = [
            f"{writer.parameter(source)}::{self._element(field)}[]"
            for field, source in zip(fields, values, strict=True)
        ]
        return f"unnest({comma(lists)})"

    def _inserted(
        self,
        writer: Writer,
        text: str,
        alias: str | None,
        returning: Sequence[Field] | None,
        *,
        skip_duplicates: UniqueKey | bool,
    ) -> Template:
        text += _skipping(skip_duplicates)
        if alias is None or returning is None:
            return writer.template(text, "count")
        return writer.template(text + self._returning(returning, alias))

    def _insert_into(self, writer: Writer, model: Model, values: Sequence[Assign], alias: str) -> str:
        name = f"{quote_table(model)} AS {alias}"
        if not values:
            return f"INSERT INTO {name} DEFAULT VALUES"
        fields = _columns([value.field for value in values])
        parameters = comma([self._parameter(writer, value.field, value.value) for value in values])
        return f"INSERT INTO {name} ({fields}) VALUES ({parameters})"

    def _assignments(self, writer: Writer, assignments: Sequence[Assign], alias: str) -> str:
        return comma(
            [f"{quote(one.field.column)} = {self._assignment(writer, one, alias)}" for one in assignments]
        )

    def _assignment(self, writer: Writer, assign: Assign, alias: str) -> str:
        template, is_list = ASSIGNMENTS[assign.operator]
        parameter = columns.parameter(
            writer, assign.field, assign.value, self._datamodel.enums, is_list=is_list or assign.field.is_list
        )
        column = f"{alias}.{quote(assign.field.column)}"
        if assign.operator not in ("set", "push"):
            column, parameter = (
                columns.operand(assign.field, column),
                columns.operand(assign.field, parameter),
            )
        return template.format(column, parameter)

    def _parameter(self, writer: Writer, field: Field, source: Source) -> str:
        return columns.parameter(writer, field, source, self._datamodel.enums, is_list=field.is_list)

    def _where(
        self, writer: Writer, where: Condition, alias: str, linked: tuple[Relation, Sequence[Source]] | None
    ) -> str:
        """Return ` WHERE …`; `linked` keeps to the rows that a relation reaches from its near values."""
        texts = []
        if linked is not None:
            texts.append(self._link(writer, linked[0], linked[1], alias))
        texts.append(Conditions(writer, self._datamodel).write(where, alias))
        texts = [text for text in texts if text != "true"]
        return f" WHERE {' AND '.join(texts)}" if texts else ""

    def _link(self, writer: Writer, relation: Relation, near: Sequence[Source], alias: str) -> str:
        if relation.join is not None:
            parameter = self._parameter(writer, relation.local[0], near[0])
            remote = f"{alias}.{quote(relation.remote[0].column)}"
            chosen = f"SELECT {quote(relation.join.remote_column)} FROM {quote_table(relation.join)}"
            return f"{remote} IN ({chosen} WHERE {quote(relation.join.local_column)} = {parameter})"
        pairs = zip(relation.remote, relation.local, near, strict=True)
        return " AND ".join(
            f"{alias}.{quote(far.column)} = {self._parameter(writer, local, source)}"
            for far, local, source in pairs
        )

    def _finish(self, writer: Writer, text: str, returning: Sequence[Field], alias: str) -> Template:
        if not returning:
            return writer.template(text, "count")
        return writer.template(text + self._returning(returning, alias))

    def _returning(self, fields: Sequence[Field], alias: str) -> str:
        return f" RETURNING {self._outputs(fields, alias) or '1'}"

    def _outputs(self, fields: Sequence[Field], alias: str) -> str:
        enums = self._datamodel.enums
        return comma(
            [f"{columns.read(field, alias, enums, in_json=False)} AS {quote(field.name)}" for field in fields]
        )

    def _element(self, field: Field) -> str:
        return (
            "text"
            if field.is_list or columns.travels_as_text(field, self._datamodel.enums)
            else columns.sql_type(field)
        )

    def _from_list(self, field: Field, name: str) -> str:
        if field.is_list:
            return f"{name}::{columns.array_type(field, self._datamodel.enums)}"
        text_type = columns.travels_as_text(field, self._datamodel.enums)
        return f"{name}::{text_type}" if text_type else name


def _skipping(conflicts: UniqueKey | bool) -> str:
    if isinstance(conflicts, UniqueKey):
        return f" ON CONFLICT ({_columns(conflicts.fields)}) DO NOTHING"
    return " ON CONFLICT DO NOTHING" if conflicts else ""


def _named(model: Model, alias: str | None) -> str:
    return quote_table(model) if alias is None else f"{quote_table(model)} AS {alias}"


def _columns(fields: Sequence[Field]) -> str:
    return comma([quote(field.column) for field in fields])
