"""What a migration that did not end has left, and how the history is put right."""

from __future__ import annotations

import pytest

from lumi_db.config import Settings
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.errors import MigrationRefused
from lumi_db.migrations import Migration, apply_pending
from lumi_db.migrations.repair import Diagnosis, Mark, Verdict, diagnose, mark

Three = tuple[Migration, ...]
BEGUN = "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('begun', '{}', '{}')"
TWO_STEPS = Migration("20260104000000_two", "ALTER TABLE note ADD a int; ALTER TABLE note ADD b int")


async def _diagnose(connection: DirectConnection, url: str, migrations: Three) -> Diagnosis | None:
    return await diagnose(connection, migrations, url=url, settings=Settings())


async def _begin(connection: DirectConnection, three: Three, migration: Migration, done: str = "") -> Three:
    await apply_pending(connection, three)
    await connection.run_script(BEGUN.format(migration.checksum, migration.name) + ";" + done)
    return (*three, migration)


async def test_where_all_ended_there_is_nothing_to_repair(
    connection: DirectConnection, empty_database_url: str, three: Three
) -> None:
    await apply_pending(connection, three)
    assert await _diagnose(connection, empty_database_url, three) is None


@pytest.mark.parametrize(
    ("done", "verdict", "made", "missing"),
    [
        ("", Verdict.NOTHING, 0, 0),
        (TWO_STEPS.script, Verdict.EVERYTHING, 0, 0),
        ("ALTER TABLE note ADD a int", Verdict.PARTS, 1, 1),
    ],
)
async def test_what_is_left_is_seen_in_the_catalogue(
    connection: DirectConnection,
    empty_database_url: str,
    three: Three,
    done: str,
    verdict: Verdict,
    made: int,
    missing: int,
) -> None:
    migrations = await _begin(connection, three, TWO_STEPS, done)
    found = await _diagnose(connection, empty_database_url, migrations)
    assert found
    assert (found.verdict, len(found.made), len(found.missing)) == (verdict, made, missing)


async def test_a_migration_of_rows_only_is_uncertain(
    connection: DirectConnection, empty_database_url: str, three: Three
) -> None:
    rows = Migration("20260104000000_rows", "UPDATE note SET body = ''")
    migrations = await _begin(connection, three, rows)
    found = await _diagnose(connection, empty_database_url, migrations)
    assert found
    assert (found.verdict, found.reason) == (Verdict.UNCERTAIN, "it changes rows only")


async def test_one_whose_file_is_gone_is_uncertain(
    connection: DirectConnection, empty_database_url: str, three: Three
) -> None:
    await _begin(connection, three, TWO_STEPS)
    found = await _diagnose(connection, empty_database_url, three)
    assert found
    assert found.verdict is Verdict.UNCERTAIN


async def test_marked_as_rolled_back_it_is_applied_again(
    connection: DirectConnection, empty_database_url: str, three: Three
) -> None:
    migrations = await _begin(connection, three, TWO_STEPS)
    found = await _diagnose(connection, empty_database_url, migrations)
    assert found
    await mark(connection, found.entry, Mark.ROLLED_BACK)
    assert [one.name for one in await apply_pending(connection, migrations)] == [TWO_STEPS.name]
    with pytest.raises(MigrationRefused, match="somebody else"):
        await mark(connection, found.entry, Mark.ROLLED_BACK)


async def test_marked_as_applied_it_is_not_applied_again(
    connection: DirectConnection, empty_database_url: str, three: Three
) -> None:
    migrations = await _begin(connection, three, TWO_STEPS, TWO_STEPS.script)
    found = await _diagnose(connection, empty_database_url, migrations)
    assert found
    await mark(connection, found.entry, Mark.APPLIED)
    assert await apply_pending(connection, migrations) == ()
