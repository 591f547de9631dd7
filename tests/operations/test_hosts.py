"""Several hosts: the first that answers and fits, and a client that follows its primary to another server."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from lumi_db.engine.driver import Driver
from lumi_db.engine.errors import EngineError
from lumi_db.engine.options import EngineOptions
from lumi_db.engine.statement import Statement
from tests.integration.driver.support import eventually
from tests.integration.driver.test_opening import silent_server
from tests.servers.cluster import Cluster, free_port

pytestmark = pytest.mark.long

_PORT = Statement("SELECT current_setting('port')::int")
_PROCESS = Statement("SELECT pg_backend_pid()")
Pair = tuple[Cluster, Cluster]


def url_of(*addresses: str, **parameters: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    return f"postgresql://lumi@{','.join(addresses)}/postgres?{query}"


async def port_at(url: str) -> int:
    """Return the port of the server that a connection leads to."""
    driver = Driver(url, EngineOptions(pool_min=1, pool_max=1, connect_timeout=1))
    await driver.open()
    try:
        [row] = await driver.run(_PORT)
    finally:
        await driver.close()
    return int(row[0])


async def test_of_hosts_the_first_that_answers_is_used(cluster: Cluster) -> None:
    with silent_server() as silent:
        addresses = (f"127.0.0.1:{free_port()}", f"127.0.0.1:{silent}", cluster.address)
        assert await port_at(url_of(*addresses)) == cluster.port


async def test_when_none_answers_all_are_named() -> None:
    addresses = [f"127.0.0.1:{free_port()}" for _ in range(2)]
    with pytest.raises(EngineError, match=", ".join(addresses)) as caught:
        await port_at(url_of(*addresses))
    assert caught.value.code == "P1001"


async def test_of_socket_folders_the_first_with_a_server_is_used(cluster: Cluster, tmp_path: Path) -> None:
    folders = f"{tmp_path},{cluster.folder}"
    for ports in (str(cluster.port), f"5432,{cluster.port}"):
        assert await port_at(url_of("localhost", host=folders, port=ports)) == cluster.port


@pytest.mark.parametrize(
    ("wanted", "is_standby"),
    [
        ("any", False),
        ("primary", False),
        ("read-write", False),
        ("standby", True),
        ("read-only", True),
        ("prefer-standby", True),
    ],
)
async def test_the_server_is_the_one_asked_for(pair: Pair, wanted: str, is_standby: bool) -> None:
    # The one that is not wanted comes first, but for `any`, which takes the first.
    first, second = pair if wanted == "any" or is_standby else reversed(pair)
    url = url_of(first.address, second.address, target_session_attrs=wanted)
    assert await port_at(url) == pair[is_standby].port


async def test_a_server_of_the_wrong_kind_is_told(pair: Pair) -> None:
    primary, standby = pair
    with pytest.raises(EngineError, match="is read-write: add its host") as caught:
        await port_at(url_of(standby.address, target_session_attrs="read-write"))
    assert caught.value.code == "P1001"
    assert await port_at(url_of(primary.address, target_session_attrs="prefer-standby")) == primary.port


async def test_an_open_client_follows_the_primary_to_another_server(pair: Pair) -> None:
    primary, standby = pair
    url = url_of(primary.address, standby.address, target_session_attrs="read-write")
    driver = Driver(url, EngineOptions(pool_min=3, pool_max=5, connect_timeout=1))
    await driver.open()
    await driver.run(Statement("CREATE TABLE item (id int PRIMARY KEY)", returns="count"))
    await caught_up(standby)
    transaction = await driver.begin(max_wait=1, timeout=60)
    await asyncio.to_thread(primary.stop)
    # Nobody may write to the standby while it is one: who asks is told so, and waits for nothing.
    with pytest.raises(EngineError) as caught:
        await driver.run(insert(1))
    assert caught.value.code in ("P1001", "P1017")
    await asyncio.to_thread(standby.promote)
    await insist(driver, insert(2))
    [row] = await driver.run(_PORT)
    assert row[0] == standby.port
    with pytest.raises(EngineError) as lost:
        await driver.commit(transaction)
    assert (lost.value.code, lost.value.meta["outcome"]) == ("P1017", "rolled back")
    rows = await asyncio.gather(*(driver.run(_PROCESS) for _ in range(10)))
    assert len(rows) == 10
    assert driver.stats().busy == 0
    await driver.close()


def insert(number: int) -> Statement:
    return Statement("INSERT INTO item VALUES ($1)", (number,), "count")


async def insist(driver: Driver, statement: Statement) -> None:
    """Run a statement until a server takes it."""

    async def is_taken() -> bool:
        try:
            await driver.run(statement)
        except EngineError as error:
            assert error.code in ("P1001", "P1017")
            return False
        return True

    await eventually(is_taken, within=30)


async def caught_up(standby: Cluster) -> None:
    """Wait until the standby has the table."""
    driver = Driver(standby.url(), EngineOptions(pool_min=1, pool_max=1))
    await driver.open()

    async def has_it() -> bool:
        return bool((await driver.run(Statement("SELECT to_regclass('item') IS NOT NULL")))[0][0])

    await eventually(has_it, within=30)
    await driver.close()
