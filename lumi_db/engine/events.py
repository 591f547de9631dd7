"""What the engine tells its listeners: one event a statement, one an operation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


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
    """One call of the client, after it ended, refused input included.

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
