"""Writes of one row, which return a model, or a dictionary of chosen fields as finds do."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any

from ..client_errors import DeferredError
from .reads import chosen


class RowWriteActions:
    """Stands before a generated class of actions, whose `_client` and `_model` it uses."""

    __slots__ = ()

    _client: Any
    _model: Any

    def create(
        self, data: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Create a row and return it."""
        arguments = {"data": data, "include": include}
        made: Awaitable[Any] = self._client._run("create", chosen(arguments, select, omit), self._model)
        return made

    def update(
        self, data: Any, where: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Update the row with this key and return it, or None if there is none."""
        arguments = {"data": data, "where": where, "include": include}
        return _if_there(self, "update", chosen(arguments, select, omit))

    def upsert(
        self, where: Any, data: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Update the row with this key, or create it, and return it."""
        both = {"data": data}
        if isinstance(data, Mapping):
            both = {"create": data.get("create"), "update": data.get("update")}
        arguments = {"where": where, **both, "include": include}
        made: Awaitable[Any] = self._client._run("upsert", chosen(arguments, select, omit), self._model)
        return made

    def delete(
        self, where: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Delete the row with this key and return it, or None if there is none."""
        return _if_there(self, "delete", chosen({"where": where, "include": include}, select, omit))


async def _if_there(actions: Any, method: str, arguments: Any) -> Any:
    """Write, or return None for a missing row, but raise where a nested write missed one."""
    try:
        return await actions._client._run(method, arguments, actions._model)
    except DeferredError as error:
        raise error.raised from None
    except actions._client._error_classes.RecordNotFoundError:
        return None
