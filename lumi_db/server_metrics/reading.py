"""The numbers of one database and its server, read at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lumi_db.config import Settings
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.engine.errors import EngineError
from lumi_db.migrations import Standing, State, compare, read_history, read_migrations
from lumi_db.statistics import reading

NAME = "lumi-db metrics"
AUDIT = "AuditLog"
_SESSIONS_SQL = """
SELECT coalesce(state, 'hidden') AS state, count(*)::int AS number,
    max(extract(epoch FROM clock_timestamp() - xact_start))::float8 AS oldest,
    count(*) FILTER (WHERE cardinality(pg_blocking_pids(pid)) > 0)::int AS blocked,
    max(extract(epoch FROM clock_timestamp() - query_start))
        FILTER (WHERE cardinality(pg_blocking_pids(pid)) > 0)::float8 AS longest_block
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND (backend_type = 'client backend' OR backend_type IS NULL)
GROUP BY 1
"""
_DATABASE_SQL = """
SELECT xact_commit AS committed, xact_rollback AS rolled_back, deadlocks, blks_hit AS hit, blks_read AS read,
    (SELECT age(datfrozenxid) FROM pg_database WHERE oid = datid)::int8 AS oldest_xid,
    current_setting('max_connections')::int AS most, (SELECT count(*) FROM pg_stat_activity
        WHERE backend_type = 'client backend' OR (backend_type IS NULL AND usename IS NOT NULL))::int AS used,
    CASE WHEN pg_is_in_recovery()
        THEN extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END::float8 AS lag
FROM pg_stat_database WHERE datname = current_database()
"""
# A size is read under a lock, and would wait for whoever alters the table.
_TABLES_SQL = """
SELECT pg_class.relname::text AS name, greatest(n_live_tup, reltuples::int8, 0) AS rows, n_dead_tup AS dead_rows,
    n_tup_ins AS inserted,
    CASE WHEN NOT EXISTS (SELECT FROM pg_locks WHERE relation = relid AND mode = 'AccessExclusiveLock')
        THEN pg_total_relation_size(relid) END AS bytes
FROM pg_stat_user_tables JOIN pg_class ON pg_class.oid = relid
WHERE schemaname = current_schema AND pg_class.relname = ANY ($1::text[])
"""
_HIDDEN = ("42501", "55P03", "57014")
"""What a user may not read, or what takes too long to be read: it is left out, and the rest is told."""
_IDLE = ("idle in transaction", "idle in transaction (aborted)")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was read; ages are in seconds, sizes in bytes, rows are estimates."""

    sessions: Mapping[str, int]
    oldest_transaction: float
    oldest_idle_transaction: float
    blocked: int
    longest_block: float
    database: Mapping[str, Any]
    tables: Sequence[Mapping[str, Any]]
    migrations: Mapping[State, int]

    @property
    def audit_rows(self) -> int:
        """Rows that were written into the audit trail since the statistics count."""
        return sum(int(one["inserted"]) for one in self.tables if one["name"] == AUDIT)


async def read_numbers(url: str, *, settings: Settings, tables: Sequence[str]) -> Numbers:
    """Read the numbers of the database at `url` and of these of its tables, over a connection of its own.

    Raises SetupError: ConnectionFailed, or StatisticsError for what takes too long or is not allowed.
    """
    async with reading(url, settings=settings, name=NAME) as connection:
        sessions = await connection.fetch(_SESSIONS_SQL)
        [database] = await connection.fetch(_DATABASE_SQL)
        found = await connection.fetch(_TABLES_SQL, list(tables))
        standings = await _read_standings(connection)
    idle = [one for one in sessions if one["state"] in _IDLE]
    return Numbers(
        sessions={str(one["state"]): int(one["number"]) for one in sessions},
        oldest_transaction=_largest(sessions, "oldest"),
        oldest_idle_transaction=_largest(idle, "oldest"),
        blocked=sum(int(one["blocked"]) for one in sessions),
        longest_block=_largest(sessions, "longest_block"),
        database=database,
        tables=found,
        migrations=Counter(one.state for one in standings),
    )


async def _read_standings(connection: DirectConnection) -> Sequence[Standing]:
    """Return where the migrations stand; nothing where the user may not know."""
    try:
        return compare(read_migrations(), await read_history(connection))
    except EngineError as error:
        if error.meta.get("sqlstate") in _HIDDEN:
            return ()
        raise


def _largest(rows: Sequence[Mapping[str, Any]], name: str) -> float:
    return max((float(one[name]) for one in rows if one[name] is not None), default=0.0)
