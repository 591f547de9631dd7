"""Writes of one row that return a dictionary of chosen fields, as finds do."""

from __future__ import annotations

import sys
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:

    class _Generated:
        """What this module uses of the class of actions that stands behind it."""

        _client: Any
        _model: Any

        def create(self, *args: Any, **kwargs: Any) -> Awaitable[Any]: ...
        def update(self, *args: Any, **kwargs: Any) -> Awaitable[Any]: ...
        def upsert(self, *args: Any, **kwargs: Any) -> Awaitable[Any]: ...
        def delete(self, *args: Any, **kwargs: Any) -> Awaitable[Any]: ...

else:
    _Generated = object


class ReturnedActions(_Generated):
    """Stands before a generated class of actions; without `select` or `omit` a call is the generated one."""

    __slots__ = ()

    def create(
        self, data: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Create a row and return it."""
        if select is None and omit is None:
            return super().create(data, include)
        return self._write_row("create", data=data, include=include, select=select, omit=omit)

    def update(
        self, data: Any, where: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Update the row with this key and return it, or None if there is none."""
        if select is None and omit is None:
            return super().update(data, where, include)
        chosen = {"include": include, "select": select, "omit": omit}
        return self._write_row_if_there("update", data=data, where=where, **chosen)

    def upsert(
        self, where: Any, data: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Update the row with this key or create it, and return it."""
        if select is None and omit is None:
            return super().upsert(where, data, include)
        both = {"create": data.get("create"), "update": data.get("update")}
        return self._write_row("upsert", where=where, **both, include=include, select=select, omit=omit)

    def delete(
        self, where: Any, include: Any = None, *, select: Any = None, omit: Any = None
    ) -> Awaitable[Any]:
        """Delete the row with this key and return it, or None if there is none."""
        if select is None and omit is None:
            return super().delete(where, include)
        return self._write_row_if_there("delete", where=where, include=include, select=select, omit=omit)

    async def _write_row(self, method: str, **arguments: Any) -> Any:
        answer = await self._client._execute(method=method, arguments=arguments, model=self._model)
        return answer["data"]["result"]

    async def _write_row_if_there(self, method: str, **arguments: Any) -> Any:
        """Write as the generated actions do; the answer raises for a row that only a nested write missed."""
        package = type(self._client).__module__.rpartition(".")[0]
        missing = sys.modules[f"{package}.errors"].RecordNotFoundError
        try:
            answer = await self._client._execute(method=method, arguments=arguments, model=self._model)
        except missing:
            return None
        return answer["data"]["result"]
