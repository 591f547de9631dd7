"""What a call of this client is made of: its statement, the making of objects, and the rest, which is the engine's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import asyncpg
from pydantic_core import from_json

from lumi_db.client import client_class, load_datamodel, options_from
from lumi_db.engine import QueryEvent

from .hand.rows import validator
from .harness import garbage_put_aside
from .peers.lumi import Lumi, settings_for
from .workloads import WORKLOADS, Workload
from .world import World

MEASURED = ("find_by_id", "page_of_20", "three_levels", "update_by_id")
_ROUNDS = 400


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds of one call: all of it, the same statement sent by asyncpg, and its rows made into models."""

    title: str
    whole: float
    statement: float
    objects: float

    @property
    def engine(self) -> float:
        return max(0.0, self.whole - self.statement - self.objects)


async def measure_costs(world: World) -> list[Cost]:
    """Measure the workloads that are one statement and may be sent again as it is."""
    lumi = Lumi()
    await lumi.open(world.url)
    connection = await asyncpg.connect(world.url, server_settings={"jit": "off", "timezone": "UTC"})
    try:
        return [await _measure(world, lumi, connection, one) for one in WORKLOADS if one.name in MEASURED]
    finally:
        await connection.close()
        await lumi.close()


async def _measure(world: World, lumi: Lumi, connection: Any, workload: Workload) -> Cost:
    given = workload.inputs(world, 1)[0]
    event = await _statement_of(world, workload, given)
    parameters = event.parameters or ()
    rows = await connection.fetch(event.sql, *parameters)
    call = getattr(lumi, workload.method)
    wholes, statements, objects = [], [], []
    with garbage_put_aside():
        for _ in range(_ROUNDS):
            wholes.append(await _time(lambda: call(given)))
            statements.append(await _time(lambda: connection.fetch(event.sql, *parameters)))
            objects.append(_time_objects(workload, rows))
    # The quickest of many: what it takes when nothing disturbs.
    return Cost(workload.title, min(wholes), min(statements), min(objects))


async def _statement_of(world: World, workload: Workload, given: Any) -> QueryEvent:
    """Return the statement that the workload sends, with its parameters."""
    seen: list[QueryEvent] = []
    options = replace(options_from(settings_for(world.url)), pool_min=1, event_parameters=True)
    listening = Lumi()
    client: Any = client_class(options, None)(datasource={"url": world.url}, use_dotenv=False)
    listening.client = client
    await client.connect()
    try:
        client.on_query(seen.append)
        await getattr(listening, workload.method)(given)
    finally:
        await client.disconnect()
    (event,) = seen
    return event


async def _time(call: Callable[[], Awaitable[Any]]) -> float:
    started = perf_counter()
    await call()
    return (perf_counter() - started) * 1e6


def _time_objects(workload: Workload, rows: Any) -> float:
    assert workload.shape is not None
    make = validator(workload.shape.model)
    relations = [name for name in load_datamodel().models[workload.shape.model].relations if name in rows[0]]
    started = perf_counter()
    made = [make(_read(row, relations)) for row in rows]
    taken = (perf_counter() - started) * 1e6
    assert len(made) == len(rows)
    return taken


def _read(row: Any, relations: list[str]) -> dict[str, Any]:
    values = dict(row)
    for name in relations:
        values[name] = from_json(values[name])
    return values
