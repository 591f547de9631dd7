"""Codes of connecting, waiting and transactions, provoked for real."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from lumi_db.engine import EngineOptions, in_process
from tests.engine.conftest import DATAMODEL
from tests.integration.application.support import with_parameter

from .support import MARKER, refused, summary


def client_of(blog: ModuleType, url: str, options: EngineOptions | None = None) -> Any:
    made = in_process(blog.Prisma, datamodel=DATAMODEL, options=options)
    return made(datasource={"url": url}, use_dotenv=False)


@asynccontextmanager
async def connected(blog: ModuleType, url: str, options: EngineOptions | None = None) -> AsyncIterator[Any]:
    async with client_of(blog, url, options) as client:
        yield client


async def test_connections_that_cannot_be_opened(blog: ModuleType, blog_url: str, errors: Any) -> None:
    parts = urlsplit(blog_url)
    urls = {
        "P1001": f"postgresql://u:{MARKER}@127.0.0.1:1/d",
        "P1003": urlunsplit(parts._replace(path="/nothing_here")),
        "P1013": f"mysql://u:{MARKER}@h/d",
    }
    for code, url in urls.items():

        async def connect(url: str = url) -> None:
            await client_of(blog, url).connect()

        assert summary(await refused(errors, connect())) == ("DataError", code)


async def test_the_pools_time_out(blog: ModuleType, blog_url: str, errors: Any) -> None:
    url = with_parameter(blog_url, "connection_limit=1&pool_timeout=1")
    async with connected(blog, url) as client, client.tx():
        error = await refused(errors, client.tag.count())
    assert summary(error) == ("DataError", "P2024")
    holders = error.meta.pop("holders")
    assert error.meta == {"timeout": 1, "connection_limit": 1}
    assert [holder.startswith("tests/engine/errors/") for holder in holders] == [True]


async def test_a_statements_time_out(blog: ModuleType, blog_url: str, errors: Any) -> None:
    async with connected(blog, blog_url, EngineOptions(query_timeout=0.1)) as client:
        error = await refused(errors, client.query_raw("SELECT pg_sleep(9)::text, $1 AS a", MARKER))
    assert summary(error) == ("DataError", "P1008")


async def test_a_lock_that_is_not_had_in_time(db: Any, author: None, errors: Any) -> None:
    async with db.tx() as holder:
        await holder.tag.update(where={"name": "mine"}, data={"name": "held"})
        tx = await db.tx().start()
        await tx.execute_raw("SET LOCAL lock_timeout = 20")
        error = await refused(errors, tx.tag.update(where={"name": "mine"}, data={"name": MARKER}))
    assert (error.code, error.meta["sqlstate"]) == ("P1008", "55P03")


async def test_a_write_conflict(db: Any, author: None, errors: Any) -> None:
    tx = await db.tx(isolation_level="RepeatableRead").start()
    await tx.tag.count()
    await db.tag.update(where={"name": "mine"}, data={"name": "first"})
    error = await refused(errors, tx.tag.update(where={"id": 1}, data={"name": MARKER}))
    assert (error.code, error.meta["sqlstate"]) == ("P2034", "40001")


async def test_a_deadlock(db: Any, author: None, errors: Any) -> None:
    one, two = await db.tx().start(), await db.tx().start()
    await one.tag.update(where={"id": 1}, data={"name": "a"})
    await two.tag.update(where={"id": 2}, data={"name": "b"})
    calls = [
        one.tag.update(where={"id": 2}, data={"name": MARKER}),
        two.tag.update(where={"id": 1}, data={"name": f"{MARKER}2"}),
    ]
    ends = await asyncio.gather(*(refused_or_done(errors, call) for call in calls))
    assert [error.code for error in ends if error] == ["P2034"]


async def refused_or_done(errors: Any, call: Any) -> Any:
    try:
        await call
    except errors.DataError as error:
        return error


async def test_transactions_errors_carry_code_and_meta(db: Any, errors: Any) -> None:
    async with db.tx() as tx:
        pass
    error = await refused(errors, tx.tag.count())
    assert summary(error) == ("TransactionExpiredError", "P2028")
    assert error.meta["error"] == str(error)
    error = await refused(errors, db.tx(isolation_level="Chaos").start())
    assert summary(error) == ("TransactionError", "P2028")


async def test_a_connection_that_the_server_ends(db: Any, errors: Any) -> None:
    error = await refused(
        errors, db.execute_raw("SELECT pg_terminate_backend(pg_backend_pid()), $1::text", MARKER)
    )
    assert summary(error) == ("DataError", "P1017")
    assert await db.tag.count() == 0


@pytest.mark.parametrize("sqlstate", ["53100", "53200", "57P03"])
async def test_what_only_a_sick_server_says(db: Any, errors: Any, sqlstate: str) -> None:
    sql = f"DO $$ BEGIN RAISE EXCEPTION 'sick' USING ERRCODE = '{sqlstate}'; END $$"
    error = await refused(errors, db.execute_raw(sql))
    assert error.meta["sqlstate"] == sqlstate
