"""What the engine tells its listeners: one event a statement, one an operation."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class QueryEvent:
    """One statement, after it ended.

    `duration` is in seconds, from sending to the last row. `parameters` is None unless the engine was
    told to show them (`EngineOptions.event_parameters`); `error` is a Prisma code or an SQLSTATE.
    """

    model: str | None
    action: str
    sql: str
    duration: float
    rows: int
    parameter_count: int
    parameters: tuple[object, ...] | None
    in_transaction: bool
    error: str | None


@dataclass(frozen=True, slots=True)
class OperationEvent:
    """One call of the client, after it ended, refused input included; or a transaction's `begin`, `commit`
    or `rollback` that failed.

    `duration` is in seconds and covers waiting for a connection, all `statements` and decoding.
    """

    model: str | None
    action: str
    duration: float
    statements: int
    error: str | None
    message: str | None


QueryListener = Callable[[QueryEvent], None]
OperationListener = Callable[[OperationEvent], None]


Event = TypeVar("Event")
log = logging.getLogger(__name__)


class EventHub:
    """The listeners of one client. Nothing is built or timed while nobody listens."""

    def __init__(self) -> None:
        self.query_listeners: tuple[QueryListener, ...] = ()
        self.operation_listeners: tuple[OperationListener, ...] = ()

    def on_query(self, listener: QueryListener) -> Callable[[], None]:
        """Call `listener` after every statement; the returned function ends that."""
        self.query_listeners += (listener,)

        def remove() -> None:
            self.query_listeners = tuple(one for one in self.query_listeners if one is not listener)

        return remove

    def on_operation(self, listener: OperationListener) -> Callable[[], None]:
        """Call `listener` after every operation; the returned function ends that."""
        self.operation_listeners += (listener,)

        def remove() -> None:
            self.operation_listeners = tuple(one for one in self.operation_listeners if one is not listener)

        return remove

    def tell_query(self, event: QueryEvent) -> None:
        _tell(self.query_listeners, event)

    def tell_operation(self, event: OperationEvent) -> None:
        _tell(self.operation_listeners, event)


def _tell(listeners: Iterable[Callable[[Event], None]], event: Event) -> None:
    """Call every listener; one that raises is logged, for what it was told of has taken effect already."""
    for listener in listeners:
        try:
            listener(event)
        except Exception:
            log.exception("a listener of the client raised")
