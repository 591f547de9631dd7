"""Prisma's advisory lock, so that neither two of us nor we and `prisma migrate deploy` migrate at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.engine.errors import EngineError
from lumi_db.errors import SetupError

KEY = 72707369
WAIT = 10.0
"""Prisma's key, and how many seconds it waits (https://pris.ly/d/migrate-advisory-locking)."""
PAUSE = 0.1
_HOLDER = """
SELECT activity.pid, application_name AS name, usename::text AS user
FROM pg_locks JOIN pg_stat_activity AS activity ON activity.pid = pg_locks.pid
WHERE locktype = 'advisory' AND classid = 0 AND objid = $1 AND objsubid = 1 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@asynccontextmanager
async def migration_lock(connection: DirectConnection, *, wait: float = WAIT) -> AsyncIterator[None]:
    """Hold the lock during the block; the server frees it when the connection ends, however it ends.

    Raises SetupError, naming who holds it, after `wait` seconds.
    """
    until = monotonic() + wait
    # a statement that waits keeps its snapshot, for which the holder's CREATE INDEX CONCURRENTLY would wait: a deadlock
    while not await connection.fetch_value("SELECT pg_try_advisory_lock($1)", KEY):
        if monotonic() > until:
            raise SetupError(await _sentence(connection, wait))
        await asyncio.sleep(PAUSE)
    try:
        yield
    finally:
        # a connection that was lost took the lock with it
        with suppress(EngineError):
            await connection.fetch("SELECT pg_advisory_unlock($1)", KEY)


async def _sentence(connection: DirectConnection, wait: float) -> str:
    holders = await connection.fetch(_HOLDER, KEY)
    who = ", ".join(f"{row['name'] or 'a client'} as {row['user']}, process {row['pid']}" for row in holders)
    return (
        f"Somebody else is migrating this database ({who or 'already done'}) and did not end within {wait:g} s: "
        "wait for it, then run the command again."
    )
