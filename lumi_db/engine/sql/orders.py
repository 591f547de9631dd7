"""ORDER BY: columns, also those of related rows, which are joined; numbers of related rows; relevance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from ..condition import ALWAYS, Condition
from ..datamodel import Field, Relation
from ..operation import Order, OrderKey, RelatedCount, Relevance, Through
from ..operators import RELEVANCE
from . import columns
from .conditions import Conditions
from .writer import comma


@dataclass(frozen=True, slots=True)
class Keys:
    """What rows are ordered by: an expression for each order, and the LEFT JOINs of the rows it is read from."""

    texts: tuple[str, ...]
    joins: str


def write_keys(conditions: Conditions, keys: Iterable[OrderKey], alias: str) -> Keys:
    """Write what the rows `alias` are ordered by. Joined is one row at most, so no row comes twice."""
    joins: list[str] = []
    texts = tuple([_key(conditions, key, alias, joins) for key in keys])
    return Keys(texts, "".join(joins))


def _key(conditions: Conditions, key: OrderKey, alias: str, joins: list[str]) -> str:
    match key:
        case Field():
            return columns.column(key, alias)
        case RelatedCount(relation, where):
            return count_related(conditions, relation, where, alias)
        case Relevance(fields, text):
            searched = comma([columns.column(field, alias) for field in fields])
            return RELEVANCE.format(searched, conditions.parameter(text))
        case Through(relation, below, where):
            other, source, condition = conditions.related_rows(relation, where, alias)
            joins.append(f" LEFT JOIN {source} ON {condition}")
            return _key(conditions, below, other, joins)
    assert_never(key)


def order_by(orders: tuple[Order, ...], keys: Keys, *, backwards: bool) -> str:
    """Return ` ORDER BY …`, turned round for `backwards`, or nothing."""
    if not orders:
        return ""
    return " ORDER BY " + comma(
        [_order(order, text, backwards) for order, text in zip(orders, keys.texts, strict=True)]
    )


def _order(order: Order, text: str, backwards: bool) -> str:
    text += " DESC" if order.descending != backwards else " ASC"
    if order.nulls is None:
        return text
    return text + (" NULLS FIRST" if order.nulls_first != backwards else " NULLS LAST")


def count_related(conditions: Conditions, relation: Relation, where: Condition, alias: str) -> str:
    """Return the number of related rows of the row `alias`; of no row it is zero."""
    _, source, condition = conditions.related_rows(relation, where, alias)
    return f"(SELECT count(*) FROM {source} WHERE {condition})"


def may_be_null(key: OrderKey) -> bool:
    """Whether a row may have nothing to be ordered by. A list is null where a row was made without it."""
    match key:
        case Field():
            return key.is_list or not key.is_required
        case RelatedCount() | Relevance():
            return False
        case Through(relation, below, where):
            is_there = relation.owns_key and relation.is_required and where == ALWAYS
            return may_be_null(below) or (not is_there and not _is_number(below))
    assert_never(key)


def _is_number(key: OrderKey) -> bool:
    """Whether it is reckoned from rows, and so zero where there are none."""
    return _is_number(key.key) if isinstance(key, Through) else not isinstance(key, Field)
