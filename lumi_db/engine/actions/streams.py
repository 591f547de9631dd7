"""Reads of more rows than memory holds."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any


class StreamActions:
    """Stands before a generated class of actions, whose `_client` and `_model` it uses."""

    __slots__ = ()

    _client: Any
    _model: Any

    async def stream(
        self,
        *,
        where: Any = None,
        order: Any = None,
        include: Any = None,
        distinct: Any = None,
        cursor: Any = None,
        take: int | None = None,
        skip: int | None = None,
        batch: int = 500,
    ) -> AsyncGenerator[Any, None]:
        """Give the rows of a find one by one; no more than `batch` of them are in memory.

        They are read by a cursor on the server, in the transaction this is called on or in one of its own that holds
        a connection until the last row, or until the loop over them is left.
        """
        arguments = {
            "where": where,
            "order_by": order,
            "include": include,
            "distinct": distinct,
            "cursor": cursor,
            "take": take,
            "skip": skip,
        }
        client = self._client
        async with client._engine.stream(arguments, self._model, client._tx_id, client._lock, batch) as fetch:
            while rows := await fetch():
                for row in rows:
                    yield row
