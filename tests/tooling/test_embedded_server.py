"""The clone's own PostgreSQL server starts, stops and recovers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import pytest

from lumi_db import embedded
from lumi_db.embedded.lock import hold


def start(root: Path) -> embedded.Server:
    return embedded.start(root, settings=embedded.FAST)


async def ask(server: embedded.Server, sql: str) -> object:
    connection = await asyncpg.connect(server.url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_a_started_server_answers(root: Path) -> None:
    assert await ask(start(root), "SELECT 1") == 1


async def test_a_server_speaks_utf8_and_utc(root: Path) -> None:
    server = start(root)
    assert await ask(server, "SHOW server_encoding") == "UTF8"
    assert await ask(server, "SHOW timezone") == "UTC"
    assert await ask(server, "SELECT lower('ŞÇĞÜÖ')") == "şçğüö"


def test_a_running_server_is_not_started_again(root: Path) -> None:
    assert start(root).pid == start(root).pid


def test_a_server_is_found_only_while_it_runs(root: Path) -> None:
    assert embedded.find(root) is None
    server = start(root)
    assert embedded.find(root) == server
    embedded.stop(root)
    assert embedded.find(root) is None


async def test_data_outlive_a_stop(root: Path) -> None:
    await ask(start(root), "CREATE TABLE kept (id int)")
    assert embedded.stop(root)
    assert await ask(start(root), "SELECT count(*) FROM kept") == 0


def test_stopping_twice_is_fine(root: Path) -> None:
    start(root)
    assert embedded.stop(root)
    assert not embedded.stop(root)


@pytest.mark.long
def test_stopping_ends_open_connections_and_removes_the_socket(root: Path) -> None:
    server = start(root)
    embedded.stop(root)
    assert not server.place.socket_dir.exists()


@pytest.mark.long
async def test_a_killed_server_starts_again(root: Path) -> None:
    killed = embedded.start(root)
    await ask(killed, "CREATE TABLE kept (id int)")
    os.kill(killed.pid, signal.SIGKILL)
    server = embedded.start(root)
    assert server.pid != killed.pid
    assert await ask(server, "SELECT count(*) FROM kept") == 0


@pytest.mark.long
async def test_a_program_killed_while_it_starts_the_server_blocks_nothing(root: Path) -> None:
    code = f"from pathlib import Path; from lumi_db import embedded; embedded.start(Path({str(root)!r}))"
    for pause in (0.3, 0.6, 0.9):
        program = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
        time.sleep(pause)
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()
    assert await ask(start(root), "SELECT 1") == 1


@pytest.mark.long
async def test_a_stale_process_id_that_is_another_program_by_now_blocks_nothing(root: Path) -> None:
    server = start(root)
    embedded.stop(root)
    stale = f"{os.getpid()}\n{server.place.data}\n1\n5432\n{server.place.socket_dir}\n\n 1 2\nready\n"
    (server.place.data / "postmaster.pid").write_text(stale)
    assert await ask(start(root), "SELECT 1") == 1


@pytest.mark.long
async def test_a_server_whose_folder_was_deleted_is_replaced(root: Path) -> None:
    orphan = start(root)
    shutil.rmtree(root / ".lumi")
    server = start(root)
    assert server.pid != orphan.pid
    assert await ask(server, "SELECT 1") == 1


@pytest.mark.long
def test_a_server_whose_folder_was_deleted_can_be_stopped(root: Path) -> None:
    orphan = start(root)
    shutil.rmtree(root / ".lumi")
    assert embedded.stop(root)
    assert not orphan.place.socket_dir.exists()


@pytest.mark.long
async def test_a_server_whose_socket_was_deleted_is_replaced(root: Path) -> None:
    server = start(root)
    shutil.rmtree(server.place.socket_dir)
    assert await ask(start(root), "SELECT 1") == 1


@pytest.mark.long
async def test_two_clones_have_servers_of_their_own(root: Path) -> None:
    other = root / "other"
    other.mkdir()
    one, two = start(root), start(other)
    await ask(one, "CREATE TABLE only_here (id int)")
    assert await ask(two, "SELECT to_regclass('only_here')") is None
    embedded.delete(other)
    assert await ask(one, "SELECT 1") == 1


@pytest.mark.long
async def test_a_copied_clone_does_not_take_the_others_server_for_its_own(root: Path) -> None:
    one = start(root)
    copy = root.with_name(f"{root.name}-copy")
    subprocess.run(["cp", "-a", root, copy], check=True)
    two = start(copy)
    assert two.pid != one.pid
    embedded.delete(copy)
    shutil.rmtree(copy)
    assert await ask(one, "SELECT 1") == 1


@pytest.mark.long
def test_starts_at_the_same_time_give_one_server(root: Path) -> None:
    with ThreadPoolExecutor() as pool:
        pids = {server.pid for server in pool.map(start, [root] * 4)}
    assert len(pids) == 1


@pytest.mark.long
async def test_a_clone_deeper_than_a_sockets_path_may_be_long_works(root: Path) -> None:
    deep = root / Path(*["a-folder-with-a-long-name"] * 8)
    deep.mkdir(parents=True)
    assert len(str(deep)) > 107
    assert await ask(start(deep), "SELECT 1") == 1
    embedded.delete(deep)


def test_a_lock_that_is_not_freed_in_time_is_said_with_its_holder(root: Path) -> None:
    lock = root / ".lumi" / "postgres" / "start.lock"
    with (
        hold(lock, seconds=1, doing="testing"),
        pytest.raises(embedded.LockHeldError, match=rf"process {os.getpid()}.* wait for it or stop it"),
    ):
        embedded.start(root, wait=0.2)


@pytest.mark.long
def test_data_of_another_version_are_left_alone_with_a_sentence(root: Path) -> None:
    server = start(root)
    embedded.stop(root)
    (server.place.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(embedded.EmbeddedError, match="made by PostgreSQL 14 .* move or delete that folder"):
        start(root)


def test_deleting_removes_server_and_data(root: Path) -> None:
    server = start(root)
    embedded.delete(root)
    assert embedded.find(root) is None
    assert not server.place.data.exists()
