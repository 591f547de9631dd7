"""Opening and closing a client on the in-process engine."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
import weakref
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from lumi_db.engine import EngineError, in_process
from tests.engine.conftest import DATAMODEL

from .conftest import UNREACHABLE


def test_the_subclass_keeps_the_name_and_the_constructor(blog: ModuleType, client_class: Any) -> None:
    assert issubclass(client_class, blog.Prisma)
    assert client_class.__name__ == "Prisma"
    client = client_class(
        use_dotenv=False,
        log_queries=True,
        datasource={"url": UNREACHABLE},
        connect_timeout=timedelta(seconds=3),
        http={},
    )
    assert not client.is_connected()


async def test_connecting_and_disconnecting_may_be_repeated(client: Any) -> None:
    for _ in range(2):
        await client.connect()
        await client.connect()
        assert client.is_connected()
        assert await client.user.count() == 0
        await client.disconnect()
        await client.disconnect()
        assert not client.is_connected()


async def test_two_tasks_may_connect_at_once(client: Any) -> None:
    await asyncio.gather(client.connect(), client.connect())
    assert await client.user.count() == 0
    await client.disconnect()


async def test_async_with_connects_and_disconnects(client: Any) -> None:
    async with client as opened:
        assert opened is client
        assert await opened.user.count() == 0
    assert not client.is_connected()


async def test_a_client_that_is_not_connected_says_so(client: Any, errors: Any) -> None:
    with pytest.raises(errors.ClientNotConnectedError):
        await client.user.count()
    with pytest.raises(errors.ClientNotConnectedError):
        await client.tx().start()


async def test_a_failed_connect_leaves_the_client_unconnected(client_class: Any, errors: Any) -> None:
    client = client_class(datasource={"url": UNREACHABLE}, use_dotenv=False)
    with pytest.raises(errors.DataError, match="Can't reach the database server") as caught:
        await client.connect()
    assert caught.value.code == "P1001"
    assert not client.is_connected()


async def test_connecting_ends_at_its_time_limit(client_class: Any, errors: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://u@127.0.0.1:{silent.getsockname()[1]}/d"
        client = client_class(datasource={"url": url}, use_dotenv=False)
        with pytest.raises(errors.DataError, match=r"did not answer within 0\.2 seconds") as caught:
            await client.connect(timeout=timedelta(seconds=0.2))
    assert caught.value.code == "P1002"
    assert not client.is_connected()


@pytest.mark.parametrize("url", ["mysql://u:hidden@h/d", "postgresql://u:hidden@h:port/d", "hidden"])
async def test_a_malformed_url_is_refused_without_showing_it(
    client_class: Any, errors: Any, url: str
) -> None:
    with pytest.raises(errors.DataError) as caught:
        await client_class(datasource={"url": url}, use_dotenv=False).connect()
    assert caught.value.code == "P1013"
    assert "hidden" not in str(caught.value)


async def test_a_client_dropped_without_disconnecting_closes_its_connections(
    client_class: Any, blog_url: str, db: Any
) -> None:
    sql = "SELECT pid FROM pg_stat_activity WHERE application_name = 'dropped'"
    url = f"{blog_url}{'&' if '?' in blog_url else '?'}application_name=dropped"
    client = client_class(datasource={"url": url}, use_dotenv=False)
    await client.connect()
    assert await client.query_raw(sql)
    engine = weakref.ref(client._internal_engine)
    del client
    gc.collect()
    for _ in range(250):
        if not await db.query_raw(sql):
            break
        await asyncio.sleep(0.02)
    assert await db.query_raw(sql) == []
    gc.collect()
    assert engine() is None


def test_one_client_cannot_serve_two_event_loops(client: Any, errors: Any) -> None:
    first, second = asyncio.new_event_loop(), asyncio.new_event_loop()
    first.run_until_complete(client.connect())
    with pytest.raises(errors.DataError, match="connected in another event loop"):
        second.run_until_complete(client.user.count())
    assert first.run_until_complete(client.user.count()) == 0
    first.run_until_complete(client.disconnect())
    first.close()
    second.close()


async def test_the_registered_client_serves_the_models(
    blog: ModuleType, client_class: Any, blog_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module(f"{blog.__name__}._registry"), "_registered_client", None)
    client = client_class(datasource={"url": blog_url}, use_dotenv=False, auto_register=True)
    assert client.is_registered()
    async with client:
        made = await blog.models.Tag.prisma().create({"name": "a"})
        assert type(made) is blog.models.Tag
        async with client.tx() as tx:
            await blog.models.Tag.prisma(tx).create({"name": "b"})
        assert await blog.models.Tag.prisma().count() == 2


def test_a_datamodel_that_is_missing_or_is_none(blog: ModuleType, tmp_path: Path) -> None:
    other = tmp_path / "datamodel.json"
    for content in (None, "{", "[]", '{"datamodel": 5, "schema_hash": ""}'):
        if content is not None:
            other.write_text(content)
        with pytest.raises(EngineError, match="is not a datamodel: run `prisma generate`") as caught:
            in_process(blog.Prisma, datamodel=other)
        assert caught.value.code == "P1012"


def test_a_datamodel_of_another_schema(blog: ModuleType, tmp_path: Path) -> None:
    other = tmp_path / "datamodel.json"
    other.write_text(json.dumps(json.loads(DATAMODEL.read_text()) | {"schema_hash": "other"}))
    with pytest.raises(
        EngineError, match="generated from different schemas: run `prisma generate`"
    ) as caught:
        in_process(blog.Prisma, datamodel=other)
    assert caught.value.code == "P1012"
