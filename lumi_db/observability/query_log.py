"""Slow statements, failed operations and connections held for too long, each logged once."""

from __future__ import annotations

from loguru import logger

from lumi_db.engine import LeakEvent, OperationEvent, QueryEvent

LONGEST_SQL = 2_000


class QueryLog:
    """A listener that logs statements slower than `slow_query_ms`, and failed operations with their code.

    Messages carry model, action, duration and the number of parameters, never a parameter's value. The same
    facts are in the record's `extra`, for handlers that write JSON.
    """

    def __init__(self, *, slow_query_ms: int) -> None:
        self._slow = slow_query_ms / 1000

    def on_query(self, event: QueryEvent) -> None:
        """Log a statement that took longer than the bound."""
        if event.duration < self._slow:
            return
        milliseconds = round(event.duration * 1000, 1)
        logger.bind(
            event="slow_query",
            model=event.model,
            action=event.action,
            sql=event.sql,
            duration_ms=milliseconds,
            parameter_count=event.parameter_count,
            rows=event.rows,
            code=event.error,
        ).warning(
            "Slow query: {} took {} ms ({} parameters, {} rows): {}",
            name_of(event),
            milliseconds,
            event.parameter_count,
            event.rows,
            shorten(event.sql),
        )

    def on_leak(self, event: LeakEvent) -> None:
        """Log a connection that is held for too long, with the line that took it."""
        seconds = round(event.held_for, 1)
        logger.bind(event="leak", caller=event.caller, held_s=seconds, sql=event.sql).warning(
            "Held connection: {} took it {} s ago and has not given it back; last statement: {}",
            event.caller,
            seconds,
            shorten(event.sql) if event.sql else "none",
        )

    def on_operation(self, event: OperationEvent) -> None:
        """Log an operation that failed; its statements are not logged as failed besides."""
        if event.error is None:
            return
        milliseconds = round(event.duration * 1000, 1)
        logger.bind(
            event="failed_operation",
            model=event.model,
            action=event.action,
            duration_ms=milliseconds,
            statements=event.statements,
            code=event.error,
        ).error(
            "Failed operation: {} failed with {} after {} ms: {}",
            name_of(event),
            event.error,
            milliseconds,
            event.message,
        )


def name_of(event: QueryEvent | OperationEvent) -> str:
    """Return `User.find_many`, or the action alone for raw SQL."""
    return f"{event.model}.{event.action}" if event.model else event.action


def shorten(sql: str) -> str:
    """Return the SQL on one line, cut where it would fill the log."""
    line = " ".join(sql.split())
    return line if len(line) <= LONGEST_SQL else f"{line[:LONGEST_SQL]} …"
