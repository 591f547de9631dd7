"""A million mixed queries, with backends killed throughout: what a client that stays open for months must stand.

Connections live a second here and an hour elsewhere, so the pool replaces as many as it would in weeks.
"""

from __future__ import annotations

import asyncio
import gc
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import psutil
import pytest
import pytest_asyncio

from lumi_db.client import client_class
from lumi_db.engine import EngineOptions
from lumi_db.testing.factories import CartFactory, ProductFactory, UserFactory, VariantFactory

QUERIES = 1_000_000
TASKS = 200
CONNECTIONS = 20
SAMPLES = 50
MEGABYTE = 2**20
MINUTE = timedelta(minutes=1)
OPTIONS = EngineOptions(pool_max=CONNECTIONS, pool_timeout=60, connection_lifetime=1.0, idle_lifetime=1.0)
LOST = {"P1017", "P1001", "P2028"}
"""What a call may say whose backend was killed: connection closed, or its transaction gone."""

_VICTIM = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1
"""
_OPEN = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@dataclass
class Run:
    """What the tasks share: how many queries are left, what failed, what was counted up and acknowledged."""

    users: list[str]
    products: list[str]
    carts: list[str]
    left: int = QUERIES
    errors: Counter[str] = field(default_factory=Counter)
    certain: int = 0
    unknown: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(7))


@pytest_asyncio.fixture
async def client(database_url: str) -> AsyncIterator[Any]:
    opened: Any = client_class(OPTIONS)(datasource={"url": database_url}, use_dotenv=False)
    await opened.connect()
    yield opened
    await opened.disconnect()


@pytest.mark.long
async def test_a_million_queries_leave_memory_and_connections_as_they_were(
    client: Any, database_url: str
) -> None:
    run = await _prepare(client)
    watch = await asyncpg.connect(database_url)
    memory: list[int] = []
    objects: list[int] = []
    connections: list[int] = []
    killed = 0
    tasks = [asyncio.create_task(_work(client, run)) for _ in range(TASKS)]
    while run.left > 0:
        before = run.left
        while run.left > 0 and before - run.left < QUERIES // SAMPLES:
            killed += len(await watch.fetch(_VICTIM))
            connections.append(await watch.fetchval(_OPEN))
            await asyncio.sleep(0.2)
        gc.collect()
        memory.append(psutil.Process().memory_info().rss)
        objects.append(len(gc.get_objects()))
    await asyncio.gather(*tasks)
    # The first samples are the warming up: plans, prepared statements, the server's answers of all sizes.
    begin, end = memory[SAMPLES // 5 : SAMPLES // 2], memory[-SAMPLES // 4 :]
    assert max(end) - max(begin) < 16 * MEGABYTE, [one // MEGABYTE for one in memory]
    assert min(objects[-SAMPLES // 4 :]) < 1.05 * max(objects[SAMPLES // 5 : SAMPLES // 2]), objects
    # A backend that was told to end may be there for a moment beside the one that took its place.
    above = [one for one in connections if one > CONNECTIONS]
    assert len(above) <= len(connections) // 50, above
    assert max(connections) <= CONNECTIONS + 2
    assert set(run.errors) <= LOST, run.errors
    # Each kill fails the call that runs there; a transaction's later calls fail with it.
    assert sum(run.errors.values()) <= 4 * killed, (run.errors, killed)
    assert killed > SAMPLES
    assert await client.query_raw("SELECT 1 AS one") == [{"one": 1}]
    counted = sum(cart.version for cart in await client.cart.find_many())
    assert run.certain <= counted <= run.certain + run.unknown, (run.certain, counted, run.unknown)
    await watch.close()


async def _prepare(client: Any) -> Run:
    users = await UserFactory.create_many(client, 50)
    products = await ProductFactory.create_many(client, 50)
    for product in products:
        await VariantFactory.create(client, product=product)
    carts = [await CartFactory.create(client, user=user, items=1) for user in users[:20]]
    return Run([one.id for one in users], [one.id for one in products], [one.id for one in carts])


async def _work(client: Any, run: Run) -> None:
    kinds = [work for work, weight in _MIX for _ in range(weight)]
    while run.left > 0:
        run.left -= 1
        work = run.chance.choice(kinds)
        try:
            await work(client, run)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and compared with LOST
            run.errors[str(getattr(error, "code", None) or type(error).__name__)] += 1


async def _by_id(client: Any, run: Run) -> None:
    assert await client.user.find_unique(where={"id": run.chance.choice(run.users)})


async def _page(client: Any, run: Run) -> None:
    wanted = run.chance.sample(run.products, 5)
    found = await client.product.find_many(
        where={"id": {"in": wanted}}, include={"variants": True, "categories": True}, order={"price": "asc"}
    )
    assert len(found) == len(wanted)


async def _count(client: Any, run: Run) -> None:
    assert await client.product.count(where={"price": {"gte": Decimal(run.chance.randint(0, 9))}}) >= 0


async def _first(client: Any, run: Run) -> None:
    await client.product.find_first(where={"title": {"contains": run.chance.choice("abcdeşİ")}})


async def _count_up(client: Any, run: Run) -> None:
    run.unknown += 1
    changed = await client.cart.update(data={"currency": "TRY"}, where={"id": run.chance.choice(run.carts)})
    assert changed is not None
    run.unknown -= 1
    run.certain += 1


async def _come_and_go(client: Any, run: Run) -> None:
    made = await client.securityevent.create(
        {"type": "LOGOUT", "userId": run.chance.choice(run.users), "ipAddress": "192.0.2.1"}
    )
    await client.securityevent.delete(where={"id": made.id})


async def _transaction(client: Any, run: Run) -> None:
    async with client.tx(max_wait=MINUTE, timeout=MINUTE) as tx:
        await tx.user.find_unique(where={"id": run.chance.choice(run.users)})
        await tx.product.update(
            data={"summary": str(run.chance.random())}, where={"id": run.chance.choice(run.products)}
        )
        if run.chance.random() < 0.2:
            await tx.query_raw("SELECT 1 AS one")


async def _raw(client: Any, run: Run) -> None:
    assert await client.query_raw("SELECT $1::int AS n", run.chance.randint(0, 9))


_MIX = (
    (_by_id, 60), (_page, 5), (_count, 6), (_first, 6), (_count_up, 4), (_come_and_go, 2), (_transaction, 2), (_raw, 5),
)  # fmt: skip
"""What is asked how often."""
