"""Cursors: the rows from one row on, in the order of a selection.

Rules: https://www.prisma.io/docs/orm/prisma-client/queries/pagination#cursor-based-pagination
"""

from __future__ import annotations

from ..datamodel import Field, Relation
from ..operation import Cursor, Order, Select
from . import columns
from .conditions import Conditions
from .writer import comma, quote_table

# The relation through which rows are read, and the alias of the row they belong to.
Link = tuple[Relation, str]


def cursor_condition(conditions: Conditions, select: Select, alias: str, link: Link | None) -> str:
    """Write the condition for the row of the cursor and all after it; a cursor that names no row gives none.

    `where` is not asked of the cursor's row, but below a relation it must be one of the related rows.
    """
    assert select.cursor is not None
    row = _CursorRow(conditions, select, select.cursor, link)
    if all(order.field.is_required for order in select.order):
        return _not_null(select, alias, row)
    alternatives = [
        " AND ".join([*(_same(one, alias, row) for one in select.order[:index]), _after(order, alias, row)])
        for index, order in enumerate(select.order)
    ]
    equal = " AND ".join(_same(order, alias, row) for order in select.order)
    text = " OR ".join(f"({part})" for part in (*alternatives, equal))
    return f"{row.exists()} AND ({text})"


def _not_null(select: Select, alias: str, row: _CursorRow) -> str:
    """Compare rows where the directions are one, so that an index in this order serves; else field by field."""
    names = [columns.column(order.field, alias) for order in select.order]
    if len({order.descending for order in select.order}) == 1:
        left = names[0] if len(names) == 1 else f"({comma(names)})"
        return f"{left} {_sign(select.order[0], row)}= {row.value([order.field for order in select.order])}"
    alternatives = []
    for index, order in enumerate(select.order):
        equal = [
            f"{name} = {row.value([one.field])}"
            for name, one in zip(names, select.order[:index], strict=False)
        ]
        sign = _sign(order, row) + ("=" if index == len(names) - 1 else "")
        alternatives.append(" AND ".join([*equal, f"{names[index]} {sign} {row.value([order.field])}"]))
    return "(" + " OR ".join(f"({part})" for part in alternatives) + ")"


def _sign(order: Order, row: _CursorRow) -> str:
    return "<" if order.descending != row.backwards else ">"


def _same(order: Order, alias: str, row: _CursorRow) -> str:
    equals = "=" if order.field.is_required else "IS NOT DISTINCT FROM"
    return f"{columns.column(order.field, alias)} {equals} {row.value([order.field])}"


def _after(order: Order, alias: str, row: _CursorRow) -> str:
    """Compare one field; nulls stand before or after all values, as the order says."""
    column, value = columns.column(order.field, alias), row.value([order.field])
    after = f"{column} {_sign(order, row)} {value}"
    if order.field.is_required:
        return after
    if order.nulls_first != row.backwards:
        return f"({after} OR ({value} IS NULL AND {column} IS NOT NULL))"
    return f"({after} OR ({value} IS NOT NULL AND {column} IS NULL))"


class _CursorRow:
    """The row that the cursor names, as subqueries; PostgreSQL runs each of them once."""

    def __init__(self, conditions: Conditions, select: Select, cursor: Cursor, link: Link | None) -> None:
        self.backwards = select.backwards
        self._conditions = conditions
        self._select = select
        self._cursor = cursor
        self._link = link

    def value(self, fields: list[Field]) -> str:
        alias = self._conditions.alias()
        return f"(SELECT {comma([columns.column(field, alias) for field in fields])} {self._from(alias)})"

    def exists(self) -> str:
        return f"EXISTS (SELECT 1 {self._from(self._conditions.alias())})"

    def _from(self, alias: str) -> str:
        key = self._conditions.write(self._cursor.key, alias)
        if self._link is None:
            return f"FROM {quote_table(self._select.model)} AS {alias} WHERE {key}"
        source, linked = self._conditions.link(self._link[0], self._link[1], alias)
        return f"FROM {source} WHERE {linked} AND {key}"
