"""What a database holds, in numbers that can be compared: rows and hashes of tables, sequences, the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.maintenance import read_catalogue

SESSION = """
SET statement_timeout = 0; SET lock_timeout = '60s'; SET idle_in_transaction_session_timeout = 0;
SET search_path = public; SET timezone = 'UTC'; SET datestyle = 'ISO, MDY'; SET intervalstyle = 'postgres';
SET extra_float_digits = 1; SET bytea_output = 'hex'; SET row_security = off;
"""
"""Settings under which the same rows are the same text on every server."""

_OURS = "nspname <> 'information_schema' AND nspname !~ '^pg_'"
_NO_EXTENSION = "NOT EXISTS (SELECT FROM pg_depend WHERE objid = {oid} AND deptype = 'e')"

# Generated columns follow from the others, and another version of PostgreSQL may make them otherwise.
_TABLES = f"""
SELECT format('%I.%I', nspname, relname) AS name,
       (SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace AND {_OURS}
WHERE relkind = 'r' AND {_NO_EXTENSION.format(oid="pg_class.oid")} ORDER BY 1
"""
_SEQUENCES = f"""
SELECT format('%I.%I', schemaname, sequencename) AS name, coalesce(last_value, 0) AS value
FROM pg_sequences, (SELECT nspname FROM pg_namespace WHERE {_OURS}) AS ours WHERE nspname = schemaname
"""
_CLOSED = """
SELECT format('%s %s', CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, oid::regprocedure) AS name
FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
  AND NOT has_function_privilege('public', oid, 'EXECUTE') ORDER BY 1
"""
_OWNERS = f"""
SELECT DISTINCT pg_get_userbyid(owner)::text AS name FROM (
    SELECT oid, relowner AS owner, relnamespace AS namespace FROM pg_class
    UNION ALL SELECT oid, proowner, pronamespace FROM pg_proc
    UNION ALL SELECT oid, typowner, typnamespace FROM pg_type
) AS object JOIN pg_namespace ON pg_namespace.oid = namespace AND {_OURS}
WHERE {_NO_EXTENSION.format(oid="object.oid")} ORDER BY 1
"""
_GRANTED = """
SELECT DISTINCT pg_get_userbyid(refobjid)::text AS name FROM pg_shdepend
WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND refclassid = 'pg_authid'::regclass AND deptype IN ('o', 'a', 'r') ORDER BY 1
"""
_APPLIED = """
SELECT migration_name AS name FROM public._prisma_migrations
WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY started_at
"""
_OBJECTS = f"""
SELECT count(*) FROM (
    SELECT oid, relnamespace AS namespace FROM pg_class
    UNION ALL SELECT oid, pronamespace FROM pg_proc
    UNION ALL SELECT oid, typnamespace FROM pg_type
) AS object JOIN pg_namespace ON pg_namespace.oid = namespace AND {_OURS}
WHERE {_NO_EXTENSION.format(oid="object.oid")}
"""
# what two major versions of PostgreSQL say in the same words
_SAME_IN_ALL_VERSIONS = ("table ", "column ", "enum ", "sequence ", "extension ")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Table:
    """The number of rows, and the sum of their hashes: the same for the same rows in any order."""

    rows: int
    hash: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What one moment shows of a database, as lumi_db compares it."""

    tables: Mapping[str, Table]
    sequences: Mapping[str, int]
    catalogue: frozenset[str]
    migrations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles that own something or are granted something, and the functions that not everybody may run."""

    owners: tuple[str, ...]
    granted: tuple[str, ...]
    closed_functions: tuple[str, ...]


async def list_tables(connection: DirectConnection) -> tuple[str, ...]:
    """Return the names of all tables but the system's and those of extensions, as SQL writes them."""
    return tuple(str(row["name"]) for row in await connection.fetch(_TABLES))


async def is_empty(connection: DirectConnection) -> bool:
    """Tell whether the database holds nothing but what PostgreSQL and extensions brought."""
    return int(await connection.fetch_value(_OBJECTS)) == 0


async def read_contents(connection: DirectConnection) -> Contents:
    """Read every row once: in a transaction of REPEATABLE READ it is one moment, but for sequences."""
    tables: dict[str, Table] = {}
    for row in await connection.fetch(_TABLES):
        tables[str(row["name"])] = await _read_table(connection, str(row["name"]), str(row["columns"] or ""))
    migrations: tuple[str, ...] = ()
    if "public._prisma_migrations" in tables:
        migrations = tuple(str(row["name"]) for row in await connection.fetch(_APPLIED))
    return Contents(tables, await read_sequences(connection), await read_catalogue(connection), migrations)


async def read_sequences(connection: DirectConnection) -> dict[str, int]:
    """Return the last value of every sequence, 0 for one that gave none."""
    return {str(row["name"]): int(row["value"]) for row in await connection.fetch(_SEQUENCES)}


async def read_roles(connection: DirectConnection) -> Roles:
    """Return which roles the database's objects name."""
    names = [await connection.fetch(query) for query in (_OWNERS, _GRANTED, _CLOSED)]
    return Roles(*(tuple(str(row["name"]) for row in rows) for rows in names))


def find_differences(
    wanted: Contents, found: Contents, *, sequences_until: Mapping[str, int], same_version: bool
) -> list[str]:
    """Say how `found` differs from `wanted`, a phrase for each difference.

    Sequences go on while a backup is taken, so each may have any value up to `sequences_until`.
    """
    differences = _compare_tables(wanted.tables, found.tables)
    for name, value in wanted.sequences.items():
        last, most = found.sequences.get(name), max(value, sequences_until.get(name, value))
        if last is None or not value <= last <= most:
            differences.append(f"sequence {name} is at {last} instead of {value}")
    kinds = None if same_version else _SAME_IN_ALL_VERSIONS
    differences += _compare_catalogues(wanted.catalogue, found.catalogue, kinds)
    return differences


def describe(differences: list[str]) -> str:
    """Return the first few in one phrase."""
    more = len(differences) - _SHOWN
    return "; ".join(differences[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")


async def _read_table(connection: DirectConnection, name: str, columns: str) -> Table:
    # bigints are summed as numeric, which cannot overflow; collation "C" hashes bytes
    [row] = await connection.fetch(
        f'SELECT count(*) AS rows, coalesce(sum(hashtextextended((ROW({columns})::text) COLLATE "C", 0)), 0)::text'
        f" AS hash FROM ONLY {name}"
    )
    return Table(int(row["rows"]), str(row["hash"]))


def _compare_tables(wanted: Mapping[str, Table], found: Mapping[str, Table]) -> list[str]:
    differences: list[str] = []
    for name in sorted({*wanted, *found}):
        one, other = wanted.get(name), found.get(name)
        if one == other:
            continue
        if one is None or other is None:
            differences.append(f"table {name} is {'new' if one is None else 'missing'}")
        elif one.rows != other.rows:
            differences.append(f"{name} has {other.rows} rows instead of {one.rows}")
        else:
            differences.append(f"rows of {name} differ")
    return differences


def _compare_catalogues(
    wanted: frozenset[str], found: frozenset[str], kinds: tuple[str, ...] | None
) -> list[str]:
    def chosen(lines: frozenset[str]) -> set[str]:
        return {line for line in lines if kinds is None or line.startswith(kinds)}

    missing, new = chosen(wanted) - chosen(found), chosen(found) - chosen(wanted)
    lines = [("lacks", line) for line in sorted(missing)] + [("also has", line) for line in sorted(new)]
    return [f"it {verb} {line.splitlines()[0][:80]}" for verb, line in lines]
