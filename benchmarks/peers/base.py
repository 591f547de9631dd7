"""What every peer can do: open, run calls and say how long they took, answer one call, close."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, ClassVar, Protocol
from urllib.parse import unquote, urlsplit

CONNECTIONS = 20


class Peer(Protocol):
    """A library that is measured. `lacks` says why it has no such operation, for those it has no documented way for."""

    name: ClassVar[str]
    title: ClassVar[str]
    lacks: ClassVar[dict[str, str]]

    async def open(self, url: str) -> None:
        """Connect, with a pool of 20 connections."""

    async def close(self) -> None:
        """Close every connection."""

    async def run(self, method: str, inputs: Sequence[Any], *, tasks: int) -> float:
        """Call the operation with each input, `tasks` at once, and return the seconds that took."""

    async def answer(self, method: str, given: Any) -> Any:
        """Call the operation once and return its result, as objects or as dictionaries."""


class PythonPeer:
    """A peer in this process: an operation is its method of the same name."""

    lacks: ClassVar[dict[str, str]] = {}

    def __init__(self, connections: int = CONNECTIONS) -> None:
        self.connections = connections

    async def run(self, method: str, inputs: Sequence[Any], *, tasks: int) -> float:
        if tasks > 1:
            return await self.run_at_once(getattr(self, method), inputs, tasks)
        call, given = getattr(self, method), self.prepare(method, inputs)
        started = perf_counter()
        for one in given:
            await call(one)
        return perf_counter() - started

    async def run_at_once(self, call: Any, inputs: Sequence[Any], tasks: int) -> float:
        waiting = iter(inputs)
        started = perf_counter()
        await asyncio.gather(*(_work(call, waiting) for _ in range(tasks)))
        return perf_counter() - started

    async def answer(self, method: str, given: Any) -> Any:
        return await getattr(self, method)(*self.prepare(method, [given]))

    def prepare(self, method: str, inputs: Sequence[Any]) -> Sequence[Any]:
        """Return the inputs as the library wants them, before time is taken."""
        return inputs


async def _work(call: Any, waiting: Iterator[Any]) -> None:
    for one in waiting:
        await call(one)


@dataclass(frozen=True, slots=True)
class Socket:
    """The parts of the address of a server on a Unix socket; not every library reads such a URL."""

    user: str
    host: str
    database: str


def socket_of(url: str) -> Socket:
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return Socket(parts.username or "", unquote(place), parts.path.lstrip("/"))
