"""After a migration that began and did not end: what it left, and how to go on.

The database is compared with two scratch databases' worth of catalogue: as it was before the migration, and as it is
after it. Rows are not compared, so a migration that changes nothing but rows is never certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lumi_db.config import Settings
from lumi_db.engine.driver.direct import DirectConnection, ScriptFailed
from lumi_db.errors import MigrationRefused
from lumi_db.maintenance import direct_connection, read_catalogue, scratch_database

from .files import Migration
from .history import HISTORY, Entry, read_history
from .lock import migration_lock
from .up import describe

# `prisma migrate status` takes a row marked as rolled back for applied, so the row goes
FORGET_SQL = f"DELETE FROM {HISTORY} WHERE id = $1"
APPLIED_SQL = f"UPDATE {HISTORY} SET finished_at = now(), applied_steps_count = 1, logs = NULL WHERE id = $1"


class Verdict(StrEnum):
    """What a migration that did not end has left."""

    NOTHING = "nothing"  # the database is as before it
    EVERYTHING = "everything"  # the database is as after it
    PARTS = "parts"
    UNCERTAIN = "uncertain"  # before and after look alike, or its file is gone or fails


class Mark(StrEnum):
    """What the history is to say of it from now on."""

    ROLLED_BACK = "rolled-back"
    APPLIED = "applied"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What `entry` left: the objects that are there and were not before it, and those that are missing to be done.

    `reason` says why the verdict is uncertain.
    """

    entry: Entry
    verdict: Verdict
    made: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reason: str = ""


async def diagnose(
    connection: DirectConnection, migrations: Sequence[Migration], *, url: str, settings: Settings
) -> Diagnosis | None:
    """Find the migration that did not end and look at what it left; None where all ended.

    Makes and drops a scratch database. Raises SetupError where the user may not.
    """
    history = await read_history(connection)
    failed = next((entry for entry in history if entry.has_failed), None)
    if failed is None:
        return None
    by_name = {one.name: one for one in migrations}
    before = [by_name.get(entry.name) for entry in history if not entry.has_failed]
    migration = by_name.get(failed.name)
    if migration is None or None in before:
        return Diagnosis(failed, Verdict.UNCERTAIN, reason="its file is not here")
    now = await read_catalogue(connection)
    scripts = [one for one in before if one is not None]
    async with (
        scratch_database(connection, url) as scratch_url,
        direct_connection(scratch_url, settings=settings) as scratch,
    ):
        return await _compare(scratch, failed, scripts, migration, now)


async def _compare(
    scratch: DirectConnection,
    entry: Entry,
    before: Sequence[Migration],
    migration: Migration,
    now: frozenset[str],
) -> Diagnosis:
    try:
        for one in sorted(before, key=lambda one: one.name):
            await scratch.run_script(one.script)
        old = await read_catalogue(scratch)
        await scratch.run_script(migration.script)
    except ScriptFailed as error:
        return Diagnosis(entry, Verdict.UNCERTAIN, reason=f"the files cannot be applied: {describe(error)}")
    return judge(entry, old=old, new=await read_catalogue(scratch), now=now)


def judge(entry: Entry, *, old: frozenset[str], new: frozenset[str], now: frozenset[str]) -> Diagnosis:
    """Say what is left, by the catalogue before the migration, after it, and as it is now."""
    if old == new == now:
        return Diagnosis(entry, Verdict.UNCERTAIN, reason="it changes rows only")
    if now == old:
        return Diagnosis(entry, Verdict.NOTHING)
    if now == new:
        return Diagnosis(entry, Verdict.EVERYTHING)
    return Diagnosis(entry, Verdict.PARTS, made=tuple(sorted(now - old)), missing=tuple(sorted(new - now)))


async def mark(connection: DirectConnection, entry: Entry, how: Mark) -> None:
    """Write into the history that a migration is applied, or take it out, so that it is pending again.

    Raises MigrationRefused where somebody else has written so in the meantime.
    """
    sql = FORGET_SQL if how is Mark.ROLLED_BACK else APPLIED_SQL
    async with migration_lock(connection):
        if not any(one.id == entry.id and one.has_failed for one in await read_history(connection)):
            raise MigrationRefused(f"Migration {entry.name} was repaired by somebody else in the meantime.")
        await connection.fetch(sql, entry.id)
