"""Slow statements, failed operations and connections held for too long, each logged once."""

from __future__ import annotations

from typing import Protocol

from loguru import logger

from lumi_db.engine import LeakEvent, OperationEvent, QueryEvent
from lumi_db.observability.sampling import Sampler

LONGEST_SQL = 2_000


class QueryLog:
    """A listener that logs statements slower than `slow_query_ms`, and failed operations with their code.

    Messages carry all that the event has but a parameter's value; the same facts are in the record's `extra`, for
    handlers that write JSON. In a storm `sampler` lets some of equal messages pass, which say how many were left out.
    """

    def __init__(self, *, slow_query_ms: int, sampler: Sampler | None = None) -> None:
        self._slow = slow_query_ms / 1000
        self._sampler = sampler or Sampler()

    def on_query(self, event: QueryEvent) -> None:
        """Log a statement that took longer than the bound."""
        if event.duration < self._slow:
            return
        left_out = self._sampler.admit(event.sql)
        if left_out is None:
            return
        executing, waited, decoding = map(_milliseconds, (event.duration, event.waited, event.decoding))
        logger.bind(
            event="slow_query",
            model=event.model,
            action=event.action,
            sql=event.sql,
            duration_ms=executing,
            waited_ms=waited,
            decoding_ms=decoding,
            parameter_count=event.parameter_count,
            rows=event.rows,
            in_transaction=event.in_transaction,
            transaction=event.transaction,
            caller=str(event.caller) if event.caller else None,
            trace_id=event.trace_id,
            code=event.error,
            left_out=left_out,
        ).warning(
            "Slow query: {} took {} ms ({}){}{}: {}",
            name_of(event),
            executing,
            _details(event, waited, decoding),
            _origin(event),
            f"; {left_out} more were not logged" if left_out else "",
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
        milliseconds = _milliseconds(event.duration)
        logger.bind(
            event="failed_operation",
            model=event.model,
            action=event.action,
            duration_ms=milliseconds,
            statements=event.statements,
            transaction=event.transaction,
            caller=str(event.caller) if event.caller else None,
            trace_id=event.trace_id,
            code=event.error,
            sqlstate=event.sqlstate,
        ).error(
            "Failed operation: {} failed with {} after {} ms{}: {}",
            name_of(event),
            event.error,
            milliseconds,
            _origin(event),
            event.message,
        )


class Named(Protocol):
    """What has a model, or none, and an action."""

    @property
    def model(self) -> str | None: ...
    @property
    def action(self) -> str: ...


def name_of(event: Named) -> str:
    """Return `User.find_many`, or the action alone for raw SQL."""
    return f"{event.model}.{event.action}" if event.model else event.action


def shorten(sql: str) -> str:
    """Return the SQL on one line, cut where it would fill the log."""
    line = " ".join(sql.split())
    return line if len(line) <= LONGEST_SQL else f"{line[:LONGEST_SQL]} …"


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _details(event: QueryEvent, waited: float, decoding: float) -> str:
    facts = [f"{event.parameter_count} parameters", f"{event.rows} rows"]
    facts += [f"waited {waited} ms before"] if waited else []
    facts += [f"decoded {decoding} ms after"] if decoding else []
    return ", ".join(facts + (["in a transaction"] if event.in_transaction else []))


def _origin(event: QueryEvent | OperationEvent) -> str:
    place = f" at {event.caller}" if event.caller else ""
    return place + (f" [{event.trace_id}]" if event.trace_id else "")
