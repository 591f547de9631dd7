"""How large the indexes are, who needs them, and how often they were used since when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from lumi_db.engine.driver.direct import DirectConnection

from .reading import OWN_SCHEMAS

Key = tuple[str, ...]
"""A table, and the columns that an index on it must begin with."""

# `shape` is all that makes two indexes answer the same questions; `columns` has '' for an expression.
_SQL = f"""
SELECT n.nspname::text AS schema, t.relname::text AS table, c.relname::text AS name,
    am.amname::text AS method, pg_get_indexdef(i.indexrelid) AS definition,
    ARRAY(SELECT coalesce(a.attname::text, '') FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
          LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number > 0
          WHERE place <= i.indnkeyatts ORDER BY place) AS columns,
    CASE WHEN EXISTS (SELECT FROM pg_locks l WHERE l.relation = i.indexrelid AND l.mode = 'AccessExclusiveLock')
         THEN NULL ELSE pg_relation_size(i.indexrelid) END AS size,
    coalesce(s.idx_scan, 0) AS scans,
    i.indisunique AS is_unique, i.indisprimary AS is_primary, i.indisvalid AS is_valid,
    i.indpred IS NOT NULL AS is_partial,
    i.indisexclusion OR i.indisreplident
        OR EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) AS is_constraint,
    EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid) AS is_being_built,
    concat_ws(' ', am.amname, i.indnkeyatts, i.indkey, i.indclass, i.indcollation, i.indoption,
              pg_get_expr(i.indexprs, i.indrelid), '/', pg_get_expr(i.indpred, i.indrelid)) AS shape
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_class t ON t.oid = i.indrelid AND t.relkind IN ('r', 'm', 'p')
JOIN pg_am am ON am.oid = c.relam
JOIN pg_namespace n ON n.oid = t.relnamespace AND {OWN_SCHEMAS}
LEFT JOIN pg_stat_all_indexes s ON s.indexrelid = i.indexrelid
ORDER BY 1, 2, i.indexrelid
"""
_FOREIGN_KEYS_SQL = f"""
SELECT n.nspname::text AS schema, t.relname::text AS table, k.conname::text AS name,
    ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u (number, place)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = number ORDER BY place) AS columns
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid
JOIN pg_namespace n ON n.oid = t.relnamespace AND {OWN_SCHEMAS}
WHERE k.contype = 'f' AND k.conparentid = 0
ORDER BY 1, 2, 3
"""
_SINCE_SQL = "SELECT stats_reset FROM pg_stat_database WHERE datname = current_database()"


class IndexOrder(StrEnum):
    """What indexes can be sorted by: the largest first, the least used first, or by table and name."""

    SIZE = "size"
    SCANS = "scans"
    NAME = "name"


class Role(StrEnum):
    """Who needs an index, whether or not anybody reads by it."""

    PRIMARY = "primary key"
    CONSTRAINT = "constraint"
    UNIQUE = "unique"
    FOREIGN_KEY = "foreign key"
    REQUIRED = "required"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class IndexUse:
    """An index: `size` in bytes (None: it is locked), `scans` since the server's statistics were reset.

    `columns` are those it orders by, '' for an expression; equal `shape` on a table is an index made twice.
    """

    schema: str
    table: str
    name: str
    method: str
    definition: str
    columns: Key
    size: int | None
    scans: int
    role: Role
    is_unique: bool
    is_valid: bool
    is_partial: bool
    is_being_built: bool
    shape: str

    def serves(self, columns: Collection[str]) -> bool:
        """Tell whether every row with given values of `columns` is found by it."""
        first = self.columns[: len(columns)]
        return self.is_valid and not self.is_partial and self.method == "btree" and set(first) == set(columns)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key, on the side that points."""

    schema: str
    table: str
    name: str
    columns: Key


_KEYS: Mapping[IndexOrder, Callable[[IndexUse], Any]] = {
    IndexOrder.SIZE: lambda one: -(one.size or 0),
    IndexOrder.SCANS: lambda one: (one.scans, -(one.size or 0)),
    IndexOrder.NAME: lambda one: (one.schema, one.table, one.name),
}


async def list_indexes(
    connection: DirectConnection,
    *,
    order: IndexOrder = IndexOrder.SIZE,
    required: Collection[Key] = (),
) -> tuple[IndexUse, ...]:
    """Return every index that is not the system's; some index has to begin with each of `required`."""
    keys = {(one.schema, one.table, *one.columns) for one in await list_foreign_keys(connection)}
    rows = await connection.fetch(_SQL)
    indexes = (_index(row, keys, required) for row in rows)
    return tuple(sorted(indexes, key=_KEYS[order]))


async def list_foreign_keys(connection: DirectConnection) -> tuple[ForeignKey, ...]:
    """Return every foreign key of tables that are not the system's."""
    rows = await connection.fetch(_FOREIGN_KEYS_SQL)
    return tuple(ForeignKey(**{**row, "columns": tuple(row["columns"])}) for row in rows)


async def find_counted_since(connection: DirectConnection) -> datetime | None:
    """Return when the statistics of the database were last reset, None where they never were.

    A crash of the server empties them too, and leaves no time.
    """
    found: datetime | None = await connection.fetch_value(_SINCE_SQL)
    return found


def _index(row: dict[str, Any], foreign: Collection[Key], required: Collection[Key]) -> IndexUse:
    columns = tuple(row["columns"])
    is_primary, is_constraint = row.pop("is_primary"), row.pop("is_constraint")
    if is_primary:
        role = Role.PRIMARY
    elif is_constraint:
        role = Role.CONSTRAINT
    elif row["is_unique"]:
        role = Role.UNIQUE
    elif any(_begins(columns, key[2:]) for key in foreign if key[:2] == (row["schema"], row["table"])):
        role = Role.FOREIGN_KEY
    elif any(columns[: len(key) - 1] == key[1:] for key in required if key[0] == row["table"]):
        role = Role.REQUIRED
    else:
        role = Role.NOBODY
    return IndexUse(**{**row, "columns": columns, "role": role})


def _begins(columns: Key, wanted: Key) -> bool:
    return set(columns[: len(wanted)]) == set(wanted)
