"""One connection as the pool holds it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from ..histogram import Histogram

# When this task last ended to wait for a connection, by `perf_counter`, since only then does its statement begin; and
# for how many seconds it had waited.
LAST_WAIT: ContextVar[tuple[float, float]] = ContextVar("last_wait", default=(0.0, 0.0))
RAW_KEPT = 50
# RESET ALL leaves the role as it is; RESET ROLE comes back to the one of ALTER ROLE … SET role, if there is one.
RESET = "SELECT pg_advisory_unlock_all(); CLOSE ALL; UNLISTEN *; RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL"


class Held:
    """One connection of the pool.

    `touched` says that raw SQL may have changed its session, `retired` that it is to be closed once free;
    `statements` is the pool's, for the durations of what runs here; `prepared` are statements of raw SQL, the
    oldest first.
    """

    __slots__ = ("born", "connection", "idle_since", "prepared", "retired", "statements", "touched")

    def __init__(self, connection: Any, *, now: float, statements: Histogram) -> None:
        self.connection = connection
        self.born = now
        self.idle_since = now
        self.retired = False
        self.touched = False
        self.statements = statements
        self.prepared: dict[str, Any] = {}

    def keep(self, sql: str, prepared: Any) -> None:
        """Keep a prepared statement of raw SQL for the next time, and let go of the oldest for it."""
        if len(self.prepared) >= RAW_KEPT:
            del self.prepared[next(iter(self.prepared))]
        self.prepared[sql] = prepared

    async def commit(self) -> str:
        """Send COMMIT and return its tag."""
        tag: str = await self.connection.execute("COMMIT")
        return tag

    async def rollback(self) -> None:
        await self.connection.execute("ROLLBACK")

    async def reset(self) -> None:
        """Take back what raw SQL did to the session."""
        await self.connection.execute(RESET)


async def cleanse(held: Held, *, certain: bool) -> None:
    """Bring a session back to how it was opened.

    `certain` says that the last statement ended; otherwise the first one sent here waits for its
    cancellation, and only then is it known whether a transaction is open.
    """
    connection = held.connection
    if connection.is_in_transaction():
        await held.rollback()
    elif not certain:
        await connection.execute("SELECT 1")
    if connection.is_in_transaction():
        await held.rollback()
    if held.touched:
        await held.reset()
