"""500 tasks on 20 connections: whether one fails, how long each waits, and how many statements are slow."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from lumi_db import Database
from lumi_db.engine import QueryEvent

from .peers.lumi import settings_for
from .world import World

TASKS = 500
CALLS = 6
RUSHES = 5


async def measure_pool(world: World) -> dict[str, float]:
    """Return all errors, p99 / p50 of what a call takes with its wait (median of the rushes), and the slow statements.

    Those are a percentage of all.
    """
    settings = settings_for(world.url)
    durations: list[float] = []
    async with Database(settings) as db:
        db.on_query(lambda event: durations.append(event.duration * 1000))
        await _rush(db.client, world)
        durations.clear()
        answers = [await _rush(db.client, world) for _ in range(RUSHES)]
    slow = sum(one >= settings.slow_query_ms for one in durations)
    return {
        "pool errors": sum(isinstance(one, BaseException) for rush in answers for one in rush),
        "pool fairness": median(_fairness(rush) for rush in answers),
        "pool slow": 100 * slow / len(durations),
    }


async def _rush(client: Any, world: World) -> list[list[float] | BaseException]:
    work = (_task(client, world, place) for place in range(TASKS))
    return await asyncio.gather(*work, return_exceptions=True)


async def _task(client: Any, world: World, place: int) -> list[float]:
    """Read products one after another and return how long each took."""
    taken = []
    for call in range(CALLS):
        product_id = world.products[(place + call) % len(world.products)]
        started = perf_counter()
        await client.product.find_unique(where={"id": product_id}, include={"variants": True})
        taken.append(perf_counter() - started)
    return taken


def _fairness(rush: Sequence[list[float] | BaseException]) -> float:
    waits = [wait for one in rush if not isinstance(one, BaseException) for wait in one]
    parts = quantiles(waits, n=100, method="inclusive")
    return parts[98] / parts[49]


async def count_statements(world: World) -> float:
    """Return how many statements a find with an include of three levels sends."""
    sent: list[QueryEvent] = []
    include = {"items": {"include": {"productVariant": {"include": {"product": True}}}}}
    async with Database(settings_for(world.url)) as db:
        db.on_query(sent.append)
        client: Any = db.client
        await client.order.find_many(take=10, include=include)
    return float(len(sent))
