"""Pages of a list: by number, for people who jump, and by cursor, for lists that grow while they are read."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

from lumi_db.client import load_datamodel
from lumi_db.engine.datamodel import Field
from lumi_db.errors import CallerError, QueryError

from .arguments import check_projection
from .queries import SortKey

ItemT = TypeVar("ItemT")

_REMEDY = "begin again without a cursor"


@dataclass(frozen=True, slots=True)
class Page(Generic[ItemT]):
    """One page; `number` counts from 1, `total` the rows on all pages."""

    items: list[ItemT]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return -(-self.total // self.size)

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        return self.number > 1


@dataclass(frozen=True, slots=True)
class CursorPage(Generic[ItemT]):
    """One page and the cursors of its ends; None where nothing more lies that way."""

    items: list[ItemT]
    next_cursor: str | None
    previous_cursor: str | None


def fingerprint(entity: str, where: Mapping[str, Any], keys: Sequence[SortKey]) -> str:
    """Return what a cursor is bound to: the model, the filters and the order. Raises QueryError."""
    order = [(key.field.name, key.descending) for key in keys]
    try:
        return _digest(json.dumps([entity, where, order], default=repr, sort_keys=True))
    except (TypeError, ValueError, RecursionError):
        message = "The filters are no mapping of fields to values, or too deep: make them simpler."
        raise QueryError(message, entity=entity, fields=("filters",)) from None


def check_cursor_fields(projection: Any, keys: Sequence[SortKey]) -> None:
    """Raise CallerError for a projection without the fields that a cursor is made of."""
    check_projection(projection)
    if projection is not None and (
        lacking := [key.field.name for key in keys if key.field.name not in projection.model_fields]
    ):
        raise CallerError(
            f"The projection {projection.__name__} lacks what is sorted by: add {', '.join(lacking)}."
        )


def write_cursor(item: Any, keys: Sequence[SortKey], query: str) -> str:
    """Return an opaque text for the place of a row in its list."""
    values = [_plain(getattr(item, key.field.name)) for key in keys]
    body = json.dumps([query, values], separators=(",", ":"))
    return base64.urlsafe_b64encode(f"{_digest(body)}{body}".encode()).decode().rstrip("=")


def read_cursor(cursor: str, keys: Sequence[SortKey], query: str) -> list[Any]:
    """Return the values a cursor holds. Raises QueryError if it was changed or belongs to another query."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        digest, body = text[:_LENGTH], text[_LENGTH:]
        bound_to, values = json.loads(body if digest == _digest(body) else "")
        is_bound = bound_to == query
        place = (
            [_typed(key.field, value) for key, value in zip(keys, values, strict=True)] if is_bound else []
        )
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        raise QueryError(f"The cursor is damaged: {_REMEDY}.", fields=("cursor",)) from None
    if not is_bound:
        raise QueryError(
            f"The cursor belongs to another query: {_REMEDY}, or keep filters and sort as they were.",
            fields=("cursor",),
        )
    return place


def rows_after(keys: Sequence[SortKey], values: Sequence[Any], *, turned: bool) -> dict[str, Any]:
    """Return the client's `where` for the rows after a place in the list, or before it if `turned`.

    PostgreSQL takes nulls for the largest values.
    """
    branches: list[dict[str, Any]] = []
    for place, (key, value) in enumerate(zip(keys, values, strict=True)):
        equal = [_equal(before, one) for before, one in zip(keys[:place], values[:place], strict=True)]
        beyond = _beyond(key, value, turned=turned)
        if beyond is not None:
            branches.append({"AND": [*equal, beyond]})
    bound = _bound(keys[0], values[0], turned=turned)
    return {"OR": branches} if bound is None else {"AND": [bound, {"OR": branches}]}


def _bound(key: SortKey, value: Any, *, turned: bool) -> dict[str, Any] | None:
    """Return what all rows after a place have in common, from which an index can begin: of an OR it reads all before.

    None for what has no such bound: a null, and what stands before the nulls.
    """
    descending = key.descending != turned
    if value is None or _all_values(key.field) is not None or not (descending or key.field.is_required):
        return None
    return {key.field.name: {"lte" if descending else "gte": value}}


def _beyond(key: SortKey, value: Any, *, turned: bool) -> dict[str, Any] | None:
    name, descending = key.field.name, key.descending != turned
    if value is None:
        return {"NOT": [{name: None}]} if descending else None
    if (values := _all_values(key.field)) is not None:
        place = values.index(value)
        # A Boolean has no `in`; of none, an OR finds nothing.
        return {"OR": [{name: one} for one in (values[:place] if descending else values[place + 1 :])]}
    if descending:
        return {name: {"lt": value}}
    larger = {name: {"gt": value}}
    return larger if key.field.is_required else {"OR": [larger, {name: None}]}


def _all_values(field: Field) -> list[Any] | None:
    """Return what a field can hold, in order, for types that the client does not compare by size."""
    if field.type == "Boolean":
        return [False, True]
    enum = load_datamodel().enums.get(field.type)
    return None if enum is None else list(enum.values)


def _equal(key: SortKey, value: Any) -> dict[str, Any]:
    return {key.field.name: value}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, Enum) else value


def _typed(field: Field, value: Any) -> Any:
    """Return the value of a field as the client takes it. Whoever forges a cursor gets a ValueError at worst."""
    if value is None and not field.is_required:
        return None
    if not _is_of(field, value):
        raise ValueError(field.name)
    if field.type == "DateTime":
        return datetime.fromisoformat(value).astimezone(UTC)
    return Decimal(value) if field.type == "Decimal" else value


def _is_of(field: Field, value: Any) -> bool:
    known = _all_values(field)
    return type(value) is _PLAIN.get(field.type, str) and (known is None or value in known)


_LENGTH = 16
_PLAIN: Mapping[str, type] = {"Int": int, "Boolean": bool, "BigInt": int, "Float": float}
"""Type of a field → what a cursor holds of it, where that is not a text."""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
