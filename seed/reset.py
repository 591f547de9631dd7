"""Empty the shop's tables before they are seeded anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lumi_db.client import table_names
from seed.writer import LOCK

if TYPE_CHECKING:
    from lumi_db import Database

_TIMEOUT = timedelta(minutes=2)
_COUNT = 'SELECT count(*) AS rows FROM "{table}"'


async def count_all(db: Database) -> int:
    """Count the rows of all tables of the shop."""
    tables = " UNION ALL ".join(_COUNT.format(table=table) for table in sorted(table_names()))
    answer = await db.client.query_raw(f"SELECT sum(rows)::bigint AS rows FROM ({tables}) AS counted")
    rows: int = answer[0]["rows"]
    return rows


async def empty_all(db: Database) -> None:
    """Delete every row of the shop, the audit trail's too, and begin its numbers anew; waits for a seed to end."""
    tables = ", ".join(f'"{table}"' for table in sorted(table_names()))
    async with db.tx(max_wait=_TIMEOUT, timeout=_TIMEOUT) as tx:
        await tx.query_raw("SELECT pg_advisory_xact_lock($1)::text AS taken", LOCK)
        await tx.execute_raw(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
