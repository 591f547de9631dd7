"""`_prisma_migrations`, Prisma's table of what was applied, and what it says about the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.engine.errors import EngineError
from lumi_db.errors import ForeignDatabase, MigrationFailed

from .files import Migration

HISTORY = "_prisma_migrations"
# As Prisma 6 makes it, so that either may come first.
CREATE_SQL = """
CREATE TABLE "_prisma_migrations" (
    "id"                    VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"              VARCHAR(64) NOT NULL,
    "finished_at"           TIMESTAMPTZ,
    "migration_name"        VARCHAR(255) NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        TIMESTAMPTZ,
    "started_at"            TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count"   INTEGER NOT NULL DEFAULT 0
)
"""
EXISTS_SQL = f"SELECT to_regclass('\"{HISTORY}\"') IS NOT NULL"
READ_SQL = f"""
SELECT id, migration_name AS name, checksum, started_at, finished_at, logs
FROM {HISTORY} WHERE rolled_back_at IS NULL ORDER BY started_at
"""
TABLES_SQL = """
SELECT relname::text AS name FROM pg_class
WHERE relnamespace = to_regnamespace(current_schema()) AND relkind IN ('r', 'p') AND relname <> '_prisma_migrations'
  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
ORDER BY relname
"""
NO_SUCH_COLUMN = "42703"
NOT_PRISMAS = (
    f"The table {HISTORY} is not Prisma's, since it has other columns: let DATABASE_URL name an empty database or "
    "the shop's own."
)
REPAIR = "run `lumi-db migrate repair`"


class State(StrEnum):
    """Where a migration stands."""

    APPLIED = "applied"
    PENDING = "pending"
    FAILED = "failed"  # it was begun and did not end
    CHANGED = "changed"  # its migration.sql is another now than when it was applied
    UNKNOWN = "unknown"  # the database has it, the files do not


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the history: a migration that was begun and not rolled back."""

    id: str
    name: str
    checksum: str
    started_at: datetime
    finished_at: datetime | None
    logs: str | None = None

    @property
    def has_failed(self) -> bool:
        return self.finished_at is None


@dataclass(frozen=True, slots=True)
class Standing:
    """One migration in files, history or both. `applied_at` is when it ended."""

    name: str
    state: State
    applied_at: datetime | None = None
    can_be_undone: bool = False


async def has_history(connection: DirectConnection) -> bool:
    """Tell whether the database has Prisma's table."""
    return bool(await connection.fetch_value(EXISTS_SQL))


async def read_history(connection: DirectConnection) -> tuple[Entry, ...]:
    """Return what was begun and not rolled back, the oldest first; nothing where there is no table.

    Raises ForeignDatabase where the table is somebody else's.
    """
    if not await has_history(connection):
        return ()
    try:
        return tuple(Entry(**row) for row in await connection.fetch(READ_SQL))
    except EngineError as error:
        if error.meta.get("sqlstate") == NO_SUCH_COLUMN:
            raise ForeignDatabase(NOT_PRISMAS) from None
        raise


async def make_history(connection: DirectConnection) -> None:
    """Make the table where it is missing. Raises ForeignDatabase where tables are there without it."""
    if await has_history(connection):
        return
    if tables := [str(row["name"]) for row in await connection.fetch(TABLES_SQL)]:
        raise ForeignDatabase(
            f"The database holds tables but no history of migrations ({_names(tables)}): "
            "let DATABASE_URL name an empty database; if these are the shop's tables, tell it which migrations "
            "they have with `lumi-db prisma migrate resolve --applied NAME`."
        )
    await connection.run_script(CREATE_SQL)


def check_finished(history: Sequence[Entry]) -> None:
    """Raise MigrationFailed where a migration was begun and did not end."""
    for entry in history:
        if entry.has_failed:
            raise MigrationFailed(
                f"Migration {entry.name}, begun at {entry.started_at:%Y-%m-%d %H:%M} UTC, did not end: {REPAIR}."
            )


def compare(migrations: Sequence[Migration], history: Sequence[Entry]) -> tuple[Standing, ...]:
    """Return where every migration stands, in the order of their names."""
    return tuple(sorted(_standings(migrations, history), key=lambda one: one.name))


def _standings(migrations: Sequence[Migration], history: Sequence[Entry]) -> Iterator[Standing]:
    applied = {entry.name: entry for entry in history}
    for one in migrations:
        entry = applied.pop(one.name, None)
        yield Standing(
            one.name, _state(one, entry), entry.finished_at if entry else None, one.undo is not None
        )
    for entry in applied.values():
        yield Standing(entry.name, State.FAILED if entry.has_failed else State.UNKNOWN, entry.finished_at)


def _state(migration: Migration, entry: Entry | None) -> State:
    if entry is None:
        return State.PENDING
    if entry.has_failed:
        return State.FAILED
    return State.APPLIED if migration.has_checksum(entry.checksum) else State.CHANGED


def _names(names: list[str], shown: int = 3) -> str:
    return ", ".join(names[:shown]) + (" …" if len(names) > shown else "")
