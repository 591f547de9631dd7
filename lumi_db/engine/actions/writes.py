"""The writes that the generated actions lack."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Sequence
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

    async def upsert_many(
        self, data: Sequence[Any], *, key: Sequence[str], update: Sequence[str] | None = None
    ) -> list[Any]:
        """Create rows or, where `key` is taken, update the row that has it; return them in the order of `data`.

        `key` are the names of the fields of one unique key, which every row gives. `update` names the fields to
        overwrite: without it all that a row gives, but for keys and ids and what its owner keeps from callers; with
        an empty list a row that is there stays as it is.

        Raises:
            InputError: for two rows of one key, with their places.
            UniqueViolationError: for a row in the way that may not be touched, a deleted one for example.
        """
        arguments = {"data": data, "key": key, "update": update}
        rows: list[Any] = await self._write("upsert_many", arguments)
        return rows

    async def load_many(self, rows: Iterable[Any] | AsyncIterable[Any], *, chunk: int = 10_000) -> int:
        """Write rows by COPY, `chunk` of them at a time and all or none, and return their number.

        `rows` are as for `create_many`, from anything that can be iterated over: no more than `chunk` of them are in
        memory. A row that cannot be written is named by its number: `rows.3.email`. In a transaction what fails is
        undone, and the transaction goes on.
        """
        client = self._client
        count: int = await client._engine.load(rows, self._model, client._tx_id, client._lock, chunk)
        return count

    async def _write(self, method: str, arguments: dict[str, Any]) -> Any:
        answer = await self._client._execute(method=method, arguments=arguments, model=self._model)
        return answer["data"]["result"]
