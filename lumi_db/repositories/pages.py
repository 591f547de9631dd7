"""Pages of a list: by number, for people who jump, and by cursor, for lists that grow while they are read."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

from lumi_db.client import load_datamodel
from lumi_db.engine.datamodel import Field
from lumi_db.errors import QueryError

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
    """Return what a cursor is bound to: the model, the filters and the order."""
    order = [(key.field.name, key.descending) for key in keys]
    return _digest(json.dumps([entity, where, order], default=repr, sort_keys=True))


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
    except (ValueError, TypeError, AttributeError):
        raise QueryError(f"The cursor is damaged: {_REMEDY}.", fields=("cursor",)) from None
    if bound_to != query:
        raise QueryError(
            f"The cursor belongs to another query: {_REMEDY}, or keep filters and sort as they were.",
            fields=("cursor",),
        )
    return [_typed(key.field, value) for key, value in zip(keys, values, strict=True)]


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
    return {"OR": branches}


def _beyond(key: SortKey, value: Any, *, turned: bool) -> dict[str, Any] | None:
    name, descending = key.field.name, key.descending != turned
    if value is None:
        return {"NOT": [{name: None}]} if descending else None
    if (values := _all_values(key.field)) is not None:
        place = values.index(value)
        return {name: {"in": values[:place] if descending else values[place + 1 :]}}
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
    if value is None:
        return None
    if field.type == "DateTime":
        return datetime.fromisoformat(value)
    return Decimal(value) if field.type == "Decimal" else value


_LENGTH = 16


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
