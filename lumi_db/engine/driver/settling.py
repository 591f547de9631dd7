"""What became of a COMMIT whose answer was lost: `pg_xact_status` on another connection.

https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import EngineError
from ..statement import Statement
from .connect import Connector
from .failures import DRIVER_ERRORS
from .session import Session

Outcome = Literal["committed", "rolled back", "unknown"]

PAUSE = 0.1
# A transaction's number may be given again after a failover or a crash, so it means something only while the
# server lives on. A crash that the postmaster survives leaves its start time as it was, but makes all
# statistics start over: https://www.postgresql.org/docs/current/monitoring-stats.html
_SERVER = (
    "pg_postmaster_start_time()::text || ' ' || (SELECT coalesce(stats_reset::text, '-') FROM pg_stat_wal)"
)
_REMEMBER = f"SELECT pg_current_xact_id_if_assigned()::text, {_SERVER}"
_ASK = f"SELECT pg_xact_status($1::text::xid8), {_SERVER}, pg_is_in_recovery()"


@dataclass(frozen=True, slots=True)
class Remembered:
    """The number of a transaction, and the server, in its present life, that gave it."""

    number: str
    server: str


async def remember(session: Session) -> Remembered | None:
    """Ask for the number of a transaction that wrote; None for one that did not, or that has failed."""
    try:
        [(number, server)] = await session.run(Statement(_REMEMBER))
    except EngineError:
        # COMMIT itself tells what is wrong: a lost connection, or a statement that failed before.
        return None
    return None if number is None else Remembered(number, server)


async def settle_commit(connector: Connector, remembered: Remembered, *, within: float) -> Outcome:
    """Ask until the transaction is decided or `within` seconds are over."""
    outcome: Outcome | None = None
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            while outcome is None:
                outcome = await _ask(connector, remembered)
                await asyncio.sleep(PAUSE if outcome is None else 0)
    return outcome or "unknown"


async def _ask(connector: Connector, remembered: Remembered) -> Outcome | None:
    """Return the outcome, or None when nobody could be asked or nothing is decided."""
    try:
        connection = await connector.open()
    except EngineError:
        return None
    try:
        return _read(remembered, await connection.fetchrow(_ASK, remembered.number))
    except DRIVER_ERRORS:
        return None
    finally:
        connection.terminate()


def _read(remembered: Remembered, answer: Any) -> Outcome | None:
    """Return what an answer means, or None while the server is still at it."""
    status, server, is_standby = answer
    if server != remembered.server or is_standby:
        return "unknown"
    match status:
        case "committed":
            return "committed"
        case "aborted":
            return "rolled back"
        case "in progress":
            return None
        case _:
            return "unknown"
