"""The pytest plugin gives each test a database of its own, and leaves nothing behind."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from lumi_db import Database, embedded
from lumi_db.maintenance import url_of
from lumi_db.testing import docker
from lumi_db.testing.admin import Admin
from lumi_db.testing.databases import Databases
from lumi_db.testing.server import TestServer, stop_unused, use_server

TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


async def ask(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


@contextmanager
def admin_of(url: str) -> Iterator[Admin]:
    admin = Admin(url)
    try:
        yield admin
    finally:
        admin.close()


def test_the_plugin_leaves_what_is_heavy_to_the_first_database() -> None:
    heavy = {"polyfactory", "faker", "asyncpg", "pydantic"}
    code = f"import sys, lumi_db.testing.plugin; print(*{heavy} & {{*sys.modules}})"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.split() == []


async def test_a_migrated_database_has_the_31_tables(database_url: str) -> None:
    assert await ask(database_url, TABLES) == 31


async def test_an_empty_database_has_no_tables(empty_database_url: str) -> None:
    assert await ask(empty_database_url, TABLES) == 0


def test_two_databases_of_one_test_differ(database_url: str, empty_database_url: str) -> None:
    assert database_url != empty_database_url


async def test_an_open_database_is_offered(database: Database) -> None:
    assert await database.client.product.count() == 0


async def test_a_database_is_dropped_after_its_test(databases: Databases) -> None:
    with databases.empty() as url:
        assert await ask(url, "SELECT 1") == 1
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await asyncpg.connect(url)


async def test_databases_of_a_run_that_was_killed_are_dropped_by_the_next(
    database_server: TestServer, tmp_path: Path
) -> None:
    with admin_of(database_server.url) as admin:
        admin.execute("CREATE DATABASE lumi_test_2000000000_1")
        Databases(database_server.url, migrations=tmp_path).close()
        assert admin.fetch("SELECT datname FROM pg_database WHERE datname = 'lumi_test_2000000000_1'") == []


def test_databases_of_a_run_that_lives_stay(
    database_server: TestServer, tmp_path: Path, database_url: str
) -> None:
    Databases(database_server.url, migrations=tmp_path).close()
    with admin_of(database_url) as admin:
        assert admin.fetch("SELECT 1") == [1]


def test_a_migration_that_fails_is_named(database_server: TestServer, tmp_path: Path) -> None:
    (tmp_path / "20260101000000_broken").mkdir()
    (tmp_path / "20260101000000_broken" / "migration.sql").write_text("SELECT no_such_column;")
    databases = Databases(database_server.url, migrations=tmp_path)
    with pytest.raises(RuntimeError, match="migration 20260101000000_broken failed"), databases.migrated():
        pass
    databases.close()


def test_prismas_own_parameters_of_a_url_are_left_out(database_url: str) -> None:
    with admin_of(f"{database_url}?schema=public&connection_limit=3") as admin:
        assert admin.fetch("SELECT 1") == [1]


def test_a_url_can_be_pointed_at_another_database() -> None:
    assert url_of("postgresql://u@h:1/one?schema=public", "two") == "postgresql://u@h:1/two?schema=public"


def test_a_given_server_is_used_as_it_is(root: Path) -> None:
    with use_server(root, url="postgresql://somewhere/db") as server:
        assert server == TestServer("postgresql://somewhere/db", "TEST_DATABASE_URL")


@pytest.mark.long
def test_without_a_docker_daemon_the_wheel_serves_and_stops_with_its_last_user(root: Path) -> None:
    with use_server(root, url=None, daemon_answers=lambda host: False) as first:
        with use_server(root, url=None, daemon_answers=lambda host: False) as second:
            assert first == second
        assert first.source == "wheel"
        assert embedded.find(root, name="test")
        assert not stop_unused(root)
    assert embedded.find(root, name="test") is None
    embedded.delete(root, name="test")


@pytest.mark.long
def test_docker_that_cannot_run_a_container_gives_way_to_the_wheel(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(root: Path) -> str:
        raise ConnectionError("no image")

    monkeypatch.setattr(docker, "start_container", refuse)
    with use_server(root, url=None, daemon_answers=lambda host: True) as server:
        assert server.source == "wheel"
    embedded.delete(root, name="test")


@pytest.mark.long
def test_damaged_data_of_the_tests_server_are_made_again(root: Path) -> None:
    with use_server(root, url=None, daemon_answers=lambda host: False):
        data = embedded.find(root, name="test").place.data  # type: ignore[union-attr]  # it runs
    (data / "global" / "pg_control").write_bytes(b"")
    with use_server(root, url=None, daemon_answers=lambda host: False) as server:
        assert server.source == "wheel"
    embedded.delete(root, name="test")


def test_a_docker_daemon_that_answers_is_found(tmp_path: Path) -> None:
    with daemon(
        tmp_path / "docker.sock", answer=b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"
    ) as address:
        assert docker.daemon_answers(address)


def test_a_docker_daemon_that_hangs_is_given_up_soon(tmp_path: Path) -> None:
    began = time.monotonic()
    with daemon(tmp_path / "docker.sock", answer=b"") as address:
        assert not docker.daemon_answers(address)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("address", ["unix:///no/such/docker.sock", "tcp://127.0.0.1:1", "nonsense://"])
def test_no_docker_daemon_is_a_quick_no(address: str) -> None:
    assert not docker.daemon_answers(address)


@contextmanager
def daemon(path: Path, *, answer: bytes) -> Iterator[str]:
    """Play a Docker daemon on a socket: every request gets `answer`, or nothing at all."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    held: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            held.append(connection)
            if answer:
                connection.recv(65536)
                connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"unix://{path}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
        for connection in held:
            connection.close()


@pytest.mark.long
def test_another_project_can_use_the_plugin_with_its_own_migrations(root: Path) -> None:
    migration = root / "sql" / "1_init"
    migration.mkdir(parents=True)
    (migration / "migration.sql").write_text("CREATE TABLE theirs (id int)")
    (root / "pytest.ini").write_text("[pytest]\nlumi_migrations = sql\nasyncio_mode = strict\n")
    (root / "test_theirs.py").write_text(
        "import asyncio, asyncpg, pytest\n"
        "async def count(url):\n"
        "    connection = await asyncpg.connect(url)\n"
        "    await connection.execute('INSERT INTO theirs VALUES (1)')\n"
        "    found = await connection.fetchval('SELECT count(*) FROM theirs')\n"
        "    await connection.close()\n"
        "    return found\n"
        "@pytest.mark.parametrize('run', range(6))\n"
        "def test_a_fresh_database(database_url, run):\n"
        "    assert asyncio.run(count(database_url)) == 1\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert "6 passed" in done.stdout, done.stdout + done.stderr
    assert embedded.find(root, name="test") is None
    embedded.delete(root, name="test")
