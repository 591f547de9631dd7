"""A small fair pool over asyncpg connections: taking a free one is a pop, giving it back an append."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from ..errors import EngineError
from ..events import LeakEvent
from ..histogram import Histogram
from .connect import Connector
from .failures import DRIVER_ERRORS
from .held import LAST_WAIT, Held, cleanse
from .holding import Holdings
from .limits import PoolLimits


@dataclass(frozen=True, slots=True)
class PoolStats:
    """A look at the pool; `size` counts connections open or being opened, `waiting` tasks in the queue.

    `opened`, `closed` and the histograms count since the pool was made; the histograms go on counting. So do the
    `outcomes` of interactive transactions: `committed`, `rolled_back` and `unknown`. `oldest_transaction` is the age
    of the oldest open one, in seconds.
    """

    size: int
    idle: int
    busy: int
    waiting: int
    transactions: int
    oldest_transaction: float
    outcomes: Mapping[str, int]
    maximum: int
    opened: int
    closed: int
    waits: Histogram
    statements: Histogram


# How long the end of a pool may take longer for the sake of the server.
STOP_TIMEOUT = 1.0
_KEPT_AFTER_FORK: list[Pool] = []


class Pool:
    """Connections of one event loop.

    Free ones are reused last in, first out, so that surplus ones grow old and are closed. Who waits is served
    first come, first served: while anyone waits no connection is free, for it is handed over directly.
    """

    def __init__(
        self,
        connector: Connector,
        limits: PoolLimits,
        *,
        leaked: Callable[[LeakEvent], None] | None = None,
    ) -> None:
        self.limits = limits
        self.connector = connector
        self._loop = asyncio.get_running_loop()
        self._all: set[Held] = set()
        self._idle: deque[Held] = deque()
        self._waiters: deque[asyncio.Future[Held]] = deque()
        self._opening = 0
        self._opened = 0
        self.holdings = Holdings(limits.leak, leaked)
        self._waits = Histogram()
        self._statements = Histogram()
        self._tasks: set[asyncio.Task[None]] = set()
        self._drained: asyncio.Future[None] | None = None
        self._closed = False
        # Reading the clock for every statement costs more than the rest of the pool: ages are in sweeps.
        self._now = self._loop.time()
        self._sweeper = self._loop.call_later(limits.sweep_every, self._sweep)

    @property
    def size(self) -> int:
        return len(self._all) + self._opening

    def stats(
        self, *, transactions: int, oldest_transaction: float, outcomes: Mapping[str, int]
    ) -> PoolStats:
        return PoolStats(
            size=self.size,
            idle=len(self._idle),
            busy=len(self._all) - len(self._idle),
            waiting=self._waiting(),
            transactions=transactions,
            oldest_transaction=oldest_transaction,
            outcomes=outcomes,
            maximum=self.limits.maximum,
            opened=self._opened,
            closed=self._opened - len(self._all),
            waits=self._waits,
            statements=self._statements,
        )

    async def open(self) -> None:
        """Open the first connection and let the rest of the minimum follow in the background."""
        self._opening += 1
        try:
            connection = await self.connector.open()
        finally:
            self._opening -= 1
        self._admit(connection)
        self._fill()

    def take(self) -> Held | None:
        """Return a free connection, or None when there is none that can be used at once.

        One that the event loop knows to be closed is dropped here, unseen by whoever asked.
        """
        while self._idle:
            held = self._idle.pop()
            if held.connection.is_closed():
                self._all.discard(held)
            elif self._now - held.idle_since > self.limits.probe_after:
                # A probe takes a round trip, so whoever asked waits in the queue for its outcome.
                self.settle(held)
            else:
                self._waits.add_none()
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
        started = self._loop.time()
        timer = None if wait is None else self._loop.call_later(wait, self._give_up, waiter, wait)
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self.release(waiter.result())
            raise
        finally:
            waited = self._loop.time() - started
            self._waits.add(waited)
            LAST_WAIT.set((perf_counter(), waited))
            if timer is not None:
                timer.cancel()
            if waiter in self._waiters:
                self._waiters.remove(waiter)

    def release(self, held: Held) -> None:
        """Give back a connection whose last statement ended, well or with an error of the server's."""
        if held.touched or held.retired or self._waiters or self._closed:
            self._release_slowly(held)
        else:
            held.idle_since = self._now
            self._idle.append(held)

    def _release_slowly(self, held: Held) -> None:
        if held.retired or self._closed or held.connection.is_closed():
            self.discard(held)
        elif held.touched:
            self.settle(held, certain=True)
        else:
            self._deliver(held)

    def discard(self, held: Held) -> None:
        """Close a connection that is not to be used again and open another one if it is missed."""
        self._all.discard(held)
        self.holdings.remove(held)
        held.connection.terminate()
        self._grow()
        if self._drained is not None and not self._drained.done() and not self._all:
            self._drained.set_result(None)

    def settle(self, held: Held, *, certain: bool = False) -> asyncio.Task[None]:
        """Clean a connection in an unknown state (cancelled, in a transaction), then give it back.

        `certain` says that its last statement ended. The task ends when the server has rolled back or the
        connection is closed, within `limits.settle`.
        """
        self.holdings.remove(held)
        return self._spawn(self._settle(held, certain))

    async def drain(self) -> None:
        """Refuse new work, close what is free and wait until the rest has come back and is closed."""
        self._refuse()
        await asyncio.gather(*(self._part(one) for one in self._idle))
        self._idle.clear()
        if self._all:
            self._drained = self._loop.create_future()
            await self._drained

    async def terminate(self) -> None:
        """End every connection now, and the statements that run, on the server too."""
        tasks = list(self._tasks)
        self._refuse()
        try:
            await self._stop_statements()
        finally:
            self._end_all()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _stop_statements(self) -> None:
        # A server does not see that its client is gone until it has something to send; closing sends a
        # request to cancel first.
        busy = [held.connection for held in self._all.difference(self._idle)]
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_TIMEOUT):
                await asyncio.gather(*(one.close() for one in busy), return_exceptions=True)

    def abandon(self, *, forked: bool) -> None:
        """End every connection from anywhere: from another thread or event loop, or after ours was closed.

        In a forked child sockets and epoll are the parent's: even closing them would disturb it.
        """
        if forked:
            _KEPT_AFTER_FORK.append(self)
        elif self._loop.is_running() and self._loop is not _running_loop():
            self._loop.call_soon_threadsafe(self._end_all)
        else:
            self._end_all()

    def _end_all(self) -> None:
        self._refuse()
        for held in self._all:
            # A closed event loop cannot even be told to close a socket; Python does when it collects it.
            with suppress(RuntimeError):
                held.connection.terminate()
        self._all.clear()
        self._idle.clear()
        if not self._loop.is_closed():
            for task in self._tasks:
                task.cancel()

    def _refuse(self) -> None:
        self._closed = True
        self._sweeper.cancel()
        while self._waiters and not self._loop.is_closed():
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_exception(closed_error())

    def _waiting(self) -> int:
        return sum(not one.done() for one in self._waiters)

    def _admit(self, connection: Any) -> None:
        held = self.connector.hold(connection, now=self._now, statements=self._statements)
        self._all.add(held)
        self._opened += 1
        self.release(held)

    def _deliver(self, held: Held) -> None:
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_result(held)
                return
        held.idle_since = self._now
        self._idle.append(held)

    def _grow(self) -> None:
        """Open a connection for the queue, unless as many are on their way as there are tasks waiting."""
        if not self._closed and self.size < self.limits.maximum and self._opening < self._waiting():
            self._opening += 1
            self._spawn(self._open_one())

    def _fill(self) -> None:
        while not self._closed and self.size < self.limits.minimum:
            self._opening += 1
            self._spawn(self._open_one())

    async def _open_one(self) -> None:
        try:
            connection = await self.connector.open()
        except EngineError as error:
            self._opening -= 1
            self._fail_one(error)
        except BaseException:
            self._opening -= 1
            raise
        else:
            self._opening -= 1
            self._admit(connection)

    def _fail_one(self, error: EngineError) -> None:
        """Tell the first in the queue why no connection could be opened, and try again for the next."""
        # With no connection left on the server (P2037), those who wait may still get one of ours.
        if error.code == "P2037" and self._all:
            return
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_exception(error)
                break
        self._grow()

    def tell_holders(self) -> tuple[str, list[str]]:
        """Return who holds connections longest, by line: as the end of a message, and one by one."""
        holders = self.holdings.list_longest(self._loop.time())
        return f" Held longest by {', '.join(holders)}." if holders else "", holders

    def _give_up(self, waiter: asyncio.Future[Held], wait: float) -> None:
        if waiter.done():
            return
        limit, (told, holders) = self.limits.maximum, self.tell_holders()
        waiter.set_exception(
            EngineError(
                "P2024",
                "Timed out fetching a new connection from the connection pool "
                f"(connection pool timeout: {wait:g} s, connection limit: {limit}).{told}",
                {"timeout": wait, "connection_limit": limit, "holders": holders},
            )
        )

    async def _settle(self, held: Held, certain: bool) -> None:
        try:
            async with asyncio.timeout(self.limits.settle):
                await cleanse(held, certain=certain)
        except BaseException as error:
            self.discard(held)
            if not isinstance(error, Exception):
                raise
        else:
            held.touched = False
            self.release(held)

    async def _part(self, held: Held) -> None:
        self._all.discard(held)
        try:
            await held.connection.close(timeout=self.limits.settle)
        except DRIVER_ERRORS:
            held.connection.terminate()

    def _sweep(self) -> None:
        """Close what has been free for too long or is dead, and keep the minimum open."""
        self._sweeper = self._loop.call_later(self.limits.sweep_every, self._sweep)
        self._now = self._loop.time()
        self.holdings.tell_leaks(self._now)
        for held in self._all:
            held.retired = held.retired or self._now - held.born > self.limits.lifetime
        for held in list(self._idle):
            surplus = (
                self.size > self.limits.minimum and self._now - held.idle_since > self.limits.idle_lifetime
            )
            if surplus or held.retired or held.connection.is_closed():
                self._idle.remove(held)
                self._all.discard(held)
                self._spawn(self._part(held))
        self._fill()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def closed_error() -> EngineError:
    return EngineError(None, "The client is not connected; call connect() first.", {"reason": "closed"})
