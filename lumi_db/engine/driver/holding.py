"""Who has held a connection for how long: for warnings of leaks, and for those who wait in vain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..caller import Caller
from ..events import LeakEvent
from .held import Held

MOST_NAMED = 3


@dataclass(slots=True)
class Holding:
    """A transaction that holds a connection since a time of the event loop's clock; `sql` was sent last in it."""

    since: float
    caller: Caller
    sql: str | None = None
    is_told: bool = field(default=False, init=False)


class Holdings:
    """What is held by transactions whose caller is known. Each is told to `leaked` once, after `limit` seconds."""

    def __init__(self, limit: float | None, leaked: Callable[[LeakEvent], None] | None) -> None:
        self.are_wanted = limit is not None
        self._limit = limit
        self._leaked = leaked
        self._by_connection: dict[Held, Holding] = {}

    def add(self, held: Held, holding: Holding) -> None:
        self._by_connection[held] = holding

    def remove(self, held: Held) -> None:
        self._by_connection.pop(held, None)

    def tell_leaks(self, now: float) -> None:
        """Report what has been held for too long."""
        for holding in self._by_connection.values():
            age = now - holding.since
            if self._limit is not None and age > self._limit and not holding.is_told:
                holding.is_told = True
                if self._leaked is not None:
                    self._leaked(LeakEvent(str(holding.caller), age, holding.sql))

    def list_longest(self, now: float) -> list[str]:
        """List those who hold connections longest: `shop/orders.py:12 for 3.2 s`."""
        longest = sorted(self._by_connection.values(), key=lambda one: one.since)[:MOST_NAMED]
        return [f"{one.caller} for {now - one.since:.1f} s" for one in longest]
