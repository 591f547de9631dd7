"""Prove the migrations on an empty database: each goes up, down and up again, and together they are complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from lumi_db.engine.driver.direct import DirectConnection, ScriptFailed
from lumi_db.maintenance import read_catalogue

from .files import Migration
from .lint import check_form
from .required import find_missing
from .up import describe

LONGEST_SECONDS = 30.0
"""What phase-2.md allows for all migrations on an empty database."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was checked, and a sentence for everything that is wrong with it."""

    what: str
    faults: tuple[str, ...] = ()


async def check_migrations(
    connection: DirectConnection, migrations: Sequence[Migration]
) -> tuple[Proof, ...]:
    """Apply, undo and apply again every migration in the empty database of `connection`, and look at the result."""
    form = tuple(
        f"{one.migration}: {one.message}" for migration in migrations for one in check_form(migration)
    )
    began = perf_counter()
    faults = await _up_down_up(connection, migrations)
    seconds = perf_counter() - began
    slow = (f"They take {seconds:.0f} s.",) if seconds > LONGEST_SECONDS else ()
    return (
        Proof("names and files", form),
        Proof("up, down and up again give the same catalogue", tuple(faults)),
        Proof(f"within {LONGEST_SECONDS:g} s on an empty database", slow),
        Proof(
            "indexes, unique values and timestamps", () if faults else tuple(await find_missing(connection))
        ),
    )


async def _up_down_up(connection: DirectConnection, migrations: Sequence[Migration]) -> list[str]:
    """Return what is wrong with the first migration that is wrong; the others cannot be judged after it."""
    before = await read_catalogue(connection)
    for one in migrations:
        try:
            await connection.run_script(one.script)
            after = await read_catalogue(connection)
            await connection.run_script(one.undo or "")
            faults = _differences("down.sql", before, await read_catalogue(connection))
            if not faults:
                await connection.run_script(one.script)
                faults = _differences("the second time", after, await read_catalogue(connection))
        except ScriptFailed as error:
            faults = [f"it fails, {describe(error)}."]
        if faults:
            return [f"{one.name}: {fault}" for fault in faults]
        before = after
    return []


def _differences(when: str, wanted: frozenset[str], found: frozenset[str]) -> list[str]:
    left = [f"{when} leaves {line.splitlines()[0]}" for line in sorted(found - wanted)]
    return left + [f"{when} takes away {line.splitlines()[0]}" for line in sorted(wanted - found)]
