"""docs/backup-and-recovery.md, carried out: on a shop of its own, and on a server of its own that goes back in time."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from lumi_db import embedded
from lumi_db.config import child_environment, project_root
from lumi_db.embedded.place import find_place, make_folders
from lumi_db.embedded.programs import find_programs, programs_for

from .pages import list_sections, run_page
from .test_command_line import lumi_db

pytestmark = pytest.mark.long

PAGE = project_root() / "docs" / "backup-and-recovery.md"
EMPTIED = "A table was emptied by mistake"
IN_TIME = {"Archiving the log", "Taking a base backup", "Going back to a moment"}


async def ask(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


@pytest.fixture
def spare(root: Path) -> Iterator[embedded.Server]:
    """Give another server, with nothing on it."""
    other = root / "other"
    other.mkdir()
    yield embedded.start(other, settings=embedded.FAST)
    embedded.delete(other)


async def test_the_shops_commands_do_what_the_page_says(root: Path, spare: embedded.Server) -> None:
    server = embedded.start(root, settings=embedded.FAST)
    assert lumi_db("demo", environment={"DATABASE_URL": server.url}).returncode == 0
    await ask(server.url, "CREATE ROLE shop_login LOGIN")
    rows = await ask(server.url, 'SELECT count(*) FROM "Review"')
    folder = root / "backups of the shop"
    environment = child_environment(
        {
            "DATABASE_URL": server.url,
            "ADMIN_URL": server.url_of("postgres"),
            "NEW_URL": spare.url_of("postgres"),
            "NEW_SHOP_URL": spare.url_of("shop"),
            "BACKUPS": str(folder),
            "SHOP": "lumi",
            "LOGIN": "shop_login",
            "NEW_PASSWORD": "it's new",
            "LUMI_ENV": "production",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
    )
    folder.mkdir()
    ran = run_page(
        PAGE, environment=environment, cwd=root, sections=set(list_sections(PAGE)) - IN_TIME - {EMPTIED}
    )
    assert len(ran) > 30
    await ask(server.url, 'DELETE FROM "Review"')
    # the section before has put these on the PATH
    environment["PATH"] = f"{find_programs()}:{environment['PATH']}"
    environment["LAST"] = str(next(folder.glob("*Z.dump")))
    run_page(PAGE, environment=environment, cwd=root, sections={EMPTIED})
    for url in (server.url, spare.url_of("shop")):
        assert await ask(url, 'SELECT count(*) FROM "Review"') == rows
    assert await ask(server.url, "SELECT rolpassword IS NOT NULL FROM pg_authid WHERE rolname = 'shop_login'")


@dataclass(frozen=True, slots=True)
class Machine:
    """A server of one's own, its user, and the variables of the page."""

    folder: Path
    user: int | None
    environment: dict[str, str]

    def run(self, *command: str | Path, **options: bool) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.environment, user=self.user, group=self.user and pwd.getpwuid(self.user).pw_gid,
            cwd=self.folder, text=True, capture_output=True, check=options.get("check", True),
        )  # fmt: skip

    def page(self, *sections: str) -> None:
        run_page(PAGE, environment=self.environment, cwd=self.folder, sections=set(sections), user=self.user)

    def psql(self, sql: str) -> str:
        return self.run("psql", "-Atc", sql).stdout.strip()


@pytest.fixture
def machine() -> Iterator[Machine]:
    """Give a running server that was made with initdb, for its user alone."""
    root = Path(tempfile.mkdtemp(prefix="lumi-time-"))
    root.chmod(0o755)
    place = find_place(root, name="time")
    make_folders(place)
    programs, folder = programs_for(place), root / "pg"
    folder.mkdir(mode=0o700)
    if place.account:
        os.chown(folder, place.account.uid, place.account.gid)
    environment = {
        "PATH": f"{programs}:/usr/bin:/bin",
        "PGDATA": str(folder / "data"),
        "ARCHIVE": str(folder / "archive"),
        "BASE": str(folder / "base"),
        "PGHOST": str(folder),
        "PGPORT": "5432",
        "PGUSER": "shop",
        "PGDATABASE": "postgres",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
    made = Machine(folder, place.account.uid if place.account else None, environment)
    made.run("initdb", "-D", "data", "-U", "shop", "-A", "trust", "--locale=C.UTF-8", "--no-sync")
    with (folder / "data" / "postgresql.conf").open("a") as conf:
        conf.write(f"listen_addresses = ''\nunix_socket_directories = '{folder}'\nfsync = off\n")
    made.run("pg_ctl", "-D", "data", "-w", "-s", "-l", "server.log", "start")
    yield made
    made.run("pg_ctl", "-D", "data", "-w", "-s", "-m", "immediate", "stop", check=False)
    shutil.rmtree(root)
    if place.is_outside:
        shutil.rmtree(place.home, ignore_errors=True)


def test_rows_deleted_by_mistake_are_back_at_the_moment_before(machine: Machine) -> None:
    machine.psql("CREATE TABLE orders AS SELECT n FROM generate_series(1, 1000) AS n")
    machine.page("Archiving the log", "Taking a base backup")
    machine.psql("INSERT INTO orders SELECT n FROM generate_series(1001, 1500) AS n")
    machine.environment["MOMENT"] = machine.psql("SELECT clock_timestamp()")
    machine.psql("SELECT pg_sleep(0.1)")
    machine.psql("DELETE FROM orders WHERE n > 3")
    assert machine.psql("SELECT count(*) FROM orders") == "3"
    machine.page("Going back to a moment")
    assert machine.psql("SELECT count(*), max(n) FROM orders") == "1500|1500"
    machine.psql("INSERT INTO orders VALUES (1501)")


def test_a_damaged_base_backup_is_noticed(machine: Machine) -> None:
    machine.psql("CREATE TABLE orders AS SELECT n FROM generate_series(1, 1000) AS n")
    machine.page("Archiving the log", "Taking a base backup")
    path = machine.psql("SELECT pg_relation_filepath('orders')")
    damaged = Path(machine.environment["BASE"]) / path
    whole = damaged.read_bytes()
    damaged.write_bytes(bytes([*whole[:100], whole[100] ^ 1, *whole[101:]]))
    done = machine.run("pg_verifybackup", "--quiet", machine.environment["BASE"], check=False)
    assert done.returncode == 1
    assert f'checksum mismatch for file "{path}"' in done.stderr
