"""Opening a database, and every way in which the environment can be wrong: one sentence each."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lumi_db import (
    AccessDenied,
    ConfigError,
    Database,
    DatabaseMissing,
    DatabaseNotOpen,
    DatabaseUnavailable,
    ForeignDatabase,
    LumiError,
    MigrationFailed,
    MigrationsPending,
    Settings,
    connecting,
    embedded,
)
from lumi_db.config import child_environment
from lumi_db.embedded.place import Place
from lumi_db.migrations import list_migrations
from tests.integration.application.support import captured_log, settings_for, with_database, with_user

HISTORY = """
CREATE TABLE _prisma_migrations (id text, migration_name text, started_at timestamptz DEFAULT now(),
                                 finished_at timestamptz, rolled_back_at timestamptz)
"""


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Server]:
    """Give a server whose files and life this module may change."""
    root = tmp_path_factory.mktemp("own")
    yield embedded.start(root, settings=embedded.FAST)
    embedded.delete(root)


async def refusal(url: str, kind: type[LumiError], **others: object) -> str:
    """Return what is said when the database at `url` cannot be opened; it must be one sentence."""
    with pytest.raises(kind) as caught:
        await Database(settings_for(url, **others)).open()
    said = str(caught.value)
    assert type(caught.value) is kind
    assert re.fullmatch(r"[A-Z][^\n]+\.", said)
    assert "hunter2" not in said
    return said


async def execute(url: str, *statements: str) -> None:
    async with Database(settings_for(url)) as db:
        for statement in statements:
            await db.client.execute_raw(statement)


async def test_a_migrated_database_opens_and_answers(database_url: str) -> None:
    async with Database(settings_for(database_url)) as db:
        assert await db.client.user.count() == 0
        assert db.is_open
    assert not db.is_open


async def test_a_database_opens_again_after_it_was_closed(database_url: str) -> None:
    db = Database(settings_for(database_url))
    for _ in range(2):
        async with db:
            assert await db.client.role.count() == 0


async def test_opening_and_closing_twice_does_no_harm(database_url: str) -> None:
    db = Database(settings_for(database_url))
    await asyncio.gather(db.open(), db.open())
    client = db.client
    await db.open()
    assert db.client is client
    await asyncio.gather(db.close(), db.close())
    await db.close()


async def test_a_closed_database_says_how_to_open_it(database_url: str) -> None:
    with pytest.raises(DatabaseNotOpen, match="async with Database"):
        _ = Database(settings_for(database_url)).client


async def test_the_client_is_that_of_the_settings(database_url: str) -> None:
    async with Database(settings_for(database_url, query_timeout_ms=1234)) as db:
        rows = await db.client.query_raw("SELECT current_setting('statement_timeout') AS limit")
    assert rows == [{"limit": "1234ms"}]


async def test_a_malformed_address_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL is invalid: its port is not a number") as caught:
        settings_for("postgresql://lumi:hunter2@localhost:54x2/lumi")
    assert "hunter2" not in str(caught.value)


async def test_a_server_that_does_not_answer_is_named() -> None:
    said = await refusal("postgresql://lumi:hunter2@127.0.0.1:1/lumi", DatabaseUnavailable)
    assert said == "Nothing answers at 127.0.0.1:1: start PostgreSQL there, or correct DATABASE_URL."


async def test_a_host_that_is_unknown_is_named() -> None:
    said = await refusal("postgresql://lumi:hunter2@no-such-host.invalid/lumi", DatabaseUnavailable)
    assert "no-such-host.invalid:5432" in said


async def test_a_missing_database_is_named(empty_database_url: str) -> None:
    said = await refusal(with_database(empty_database_url, "no_such_shop"), DatabaseMissing)
    assert "createdb no_such_shop" in said


async def test_a_wrong_password_is_named_and_never_tried_again(own_server: embedded.Server) -> None:
    await execute_unverified(own_server.url, "CREATE ROLE clerk LOGIN PASSWORD 'right'")
    ask_for_passwords(own_server.place, user="clerk")
    url = with_user(own_server.url, "clerk", "hunter2")
    started = asyncio.get_running_loop().time()
    said = await refusal(url, AccessDenied, database_connect_retry_ms=30_000)
    assert "refuses the password of user clerk: correct it in DATABASE_URL" in said
    assert asyncio.get_running_loop().time() - started < 10


async def test_without_an_address_the_running_demo_server_is_used(
    own_server: embedded.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(connecting, "project_root", lambda: own_server.place.root)
    settings = Settings.load(own_server.place.root, database_pool_min=1)
    db = await Database(settings).open(verify=False)
    assert (await db.health()).is_up
    await db.close()


async def test_using_the_client_keeps_out_what_is_seldom_needed(database_url: str) -> None:
    code = """
import asyncio, sys
from lumi_db import Database

async def main():
    async with Database() as db, db.tx() as tx:
        await tx.role.create({"name": "clerk"})
        print(await tx.role.count(), await tx.role.count(select={"name": True}))

asyncio.run(main())
print([name for name in ("httpx", "jinja2") if name in sys.modules])
print("RoleWhereInput" in vars(sys.modules["lumi_db.generated.types"]))
"""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        code,
        stdout=asyncio.subprocess.PIPE,
        env=child_environment({"DATABASE_URL": database_url}),
    )
    out, _ = await process.communicate()
    assert out.decode().splitlines() == ["1 {'name': 1}", "[]", "False"]


def ask_for_passwords(place: Place, *, user: str) -> None:
    rules = place.data / "pg_hba.conf"
    rules.write_text(f"local all {user} scram-sha-256\n" + rules.read_text())
    server = embedded.find(place.root)
    assert server
    os.kill(server.pid, signal.SIGHUP)


async def execute_unverified(url: str, statement: str) -> None:
    db = await Database(settings_for(url)).open(verify=False)
    await db.client.execute_raw(statement)
    await db.close()


async def test_a_server_that_starts_late_is_waited_for(own_server: embedded.Server) -> None:
    root = own_server.place.root
    await asyncio.to_thread(embedded.stop, root)
    with captured_log() as records:
        starting = asyncio.create_task(start_late(root))
        db = await Database(settings_for(own_server.url, database_connect_retry_ms=60_000)).open(verify=False)
    await db.close()
    await starting
    assert any("Trying again in" in record["message"] for record in records)


async def start_late(root: Path) -> None:
    await asyncio.sleep(0.5)
    await asyncio.to_thread(embedded.start, root, settings=embedded.FAST)


async def test_trying_again_ends_when_its_time_is_over() -> None:
    started = asyncio.get_running_loop().time()
    with captured_log() as records:
        await refusal(
            "postgresql://lumi@127.0.0.1:1/lumi", DatabaseUnavailable, database_connect_retry_ms=600
        )
    assert 1 <= len(records) <= 6
    assert asyncio.get_running_loop().time() - started < 5


async def test_a_failed_opening_leaves_no_connection_behind(empty_database_url: str) -> None:
    db = Database(settings_for(empty_database_url))
    with pytest.raises(MigrationsPending):
        await db.open()
    assert not db.is_open


async def test_an_empty_database_names_the_command(empty_database_url: str) -> None:
    said = await refusal(empty_database_url, MigrationsPending)
    assert said.endswith(f"has none of the {len(list_migrations())} migrations: run `lumi-db migrate up`.")


async def test_pending_migrations_are_counted(database_url: str) -> None:
    first, *others = list_migrations()
    await execute(
        database_url,
        HISTORY,
        f"INSERT INTO _prisma_migrations (migration_name, finished_at) VALUES ('{first}', now())",
    )
    said = await refusal(database_url, MigrationsPending)
    assert f"lacks {len(others)} of {len(others) + 1} migrations, first {others[0]}" in said


async def test_a_migration_that_stopped_half_way_is_named(database_url: str) -> None:
    await execute(
        database_url,
        HISTORY,
        "INSERT INTO _prisma_migrations (migration_name) VALUES ('20260101000000_half')",
    )
    said = await refusal(database_url, MigrationFailed)
    assert "Migration 20260101000000_half of database" in said
    assert "run `lumi-db migrate repair`" in said


async def test_a_database_of_something_else_is_refused(empty_database_url: str) -> None:
    await execute_unverified(empty_database_url, "CREATE TABLE invoice (id int)")
    said = await refusal(empty_database_url, ForeignDatabase)
    assert "something else than the shop (invoice)" in said


async def test_what_may_be_migrated_is_told_from_what_is_foreign(empty_database_url: str) -> None:
    db = await Database(settings_for(empty_database_url)).open(verify=False)
    await db.check(allow_pending=True)
    await db.client.execute_raw("CREATE TABLE invoice (id int)")
    with pytest.raises(ForeignDatabase):
        await db.check(allow_pending=True)
    await db.close()


async def test_health_tells_version_and_latency(database_url: str) -> None:
    async with Database(settings_for(database_url)) as db:
        health = await db.health()
    assert health.is_up
    assert health.server_version
    assert health.latency > 0


async def test_health_of_a_closed_database_is_an_answer_too(database_url: str) -> None:
    health = await Database(settings_for(database_url)).health()
    assert not health.is_up
    assert health.error == "DatabaseNotOpen"
