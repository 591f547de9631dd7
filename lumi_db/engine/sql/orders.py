"""ORDER BY: columns, and subqueries for what related rows have."""

from __future__ import annotations

from typing import assert_never

from ..condition import ALWAYS, Condition
from ..datamodel import Field, Relation
from ..operation import Order, OrderKey, RelatedCount, Relevance, Through
from ..operators import RELEVANCE
from . import columns
from .conditions import Conditions
from .writer import comma


def order_by(conditions: Conditions, orders: tuple[Order, ...], alias: str, *, backwards: bool) -> str:
    """Return ` ORDER BY …`, turned round for `backwards`, or nothing."""
    if not orders:
        return ""
    return " ORDER BY " + comma([_order(conditions, order, alias, backwards) for order in orders])


def _order(conditions: Conditions, order: Order, alias: str, backwards: bool) -> str:
    text = write_key(conditions, order.key, alias)
    text += " DESC" if order.descending != backwards else " ASC"
    if order.nulls is None:
        return text
    return text + (" NULLS FIRST" if order.nulls_first != backwards else " NULLS LAST")


def write_key(conditions: Conditions, key: OrderKey, alias: str) -> str:
    """Return what a row `alias` is ordered by."""
    match key:
        case Field():
            return columns.column(key, alias)
        case RelatedCount(relation, where):
            return count_related(conditions, relation, where, alias)
        case Relevance(fields, text):
            searched = comma([columns.column(field, alias) for field in fields])
            return RELEVANCE.format(searched, conditions.parameter(text))
        case Through(relation, below, where):
            other, source = conditions.related_rows(relation, where, alias)
            value = f"(SELECT {write_key(conditions, below, other)} {source})"
            return f"coalesce({value}, 0)" if _is_number(below) else value
    assert_never(key)


def count_related(conditions: Conditions, relation: Relation, where: Condition, alias: str) -> str:
    """Return the number of related rows of the row `alias`."""
    return f"(SELECT count(*) {conditions.related_rows(relation, where, alias)[1]})"


def may_be_null(key: OrderKey) -> bool:
    """Whether a row may have nothing to be ordered by. A list is null where a row was made without it."""
    match key:
        case Field():
            return key.is_list or not key.is_required
        case RelatedCount() | Relevance():
            return False
        case Through(relation, below, where):
            is_there = relation.owns_key and relation.is_required and where == ALWAYS
            return not _is_number(below) and (not is_there or may_be_null(below))
    assert_never(key)


def _is_number(key: OrderKey) -> bool:
    """Whether it is reckoned from rows, and so zero where there are none."""
    return _is_number(key.key) if isinstance(key, Through) else not isinstance(key, Field)
