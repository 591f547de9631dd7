"""Killed, interrupted or out of space: no half file has a name, no database is half restored, nothing stays behind."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import psutil
import pytest

from lumi_db.config import child_environment
from lumi_db.maintenance import url_of

from .support import add_category, ask, contents_of, drop, list_databases, name_of, names_in, until

pytestmark = pytest.mark.long

LUMI_DB = Path(sys.prefix) / "bin" / "lumi-db"


def start(url: str, *arguments: str) -> subprocess.Popen[str]:
    """Start lumi-db in a group of its own, as a terminal does."""
    return subprocess.Popen(
        [LUMI_DB, *arguments], env=child_environment({"DATABASE_URL": url}), start_new_session=True, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def run(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = start(url, *arguments)
    said, failed = program.communicate(timeout=120)
    return subprocess.CompletedProcess(program.args, program.returncode, said, failed)


def clients_of(url: str) -> str:
    return f"FROM pg_stat_activity WHERE datname = '{name_of(url)}'"


async def while_restoring(program: subprocess.Popen[str]) -> None:
    """Come back when `program` fills its scratch database."""
    for _ in range(1000):
        for child in psutil.Process(program.pid).children():
            # one that has just ended has no command line any more
            with contextlib.suppress(psutil.Error):
                if any("lumi_scratch_" in word for word in child.cmdline()):
                    return
        await asyncio.sleep(0.01)
    raise AssertionError("it restored nothing")


async def end_while_dumping(url: str, file: Path, number: signal.Signals) -> subprocess.CompletedProcess[str]:
    """Hold pg_dump up by a lock, so that `number` reaches the program while it runs."""
    blocker = await asyncpg.connect(url)
    try:
        await blocker.execute('BEGIN; LOCK TABLE "Category" IN ACCESS EXCLUSIVE MODE')
        program = start(url, "backup", str(file))
        waits = "application_name IN ('pg_dump', 'lumi-db') AND wait_event_type = 'Lock'"
        await until(20, f"SELECT EXISTS (SELECT {clients_of(url)} AND {waits})", url)
        program.send_signal(number)
        said, failed = await asyncio.to_thread(program.communicate, timeout=30)
    finally:
        await blocker.close()
    return subprocess.CompletedProcess(program.args, program.returncode, said, failed)


async def test_a_backup_killed_while_it_dumps_leaves_no_file_and_the_next_one_works(
    database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "shop.dump"
    done = await end_while_dumping(database_url, file, signal.SIGKILL)
    assert done.returncode == -signal.SIGKILL
    assert names_in(tmp_path) == ["shop.dump.partial"]
    # pg_dump, which nobody told, ends by itself now that the lock is gone
    ours = "application_name IN ('pg_dump', 'lumi-db', 'lumi-db backup')"
    await until(20, f"SELECT NOT EXISTS (SELECT {clients_of(database_url)} AND {ours})", database_url)
    again = run(database_url, "backup", str(file))
    assert again.returncode == 0, again.stderr
    assert names_in(tmp_path) == ["shop.dump", "shop.dump.json"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_an_interrupted_backup_says_so_and_leaves_nothing(
    database_url: str, tmp_path: Path, number: signal.Signals
) -> None:
    done = await end_while_dumping(database_url, tmp_path / "shop.dump", number)
    assert done.returncode == 130
    assert "Interrupted" in done.stderr
    assert "Traceback" not in done.stderr
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
async def test_a_restore_ended_in_the_middle_leaves_the_target_untouched(
    database_url: str, tmp_path: Path, number: signal.Signals
) -> None:
    await add_category(database_url, "boots")
    file, name = tmp_path / "shop.dump", name_of(database_url)
    assert run(database_url, "backup", str(file), "--no-verify").returncode == 0
    await add_category(database_url, "shoes")
    before, scratch = await contents_of(database_url), await list_databases(database_url, "lumi_scratch_")
    program = start(database_url, "restore", str(file), "--replace", "--yes")
    await while_restoring(program)
    program.send_signal(number)
    program.communicate(timeout=30)
    assert program.returncode in (-signal.SIGKILL, 130)
    assert await contents_of(database_url) == before
    assert await list_databases(database_url, f"{name}_before_") == set()
    left = await list_databases(database_url, "lumi_scratch_") - scratch
    assert number is signal.SIGKILL or not left
    again = run(database_url, "restore", str(file), "--replace", "--yes")
    assert again.returncode == 0, again.stderr
    assert not left & await list_databases(database_url, "lumi_scratch_")
    assert (await contents_of(database_url)).tables['public."Category"'].rows == 1
    await drop(url_of(database_url, "postgres"), *await list_databases(database_url, f"{name}_before_"))


async def test_two_backups_of_one_database_at_once_have_a_file_each(
    database_url: str, tmp_path: Path
) -> None:
    await add_category(database_url, "boots")
    runs = [start(database_url, "backup", str(tmp_path / f"{number}.dump")) for number in range(2)]
    for program in runs:
        _, failed = program.communicate(timeout=60)
        assert program.returncode == 0, failed
    assert names_in(tmp_path) == ["0.dump", "0.dump.json", "1.dump", "1.dump.json"]


async def test_two_backups_into_one_file_at_once_are_one_backup(database_url: str, tmp_path: Path) -> None:
    runs = [start(database_url, "backup", str(tmp_path / "shop.dump")) for _ in range(2)]
    said = [program.communicate(timeout=60)[1] for program in runs]
    assert sorted(program.returncode for program in runs) == [0, 1]
    assert any("Another run is writing" in one or "exists" in one for one in said)
    assert run(database_url, "restore", str(tmp_path / "shop.dump"), "--check").returncode == 0


async def test_a_full_disk_is_one_sentence_and_leaves_no_file(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "shop.dump.partial").symlink_to("/dev/full")
    done = run(database_url, "backup", str(tmp_path / "shop.dump"))
    assert done.returncode == 1
    assert "is full: free some space, or name a file on another disk" in done.stderr
    assert names_in(tmp_path) == []


async def test_a_lost_connection_is_one_sentence_and_leaves_no_file(
    database_url: str, tmp_path: Path
) -> None:
    blocker = await asyncpg.connect(database_url)
    try:
        await blocker.execute('BEGIN; LOCK TABLE "Category" IN ACCESS EXCLUSIVE MODE')
        program = start(database_url, "backup", str(tmp_path / "shop.dump"))
        mine = (
            f"pg_stat_activity WHERE datname = '{name_of(database_url)}' AND application_name LIKE 'lumi-db%'"
        )
        await until(20, f"SELECT EXISTS (SELECT FROM {mine} AND wait_event_type = 'Lock')", database_url)
        await ask(database_url, f"SELECT count(pg_terminate_backend(pid)) FROM {mine}")
        _, failed = await asyncio.to_thread(program.communicate, timeout=30)
    finally:
        await blocker.close()
    assert program.returncode == 1, failed
    assert "connection to the server was lost while backing up" in failed or "pg_dump failed" in failed
    assert names_in(tmp_path) == []


async def test_a_backup_is_one_moment_while_the_shop_is_written_to(database_url: str, tmp_path: Path) -> None:
    """Rows and order numbers come all the time; what was counted is what is in the dump."""
    await ask(database_url, "SELECT nextval('\"Order_reference_seq\"')")
    stop = asyncio.Event()

    async def write() -> int:
        connection, number = await asyncpg.connect(database_url), 0
        while not stop.is_set():
            number += 1
            await connection.execute("SELECT nextval('\"Order_reference_seq\"')")
            await connection.execute(
                'INSERT INTO "Category" (id, name, slug, "updatedAt") VALUES ($1, $1, $1, now())',
                f"c{number}",
            )
        await connection.close()
        return number

    writing = asyncio.create_task(write())
    try:
        done = await asyncio.to_thread(run, database_url, "backup", str(tmp_path / "shop.dump"))
    finally:
        stop.set()
    assert await writing > 10
    assert done.returncode == 0, done.stderr
