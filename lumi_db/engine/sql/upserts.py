"""Upserts of many rows, given as one list a column: the write, and the reads that find what it left alone."""

from __future__ import annotations

from collections.abc import Sequence

from ..condition import Condition
from ..datamodel import Field, Model, UniqueKey
from ..operation import Select
from ..sources import Source
from .conditions import Conditions
from .writer import Template, Writer, comma, quote, quote_table
from .writes import Writes


class Upserts(Writes):
    """Writes the statements of `upsert_many`."""

    def insert_or_update_many(
        self,
        select: Select,
        fields: Sequence[Field],
        values: Sequence[Source],
        key: UniqueKey,
        updated: Sequence[Field],
        *,
        guard: Condition,
    ) -> Template:
        """Insert rows; where `key` is taken by a row that meets the `guard`, overwrite the `updated` fields of it."""
        writer = Writer()
        alias, model = writer.alias(), select.model
        text = self._insert_rows(writer, model, fields, values, alias)
        changes = [f"{quote(one.column)} = EXCLUDED.{quote(one.column)}" for one in updated]
        counted = [one for one in self.on_update(model) if one.field not in updated]
        changes += [self._assignments(writer, [one], alias) for one in counted]
        target = comma([quote(one.column) for one in key.fields])
        text += f" ON CONFLICT ({target}) DO UPDATE SET {comma(changes)}"
        text += Conditions(writer, self._datamodel).where(guard, alias)
        return writer.template(text + self._returning(select.fields, alias))

    def rows_with_keys(
        self, select: Select, key: UniqueKey, values: Sequence[Source], *, guard: Condition
    ) -> Template:
        """Read the rows that have these keys and meet the `guard`, in the order of the keys."""
        writer = Writer()
        alias = writer.alias()
        found = self._found(writer, select.model, key, values, alias, guard)
        outputs = self._outputs(select.fields, alias) or "1"
        return writer.template(f'SELECT {outputs} FROM {found} ORDER BY "keys"."n"')

    def places_without_row(
        self, model: Model, key: UniqueKey, values: Sequence[Source], *, guard: Condition
    ) -> Template:
        """Read the places, from 1, of the keys that no row has which meets the `guard`."""
        writer = Writer()
        alias = writer.alias()
        found = self._found(writer, model, key, values, alias, guard, join="LEFT JOIN")
        is_absent = f"{alias}.{quote(key.fields[0].column)} IS NULL"
        return writer.template(f'SELECT "keys"."n" AS "n" FROM {found} WHERE {is_absent} ORDER BY 1')

    def _found(
        self,
        writer: Writer,
        model: Model,
        key: UniqueKey,
        values: Sequence[Source],
        alias: str,
        guard: Condition,
        *,
        join: str = "JOIN",
    ) -> str:
        names = [f'"keys"."c{index}"' for index in range(len(key.fields))]
        lists = self._lists(writer, key.fields, values)
        equal = [
            f"{alias}.{quote(field.column)} = {self._from_list(field, name)}{_as_money(field)}"
            for field, name in zip(key.fields, names, strict=True)
        ]
        condition = Conditions(writer, self._datamodel).write(guard, alias)
        met = " AND ".join([*equal, *([] if condition == "true" else [condition])])
        columns = [*(f'"c{index}"' for index in range(len(key.fields))), '"n"']
        keys = f'{lists} WITH ORDINALITY AS "keys"({comma(columns)})'
        return f"{keys} {join} {quote_table(model)} AS {alias} ON {met}"


def _as_money(field: Field) -> str:
    """Money is stored from a number, but not compared with one."""
    return "::money" if field.native == "Money" else ""
