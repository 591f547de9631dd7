"""The writes that the generated actions lack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class WriteActions:
    """Stands before a generated class of actions, whose `_client` and `_model` it uses."""

    __slots__ = ()

    _client: Any
    _model: Any

    async def create_many_and_return(
        self, data: Sequence[Any], *, skip_duplicates: bool | None = None
    ) -> list[Any]:
        """Create rows as `create_many` does, and return them in the order of `data`.

        With `skip_duplicates` only those that were created are returned.
        """
        arguments = {"data": data, "skipDuplicates": skip_duplicates}
        rows: list[Any] = await self._write("create_many_and_return", arguments)
        return rows

    async def update_many_and_return(self, data: Any, where: Any) -> list[Any]:
        """Update rows as `update_many` does, and return them as they are then, in no order."""
        rows: list[Any] = await self._write("update_many_and_return", {"data": data, "where": where})
        return rows

    async def _write(self, method: str, arguments: dict[str, Any]) -> Any:
        answer = await self._client._execute(method=method, arguments=arguments, model=self._model)
        return answer["data"]["result"]
