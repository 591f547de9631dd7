"""Is this database the shop's, with every migration? Asked at opening, answered in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lumi_db.errors import ForeignDatabase, MigrationFailed, MigrationsPending, SchemaNotReady
from lumi_db.migrations.history import HISTORY, REPAIR

if TYPE_CHECKING:
    from lumi_db.client import Prisma

DEPLOY = "run `lumi-db migrate up`"
NAMES_SHOWN = 3

# Tables and views that an extension brought (PostGIS has some) say nothing about whose database this is.
TABLES_SQL = """
SELECT c.relname::text AS name
FROM pg_class c
WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
  AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname
"""
HISTORY_SQL = """
SELECT migration_name AS name, finished_at IS NOT NULL AS ended
FROM _prisma_migrations
WHERE rolled_back_at IS NULL
ORDER BY started_at
"""


@dataclass(frozen=True, slots=True)
class DatabaseContent:
    """What a database holds: its tables, and Prisma's history of migrations (None where there is none)."""

    tables: frozenset[str]
    applied: tuple[str, ...] | None
    failed: tuple[str, ...] = ()


async def read_content(client: Prisma) -> DatabaseContent:
    """Ask the database for its tables and its migrations: one statement, or two."""
    rows = await client.query_raw(TABLES_SQL)
    tables = frozenset(str(row["name"]) for row in rows)
    if HISTORY not in tables:
        return DatabaseContent(tables, None)
    history = await client.query_raw(HISTORY_SQL)
    ended = tuple(str(row["name"]) for row in history if row["ended"])
    failed = tuple(str(row["name"]) for row in history if not row["ended"])
    return DatabaseContent(tables - {HISTORY}, ended, failed)


def find_problem(
    content: DatabaseContent, *, database: str, tables: frozenset[str], migrations: Sequence[str]
) -> SchemaNotReady | None:
    """Compare what `database` holds with the schema's `tables` and the project's `migrations`."""
    if _is_foreign(content, tables, migrations):
        return _foreign(content, database, tables)
    if content.failed:
        name = content.failed[0]
        return MigrationFailed(
            f"Migration {name} of database {database} did not end: {REPAIR}, then {DEPLOY}."
        )
    missing = tables - content.tables
    if content.applied is None:
        # Made without Prisma's history, as the tests' databases are: the tables have to speak for themselves.
        return _pending(tuple(migrations), len(migrations), database) if missing else None
    pending = tuple(name for name in migrations if name not in content.applied)
    if pending or missing:
        return _pending(pending, len(migrations), database)
    return None


def _is_foreign(content: DatabaseContent, tables: frozenset[str], migrations: Sequence[str]) -> bool:
    if content.tables and content.applied is None:
        # without a history of migrations only the shop as a whole is taken for the shop
        return not tables <= content.tables
    if content.tables:
        return not content.tables & tables
    return bool(content.applied and migrations and not set(content.applied) & set(migrations))


def _foreign(content: DatabaseContent, database: str, tables: frozenset[str]) -> ForeignDatabase:
    strangers = sorted(content.tables - tables)
    names = strangers or sorted(content.tables or content.applied or ())
    shown = ", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")
    return ForeignDatabase(
        f"Database {database} holds something else than the shop ({shown}): "
        "let DATABASE_URL name an empty database or the shop's own (without it: `lumi-db db delete`)."
    )


def _pending(pending: tuple[str, ...], total: int, database: str) -> MigrationsPending:
    if not pending:
        sentence = f"Database {database} lacks tables of the shop: {DEPLOY}."
    elif len(pending) == total:
        sentence = f"Database {database} has none of the {total} migrations: {DEPLOY}."
    else:
        sentence = (
            f"Database {database} lacks {len(pending)} of {total} migrations, first {pending[0]}: {DEPLOY}."
        )
    return MigrationsPending(sentence, pending=pending)
