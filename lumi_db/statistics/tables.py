"""How large the tables are, how much of them is dead, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from lumi_db.engine.driver.direct import DirectConnection

from .reading import OWN_SCHEMAS

# A table that somebody holds, or waits to hold, in ACCESS EXCLUSIVE mode would keep its size until they are done.
_SQL = f"""
WITH locked AS (
    SELECT relation FROM pg_locks
    WHERE mode = 'AccessExclusiveLock' AND relation IS NOT NULL
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
), sized AS (
    SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name, c.reltuples,
        CASE WHEN l.relation IS NULL THEN pg_total_relation_size(c.oid) END AS total,
        CASE WHEN l.relation IS NULL THEN pg_indexes_size(c.oid) END AS indexes,
        CASE WHEN l.relation IS NULL AND c.reltoastrelid <> 0 THEN pg_total_relation_size(c.reltoastrelid)
             WHEN l.relation IS NULL THEN 0 END AS toast
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND {OWN_SCHEMAS}
    LEFT JOIN (SELECT DISTINCT relation FROM locked) l ON l.relation = c.oid
    WHERE c.relkind IN ('r', 'm')
)
SELECT sized.schema, name, total, indexes, toast, total - indexes - toast AS heap,
    CASE WHEN n_live_tup > 0 OR reltuples < 0 THEN n_live_tup ELSE reltuples::int8 END AS rows,
    n_dead_tup AS dead, seq_scan AS seq_scans, seq_tup_read AS seq_rows, coalesce(idx_scan, 0) AS index_scans,
    last_vacuum, last_autovacuum, last_analyze, last_autoanalyze
FROM sized JOIN pg_stat_all_tables s ON s.relid = sized.oid
ORDER BY sized.schema, name
"""


class TableOrder(StrEnum):
    """What tables can be sorted by: the largest first, but for names."""

    SIZE = "size"
    ROWS = "rows"
    DEAD = "dead"
    SCANS = "scans"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class TableUse:
    """A table: sizes in bytes (None: somebody has locked it), `rows` and `dead` as the server estimates them.

    Scans are counted since the server's statistics were reset, on this server alone.
    """

    schema: str
    name: str
    rows: int
    dead: int
    total: int | None
    heap: int | None
    indexes: int | None
    toast: int | None
    seq_scans: int
    seq_rows: int
    index_scans: int
    last_vacuum: datetime | None
    last_autovacuum: datetime | None
    last_analyze: datetime | None
    last_autoanalyze: datetime | None

    @property
    def dead_share(self) -> float:
        """The part of its rows that is dead, from 0 to 1."""
        return self.dead / (self.rows + self.dead) if self.dead else 0.0

    @property
    def vacuumed_at(self) -> datetime | None:
        """When it was last vacuumed, by whomever."""
        return max(filter(None, (self.last_vacuum, self.last_autovacuum)), default=None)

    @property
    def analyzed_at(self) -> datetime | None:
        """When it was last analyzed, by whomever."""
        return max(filter(None, (self.last_analyze, self.last_autoanalyze)), default=None)


_KEYS: Mapping[TableOrder, Callable[[TableUse], Any]] = {
    # one that is locked may be of any size
    TableOrder.SIZE: lambda one: (one.total is not None, -(one.total or 0)),
    TableOrder.ROWS: lambda one: -one.rows,
    TableOrder.DEAD: lambda one: -one.dead,
    TableOrder.SCANS: lambda one: -one.seq_rows,
    TableOrder.NAME: lambda one: (one.schema, one.name),
}


async def list_tables(
    connection: DirectConnection, *, order: TableOrder = TableOrder.SIZE
) -> tuple[TableUse, ...]:
    """Return every table that is not the system's; `scans` sorts by the rows that sequential scans have read."""
    tables = (TableUse(**row) for row in await connection.fetch(_SQL))
    return tuple(sorted(tables, key=_KEYS[order]))
