"""Cursors: the rows from one row on, in the order of a selection.

Rules: https://www.prisma.io/docs/orm/prisma-client/queries/pagination#cursor-based-pagination
"""

from __future__ import annotations

from ..datamodel import Relation
from ..operation import Cursor, Order, OrderKey, Select
from .conditions import Conditions
from .orders import may_be_null, write_key
from .writer import comma, quote_table

# The relation through which rows are read, and the alias of the row they belong to.
Link = tuple[Relation, str]


def cursor_condition(conditions: Conditions, select: Select, alias: str, link: Link | None) -> str:
    """Write the condition for the row of the cursor and all after it; a cursor that names no row gives none.

    `where` is not asked of the cursor's row, but below a relation it must be one of the related rows.
    """
    assert select.cursor is not None
    row = _CursorRow(conditions, select, select.cursor, link)
    orders = select.order
    required = not any(may_be_null(order.key) for order in orders)
    if required and len({order.descending for order in orders}) == 1:
        return _row_condition(orders, alias, row)
    last = len(orders) - 1
    alternatives = [
        " AND ".join(
            [
                *(_same(one, alias, row) for one in orders[:index]),
                _after(order, alias, row, inclusive=index == last),
            ]
        )
        for index, order in enumerate(orders)
    ]
    text = "(" + " OR ".join(f"({part})" for part in alternatives) + ")"
    if not may_be_null(orders[0].key):
        text = f"{_row_condition(orders[:1], alias, row)} AND {text}"
    return text if required else f"{row.exists()} AND {text}"


def _row_condition(orders: tuple[Order, ...], alias: str, row: _CursorRow) -> str:
    """Compare rows as a whole, for fields of one direction: what an index in this order serves."""
    names = [row.of(order.key, alias) for order in orders]
    left = names[0] if len(names) == 1 else f"({comma(names)})"
    return f"{left} {_sign(orders[0], row)}= {row.value([order.key for order in orders])}"


def _sign(order: Order, row: _CursorRow) -> str:
    return "<" if order.descending != row.backwards else ">"


def _same(order: Order, alias: str, row: _CursorRow) -> str:
    equals = "IS NOT DISTINCT FROM" if may_be_null(order.key) else "="
    return f"{row.of(order.key, alias)} {equals} {row.value([order.key])}"


def _after(order: Order, alias: str, row: _CursorRow, *, inclusive: bool) -> str:
    """Compare one field; nulls stand before or after all values, as the order says."""
    column, value = row.of(order.key, alias), row.value([order.key])
    if not may_be_null(order.key):
        return f"{column} {_sign(order, row)}{'=' if inclusive else ''} {value}"
    parts = [f"{column} {_sign(order, row)} {value}"]
    nulls_first = order.nulls_first != row.backwards
    known, missing = (column, value) if nulls_first else (value, column)
    parts.append(f"({missing} IS NULL AND {known} IS NOT NULL)")
    if inclusive:
        parts.append(f"{column} IS NOT DISTINCT FROM {value}")
    return "(" + " OR ".join(parts) + ")"


class _CursorRow:
    """The row that the cursor names, as subqueries; PostgreSQL runs each of them once."""

    def __init__(self, conditions: Conditions, select: Select, cursor: Cursor, link: Link | None) -> None:
        self.backwards = select.backwards
        self._conditions = conditions
        self._select = select
        self._cursor = cursor
        self._link = link

    def of(self, key: OrderKey, alias: str) -> str:
        """Write what a row `alias` is ordered by, to compare it with the cursor's row."""
        return write_key(self._conditions, key, alias)

    def value(self, keys: list[OrderKey]) -> str:
        alias = self._conditions.alias()
        return f"(SELECT {comma([self.of(key, alias) for key in keys])} {self._from(alias)})"

    def exists(self) -> str:
        return f"EXISTS (SELECT 1 {self._from(self._conditions.alias())})"

    def _from(self, alias: str) -> str:
        key = self._conditions.write(self._cursor.key, alias)
        if self._link is None:
            return f"FROM {quote_table(self._select.model)} AS {alias} WHERE {key}"
        source, linked = self._conditions.link(self._link[0], self._link[1], alias)
        return f"FROM {source} WHERE {linked} AND {key}"
