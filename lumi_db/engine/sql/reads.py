"""SELECT: one statement for any depth of include.

A relation is a correlated subquery that gives JSON: PostgreSQL evaluates it after ORDER BY and LIMIT, only
for the rows that are returned.
"""

from __future__ import annotations

from ..datamodel import Datamodel, Field
from ..operation import Count, Include, Lock, Select, Totals
from ..sources import Source
from . import columns
from .conditions import Conditions
from .cursors import Link, cursor_condition
from .labels import count_label, label
from .orders import Keys, count_related, order_by, write_keys
from .writer import Template, Writer, comma, quote, quote_table


def select_template(select: Select, datamodel: Datamodel, *, lock: Lock | None = None) -> Template:
    """Write the statement for the rows of a selection. `backwards` rows come in reverse order."""
    writer = Writer()
    text = Reads(writer, datamodel).rows(select, lock=lock)
    return writer.template(text)


def count_template(count: Count, datamodel: Datamodel) -> Template:
    writer = Writer()
    return writer.template(Reads(writer, datamodel).count(count))


def totals_template(totals: Totals, datamodel: Datamodel) -> Template:
    writer = Writer()
    return writer.template(Reads(writer, datamodel).totals(totals))


class Reads:
    """Writes the selections of one statement."""

    def __init__(self, writer: Writer, datamodel: Datamodel) -> None:
        self._writer = writer
        self._datamodel = datamodel
        self._conditions = Conditions(writer, datamodel)

    def rows(self, select: Select, link: Link | None = None, *, lock: Lock | None = None) -> str:
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
        outputs += [
            f"{count_related(self._conditions, one.relation, one.where, alias)} AS {quote(count_label(one))}"
            for one in select.counts
        ]
        if lock is None and _costs_skipped_rows(select):
            return f"SELECT {comma(outputs)} {self._page(select, alias, link)}"
        locking = "" if lock is None else _locking(lock, alias)
        return f"SELECT {comma(outputs) or '1'} {self._tail(select, alias, link)}{locking}"

    def _page(self, select: Select, alias: str, link: Link | None) -> str:
        """Return FROM a page of its own: what stands beside an OFFSET is worked out for the skipped rows too."""
        inner = self._writer.alias()
        keys = write_keys(self._conditions, [order.key for order in select.order], alias)
        order = order_by(select.order, keys, backwards=select.backwards)
        return f"FROM (SELECT {inner}.* {self._tail(select, inner, link)}) AS {alias}{order}"

    def count(self, count: Count) -> str:
        alias = self._writer.alias()
        outputs = [
            f"{columns.read_aggregate(part, alias, {})} AS {quote(part.field.name if part.field else '_all')}"
            for part in count.counted
        ]
        return self._over_rows(outputs, count.select, alias)

    def totals(self, totals: Totals) -> str:
        alias, enums = self._writer.alias(), self._datamodel.enums
        outputs = [
            f"{columns.read_aggregate(one, alias, enums)} AS {quote(label(one))}" for one in totals.aggregates
        ]
        return self._over_rows(outputs, totals.select, alias)

    def _over_rows(self, outputs: list[str], select: Select, alias: str) -> str:
        """Return the SELECT of aggregates over all rows of a selection, or over one page of them."""
        if select.take is None and select.skip is None and select.cursor is None:
            return f"SELECT {comma(outputs)} {self._tail(select, alias, None)}"
        inner = self._writer.alias()
        return f"SELECT {comma(outputs)} FROM (SELECT {inner}.* {self._tail(select, inner, None)}) AS {alias}"

    def _tail(self, select: Select, alias: str, link: Link | None) -> str:
        """Return everything from FROM on."""
        source, linked = f"{quote_table(select.model)} AS {alias}", ""
        if link is not None:
            source, linked = self._conditions.link(link[0], link[1], alias)
        keys = write_keys(self._conditions, [order.key for order in select.order], alias)
        conditions = [part for part in (linked, self._where(select, alias, link, keys)) if part]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        order = order_by(select.order, keys, backwards=select.backwards)
        source += keys.joins
        if select.distinct:
            source = self._distinct(select, alias, source + where, order) + keys.joins
            where = f" WHERE {alias}.{_number_name(select)} = 1"
        return f"FROM {source}{where}{order}{limit(self._writer, select.take, select.skip)}"

    def _where(self, select: Select, alias: str, link: Link | None, keys: Keys) -> str:
        texts = [self._conditions.write(select.where, alias)]
        if select.cursor is not None:
            texts.append(cursor_condition(self._conditions, select, keys, link))
        return " AND ".join(text for text in texts if text != "true")

    def _distinct(self, select: Select, alias: str, rows: str, order: str) -> str:
        """Keep the first row of each combination; Prisma does it before skip and take."""
        named = comma([columns.column(field, alias) for field in select.distinct])
        number = f"row_number() OVER (PARTITION BY {named}{order}) AS {_number_name(select)}"
        return f"(SELECT {alias}.*, {number} FROM {rows}) AS {alias}"

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


def _number_name(select: Select) -> str:
    """Return a name beside all columns of the model."""
    name, taken = "distinct", {field.column for field in select.model.fields.values()}
    while name in taken:
        name += "_"
    return quote(name)


def _costs_skipped_rows(select: Select) -> bool:
    has_more = bool(select.includes or select.counts)
    return has_more and select.skip is not None and all(isinstance(one.key, Field) for one in select.order)


def _locking(lock: Lock, alias: str) -> str:
    waiting = "" if lock.waiting == "wait" else f" {lock.waiting.upper()}"
    return f" FOR {lock.strength.upper()} OF {alias}{waiting}"


def limit(writer: Writer, take: Source | None, skip: Source | None) -> str:
    text = f" LIMIT {writer.parameter(take)}::int8" if take is not None else ""
    return text + (f" OFFSET {writer.parameter(skip)}::int8" if skip is not None else "")
