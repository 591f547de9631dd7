"""The connection that asks: of its own, impatient with locks, and with a word about what its user may not see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from lumi_db.config import Settings
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.engine.errors import EngineError
from lumi_db.maintenance import direct_connection

from .errors import StatisticsError

NAME = "lumi-db stats"
OWN_SCHEMAS = "nspname !~ '^pg_' AND nspname <> 'information_schema'"
# Sizes are read under a lock, and would wait behind the very ALTER TABLE that somebody is looking for.
_LIMITS = "SET lock_timeout = '2s'; SET statement_timeout = '30s'"
_MAY_SEE_SQL = "SELECT pg_has_role('pg_read_all_stats', 'USAGE') AS may, current_user::text AS name"
LOCKED = "A table or row is locked for longer than 2 s: `lumi-db stats locks` says by whom."
_REFUSED = {
    "55P03": LOCKED,
    "57014": "The server did not answer within 30 s: `lumi-db stats connections` says what it does.",
    "42501": "The user of the connection may not read the statistics: GRANT pg_monitor TO that user.",
}
_LOST = dict.fromkeys(
    ("P1001", "P1017"),
    "The connection to the server was lost: look into the server's log, and run the command again.",
)


@asynccontextmanager
async def reading(url: str, *, settings: Settings, name: str = NAME) -> AsyncIterator[DirectConnection]:
    """Give a connection for questions about the database at `url`, which waits 2 s for a lock and 30 s for an answer.

    Raises StatisticsError, and what `direct_connection` raises.
    """
    async with direct_connection(url, settings=settings, name=name) as connection:
        await connection.run_script(_LIMITS)
        try:
            yield connection
        except EngineError as error:
            reason = _REFUSED.get(str(error.meta.get("sqlstate"))) or _LOST.get(str(error.code))
            if reason is None:
                raise
            raise StatisticsError(reason) from None


async def find_blindness(connection: DirectConnection) -> str | None:
    """Return the sentence that says what the user of `connection` does not see and what would show it, else None."""
    row = (await connection.fetch(_MAY_SEE_SQL))[0]
    if row["may"]:
        return None
    # as an identifier: a role may be called anything
    name = '"' + str(row["name"]).replace('"', '""') + '"'
    return f"What other users do is hidden from {row['name']}: GRANT pg_monitor TO {name} shows it."
