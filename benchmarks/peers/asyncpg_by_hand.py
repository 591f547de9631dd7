"""asyncpg by hand, on a connection that is held; several tasks share twenty of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

import asyncpg

from ..hand import checkout, reads, writes
from .base import PythonPeer


class AsyncpgByHand(PythonPeer):
    name: ClassVar[str] = "asyncpg"
    title: ClassVar[str] = "asyncpg by hand"

    async def open(self, url: str) -> None:
        # The same settings of the session as our driver has.
        self._all = [
            await asyncpg.connect(url, server_settings={"jit": "off", "timezone": "UTC"})
            for _ in range(self.connections)
        ]
        self._free: asyncio.LifoQueue[Any] = asyncio.LifoQueue()
        for connection in self._all:
            self._free.put_nowait(connection)

    async def close(self) -> None:
        for connection in self._all:
            await connection.close()

    async def run_at_once(self, call: Any, inputs: Sequence[Any], tasks: int) -> float:
        async def shared(given: Any) -> Any:
            connection = await self._free.get()
            try:
                return await reads.find_by_id(connection, given)
            finally:
                self._free.put_nowait(connection)

        return await super().run_at_once(shared, inputs, tasks)


def _on_held(function: Callable[[Any, Any], Awaitable[Any]]) -> Any:
    def call(self: AsyncpgByHand, given: Any) -> Awaitable[Any]:
        return function(self._all[0], given)

    return call


for _module, _names in (
    (reads, ("find_by_id", "page_of_20", "three_levels", "filtered_count", "search")),
    (writes, ("create", "nested_create", "update_by_id", "upsert", "create_many", "transaction")),
    (checkout, ("checkout",)),
):
    for _name in _names:
        setattr(AsyncpgByHand, _name, _on_held(getattr(_module, _name)))
