"""Counts of what goes wrong or slowly: statements that were slow or ran out of time, failed calls, leaks."""

from __future__ import annotations

from collections import Counter

from lumi_db.engine import LeakEvent, OperationEvent, QueryEvent
from lumi_db.engine.call import RAW

TIMED_OUT = "P1008"
POOL_TIMED_OUT = "P2024"
# PostgreSQL's query_canceled; without an SQLSTATE it was the client that waited no longer.
_OF_A_STATEMENT = ("57014", None)

Place = tuple[str, str]
"""Model ("" for raw SQL) and action."""


class Incidents:
    """Listeners that count, by model and action: both are words of the schema, so there are only so many."""

    def __init__(self) -> None:
        self.slow: Counter[Place] = Counter()
        self.errors: Counter[tuple[str, str, str]] = Counter()
        self.timeouts: Counter[Place] = Counter()
        self.pool_timeouts = 0
        self.leaks = 0

    def on_slow_query(self, event: QueryEvent) -> None:
        """Count a statement that was slow, one that ran out of time too."""
        self.slow[place_of(event.model, event.action)] += 1

    def on_failure(self, event: OperationEvent) -> None:
        """Count an operation that failed."""
        if event.error is None:
            return
        place = place_of(event.model, event.action)
        self.errors[(*place, event.error)] += 1
        self.pool_timeouts += event.error == POOL_TIMED_OUT
        if is_query_timeout(event.error, event.sqlstate):
            self.timeouts[place] += 1

    def on_leak(self, event: LeakEvent) -> None:
        """Count a connection that is held for too long."""
        self.leaks += 1


def is_query_timeout(code: str | None, sqlstate: object) -> bool:
    """Tell a statement that took longer than it may from a lock that was not had in time: both are P1008."""
    return code == TIMED_OUT and sqlstate in _OF_A_STATEMENT


def place_of(model: str | None, action: str) -> Place:
    """Return model and action as labels; raw SQL has no model of the schema, whatever class its rows become."""
    return ("" if action in RAW else model or "", action)
