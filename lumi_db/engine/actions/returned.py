"""Writes of one row that return a dictionary of chosen fields, as finds do."""

from __future__ import annotations

import sys
from collections.abc import Awaitable
from typing import Any

from .reads import Action, named_as


def writes_of(generated: Any) -> dict[str, Action]:
    """Return the writes of one row of a generated class, with `select` and `omit` for what they return.

    Without them a call is the generated one.
    """
    made = [
        _create(generated.create),
        _update(generated.update),
        _upsert(generated.upsert),
        _delete(generated.delete),
    ]
    return {action.__name__: action for action in made}


def _create(plain: Action) -> Any:
    def create(
        self: Any, data: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        if select is None and omit is None:
            return plain(self, data, include)
        chosen: Awaitable[Any] = self._chosen("create", data=data, include=include, select=select, omit=omit)
        return chosen

    return named_as(plain, create)


def _update(plain: Action) -> Any:
    def update(
        self: Any, data: Any, where: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        if select is None and omit is None:
            return plain(self, data, where, include)
        outputs = {"include": include, "select": select, "omit": omit}
        return _if_there(self, "update", data=data, where=where, **outputs)

    return named_as(plain, update)


def _upsert(plain: Action) -> Any:
    def upsert(
        self: Any, where: Any, data: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        if select is None and omit is None:
            return plain(self, where, data, include)
        both = {"create": data.get("create"), "update": data.get("update")}
        outputs = {"include": include, "select": select, "omit": omit}
        chosen: Awaitable[Any] = self._chosen("upsert", where=where, **both, **outputs)
        return chosen

    return named_as(plain, upsert)


def _delete(plain: Action) -> Any:
    def delete(
        self: Any, where: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        if select is None and omit is None:
            return plain(self, where, include)
        return _if_there(self, "delete", where=where, include=include, select=select, omit=omit)

    return named_as(plain, delete)


async def _if_there(actions: Any, method: str, **arguments: Any) -> Any:
    """Write, or return None for a missing row; the answer raises for one that only a nested write missed."""
    package = type(actions._client).__module__.rpartition(".")[0]
    missing = sys.modules[f"{package}.errors"].RecordNotFoundError
    try:
        answer = await actions._client._execute(method=method, arguments=arguments, model=actions._model)
    except missing:
        return None
    return answer["data"]["result"]
