"""Undoing migrations: all of it or nothing, and refused where it would harm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.errors import MigrationFailed, MigrationRefused
from lumi_db.maintenance import read_catalogue
from lumi_db.migrations import Migration, apply_pending, read_history, undo

Three = tuple[Migration, ...]


async def applied(connection: DirectConnection) -> list[str]:
    return [entry.name for entry in await read_history(connection)]


async def test_the_last_one_is_undone(connection: DirectConnection, three: Three) -> None:
    await apply_pending(connection, three[:2])
    before = await read_catalogue(connection)
    await apply_pending(connection, three)
    assert [one.name for one in await undo(connection, three)] == [three[2].name]
    assert await read_catalogue(connection) == before
    assert await applied(connection) == [three[0].name, three[1].name]


async def test_all_after_a_named_one_are_undone_the_newest_first(
    connection: DirectConnection, three: Three
) -> None:
    await apply_pending(connection, three)
    done = await undo(connection, three, to=three[0].name)
    assert [one.name for one in done] == [three[2].name, three[1].name]
    assert await applied(connection) == [three[0].name]


async def test_it_forgets_earlier_attempts_too(connection: DirectConnection, three: Three) -> None:
    await apply_pending(connection, three)
    await connection.run_script(
        "INSERT INTO _prisma_migrations (id, checksum, migration_name, rolled_back_at) "
        f"VALUES ('1', '', '{three[2].name}', now())"
    )
    await undo(connection, three)
    assert await connection.fetch_value("SELECT count(*) FROM _prisma_migrations") == 2


async def test_where_one_of_several_fails_none_is_undone(connection: DirectConnection, three: Three) -> None:
    await apply_pending(connection, three)
    before = await read_catalogue(connection)
    bad = (three[0], replace(three[1], undo="DROP TABLE nothing"), three[2])
    with pytest.raises(
        MigrationFailed, match=r"down.sql of 20260102000000_text failed, .*nothing was undone"
    ):
        await undo(connection, bad, to=three[0].name)
    assert await read_catalogue(connection) == before
    assert len(await applied(connection)) == 3


async def test_a_script_that_would_end_the_transaction_is_not_begun(
    connection: DirectConnection, three: Three
) -> None:
    await apply_pending(connection, three)
    for undo_script in ("DROP INDEX body; COMMIT", "BEGIN; DROP INDEX body; COMMIT;"):
        with pytest.raises(MigrationRefused, match=r"down\.sql of 20260103000000_index ends the transaction"):
            await undo(connection, (*three[:2], replace(three[2], undo=undo_script)))
    assert any("body" in line and "INDEX" in line for line in await read_catalogue(connection))
    assert len(await applied(connection)) == 3


async def test_a_script_that_ends_the_transaction_after_all_is_told(
    connection: DirectConnection, three: Three
) -> None:
    await apply_pending(connection, three)
    with pytest.raises(MigrationFailed, match="ended the transaction itself.*delete its row"):
        await undo(connection, (*three[:2], replace(three[2], undo="DROP INDEX body; COMMIT AND NO CHAIN")))


async def test_what_a_script_sets_for_its_session_ends_with_it(
    connection: DirectConnection, three: Three
) -> None:
    await apply_pending(connection, three)
    last = replace(three[2], undo=f"{three[2].undo}; SELECT set_config('search_path', '', false)")
    assert len(await undo(connection, (*three[:2], last), to=three[0].name)) == 2
    assert await applied(connection) == [three[0].name]


async def test_one_that_is_not_the_last_is_refused(connection: DirectConnection, three: Three) -> None:
    await apply_pending(connection, three)
    with pytest.raises(MigrationRefused, match=r"not the last: 20260103000000_index came after it"):
        await undo(connection, three, name=three[1].name)
    with pytest.raises(MigrationRefused, match="is the first"):
        await undo(connection, three, name=three[0].name)
    assert len(await applied(connection)) == 3


async def test_a_changed_file_is_refused(connection: DirectConnection, three: Three) -> None:
    await apply_pending(connection, three)
    with pytest.raises(MigrationRefused, match="changed after it was applied"):
        await undo(connection, (*three[:2], replace(three[2], script="SELECT 1")))


async def test_a_missing_down_script_is_refused(connection: DirectConnection, three: Three) -> None:
    await apply_pending(connection, three)
    with pytest.raises(MigrationRefused, match=r"has no down\.sql"):
        await undo(connection, (*three[:2], replace(three[2], undo=None)))


async def test_a_later_migration_of_somebody_else_is_not_passed_over(
    connection: DirectConnection, three: Three
) -> None:
    await apply_pending(connection, three)
    with pytest.raises(MigrationRefused, match="not among these files"):
        await undo(connection, three[:2])


@pytest.mark.parametrize(
    ("name", "to"), [("nowhere", None), (None, "nowhere"), (None, "20260103000000_index")]
)
async def test_what_cannot_be_meant_is_refused(
    connection: DirectConnection, three: Three, name: str | None, to: str | None
) -> None:
    await apply_pending(connection, three)
    with pytest.raises(MigrationRefused):
        await undo(connection, three, name=name, to=to)


async def test_where_nothing_is_applied_nothing_is_undone(connection: DirectConnection, three: Three) -> None:
    with pytest.raises(MigrationRefused, match="nothing to undo"):
        await undo(connection, three)
