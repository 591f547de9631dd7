"""A restored database takes the place of another: clients, settings, rights and owners."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from lumi_db.backups import RestoreRefused, read_backup, restore_backup, take_backup
from lumi_db.backups.comparing import session
from lumi_db.backups.properties import Properties, find_properties
from lumi_db.config import Settings
from lumi_db.maintenance import url_of
from lumi_db.testing.databases import Databases
from tests.tooling.test_command_line import lumi_db

from .support import add_category, ask, contents_of, drop, list_databases, name_of

pytestmark = pytest.mark.long
SETTINGS = Settings()


@pytest_asyncio.fixture
async def role(database_url: str) -> AsyncIterator[str]:
    """Give a role of this test; what it owns goes with its databases."""
    name, server = f"role_{name_of(database_url)}", url_of(database_url, "postgres")
    await ask(server, f'CREATE ROLE "{name}" LOGIN')
    yield name
    for database in await list_databases(server, name_of(database_url)):
        await drop(server, database)
    await ask(server, f'DROP ROLE "{name}"')


async def _until_seen(seen: list[int]) -> None:
    while len(seen) < 50:  # noqa: ASYNC110  # a list has no event
        await asyncio.sleep(0.01)


async def properties_of(url: str) -> Properties | None:
    async with session(url_of(url, "postgres"), settings=SETTINGS) as connection:
        return await find_properties(connection, name_of(url))


async def test_clients_are_disconnected_and_come_back_to_the_restored_database(
    database_url: str, role: str, tmp_path: Path
) -> None:
    await add_category(database_url, "boots")
    taken = await take_backup(database_url, file=tmp_path / "shop.dump", settings=SETTINGS, verify=False)
    await ask(database_url, 'DELETE FROM "Category"')
    stop = asyncio.Event()
    seen: list[int] = []

    async def use() -> None:
        while not stop.is_set():
            with contextlib.suppress(
                asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError
            ):
                connection = await asyncpg.connect(database_url)
                try:
                    while not stop.is_set():
                        seen.append(await connection.fetchval('SELECT count(*) FROM "Category"'))
                finally:
                    connection.terminate()

    clients = [asyncio.create_task(use()) for _ in range(8)]
    await _until_seen(seen)
    restored = await restore_backup(
        taken.file,
        taken.manifest,
        url=database_url,
        database=name_of(database_url),
        settings=SETTINGS,
        replace=True,
    )
    seen.clear()
    await _until_seen(seen)
    stop.set()
    await asyncio.gather(*clients)
    assert set(seen) == {1}
    assert restored.replaced
    assert await ask(url_of(database_url, restored.replaced), 'SELECT count(*) FROM "Category"') == 0


async def test_settings_rights_and_owner_of_the_replaced_database_hold_for_the_new_one(
    database_url: str, role: str, tmp_path: Path
) -> None:
    name, server = name_of(database_url), url_of(database_url, "postgres")
    for sql in (
        f'ALTER DATABASE "{name}" SET search_path TO "$user", public',
        f"ALTER DATABASE \"{name}\" SET lumi.shop TO 'it''s ours'",
        f'ALTER ROLE "{role}" IN DATABASE "{name}" SET statement_timeout TO \'5s\'',
        f'ALTER DATABASE "{name}" CONNECTION LIMIT 50',
        f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{name}" TO "{role}"',
        f'ALTER DATABASE "{name}" OWNER TO "{role}"',
    ):
        await ask(server, sql)
    before = await properties_of(database_url)
    assert before
    assert len(before.settings) == 3
    taken = await take_backup(database_url, file=tmp_path / "shop.dump", settings=SETTINGS)
    restored = await restore_backup(
        taken.file, taken.manifest, url=server, database=name, settings=SETTINGS, replace=True
    )
    assert restored.notes == ()
    assert await properties_of(database_url) == before
    # and where nothing is left of it, the backup remembers them
    await drop(server, name)
    again = await restore_backup(taken.file, taken.manifest, url=server, database=name, settings=SETTINGS)
    assert (again.replaced, again.notes) == (None, ())
    assert await properties_of(database_url) == before


async def test_roles_that_are_missing_are_said_and_functions_stay_closed(
    database_url: str, role: str, tmp_path: Path
) -> None:
    name, server = name_of(database_url), url_of(database_url, "postgres")
    prefix = f"p{name}"[:40]
    done = lumi_db("db", "roles", "--prefix", prefix, environment={"DATABASE_URL": database_url})
    assert done.returncode == 0, done.stderr
    taken = await take_backup(database_url, file=tmp_path / "shop.dump", settings=SETTINGS)
    assert f"{prefix}_owner" in taken.manifest.roles.owners
    assert {f"{prefix}_app", f"{prefix}_readonly"} <= set(taken.manifest.roles.granted)
    closed = taken.manifest.roles.closed_functions
    await drop(server, name)
    for part in ("app", "readonly", "owner"):
        await ask(server, f'DROP ROLE "{prefix}_{part}"')
    environment: dict[str, str | None] = {"DATABASE_URL": database_url}
    said = lumi_db("restore", str(taken.file), "--json", environment=environment)
    assert said.returncode == 0, said.stderr
    notes = " ".join(json.loads(said.stdout)["notes"])
    assert f"lacks roles of the backup or you are no member of them ({prefix}_app, " in notes
    assert "run `lumi-db db roles`" in notes
    may = "has_function_privilege('public', oid, 'EXECUTE')"
    public = f"SELECT count(*) FROM pg_proc WHERE proname = 'erase_user' AND {may}"
    assert await ask(database_url, public) == 0
    assert any("erase_user" in function for function in closed)


async def test_a_user_who_may_not_make_databases_restores_into_an_empty_one(
    database_url: str, role: str, tmp_path: Path
) -> None:
    await add_category(database_url, "boots")
    taken = await take_backup(database_url, file=tmp_path / "shop.dump", settings=SETTINGS, verify=False)
    server, target = url_of(database_url, "postgres"), f"{name_of(database_url)}_own"
    await ask(server, f'CREATE DATABASE "{target}" TEMPLATE template0 OWNER "{role}"')
    url = f"{url_of(database_url, target)}?options=-c%20role%3D{role}"
    restored = await restore_backup(taken.file, taken.manifest, url=url, database=target, settings=SETTINGS)
    assert (await contents_of(url)).tables == (await contents_of(database_url)).tables
    assert "without owners and rights" in restored.notes[0]
    with pytest.raises(RestoreRefused, match="holds something"):
        await restore_backup(taken.file, taken.manifest, url=url, database=target, settings=SETTINGS)


async def test_clients_that_may_not_be_ended_are_named_and_nothing_is_changed(
    database_url: str, role: str, tmp_path: Path
) -> None:
    taken = await take_backup(database_url, file=tmp_path / "shop.dump", settings=SETTINGS, verify=False)
    name, server = name_of(database_url), url_of(database_url, "postgres")
    await ask(server, f'ALTER ROLE "{role}" CREATEDB')
    await ask(server, f'ALTER DATABASE "{name}" OWNER TO "{role}"')
    await add_category(database_url, "boots")
    client = await asyncpg.connect(database_url)
    url = f"{database_url}?options=-c%20role%3D{role}"
    try:
        with pytest.raises(RestoreRefused, match=r"is in use \(clients of role lumi\).* Nothing was changed"):
            await restore_backup(
                taken.file, taken.manifest, url=url, database=name, settings=SETTINGS, replace=True
            )
    finally:
        await client.close()
    assert (await contents_of(database_url)).tables['public."Category"'].rows == 1
    assert await list_databases(server, f"{name}_before_") == set()


async def test_a_lost_manifest_is_no_loss_of_the_dump(database_url: str, role: str, tmp_path: Path) -> None:
    await add_category(database_url, "boots")
    taken = await take_backup(database_url, file=tmp_path / "shop.dump", settings=SETTINGS, verify=False)
    target = f"{name_of(database_url)}_again"
    found = read_backup(taken.file, with_manifest=False)
    await restore_backup(taken.file, found, url=database_url, database=target, settings=SETTINGS)
    assert await contents_of(url_of(database_url, target)) == await contents_of(database_url)


async def test_a_database_named_like_a_connection_string_goes_and_comes(
    databases: Databases, database_url: str, role: str, tmp_path: Path
) -> None:
    name, server = f"{name_of(database_url)} host=x'\"%", url_of(database_url, "postgres")
    taken = await take_backup(database_url, file=tmp_path / "shop.dump", settings=SETTINGS, verify=False)
    restored = await restore_backup(taken.file, taken.manifest, url=server, database=name, settings=SETTINGS)
    assert restored.database == name
    assert name in await list_databases(server, name_of(database_url))
    await ask(server, 'DROP DATABASE "{}"'.format(name.replace('"', '""')))


async def test_an_empty_name_is_not_the_shops_own_database(database_url: str, tmp_path: Path) -> None:
    taken = await take_backup(database_url, file=tmp_path / "shop.dump", settings=SETTINGS, verify=False)
    said = lumi_db(
        "restore",
        str(taken.file),
        "--to",
        "",
        "--replace",
        "--yes",
        environment={"DATABASE_URL": database_url},
    )
    left = await list_databases(database_url, f"{name_of(database_url)}_before_")
    for name in left:
        await drop(url_of(database_url, "postgres"), name)
    assert (said.returncode, left) == (1, set())
    assert "A database cannot be called ''" in said.stderr
