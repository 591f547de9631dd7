"""The reads that the generated actions lack: rows as dictionaries of chosen fields, and numbers over rows."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Protocol


class _Client(Protocol):
    def _run(self, method: str, arguments: Any, model: Any) -> Awaitable[Any]: ...


class ReadActions:
    """Stands before a generated class of actions, whose `_client` and `_model` it uses.

    A find gives what the engine made, models or with `select` or `omit` dictionaries, without a look at each row again.
    """

    __slots__ = ()

    _client: _Client
    _model: Any

    def find_unique(
        self, where: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Return the row with this key, or None."""
        arguments = {"where": where, "include": include}
        return self._client._run("find_unique", chosen(arguments, select, omit), self._model)

    def find_unique_or_raise(
        self, where: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Return the row with this key. Raises RecordNotFoundError if there is none."""
        arguments = {"where": where, "include": include}
        return self._client._run("find_unique_or_raise", chosen(arguments, select, omit), self._model)

    def find_first(
        self,
        skip: Any = None,
        where: Any = None,
        cursor: Any = None,
        include: Any = None,
        order: Any = None,
        distinct: Any = None,
        *,
        select: Any = None,
        omit: Any = None,
    ) -> Awaitable[Any]:
        """Return the first row in the order, or None."""
        arguments = _page(skip, where, cursor, include, order, distinct)
        return self._client._run("find_first", chosen(arguments, select, omit), self._model)

    def find_first_or_raise(
        self,
        skip: Any = None,
        where: Any = None,
        cursor: Any = None,
        include: Any = None,
        order: Any = None,
        distinct: Any = None,
        *,
        select: Any = None,
        omit: Any = None,
    ) -> Awaitable[Any]:
        """Return the first row in the order. Raises RecordNotFoundError if there is none."""
        arguments = _page(skip, where, cursor, include, order, distinct)
        return self._client._run("find_first_or_raise", chosen(arguments, select, omit), self._model)

    def find_many(
        self,
        take: Any = None,
        skip: Any = None,
        where: Any = None,
        cursor: Any = None,
        include: Any = None,
        order: Any = None,
        distinct: Any = None,
        *,
        select: Any = None,
        omit: Any = None,
    ) -> Awaitable[Any]:
        """Return the rows, all of them or one page."""
        arguments = {"take": take, **_page(skip, where, cursor, include, order, distinct)}
        return self._client._run("find_many", chosen(arguments, select, omit), self._model)

    def aggregate(
        self,
        where: Any = None,
        order: Any = None,
        take: Any = None,
        skip: Any = None,
        cursor: Any = None,
        *,
        count: Any = None,
        avg: Any = None,
        sum: Any = None,  # noqa: A002 - the names are group_by's
        min: Any = None,  # noqa: A002
        max: Any = None,  # noqa: A002
    ) -> Awaitable[Any]:
        """Return numbers over all rows or one page of them, as group_by does for each group.

        `count=True` gives the number of rows as `_count`. Sums of Int, BigInt and Decimal are exact.
        """
        page = {"where": where, "order_by": order, "take": take, "skip": skip, "cursor": cursor}
        wanted = {"count": count, "avg": avg, "sum": sum, "min": min, "max": max}
        return self._client._run("aggregate", {**page, **wanted}, self._model)


def _page(skip: Any, where: Any, cursor: Any, include: Any, order: Any, distinct: Any) -> dict[str, Any]:
    return {
        "skip": skip,
        "where": where,
        "order_by": order,
        "cursor": cursor,
        "include": include,
        "distinct": distinct,
    }


def chosen(arguments: dict[str, Any], select: Any, omit: Any) -> dict[str, Any]:
    """Add what is chosen of the fields, where anything is."""
    if select is not None or omit is not None:
        arguments["select"], arguments["omit"] = select, omit
    return arguments
