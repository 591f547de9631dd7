"""Which statements cost the most: pg_stat_statements (https://www.postgresql.org/docs/current/pgstatstatements.html)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lumi_db.engine.driver.direct import DirectConnection, ScriptFailed
from lumi_db.maintenance import quote

from .errors import NotCounted
from .texts import show_sql

EXTENSION = "pg_stat_statements"
LIBRARY = "shared_preload_libraries = 'pg_stat_statements'"
HIDDEN = "<insufficient privilege>"

# Its setting is known where the library is loaded; shared_preload_libraries itself is shown to few.
_STATE_SQL = """
SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_stat_statements') AS is_there,
    current_setting('pg_stat_statements.max', true) IS NOT NULL AS is_loaded,
    (SELECT nspname::text FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
     WHERE extname = 'pg_stat_statements') AS schema,
    EXISTS (SELECT FROM pg_attribute WHERE attname = 'total_exec_time' AND attrelid = (
        SELECT objid FROM pg_depend JOIN pg_extension x ON x.oid = refobjid AND extname = 'pg_stat_statements'
        WHERE classid = 'pg_class'::regclass AND deptype = 'e' AND objid = attrelid)) AS is_new
"""
# These columns have had their names since version 1.8 of the extension; 1.11 renamed others (blk_read_time).
_SQL = """
WITH counted AS (
    SELECT queryid, query, sum(calls)::int8 AS calls, sum(total_exec_time) AS total,
        sum(total_exec_time) / greatest(sum(calls), 1) AS mean, max(max_exec_time) AS longest,
        sum(rows)::int8 AS rows, sum(shared_blks_hit)::int8 AS hits, sum(shared_blks_read)::int8 AS reads
    FROM {schema}.pg_stat_statements
    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    GROUP BY queryid, query
)
SELECT queryid::text AS id, query AS sql, calls, mean, longest, total, rows, hits, reads,
    total / nullif(sum(total) OVER (), 0) AS share
FROM counted ORDER BY {order} DESC, queryid
"""
_SINCE_SQL = "SELECT stats_reset FROM {schema}.pg_stat_statements_info"


class StatementOrder(StrEnum):
    """What statements can be sorted by, the most first."""

    TOTAL = "total"
    MEAN = "mean"
    LONGEST = "max"
    CALLS = "calls"
    ROWS = "rows"


_ORDERS: Mapping[StatementOrder, str] = {StatementOrder.LONGEST: "longest"}


@dataclass(frozen=True, slots=True)
class StatementUse:
    """A statement, with `$1` for its values: how often it ran, its times in milliseconds, and its rows.

    `share` is its part of the time of all statements of this database, from 0 to 1; `hits` and `reads` are pages
    found in the server's cache, and fetched into it.
    """

    id: str | None
    sql: str
    calls: int
    mean: float
    longest: float
    total: float
    share: float
    rows: int
    hits: int
    reads: int


@dataclass(frozen=True, slots=True)
class Counted:
    """All statements of a database, and since when they are counted."""

    statements: tuple[StatementUse, ...]
    since: datetime | None


async def list_statements(
    connection: DirectConnection, *, order: StatementOrder = StatementOrder.TOTAL, slower_than: float = 0
) -> Counted:
    """Return the statements of this database whose mean is at least `slower_than` milliseconds.

    Raises NotCounted, which says how to get the extension.
    """
    schema = quote(await get_schema(connection))
    by = _ORDERS.get(order, str(order))
    rows = await connection.fetch(_SQL.format(schema=schema, order=by))
    since = await connection.fetch_value(_SINCE_SQL.format(schema=schema))
    found = [StatementUse(**{**row, "sql": _shown(row["sql"]), "share": row["share"] or 0.0}) for row in rows]
    return Counted(tuple(one for one in found if one.mean >= slower_than), since)


async def enable_statements(connection: DirectConnection) -> None:
    """Make the extension in this database, where it is not there. Raises NotCounted where it is not loaded."""
    row = (await connection.fetch(_STATE_SQL))[0]
    _check_loaded(is_there=row["is_there"], is_loaded=row["is_loaded"])
    try:
        await connection.run_script(f"CREATE EXTENSION IF NOT EXISTS {EXTENSION}")
    except ScriptFailed as error:
        raise NotCounted(
            f"The server refuses CREATE EXTENSION {EXTENSION} ({error.message}): run it as a superuser, once, "
            "on the primary."
        ) from None


async def get_schema(connection: DirectConnection) -> str:
    """Return the schema of the extension. Raises NotCounted with the one thing that is missing first."""
    row = (await connection.fetch(_STATE_SQL))[0]
    _check_loaded(is_there=row["is_there"], is_loaded=row["is_loaded"])
    if row["schema"] is None:
        raise NotCounted(
            "This database does not show its statements: CREATE EXTENSION pg_stat_statements, "
            "or run `lumi-db stats statements --enable`."
        )
    if not row["is_new"]:
        raise NotCounted(
            "pg_stat_statements is of an older server: run ALTER EXTENSION pg_stat_statements UPDATE."
        )
    return str(row["schema"])


def _check_loaded(*, is_there: bool, is_loaded: bool) -> None:
    if not is_there:
        raise NotCounted(
            f"The server lacks pg_stat_statements: install postgresql-contrib there, set {LIBRARY} in "
            "postgresql.conf, restart it, and run CREATE EXTENSION pg_stat_statements."
        )
    if not is_loaded:
        raise NotCounted(
            f"The server does not count its statements: set {LIBRARY} in postgresql.conf, restart it, "
            "and run CREATE EXTENSION pg_stat_statements."
        )


def _shown(sql: str | None) -> str:
    # the server's own word for what this user may not see; a text that was lost is NULL
    return HIDDEN if sql is None or sql == HIDDEN else show_sql(sql)
