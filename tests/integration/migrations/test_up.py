"""Applying migrations: whole or not at all, once, under Prisma's lock."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace

import pytest

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.engine.errors import EngineError
from lumi_db.errors import ForeignDatabase, MigrationFailed, MigrationRefused, SetupError
from lumi_db.maintenance import read_catalogue
from lumi_db.migrations import Migration, State, apply_pending, compare, read_history
from lumi_db.migrations.lock import KEY, migration_lock

Three = tuple[Migration, ...]
CONCURRENT = Migration(
    "20260104000000_more", "CREATE INDEX CONCURRENTLY more ON note (id)", "DROP INDEX more"
)


async def states(connection: DirectConnection, migrations: Three) -> list[State]:
    return [one.state for one in compare(migrations, await read_history(connection))]


async def test_what_is_pending_is_applied_in_order_and_once(
    connection: DirectConnection, three: Three
) -> None:
    seen: list[str] = []
    done = await apply_pending(connection, three, progress=lambda one: seen.append(one.name))
    assert [one.name for one in done] == seen == [one.name for one in three]
    assert await states(connection, three) == [State.APPLIED] * 3
    assert await apply_pending(connection, three) == ()


async def test_it_stops_after_a_named_one(connection: DirectConnection, three: Three) -> None:
    await apply_pending(connection, three, to=three[1].name)
    assert await states(connection, three) == [State.APPLIED, State.APPLIED, State.PENDING]
    with pytest.raises(MigrationRefused, match="There is no migration nowhere"):
        await apply_pending(connection, three, to="nowhere")


async def test_the_row_holds_the_checksum_of_the_file(connection: DirectConnection, three: Three) -> None:
    await apply_pending(connection, three[:1])
    entry = (await read_history(connection))[0]
    assert entry.checksum == hashlib.sha256(three[0].script.encode()).hexdigest()
    assert await connection.fetch_value("SELECT applied_steps_count FROM _prisma_migrations") == 1


async def test_one_that_fails_leaves_nothing_and_those_before_it_stay(
    connection: DirectConnection, three: Three
) -> None:
    bad = replace(three[1], script="ALTER TABLE note ADD body text;\nALTER TABLE note ADD nothing no_type")
    with pytest.raises(
        MigrationFailed, match=r"20260102000000_text failed, line 2: .*no_type.*it was undone"
    ):
        await apply_pending(connection, (three[0], bad, three[2]))
    assert await states(connection, three) == [State.APPLIED, State.PENDING, State.PENDING]
    assert not any("body" in line for line in await read_catalogue(connection))
    assert len(await apply_pending(connection, three)) == 2


async def test_an_error_repeats_no_value_of_a_row(connection: DirectConnection, three: Three) -> None:
    await apply_pending(connection, three)
    await connection.run_script("INSERT INTO note (id, body) VALUES (1, 'hunter2'), (2, 'hunter2')")
    unique = Migration("20260104000000_unique", "CREATE UNIQUE INDEX one ON note (body)")
    with pytest.raises(MigrationFailed) as caught:
        await apply_pending(connection, (*three, unique))
    assert "hunter2" not in str(caught.value)


async def test_what_cannot_run_in_a_transaction_runs_without(
    connection: DirectConnection, three: Three
) -> None:
    await apply_pending(connection, (*three, CONCURRENT))
    assert await states(connection, (*three, CONCURRENT)) == [State.APPLIED] * 4


async def test_one_without_a_transaction_that_fails_has_begun_and_not_ended(
    connection: DirectConnection, three: Three
) -> None:
    bad = replace(CONCURRENT, script="CREATE INDEX CONCURRENTLY more ON note (nothing)")
    with pytest.raises(MigrationFailed, match="lumi-db migrate repair"):
        await apply_pending(connection, (*three, bad))
    assert (await states(connection, (*three, bad)))[-1] is State.FAILED
    assert "nothing" in ((await read_history(connection))[-1].logs or "")
    with pytest.raises(MigrationFailed, match="did not end: run `lumi-db migrate repair`"):
        await apply_pending(connection, (*three, bad))


async def test_a_script_with_its_own_commit_that_fails_has_begun_and_not_ended(
    connection: DirectConnection, three: Three
) -> None:
    bad = replace(three[1], script="COMMIT; ALTER TABLE note ADD body text; BEGIN; SELECT nothing")
    with pytest.raises(MigrationFailed):
        await apply_pending(connection, (three[0], bad))
    assert not connection.is_in_transaction
    assert (await states(connection, (three[0], bad)))[0] is State.APPLIED


async def test_a_script_that_takes_back_its_row_of_the_history_has_failed(
    connection: DirectConnection, three: Three
) -> None:
    for rest in ("ROLLBACK", "ROLLBACK; BEGIN; SELECT 1", "DELETE FROM _prisma_migrations"):
        bad = replace(three[1], script=f"ALTER TABLE note ADD body text; {rest}")
        with pytest.raises(MigrationFailed, match=r"20260102000000_text took back its own row"):
            await apply_pending(connection, (three[0], bad))
        assert not connection.is_in_transaction
        assert await states(connection, (three[0], bad)) == [State.APPLIED, State.PENDING]


async def test_a_script_that_drops_the_history_is_undone(connection: DirectConnection, three: Three) -> None:
    bad = replace(three[1], script="DROP TABLE _prisma_migrations")
    with pytest.raises(MigrationFailed, match=r"20260102000000_text failed, its row .*it was undone"):
        await apply_pending(connection, (three[0], bad))
    assert await states(connection, (three[0], bad)) == [State.APPLIED, State.PENDING]


@pytest.mark.parametrize(
    "setting",
    [
        "SELECT pg_catalog.set_config('search_path', '', false)",  # pg_dump begins with it
        "SET default_transaction_read_only = on",
        "SET ROLE pg_read_all_data",
        "SET SESSION AUTHORIZATION pg_read_all_data",
    ],
)
async def test_what_a_script_sets_for_its_session_ends_with_it(
    connection: DirectConnection, three: Three, setting: str
) -> None:
    first = replace(three[0], script=f"{three[0].script}; {setting}")
    await apply_pending(connection, (first, *three[1:]))
    assert await states(connection, (first, *three[1:])) == [State.APPLIED] * 3


async def test_one_that_mixes_concurrently_with_others_leaves_nothing_to_repair(
    connection: DirectConnection, three: Three
) -> None:
    bad = replace(CONCURRENT, script=f"ALTER TABLE note ADD more text; {CONCURRENT.script}")
    with pytest.raises(MigrationFailed, match="a migration of its own"):
        await apply_pending(connection, (*three, bad))
    assert (await states(connection, (*three, bad)))[-1] is State.PENDING
    assert not any("more" in line for line in await read_catalogue(connection))


async def test_a_changed_file_is_seen_and_other_ends_of_lines_are_not(
    connection: DirectConnection, three: Three
) -> None:
    first = replace(three[0], script="CREATE TABLE note (\n  id int)")
    await apply_pending(connection, (first,))
    windows = replace(first, script=first.script.replace("\n", "\r\n"))
    assert await states(connection, (windows,)) == [State.APPLIED]
    assert await states(connection, three[:1]) == [State.CHANGED]
    assert await states(connection, ()) == [State.UNKNOWN]


async def test_tables_without_a_history_are_refused(connection: DirectConnection, three: Three) -> None:
    await connection.run_script("CREATE TABLE invoice (id int)")
    with pytest.raises(ForeignDatabase, match=r"\(invoice\).*migrate resolve --applied"):
        await apply_pending(connection, three)
    assert not any("note" in line for line in await read_catalogue(connection))


async def test_two_at_once_apply_each_migration_once(
    connection: DirectConnection, other: DirectConnection, three: Three
) -> None:
    slow = replace(three[0], script=f"{three[0].script}; SELECT pg_sleep(0.2)")
    done = await asyncio.gather(
        apply_pending(connection, (slow, *three[1:])), apply_pending(other, (slow, *three[1:]))
    )
    assert sorted(len(one) for one in done) == [0, 3]
    assert await connection.fetch_value("SELECT count(*) FROM _prisma_migrations") == 3


async def test_who_waits_for_the_lock_is_not_waited_for_by_an_index_made_concurrently(
    connection: DirectConnection, other: DirectConnection, three: Three
) -> None:
    four = (*three, CONCURRENT)
    done = await asyncio.gather(apply_pending(connection, four), apply_pending(other, four))
    assert sorted(len(one) for one in done) == [0, 4]
    assert await states(connection, four) == [State.APPLIED] * 4


async def test_who_waits_too_long_for_the_lock_is_told_who_holds_it(
    connection: DirectConnection, other: DirectConnection
) -> None:
    await other.fetch("SELECT pg_advisory_lock($1)", KEY)
    with pytest.raises(SetupError, match=r"migrating this database \(lumi-db as .*, process \d+\)"):
        async with migration_lock(connection, wait=0.05):
            raise AssertionError


async def test_a_table_in_use_is_waited_for_only_so_long(
    connection: DirectConnection, other: DirectConnection, three: Three
) -> None:
    await apply_pending(connection, three[:1])
    await other.run_script("BEGIN; LOCK TABLE note")
    with pytest.raises(MigrationFailed, match="--lock-timeout"):
        await apply_pending(connection, three, lock_timeout=0.05)
    await other.run_script("COMMIT")
    assert len(await apply_pending(connection, three)) == 2


async def test_a_connection_that_is_lost_leaves_nothing(
    connection: DirectConnection, other: DirectConnection, three: Three
) -> None:
    slow = replace(three[0], script=f"{three[0].script}; SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(EngineError) as caught:
        await apply_pending(connection, (slow,))
    assert caught.value.code == "P1017"
    assert await states(other, (slow,)) == [State.PENDING]
    assert len(await apply_pending(other, three)) == 3
