"""What a migrated database has: columns, checks, foreign keys, triggers and indexes, read from its catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.plans.index_table import SQL as INDEXES
from benchmarks.plans.index_table import Index
from lumi_db.testing.admin import connect

if TYPE_CHECKING:
    import asyncpg

_OURS = "relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'"
_COLUMNS = f"""
SELECT relname AS table, attname AS name, format_type(atttypid, atttypmod) AS type
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE attnum > 0 AND NOT attisdropped AND {_OURS} ORDER BY relname, attnum
"""
_CHECKS = f"""
SELECT relname AS table, conname AS name, pg_get_expr(conbin, conrelid, true) AS expression
FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
WHERE contype = 'c' AND {_OURS} ORDER BY relname, conname
"""
_KEYS = f"""
SELECT pg_class.relname AS table, conname AS name, confdeltype::text AS on_delete,
    ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)) AS columns
FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
WHERE contype = 'f' AND {_OURS} ORDER BY 1, 2
"""
_TRIGGERS = f"""
SELECT relname AS table, tgname AS name, pg_get_triggerdef(pg_trigger.oid) AS definition,
    proname AS function, tgargs AS arguments, prosrc AS source
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND {_OURS} ORDER BY relname, tgname
"""
_WHEN = re.compile(r"(BEFORE|AFTER) (.+?) ON public\.")
_CAST = re.compile(r"(?<=['\d)])::(?:text|numeric|bigint|\"\w+\")")
_EVENTS = ("INSERT", "UPDATE", "DELETE")
_ACTIONS = {"c": "Cascade", "n": "SetNull", "r": "Restrict", "a": "NoAction", "d": "SetDefault"}


@dataclass(frozen=True, slots=True)
class Check:
    """A check; `expression` is its SQL, without the casts that PostgreSQL adds."""

    table: str
    name: str
    expression: str


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key; `on_delete` is in Prisma's words."""

    table: str
    name: str
    columns: tuple[str, ...]
    on_delete: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger, with the name, the arguments and the body of its function."""

    table: str
    name: str
    definition: str
    function: str
    arguments: tuple[str, ...]
    source: str

    @property
    def events(self) -> tuple[str, ...]:
        """Return what runs it: INSERT, UPDATE or UPDATE OF columns, DELETE."""
        found = _WHEN.search(self.definition)
        assert found is not None, self.definition
        return tuple(sorted(found[2].split(" OR "), key=lambda one: _EVENTS.index(one.split()[0])))

    @property
    def is_before(self) -> bool:
        return " BEFORE " in self.definition

    @property
    def is_deferred(self) -> bool:
        return "INITIALLY DEFERRED" in self.definition


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of it; `columns` are types by table and column, in the table's order."""

    columns: Mapping[str, Mapping[str, str]]
    checks: tuple[Check, ...]
    keys: Mapping[tuple[str, tuple[str, ...]], ForeignKey]
    triggers: tuple[Trigger, ...]
    indexes: tuple[Index, ...]


async def read_catalogue(url: str) -> Catalogue:
    """Read the catalogue of the migrated database at `url`."""
    connection = await connect(url)
    try:
        keys = [_key(row) for row in await connection.fetch(_KEYS)]
        return Catalogue(
            columns=await _columns(connection),
            checks=tuple(_check(row) for row in await connection.fetch(_CHECKS)),
            keys={(key.table, key.columns): key for key in keys},
            triggers=tuple(_trigger(row) for row in await connection.fetch(_TRIGGERS)),
            indexes=tuple(Index.of(row) for row in await connection.fetch(INDEXES)),
        )
    finally:
        await connection.close()


async def _columns(connection: asyncpg.Connection[Any]) -> dict[str, dict[str, str]]:
    columns: dict[str, dict[str, str]] = {}
    for row in await connection.fetch(_COLUMNS):
        kind = row["type"].replace("timestamp(3) with time zone", "timestamptz(3)").strip('"')
        columns.setdefault(row["table"], {})[row["name"]] = kind
    return columns


def _check(row: Mapping[str, Any]) -> Check:
    return Check(row["table"], row["name"], _CAST.sub("", row["expression"]).replace('"', ""))


def _key(row: Mapping[str, Any]) -> ForeignKey:
    return ForeignKey(row["table"], row["name"], tuple(row["columns"]), _ACTIONS[row["on_delete"]])


def _trigger(row: Mapping[str, Any]) -> Trigger:
    # tgargs ends each argument with a zero byte
    arguments = tuple(part.decode() for part in row["arguments"].split(b"\0")[:-1])
    return Trigger(
        row["table"], row["name"], row["definition"], row["function"], arguments, source=row["source"]
    )
