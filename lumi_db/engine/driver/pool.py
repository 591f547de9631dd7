"""A small fair pool over asyncpg connections: taking a free one is a pop, giving it back an append."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from ..errors import EngineError
from .connect import Connector
from .failures import DRIVER_ERRORS
from .limits import PoolLimits


@dataclass(frozen=True, slots=True)
class PoolStats:
    """A look at the pool: `size` counts connections open or being opened, `waiting` the tasks in the queue."""

    size: int
    idle: int
    busy: int
    waiting: int
    transactions: int
    maximum: int


class Held:
    """One connection of the pool. `touched` says that raw SQL may have changed its session."""

    __slots__ = ("born", "connection", "idle_since", "touched")

    def __init__(self, connection: Any, *, now: float) -> None:
        self.connection = connection
        self.born = now
        self.idle_since = now
        self.touched = False


class Pool:
    """Connections of one event loop.

    Free ones are reused last in, first out, so that surplus ones grow old and are closed. Who waits is served
    first come, first served: while anyone waits no connection is free, for it is handed over directly.
    """

    def __init__(self, connector: Connector, limits: PoolLimits) -> None:
        self.limits = limits
        self._connector = connector
        self._loop = asyncio.get_running_loop()
        self._idle: deque[Held] = deque()
        self._busy: set[Held] = set()
        self._waiters: deque[asyncio.Future[Held]] = deque()
        self._opening = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._drained: asyncio.Future[None] | None = None
        self._closed = False
        self._sweeper = self._loop.call_later(limits.sweep_every, self._sweep)

    @property
    def size(self) -> int:
        return len(self._idle) + len(self._busy) + self._opening

    def stats(self, *, transactions: int) -> PoolStats:
        waiting = sum(not one.done() for one in self._waiters)
        return PoolStats(
            self.size,
            len(self._idle),
            len(self._busy),
            waiting,
            transactions,
            maximum=self.limits.maximum,
        )

    async def open(self) -> None:
        """Open the first connection and let the rest of the minimum follow in the background."""
        self._opening += 1
        try:
            held = Held(await self._connector.open(), now=self._loop.time())
        finally:
            self._opening -= 1
        self._deliver(held)
        self._fill()

    def take(self) -> Held | None:
        """Return a free connection, or None when there is none that can be used at once."""
        while self._idle:
            held = self._idle.pop()
            if held.connection.is_closed():
                continue
            if self._loop.time() - held.idle_since > self.limits.probe_after:
                # A probe takes a round trip, so whoever asked waits in the queue for its outcome.
                self._busy.add(held)
                self._clean(held)
                continue
            self._busy.add(held)
            return held
        return None

    async def acquire(self, *, wait: float | None) -> Held:
        """Take a connection, waiting in line for up to `wait` seconds.

        Raises EngineError P2024 when the time is over, and whatever opening a new connection raised.
        """
        if self._closed:
            raise closed_error()
        held = self.take()
        if held is not None:
            return held
        waiter: asyncio.Future[Held] = self._loop.create_future()
        self._waiters.append(waiter)
        self._grow()
        timer = (
            None
            if wait is None
            else self._loop.call_later(wait, self._give_up, waiter, wait)
        )
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self.release(waiter.result())
            raise
        finally:
            if timer is not None:
                timer.cancel()
            if waiter in self._waiters:
                self._waiters.remove(waiter)

    def release(self, held: Held) -> None:
        """Give back a connection whose last statement ended, well or with an error of the server's."""
        if held not in self._busy:
            return
        if held.connection.is_closed() or self._closed or self._is_old(held):
            self.discard(held)
        elif held.touched:
            self._clean(held)
        else:
            self._busy.discard(held)
            self._deliver(held)

    def discard(self, held: Held) -> None:
        """Close a connection that is not to be used again and open another one if it is missed."""
        self._busy.discard(held)
        held.connection.terminate()
        self._after_loss()

    def settle(self, held: Held) -> asyncio.Task[None]:
        """Clean a connection in an unknown state (cancelled, in a transaction), then give it back.

        The task ends when the server has rolled back or the connection is closed, within `limits.settle`.
        """
        return self._spawn(self._settle(held))

    async def close(self, *, timeout: float) -> None:
        """Refuse new work, wait up to `timeout` seconds for what is under way, then end every connection."""
        self._closed = True
        self._sweeper.cancel()
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_exception(closed_error())
        self._waiters.clear()
        idle, self._idle = list(self._idle), deque()
        await asyncio.gather(*(self._part(one, timeout=timeout) for one in idle))
        await self._drain(timeout)
        for held in list(self._busy):
            held.connection.terminate()
        self._busy.clear()
        for task in list(self._tasks):
            task.cancel()

    def forget(self) -> None:
        """Drop everything without a word to the server: in a forked child the sockets are the parent's."""
        self._closed = True
        self._idle.clear()
        self._busy.clear()
        self._waiters.clear()

    def _is_old(self, held: Held) -> bool:
        return self._loop.time() - held.born > self.limits.lifetime

    def _deliver(self, held: Held) -> None:
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                self._busy.add(held)
                waiter.set_result(held)
                return
        held.idle_since = self._loop.time()
        self._idle.append(held)

    def _grow(self) -> None:
        """Open a connection for the queue, unless as many are on their way as there are tasks waiting."""
        waiting = sum(not one.done() for one in self._waiters)
        if (
            not self._closed
            and self.size < self.limits.maximum
            and self._opening < waiting
        ):
            self._opening += 1
            self._spawn(self._open_one())

    def _fill(self) -> None:
        while not self._closed and self.size < self.limits.minimum:
            self._opening += 1
            self._spawn(self._open_one())

    async def _open_one(self) -> None:
        try:
            held = Held(await self._connector.open(), now=self._loop.time())
        except EngineError as error:
            self._opening -= 1
            self._fail_one(error)
            return
        except BaseException:
            self._opening -= 1
            raise
        self._opening -= 1
        if self._closed:
            held.connection.terminate()
        else:
            self._deliver(held)

    def _fail_one(self, error: EngineError) -> None:
        # With no connection left on the server (P2037), those who wait may still get one of ours.
        if error.code == "P2037" and self._busy:
            return
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_exception(error)
                return

    def _after_loss(self) -> None:
        self._grow()
        if self._drained is not None and not self._busy and not self._drained.done():
            self._drained.set_result(None)

    def _give_up(self, waiter: asyncio.Future[Held], wait: float) -> None:
        if not waiter.done():
            limit = self.limits.maximum
            waiter.set_exception(
                EngineError(
                    "P2024",
                    "Timed out fetching a new connection from the connection pool "
                    f"(connection pool timeout: {wait:g} s, connection limit: {limit}).",
                    {"timeout": wait, "connection_limit": limit},
                )
            )

    def _clean(self, held: Held) -> None:
        self._spawn(self._settle(held))

    async def _settle(self, held: Held) -> None:
        try:
            async with asyncio.timeout(self.limits.settle):
                await _cleanse(held)
        except BaseException as error:
            self.discard(held)
            if not isinstance(error, Exception):
                raise
        else:
            held.touched = False
            self.release(held)

    async def _part(self, held: Held, *, timeout: float) -> None:
        try:
            await held.connection.close(timeout=timeout)
        except DRIVER_ERRORS:
            held.connection.terminate()

    async def _drain(self, timeout: float) -> None:
        if self._busy and timeout > 0:
            self._drained = self._loop.create_future()
            await asyncio.wait([self._drained], timeout=timeout)

    def _sweep(self) -> None:
        """Close what has been free for too long or is dead, and keep the minimum open."""
        self._sweeper = self._loop.call_later(self.limits.sweep_every, self._sweep)
        now = self._loop.time()
        for held in list(self._idle):
            surplus = (
                self.size > self.limits.minimum
                and now - held.idle_since > self.limits.idle_lifetime
            )
            if surplus or self._is_old(held) or held.connection.is_closed():
                self._idle.remove(held)
                self._spawn(self._part(held, timeout=self.limits.settle))
        self._fill()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def closed_error() -> EngineError:
    return EngineError(
        None, "The client is not connected; call connect() first.", {"reason": "closed"}
    )


async def _cleanse(held: Held) -> None:
    """Bring a session back to how it was opened; the first statement also waits for a running cancellation."""
    connection = held.connection
    await connection.execute(
        "ROLLBACK" if connection.is_in_transaction() else "SELECT 1"
    )
    if connection.is_in_transaction():
        await connection.execute("ROLLBACK")
    if held.touched:
        await connection.reset()
