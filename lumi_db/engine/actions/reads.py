"""The reads that the generated actions lack: rows as dictionaries of chosen fields, and numbers over rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Action = Callable[..., Awaitable[Any]]


class ReadActions:
    """Stands before a generated class of actions, whose `_client` and `_model` it uses."""

    __slots__ = ()

    _client: Any
    _model: Any

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
        found: dict[str, Any] = await self._chosen("aggregate", **page, **wanted)
        return found

    async def _chosen(self, method: str, **arguments: Any) -> Any:
        """Return what the engine answers, as it is."""
        answer = await self._client._execute(method=method, arguments=arguments, model=self._model)
        return answer["data"]["result"]


def finds_of(generated: Any) -> dict[str, Action]:
    """Return the finds of a generated class, which give dictionaries where they are given `select` or `omit`.

    Without them a call is handed on as it is, to a function that is known already: `super()` costs a hundredth of it.
    """
    made = [
        _by_key(generated.find_unique),
        _by_key(generated.find_unique_or_raise),
        _first(generated.find_first),
        _first(generated.find_first_or_raise),
        _many(generated.find_many),
    ]
    return {action.__name__: action for action in made}


def _by_key(plain: Action) -> Any:
    name = plain.__name__

    def find(
        self: Any, where: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        if select is None and omit is None:
            return plain(self, where, include)
        chosen: Awaitable[Any] = self._chosen(name, where=where, include=include, select=select, omit=omit)
        return chosen

    return named_as(plain, find)


def _first(plain: Action) -> Any:
    name = plain.__name__

    def find(
        self: Any,
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
        if select is None and omit is None:
            return plain(self, skip, where, cursor, include, order, distinct)
        page = {"skip": skip, "where": where, "cursor": cursor, "order_by": order, "distinct": distinct}
        chosen: Awaitable[Any] = self._chosen(name, **page, include=include, select=select, omit=omit)
        return chosen

    return named_as(plain, find)


def _many(plain: Action) -> Any:
    def find(
        self: Any,
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
        if select is None and omit is None:
            return plain(self, take, skip, where, cursor, include, order, distinct)
        page = {"take": take, "skip": skip, "where": where, "cursor": cursor, "order_by": order}
        outputs = {"include": include, "select": select, "omit": omit}
        chosen: Awaitable[Any] = self._chosen(plain.__name__, **page, distinct=distinct, **outputs)
        return chosen

    return named_as(plain, find)


def named_as(plain: Any, made: Any) -> Any:
    """Give a function the name and the words of the generated one that it stands before."""
    made.__name__, made.__qualname__, made.__doc__ = plain.__name__, plain.__qualname__, plain.__doc__
    return made
