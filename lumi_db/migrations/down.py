"""Undo migrations by their down.sql, in one transaction with the history.

Their rows are deleted, not marked: `prisma migrate status` takes a migration with a row that says "rolled back" for
applied, while `prisma migrate deploy` would apply it (both tried with Prisma 6.19).
"""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from lumi_db.engine.driver.direct import DirectConnection, ScriptFailed, transaction
from lumi_db.errors import MigrationFailed, MigrationRefused

from .files import Migration
from .history import HISTORY, Standing, State, check_finished, compare, read_history
from .lint import has_own_transaction
from .lock import migration_lock
from .up import FRESH_SQL, LOCK_TIMEOUT, Applied, Progress, describe

FORGET_SQL = f"DELETE FROM {HISTORY} WHERE migration_name = $1"


async def undo(
    connection: DirectConnection,
    migrations: Sequence[Migration],
    *,
    name: str | None = None,
    to: str | None = None,
    lock_timeout: float = LOCK_TIMEOUT,
    progress: Progress = lambda _: None,
) -> tuple[Applied, ...]:
    """Undo the last migration, or every one after the migration `to`, and return them, the newest first.

    With `name`, undo the last one only if it is this. All of it happens or nothing.

    Raises MigrationRefused where nothing is applied, `name` is not the last, `to` is not applied, a down.sql is
    missing, or the database and the files part; MigrationFailed where a script fails.
    """
    async with migration_lock(connection):
        history = await read_history(connection)
        check_finished(history)
        standings = compare(migrations, history)
        wanted = choose(standings, name=name, to=to)
        by_name = {one.name: one for one in migrations}
        return await _undo_all(connection, [by_name[one.name] for one in wanted], lock_timeout, progress)


def choose(
    standings: Sequence[Standing], *, name: str | None = None, to: str | None = None
) -> tuple[Standing, ...]:
    """Return what is to be undone, the newest first. Raises MigrationRefused."""
    applied = [one for one in standings if one.state is not State.PENDING]
    if not applied:
        raise MigrationRefused("No migration is applied, so there is nothing to undo.")
    for asked in (name, to):
        if asked is not None and asked not in [one.name for one in applied]:
            raise MigrationRefused(f"Migration {asked} is not applied: `lumi-db migrate status` lists them.")
    if name is not None and name != applied[-1].name:
        raise MigrationRefused(
            f"Migration {name} is not the last: {applied[-1].name} came after it and may need it. "
            f"Undo both: lumi-db migrate down --to {_before(applied, name)}"
            if _before(applied, name)
            else f"Migration {name} is the first: the others came after it and need it."
        )
    chosen = [one for one in applied if one.name > to] if to is not None else applied[-1:]
    if not chosen:
        raise MigrationRefused(f"Migration {to} is the last, so there is nothing to undo.")
    for one in chosen:
        _check(one)
    return tuple(reversed(chosen))


def _before(applied: Sequence[Standing], name: str) -> str | None:
    return max((one.name for one in applied if one.name < name), default=None)


def _check(one: Standing) -> None:
    if one.state is State.UNKNOWN:
        raise MigrationRefused(
            f"Migration {one.name} is applied and not among these files: undo it from the version that has it."
        )
    if one.state is State.CHANGED:
        raise MigrationRefused(
            f"migration.sql of {one.name} was changed after it was applied, so its down.sql may not fit: "
            "take the file back to what was applied."
        )
    if not one.can_be_undone:
        raise MigrationRefused(
            f"Migration {one.name} has no down.sql: write it, or go forward with a new migration that mends things."
        )


async def _undo_all(
    connection: DirectConnection, migrations: Sequence[Migration], lock_timeout: float, progress: Progress
) -> tuple[Applied, ...]:
    for one in migrations:
        _check_script(one)
    done: list[Applied] = []
    async with transaction(connection):
        for one in migrations:
            began = perf_counter()
            await connection.run_script(f"SET LOCAL lock_timeout = {round(lock_timeout * 1000)}")
            await _undo(connection, one)
            done.append(Applied(one.name, perf_counter() - began))
    for undone in done:
        progress(undone)
    return tuple(done)


def _check_script(migration: Migration) -> None:
    if has_own_transaction(migration.undo or ""):
        raise MigrationRefused(
            f"down.sql of {migration.name} ends the transaction it runs in, with which half of it could stay undone: "
            "take BEGIN, COMMIT and ROLLBACK out of it."
        )


async def _undo(connection: DirectConnection, migration: Migration) -> None:
    try:
        await connection.run_script(migration.undo or "")
    except ScriptFailed as error:
        raise MigrationFailed(
            f"down.sql of {migration.name} failed, {describe(error)}: nothing was undone; "
            "mend the script or the data and run the command again."
        ) from None
    if not connection.is_in_transaction:
        raise MigrationFailed(
            f"down.sql of {migration.name} ended the transaction itself, so what it undid stays undone and the "
            f"history does not know: take its COMMIT or ROLLBACK out, undo the rest by hand and delete its row of "
            f"{HISTORY}."
        )
    await connection.run_script(FRESH_SQL)
    await connection.fetch(FORGET_SQL, migration.name)
