"""Apply migrations as `prisma migrate deploy` does, but whole or not at all wherever PostgreSQL allows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from uuid import uuid4

from lumi_db.engine.driver.direct import DirectConnection, ScriptFailed
from lumi_db.engine.errors import EngineError
from lumi_db.errors import MigrationFailed, MigrationRefused

from .files import Migration
from .history import HISTORY, State, check_finished, compare, make_history, read_history
from .lock import migration_lock

LOCK_TIMEOUT = 10.0
"""Seconds a statement waits for a table. Who comes after it waits as long, so the shop may stall for that time."""
IN_A_TRANSACTION = "25001"  # such as CREATE INDEX CONCURRENTLY, which cannot run in one
BEGUN_SQL = f"INSERT INTO {HISTORY} (id, checksum, migration_name) VALUES ($1, $2, $3)"
ENDED_SQL = f"UPDATE {HISTORY} SET finished_at = now(), applied_steps_count = 1 WHERE id = $1 RETURNING id"
NEVER_BEGUN_SQL = f"DELETE FROM {HISTORY} WHERE id = $1"
# What a script sets for its session is its own: one that pg_dump wrote empties the search_path.
FRESH_SQL = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL"
FAILED_SQL = f"UPDATE {HISTORY} SET logs = $2 WHERE id = $1"


@dataclass(frozen=True, slots=True)
class Applied:
    """A migration that was applied or undone now, and the seconds it took."""

    name: str
    seconds: float


Progress = Callable[[Applied], None]


async def apply_pending(
    connection: DirectConnection,
    migrations: Sequence[Migration],
    *,
    to: str | None = None,
    lock_timeout: float = LOCK_TIMEOUT,
    progress: Progress = lambda _: None,
) -> tuple[Applied, ...]:
    """Apply in order what the database lacks, up to the migration `to`, and return it.

    Each is one transaction with its row of the history, so one that fails or is killed leaves nothing behind. Those
    that PostgreSQL refuses to run in a transaction run as Prisma runs them: one that fails has then begun and not
    ended, and needs `repair`.

    Raises MigrationRefused (unknown `to`), MigrationFailed, ForeignDatabase, and SetupError when another migrates.
    """
    names = [one.name for one in migrations]
    if to is not None and to not in names:
        raise MigrationRefused(f"There is no migration {to}: `lumi-db migrate status` lists them.")
    async with migration_lock(connection):
        await make_history(connection)
        history = await read_history(connection)
        check_finished(history)
        done: list[Applied] = []
        for one in compare(migrations, history):
            if one.state is State.PENDING and (to is None or one.name <= to):
                done.append(await _timed(connection, migrations[names.index(one.name)], lock_timeout))
                progress(done[-1])
    return tuple(done)


async def _timed(connection: DirectConnection, migration: Migration, lock_timeout: float) -> Applied:
    began = perf_counter()
    await _apply(connection, migration, lock_timeout)
    return Applied(migration.name, perf_counter() - began)


async def _apply(connection: DirectConnection, migration: Migration, lock_timeout: float) -> None:
    identifier = str(uuid4())
    await connection.run_script(f"BEGIN; SET LOCAL lock_timeout = {round(lock_timeout * 1000)}")
    try:
        await connection.fetch(BEGUN_SQL, identifier, migration.checksum, migration.name)
        await connection.run_script(migration.script)
        # a script with a COMMIT of its own has left the transaction, and its row says that it has begun
        await _end(connection, migration, identifier)
        if connection.is_in_transaction:
            await connection.run_script("COMMIT")
    except BaseException as error:
        committed = not connection.is_in_transaction
        if not committed:
            await connection.run_script("ROLLBACK")
        if not isinstance(error, ScriptFailed):
            raise
        if error.sqlstate == IN_A_TRANSACTION and not committed:
            await _apply_without_transaction(connection, migration, lock_timeout)
            return
        if committed:
            await connection.fetch(FAILED_SQL, identifier, describe(error))
        raise _failure(migration, error, is_undone=not committed) from None


async def _apply_without_transaction(
    connection: DirectConnection, migration: Migration, lock_timeout: float
) -> None:
    identifier = str(uuid4())
    await connection.fetch(BEGUN_SQL, identifier, migration.checksum, migration.name)
    await connection.run_script(f"SET lock_timeout = {round(lock_timeout * 1000)}")
    try:
        await connection.run_script(migration.script)
    except ScriptFailed as error:
        if error.sqlstate == IN_A_TRANSACTION:
            # several statements in one message are a transaction too, so none of them has done anything
            await connection.fetch(NEVER_BEGUN_SQL, identifier)
            raise MigrationFailed(
                f"Migration {migration.name} failed, {describe(error)}: nothing of it was done; "
                "give that statement a migration of its own."
            ) from None
        await connection.fetch(FAILED_SQL, identifier, describe(error))
        raise _failure(migration, error, is_undone=False) from None
    await _end(connection, migration, identifier)


async def _end(connection: DirectConnection, migration: Migration, identifier: str) -> None:
    """Let the session be as it was before the script, and write that it ended. Raises MigrationFailed."""
    try:
        await connection.run_script(FRESH_SQL)
        rows = await connection.fetch(ENDED_SQL, identifier)
    except EngineError as error:
        if error.meta.get("sqlstate") is None:
            raise
        raise MigrationFailed(
            f"Migration {migration.name} failed, its row of the history cannot be written "
            f"({str(error).rstrip('.')}): it was undone; take what it does to {HISTORY} out of the script."
        ) from None
    if not rows:
        raise MigrationFailed(
            f"Migration {migration.name} took back its own row of the history, so it does not count as applied: "
            f"take ROLLBACK, or what it does to {HISTORY}, out of the script and run the command again."
        )


def describe(error: ScriptFailed) -> str:
    """Say where and why a script failed, such as `line 3: column "x" does not exist (42703)`."""
    line = f"line {error.line}: " if error.line else ""
    hint = f"; {error.hint.rstrip('.')}" if error.hint else ""
    return f"{line}{error.message} ({error.sqlstate}){hint}"


def _failure(migration: Migration, error: ScriptFailed, *, is_undone: bool) -> MigrationFailed:
    said = f"Migration {migration.name} failed, {describe(error)}"
    if error.sqlstate == "55P03":
        return MigrationFailed(
            f"Migration {migration.name} needs a table that others use for longer than --lock-timeout; it was undone: "
            "run the command again at a quieter time, or find who holds it in pg_stat_activity."
        )
    if is_undone:
        return MigrationFailed(
            f"{said}: it was undone; mend the script or the data and run the command again."
        )
    return MigrationFailed(f"{said}: what it did before that stays; run `lumi-db migrate repair`.")
