"""What the engine tells its listeners: one event a statement, one an operation."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from typing import TypeVar

from .caller import Caller


@dataclass(frozen=True, slots=True)
class QueryEvent:
    """One statement, after it ended.

    All times are in seconds: `waited` for a connection, `duration` from sending to the last row, `decoding` from there
    to the caller's models (0 where other statements of the call follow). `parameters` is None unless the engine was
    told to show them (`EngineOptions.event_parameters`); those of `EngineOptions.secret_fields`, and all of raw SQL,
    are masked. `transaction` is the id of an interactive one. `caller` is the line of the program that made the call,
    `trace_id` what `EngineOptions.trace_id` gave, `error` a Prisma code or an SQLSTATE.
    """

    model: str | None
    action: str
    sql: str
    duration: float
    rows: int
    parameter_count: int
    parameters: tuple[object, ...] | None = None
    in_transaction: bool = False
    error: str | None = None
    waited: float = 0.0
    decoding: float = 0.0
    transaction: str | None = None
    caller: Caller | None = None
    trace_id: str | None = None


@dataclass(frozen=True, slots=True)
class OperationEvent:
    """One call of the client, after it ended, refused input included; or a transaction's `begin`, `commit`
    or `rollback` that failed.

    `duration` is in seconds and covers waiting for a connection (`waited`), all `statements` (`executing`), and
    `decoding`. `transaction`, `caller`, `trace_id` and `error` are those of QueryEvent; `sqlstate` is what PostgreSQL
    said.
    """

    model: str | None
    action: str
    duration: float
    statements: int
    error: str | None = None
    message: str | None = None
    waited: float = 0.0
    executing: float = 0.0
    decoding: float = 0.0
    transaction: str | None = None
    caller: Caller | None = None
    trace_id: str | None = None
    sqlstate: str | None = None


@dataclass(frozen=True, slots=True)
class LeakEvent:
    """A connection that a transaction, a stream or a batch has held for longer than `EngineOptions.leak_after`.

    `caller` is the line that took it (`shop/orders.py:12`), `held_for` is in seconds so far, `sql` was sent last.
    """

    caller: str
    held_for: float
    sql: str | None


QueryListener = Callable[[QueryEvent], None]
OperationListener = Callable[[OperationEvent], None]
LeakListener = Callable[[LeakEvent], None]


Event = TypeVar("Event")
log = logging.getLogger(__name__)


class EventHub:
    """The listeners of one client. Nothing is built for an event that nobody wants to hear.

    `slowest_unheard` is how long a statement may take, in seconds, before somebody does; `hears_all` says that some
    listener wants every statement or every operation, `has_listeners` that there is any. `retried` counts
    transactions that were run again.
    """

    def __init__(self) -> None:
        self._queries: tuple[tuple[QueryListener, float], ...] = ()
        self._operations: tuple[tuple[OperationListener, bool], ...] = ()
        self._leaks: tuple[LeakListener, ...] = ()
        self.retried = 0
        self._count()

    def on_query(self, listener: QueryListener, *, slower_than: float = 0.0) -> Callable[[], None]:
        """Call `listener` after every statement that took `slower_than` seconds or longer.

        The returned function ends that.
        """
        entry = (listener, slower_than)
        self._queries += (entry,)
        self._count()

        def remove() -> None:
            self._queries = tuple(one for one in self._queries if one is not entry)
            self._count()

        return remove

    def on_operation(self, listener: OperationListener, *, failed: bool = False) -> Callable[[], None]:
        """Call `listener` after every operation, or after those that `failed`; the returned function ends that."""
        entry = (listener, failed)
        self._operations += (entry,)
        self._count()

        def remove() -> None:
            self._operations = tuple(one for one in self._operations if one is not entry)
            self._count()

        return remove

    def on_leak(self, listener: LeakListener) -> Callable[[], None]:
        """Call `listener` once for every connection that is held for too long; the returned function ends that."""
        self._leaks += (listener,)

        def remove() -> None:
            self._leaks = tuple(one for one in self._leaks if one is not listener)

        return remove

    def _count(self) -> None:
        self.slowest_unheard = min((slower_than for _, slower_than in self._queries), default=inf)
        self.hears_operations = any(not failed for _, failed in self._operations)
        self.has_listeners = bool(self._queries or self._operations)
        self.hears_all = self.slowest_unheard <= 0 or self.hears_operations

    def count_retry(self) -> None:
        self.retried += 1

    def tell_query(self, event: QueryEvent) -> None:
        """Tell of a statement."""
        _tell((one for one, slower_than in self._queries if event.duration >= slower_than), event)

    def tell_operation(self, event: OperationEvent) -> None:
        """Tell of an operation."""
        _tell((one for one, failed in self._operations if event.error or not failed), event)

    def tell_leak(self, event: LeakEvent) -> None:
        """Tell of a connection that is held for too long."""
        _tell(self._leaks, event)


def _tell(listeners: Iterable[Callable[[Event], None]], event: Event) -> None:
    """Call every listener; one that raises is logged, for what it was told of has taken effect already."""
    for listener in listeners:
        try:
            listener(event)
        except Exception:
            log.exception("a listener of the client raised")
