"""Pages far down a list, as someone reads them who has come a long way by cursors."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from lumi_db.repositories.pages import fingerprint, write_cursor
from lumi_db.repositories.queries import read_sort
from lumi_db.scope import with_deleted


def cursor_at(
    rows: Any, place: Mapping[str, Any], where: Mapping[str, Any], sort: str | Sequence[str] | None = None
) -> str:
    """Return the cursor of a row in a list of a repository, without reading the pages before it."""
    keys = read_sort(rows.entity, sort, default=rows.default_sort)
    return write_cursor(SimpleNamespace(**place), keys, fingerprint(rows.entity, where, keys))


def second_page(
    rows: Any,
    read: Callable[..., Awaitable[Any]],
    place: Mapping[str, Any],
    *given: Any,
    where: Mapping[str, Any],
) -> Awaitable[Any]:
    """Read the page behind a row with a method whose conditions are `where`."""
    return read(*given, after=cursor_at(rows, place, where))


async def deleted(rows: Any) -> list[Any]:
    """Read what was soft-deleted last, as who looks for what to bring back."""
    with with_deleted():
        found: list[Any] = await rows.list_(where={"NOT": [{"deletedAt": None}]}, sort="-deletedAt", limit=20)
    return found
