"""SELECT: one statement for any depth of include.

A relation is a correlated subquery that gives JSON: PostgreSQL evaluates it after ORDER BY and LIMIT, only
for the rows that are returned.
"""

from __future__ import annotations

from ..datamodel import Datamodel, Relation
from ..operation import Aggregate, Count, Include, Order, Select
from . import columns
from .conditions import Conditions
from .writer import Template, Writer, comma, quote, quote_table


def select_template(select: Select, datamodel: Datamodel, *, lock: str = "") -> Template:
    """Write the statement for the rows of a selection. `backwards` rows come in reverse order."""
    writer = Writer()
    text = Reads(writer, datamodel).rows(select)
    return writer.template(text + lock)


def count_template(count: Count, datamodel: Datamodel) -> Template:
    writer = Writer()
    return writer.template(Reads(writer, datamodel).count(count))


class Reads:
    """Writes the selections of one statement."""

    def __init__(self, writer: Writer, datamodel: Datamodel) -> None:
        self._writer = writer
        self._datamodel = datamodel
        self._conditions = Conditions(writer, datamodel)

    def rows(self, select: Select, link: tuple[Relation, str] | None = None) -> str:
        """Return the SELECT for a model's rows, or for those that `link` (relation, alias) leads to."""
        alias, enums = self._writer.alias(), self._datamodel.enums
        outputs = [
            f"{columns.read(field, alias, enums, in_json=link is not None)} AS {quote(field.name)}"
            for field in select.fields
        ]
        outputs += [
            f"{self._relation(include, alias)} AS {quote(include.relation.name)}"
            for include in select.includes
        ]
        return f"SELECT {comma(outputs) or '1'} {self._tail(select, alias, link)}"

    def count(self, count: Count) -> str:
        alias = self._writer.alias()
        outputs = [
            f"{_aggregate(part, alias)} AS {quote(part.field.name if part.field else '_all')}"
            for part in count.counted
        ]
        select = count.select
        if select.take is None and select.skip is None and select.cursor is None:
            return f"SELECT {comma(outputs)} {self._tail(select, alias, None)}"
        inner = self._writer.alias()
        return f"SELECT {comma(outputs)} FROM (SELECT {inner}.* {self._tail(select, inner, None)}) AS {alias}"

    def _tail(self, select: Select, alias: str, link: tuple[Relation, str] | None) -> str:
        """Return everything from FROM on."""
        source, linked = f"{quote_table(select.model)} AS {alias}", ""
        if link is not None:
            source, linked = self._conditions.link(link[0], link[1], alias)
        conditions = [part for part in (linked, self._where(select, alias)) if part]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        order = order_by(select.order, alias, backwards=select.backwards)
        if select.distinct:
            source, where = self._distinct(select, alias, source, where, order), ' WHERE "distinct" = 1'
        return f"FROM {source}{where}{order}{self._limit(select)}"

    def _where(self, select: Select, alias: str) -> str:
        texts = [self._conditions.write(select.where, alias)]
        if select.cursor is not None:
            texts.append(self._cursor(select, alias))
        return " AND ".join(text for text in texts if text != "true")

    def _limit(self, select: Select) -> str:
        take = f" LIMIT {self._writer.parameter(select.take)}::int8" if select.take is not None else ""
        skip = f" OFFSET {self._writer.parameter(select.skip)}::int8" if select.skip is not None else ""
        return take + skip

    def _distinct(self, select: Select, alias: str, source: str, where: str, order: str) -> str:
        """Keep the first row of each combination; Prisma does it before skip and take."""
        keys = comma([f"{alias}.{quote(field.column)}" for field in select.distinct])
        number = f'row_number() OVER (PARTITION BY {keys}{order}) AS "distinct"'
        return f"(SELECT {alias}.*, {number} FROM {source}{where}) AS {alias}"

    def _cursor(self, select: Select, alias: str) -> str:
        """Compare with the cursor's row in every order field; a cursor that names no row gives no rows."""
        assert select.cursor is not None
        alternatives = []
        for index, order in enumerate(select.order):
            same = [self._at_cursor(one, alias, select, "same") for one in select.order[:index]]
            word = "from" if index == len(select.order) - 1 else "after"
            alternatives.append(" AND ".join([*same, self._at_cursor(order, alias, select, word)]))
        text = " OR ".join(f"({part})" for part in alternatives)
        if all(order.field.is_required for order in select.order):
            return f"({text})"
        other = self._writer.alias()
        exists = self._conditions.write(select.cursor.key, other)
        return f"EXISTS (SELECT 1 FROM {quote_table(select.model)} AS {other} WHERE {exists}) AND ({text})"

    def _at_cursor(self, order: Order, alias: str, select: Select, word: str) -> str:
        column = f"{alias}.{quote(order.field.column)}"
        same = "=" if order.field.is_required else "IS NOT DISTINCT FROM"
        if word == "same":
            return f"{column} {same} {self._cursor_value(order, select)}"
        descending = order.descending != select.backwards
        after = f"{column} {'<' if descending else '>'} {self._cursor_value(order, select)}"
        if not order.field.is_required:
            after = f"({after} OR {self._null_after(order, column, select)})"
        if word == "after":
            return after
        return f"({after} OR {column} {same} {self._cursor_value(order, select)})"

    def _null_after(self, order: Order, column: str, select: Select) -> str:
        value = self._cursor_value(order, select)
        if order.nulls_first != select.backwards:
            return f"({value} IS NULL AND {column} IS NOT NULL)"
        return f"({value} IS NOT NULL AND {column} IS NULL)"

    def _cursor_value(self, order: Order, select: Select) -> str:
        assert select.cursor is not None
        other = self._writer.alias()
        key = self._conditions.write(select.cursor.key, other)
        source = f"{quote_table(select.model)} AS {other}"
        return f"(SELECT {other}.{quote(order.field.column)} FROM {source} WHERE {key})"

    def _relation(self, include: Include, alias: str) -> str:
        select = include.select
        rows = self.rows(select, (include.relation, alias))
        row = self._writer.alias()
        if not include.relation.is_list:
            return f"(SELECT row_to_json({row}.*) FROM ({rows}) AS {row})"
        if not select.backwards:
            return f"(SELECT coalesce(json_agg({row}.*), '[]'::json) FROM ({rows}) AS {row})"
        turned = self._writer.alias()
        numbered = (
            f'SELECT row_to_json({row}.*) AS "row", row_number() OVER () AS "number" FROM ({rows}) AS {row}'
        )
        ordered = f'json_agg({turned}."row" ORDER BY {turned}."number" DESC)'
        return f"(SELECT coalesce({ordered}, '[]'::json) FROM ({numbered}) AS {turned})"


def order_by(orders: tuple[Order, ...], alias: str, *, backwards: bool) -> str:
    """Return ` ORDER BY …`, turned round for `backwards`, or nothing."""
    if not orders:
        return ""
    return " ORDER BY " + comma([_order(order, alias, backwards) for order in orders])


def _order(order: Order, alias: str, backwards: bool) -> str:
    text = f"{alias}.{quote(order.field.column)}"
    text += " DESC" if order.descending != backwards else " ASC"
    if order.nulls is None:
        return text
    return text + (" NULLS FIRST" if order.nulls_first != backwards else " NULLS LAST")


def _aggregate(aggregate: Aggregate, alias: str) -> str:
    inner = "*" if aggregate.field is None else f"{alias}.{quote(aggregate.field.column)}"
    return f"{aggregate.function}({inner})"
