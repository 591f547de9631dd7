"""Opening: settings of the session, one clear error for each way it fails, loops and forks."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lumi_db.engine.driver import Driver
from lumi_db.engine.driver.connect import connect_arguments
from lumi_db.engine.driver.url import parse_url
from lumi_db.engine.errors import EngineError
from lumi_db.engine.options import EngineOptions
from lumi_db.engine.statement import Statement

from .conftest import OpenDriver
from .support import ONE, settled, sleep

QUICK = EngineOptions(pool_min=1, pool_max=1, connect_timeout=0.2)


async def fails_with(code: str, url: str) -> str:
    driver = Driver(url, QUICK)
    with pytest.raises(EngineError) as caught:
        await driver.open()
    assert caught.value.code == code
    assert "hunter2" not in str(caught.value) + repr(caught.value.meta) + repr(driver)
    return caught.value.message


@contextmanager
def silent_server() -> Iterator[int]:
    """Listen on a port, accept, and never say anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


async def setting(driver: Driver, name: str) -> str:
    rows = await driver.run(Statement("SELECT current_setting($1)", (name,)))
    return str(rows[0][0])


@pytest.mark.parametrize(
    ("name", "value"),
    [("TimeZone", "UTC"), ("DateStyle", "ISO, MDY"), ("jit", "off"), ("application_name", "lumi_db")],
)
@pytest.mark.direct(reason="looks at settings of the session, which a pooler does not take")
async def test_sessions_have_the_settings_statements_rely_on(
    open_driver: OpenDriver, name: str, value: str
) -> None:
    assert await setting(await open_driver(), name) == value


@pytest.mark.direct(reason="looks at settings of the session, which a pooler does not take")
async def test_the_url_and_the_options_shape_the_session(open_driver: OpenDriver) -> None:
    options = EngineOptions(pool_min=1, query_timeout=1.5, idle_in_transaction_timeout=2)
    driver = await open_driver(
        options=options, parameters='schema=we"ird&application_name=shop&options=-c geqo=off'
    )
    assert await setting(driver, "search_path") == '"we""ird"'
    assert await setting(driver, "application_name") == "shop"
    assert await setting(driver, "geqo") == "off"
    assert await setting(driver, "statement_timeout") == "1500ms"
    assert await setting(driver, "idle_in_transaction_session_timeout") == "2s"


def test_behind_pgbouncer_nothing_is_cached_and_little_is_set() -> None:
    target = parse_url("postgresql://u@h/d?pgbouncer=true&schema=web")
    arguments = connect_arguments(target, EngineOptions(query_timeout=1))
    assert arguments["statement_cache_size"] == 0
    assert set(arguments["server_settings"]) == {"application_name", "DateStyle", "TimeZone"}


def test_the_password_is_in_no_repr() -> None:
    assert "hunter2" not in repr(Driver("postgresql://u:hunter2@h/d", QUICK))


async def test_a_malformed_url_is_p1013_when_the_driver_is_made() -> None:
    with pytest.raises(EngineError) as caught:
        Driver("postgresql://u:hunter2@h", QUICK)
    assert caught.value.code == "P1013"


async def test_a_port_where_nobody_listens_is_p1001() -> None:
    with silent_server() as port:
        pass
    message = await fails_with("P1001", f"postgresql://u:hunter2@127.0.0.1:{port}/d")
    assert f"127.0.0.1:{port}" in message


async def test_a_host_that_does_not_exist_is_p1001() -> None:
    await fails_with("P1001", "postgresql://u:hunter2@nowhere.invalid/d")


async def test_a_socket_folder_without_a_server_is_p1001(tmp_path: Path) -> None:
    await fails_with("P1001", f"postgresql://u:hunter2@localhost/d?host={tmp_path}")


async def test_a_server_that_says_nothing_is_p1002() -> None:
    with silent_server() as port:
        await fails_with("P1002", f"postgresql://u:hunter2@127.0.0.1:{port}/d")


async def test_a_database_that_is_missing_is_p1003(empty_database_url: str) -> None:
    url = urlsplit(empty_database_url)._replace(path="/no_such_database").geturl()
    assert "no_such_database" in await fails_with("P1003", url)


async def test_a_user_that_is_missing_is_denied(empty_database_url: str) -> None:
    parts = urlsplit(empty_database_url)
    host = parts.netloc.rpartition("@")[2]
    url = parts._replace(netloc=f"no_such_user:hunter2@{host}").geturl()
    driver = Driver(url, QUICK)
    with pytest.raises(EngineError) as caught:
        await driver.open()
    assert caught.value.code in ("P1000", "P1010")
    assert "no_such_user" in caught.value.message


@pytest.mark.direct(reason="the server's answer to one login too many")
async def test_a_server_without_connections_left_is_p2037(driver: Driver, other: Driver) -> None:
    # Roles belong to the whole server, so the name is one that no other test has.
    role = f"{driver.target.database}_crowded"
    await other.run(Statement(f"CREATE ROLE {role} LOGIN CONNECTION LIMIT 0", returns="count"))
    try:
        await _open_as(role, driver)
    finally:
        await other.run(Statement(f"DROP ROLE {role}", returns="count"))


async def _open_as(role: str, driver: Driver) -> None:
    target = driver.target
    folder, port = target.hosts[0]
    url = f"postgresql://{role}@localhost:{port}/{target.database}?host={folder}"
    crowded = Driver(url, QUICK)
    with pytest.raises(EngineError) as caught:
        await crowded.open()
    # A server that asks for passwords refuses the role before it counts.
    assert caught.value.code in ("P2037", "P1000", "P1010")


async def test_tls_that_the_server_does_not_offer_is_p1011() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)
        writer.write(b"N")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        await fails_with("P1011", f"postgresql://u:hunter2@127.0.0.1:{port}/d?sslmode=require")


def test_a_certificate_that_does_not_exist_is_p1011_naming_its_parameter() -> None:
    with pytest.raises(EngineError, match=r"sslrootcert .* /no/such/file\.pem") as caught:
        Driver("postgresql://u:hunter2@127.0.0.1/d?sslmode=verify-ca&sslcert=/no/such/file.pem", QUICK)
    assert caught.value.code == "P1011"


@pytest.mark.direct(reason="PgBouncer waits before it asks again for a database that was missing")
async def test_opening_fails_and_can_be_tried_again(empty_database_url: str, driver: Driver) -> None:
    renamed = driver.target.database + "_later"
    waiting = Driver(urlsplit(empty_database_url)._replace(path=f"/{renamed}").geturl(), QUICK)
    with pytest.raises(EngineError):
        await waiting.open()
    await driver.run(Statement(f"CREATE DATABASE {renamed} TEMPLATE template0", returns="count"))
    await waiting.open()
    assert len(await waiting.run(ONE)) == 1
    await waiting.close()
    await driver.run(Statement(f"DROP DATABASE {renamed}", returns="count"))


async def test_opening_twice_is_opening_once(driver: Driver) -> None:
    await driver.open()
    assert len(await driver.run(ONE)) == 1


def test_another_event_loop_is_a_clear_error(empty_database_url: str) -> None:
    driver = Driver(empty_database_url, EngineOptions(pool_min=1))

    async def use() -> None:
        with pytest.raises(EngineError, match="another event loop") as caught:
            await driver.run(ONE)
        assert caught.value.meta["reason"] == "event_loop"

    with asyncio.Runner() as first, asyncio.Runner() as second:
        first.run(driver.open())
        second.run(use())
        first.run(driver.close())


def test_a_driver_can_be_dropped_without_an_event_loop(empty_database_url: str) -> None:
    driver = Driver(empty_database_url, EngineOptions(pool_min=1))
    with asyncio.Runner() as runner:
        runner.run(driver.open())
        driver.terminate()
        driver.terminate()

    async def use() -> None:
        await driver.open()
        assert len(await driver.run(ONE)) == 1
        await driver.close()

    with asyncio.Runner() as another:
        another.run(use())


def test_closing_from_another_event_loop_drops_the_connections(empty_database_url: str) -> None:
    driver = Driver(empty_database_url, EngineOptions(pool_min=1))
    with asyncio.Runner() as first, asyncio.Runner() as second:
        first.run(driver.open())
        second.run(driver.close())
        first.run(driver.close())
        first.run(asyncio.sleep(0.01))


def test_uvloop_serves_as_well(empty_database_url: str) -> None:
    uvloop = pytest.importorskip("uvloop")
    driver = Driver(empty_database_url, EngineOptions(pool_min=1, pool_max=2))

    async def use() -> None:
        await driver.open()
        assert len(await driver.run(ONE)) == 1
        cancelled = asyncio.create_task(driver.run(sleep(30)))
        await asyncio.sleep(0.05)
        cancelled.cancel()
        await asyncio.gather(cancelled, return_exceptions=True)
        session = driver.transaction(await driver.begin(max_wait=1, timeout=0.05))
        with pytest.raises(EngineError, match="expired"):
            await session.run(sleep(30))
        await settled(driver)
        await driver.close()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(use())


async def test_a_forked_child_gets_a_clear_error_and_does_not_disturb_the_parent(driver: Driver) -> None:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _report_and_exit(driver, writer)
    os.close(writer)
    told = await asyncio.to_thread(_answer_of, child, reader)
    assert "before a fork" in told
    assert len(await driver.run(ONE)) == 1


def _answer_of(child: int, reader: int) -> str:
    with os.fdopen(reader) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return told


def _report_and_exit(driver: Driver, writer: int) -> None:
    try:
        driver.stats()
    except EngineError as error:
        os.write(writer, error.message.encode())
    finally:
        os._exit(0)


async def test_many_parameters_work_and_too_many_are_p2029(driver: Driver) -> None:
    def sum_of(number: int) -> Statement:
        places = "), (".join(f"${place}::int" for place in range(1, number + 1))
        return Statement(f"SELECT sum(a) FROM (VALUES ({places})) AS t (a)", (1,) * number)

    assert (await driver.run(sum_of(32_767)))[0][0] == 32_767
    with pytest.raises(EngineError) as caught:
        await driver.run(sum_of(32_768))
    assert caught.value.code == "P2029"


async def test_limits_come_from_options_and_url(open_driver: OpenDriver) -> None:
    driver = await open_driver(options=EngineOptions(pool_min=5, pool_max=9), parameters="connection_limit=2")
    assert driver.stats().maximum == 2
