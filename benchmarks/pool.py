"""500 tasks on 20 connections: whether one fails, how long each waits, and how many statements are slow."""

from __future__ import annotations

import asyncio
from statistics import quantiles
from time import perf_counter
from typing import Any

from lumi_db import Database
from lumi_db.engine import QueryEvent

from .peers.lumi import settings_for
from .world import World

TASKS = 500
CALLS = 6


async def measure_pool(world: World) -> dict[str, float]:
    """Return the errors, p99 / p50 of what a call takes with its wait, and the percentage of slow statements."""
    settings = settings_for(world.url)
    durations: list[float] = []
    async with Database(settings) as db:
        waits, errors = [], 0
        db.on_query(lambda event: durations.append(_duration(event)))
        await asyncio.gather(*(db.client.product.find_first() for _ in range(TASKS)))
        durations.clear()
        for answer in await asyncio.gather(
            *(_task(db.client, world, place) for place in range(TASKS)), return_exceptions=True
        ):
            if isinstance(answer, BaseException):
                errors += 1
            else:
                waits += answer
    slow = sum(one * 1000 >= settings.slow_query_ms for one in durations)
    parts = quantiles(waits, n=100, method="inclusive")
    return {
        "pool errors": errors,
        "pool fairness": parts[98] / parts[49],
        "pool slow": 100 * slow / max(1, len(durations)),
    }


async def _task(client: Any, world: World, place: int) -> list[float]:
    """Read products one after another and return how long each took."""
    taken = []
    for call in range(CALLS):
        product_id = world.products[(place + call) % len(world.products)]
        started = perf_counter()
        await client.product.find_unique(where={"id": product_id}, include={"variants": True})
        taken.append(perf_counter() - started)
    return taken


def _duration(event: QueryEvent) -> float:
    return event.duration


async def count_statements(world: World) -> float:
    """Return how many statements a find with an include of three levels sends."""
    sent: list[QueryEvent] = []
    include = {"items": {"include": {"productVariant": {"include": {"product": True}}}}}
    async with Database(settings_for(world.url)) as db:
        db.on_query(sent.append)
        client: Any = db.client
        await client.order.find_many(take=10, include=include)
    return float(len(sent))
