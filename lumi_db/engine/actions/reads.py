"""The reads that the generated actions lack: rows as dictionaries of chosen fields, and numbers over rows."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:

    class _Generated:
        """What this module uses of the class of actions that stands behind it."""

        _client: Any
        _model: Any

        def find_unique(self, *args: Any, **kwargs: Any) -> Awaitable[Any]: ...
        def find_unique_or_raise(self, *args: Any, **kwargs: Any) -> Awaitable[Any]: ...
        def find_first(self, *args: Any, **kwargs: Any) -> Awaitable[Any]: ...
        def find_first_or_raise(self, *args: Any, **kwargs: Any) -> Awaitable[Any]: ...
        def find_many(self, *args: Any, **kwargs: Any) -> Awaitable[Any]: ...

else:
    _Generated = object


class ReadActions(_Generated):
    """Stands before a generated class of actions, whose `_client` and `_model` it uses.

    With `select` or `omit` a find gives dictionaries. Without them its call is the generated one, handed on as it is.
    """

    __slots__ = ()

    def find_unique(
        self, where: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Return the row with this key, or None."""
        if select is None and omit is None:
            return super().find_unique(where, include)
        return self._rows("find_unique", where=where, include=include, select=select, omit=omit)

    def find_unique_or_raise(
        self, where: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Return the row with this key. Raises RecordNotFoundError if there is none."""
        if select is None and omit is None:
            return super().find_unique_or_raise(where, include)
        return self._rows("find_unique_or_raise", where=where, include=include, select=select, omit=omit)

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
        if select is None and omit is None:
            return super().find_first(skip, where, cursor, include, order, distinct)
        page = {"skip": skip, "where": where, "cursor": cursor, "order_by": order, "distinct": distinct}
        return self._rows("find_first", **page, include=include, select=select, omit=omit)

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
        if select is None and omit is None:
            return super().find_first_or_raise(skip, where, cursor, include, order, distinct)
        page = {"skip": skip, "where": where, "cursor": cursor, "order_by": order, "distinct": distinct}
        return self._rows("find_first_or_raise", **page, include=include, select=select, omit=omit)

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
        if select is None and omit is None:
            return super().find_many(take, skip, where, cursor, include, order, distinct)
        page = {"where": where, "cursor": cursor, "order_by": order, "distinct": distinct}
        return self._rows(
            "find_many", take=take, skip=skip, **page, include=include, select=select, omit=omit
        )

    async def aggregate(
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
    ) -> dict[str, Any]:
        """Return numbers over all rows or one page of them, as group_by does for each group.

        `count=True` gives the number of rows as `_count`. Sums of Int, BigInt and Decimal are exact.
        """
        page = {"where": where, "order_by": order, "take": take, "skip": skip, "cursor": cursor}
        wanted = {"count": count, "avg": avg, "sum": sum, "min": min, "max": max}
        return await self._rows("aggregate", **page, **wanted)  # type: ignore[no-any-return]

    async def _rows(self, method: str, **arguments: Any) -> Any:
        answer = await self._client._execute(method=method, arguments=arguments, model=self._model)
        return answer["data"]["result"]
