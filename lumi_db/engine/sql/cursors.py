"""Cursors: the rows from one row on, in the order of a selection.

Rules: https://www.prisma.io/docs/orm/prisma-client/queries/pagination#cursor-based-pagination
"""

from __future__ import annotations

from dataclasses import dataclass

from ..datamodel import Relation
from ..operation import Cursor, Order, OrderKey, Select
from .conditions import Conditions
from .orders import Keys, may_be_null, write_keys
from .writer import comma, quote_table

# The relation through which rows are read, and the alias of the row they belong to.
Link = tuple[Relation, str]


def cursor_condition(conditions: Conditions, select: Select, keys: Keys, link: Link | None) -> str:
    """Write the condition for the row of the cursor and all after it; a cursor that names no row gives none.

    `keys` are what the rows are ordered by. `where` is not asked of the cursor's row, but below a relation it must be
    one of the related rows.
    """
    assert select.cursor is not None
    row = _CursorRow(conditions, select, select.cursor, link)
    orders = [_Key(order, text) for order, text in zip(select.order, keys.texts, strict=True)]
    required = not any(one.may_be_null for one in orders)
    if required and len({one.order.descending for one in orders}) == 1:
        return _row_condition(orders, row)
    last = len(orders) - 1
    alternatives = [
        " AND ".join(
            [*(_same(one, row) for one in orders[:index]), _after(key, row, inclusive=index == last)]
        )
        for index, key in enumerate(orders)
    ]
    text = "(" + " OR ".join(f"({part})" for part in alternatives) + ")"
    if not orders[0].may_be_null:
        text = f"{_row_condition(orders[:1], row)} AND {text}"
    return text if required else f"{row.exists()} AND {text}"


@dataclass(frozen=True, slots=True)
class _Key:
    """One part of the order, and how it is written for the rows that are read."""

    order: Order
    text: str

    @property
    def may_be_null(self) -> bool:
        return may_be_null(self.order.key)


def _row_condition(keys: list[_Key], row: _CursorRow) -> str:
    """Compare rows as a whole, for fields of one direction: what an index in this order serves."""
    left = keys[0].text if len(keys) == 1 else f"({comma([key.text for key in keys])})"
    return f"{left} {_sign(keys[0], row)}= {row.value([key.order.key for key in keys])}"


def _sign(key: _Key, row: _CursorRow) -> str:
    return "<" if key.order.descending != row.backwards else ">"


def _same(key: _Key, row: _CursorRow) -> str:
    equals = "IS NOT DISTINCT FROM" if key.may_be_null else "="
    return f"{key.text} {equals} {row.value([key.order.key])}"


def _after(key: _Key, row: _CursorRow, *, inclusive: bool) -> str:
    """Compare one field; nulls stand before or after all values, as the order says."""
    value = row.value([key.order.key])
    if not key.may_be_null:
        return f"{key.text} {_sign(key, row)}{'=' if inclusive else ''} {value}"
    parts = [f"{key.text} {_sign(key, row)} {value}"]
    nulls_first = key.order.nulls_first != row.backwards
    known, missing = (key.text, value) if nulls_first else (value, key.text)
    parts.append(f"({missing} IS NULL AND {known} IS NOT NULL)")
    if inclusive:
        parts.append(f"{key.text} IS NOT DISTINCT FROM {value}")
    return "(" + " OR ".join(parts) + ")"


class _CursorRow:
    """The row that the cursor names, as subqueries; PostgreSQL runs each of them once."""

    def __init__(self, conditions: Conditions, select: Select, cursor: Cursor, link: Link | None) -> None:
        self.backwards = select.backwards
        self._conditions = conditions
        self._select = select
        self._cursor = cursor
        self._link = link

    def value(self, keys: list[OrderKey]) -> str:
        alias = self._conditions.alias()
        written = write_keys(self._conditions, keys, alias)
        return f"(SELECT {comma(written.texts)} {self._from(alias, written.joins)})"

    def exists(self) -> str:
        return f"EXISTS (SELECT 1 {self._from(self._conditions.alias())})"

    def _from(self, alias: str, joins: str = "") -> str:
        key = self._conditions.write(self._cursor.key, alias)
        if self._link is None:
            return f"FROM {quote_table(self._select.model)} AS {alias}{joins} WHERE {key}"
        source, linked = self._conditions.link(self._link[0], self._link[1], alias)
        return f"FROM {source}{joins} WHERE {linked} AND {key}"
