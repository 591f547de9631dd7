"""What `migrate check` finds wrong in migrations that are wrong."""

from __future__ import annotations

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.migrations import Migration
from lumi_db.migrations.check import check_migrations

TABLE = 'CREATE TABLE "Note" (id int PRIMARY KEY, "createdAt" timestamptz NOT NULL DEFAULT now())'


async def faults_of(connection: DirectConnection, *migrations: Migration) -> str:
    proofs = await check_migrations(connection, migrations)
    return "\n".join(fault for one in proofs for fault in one.faults)


async def test_a_down_script_that_leaves_something(connection: DirectConnection) -> None:
    leaves = Migration("20260101000000_note", f"{TABLE}; CREATE VIEW seen AS SELECT 1", 'DROP TABLE "Note"')
    assert "20260101000000_note: down.sql leaves " in await faults_of(connection, leaves)


async def test_a_down_script_that_takes_away_too_much(connection: DirectConnection) -> None:
    first = Migration("20260101000000_note", TABLE, 'DROP TABLE "Note"')
    second = Migration(
        "20260102000000_seen", "CREATE VIEW seen AS SELECT 1", 'DROP VIEW seen; DROP TABLE "Note"'
    )
    assert "20260102000000_seen: down.sql takes away " in await faults_of(connection, first, second)


async def test_a_script_that_fails(connection: DirectConnection) -> None:
    broken = Migration("20260101000000_note", "SELECT no_such_column", "SELECT 1")
    assert "20260101000000_note: it fails, " in await faults_of(connection, broken)


async def test_a_missing_down_script_index_and_timestamp(connection: DirectConnection) -> None:
    refers = 'ALTER TABLE "Note" ADD COLUMN "noteId" int REFERENCES "Note" (id)'
    first = Migration("20260101000000_note", f"{TABLE}; {refers}", 'DROP TABLE "Note"')
    second = Migration("20260102000000_seen", "SELECT 1")
    found = await faults_of(connection, first, second)
    assert "20260102000000_seen: down.sql is missing" in found
    assert "Foreign key Note (noteId) has no index." in found
    assert "Note has no updatedAt that is never null." in found
    assert "User (email) is not unique." in found
