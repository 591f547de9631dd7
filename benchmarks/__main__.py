"""`python -m benchmarks`, which `make bench` calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Annotated, TypeVar

import typer
import uvloop
from rich.console import Console

from lumi_db.config import project_root

from .bounds import facts_from, facts_of
from .costs import measure_costs
from .harness import Harness, Measured
from .imports import Import, measure_imports
from .observing import measure_observing
from .peers import PEERS, Peer, make_peer
from .pinning import pin
from .pool import count_statements, measure_pool
from .report import Results, list_lacks, rich_table, tables, write_docs
from .seeding import measure_seeding
from .workloads import WORKLOADS, Workload
from .world import World, open_world

ROUNDS, QUICK_ROUNDS = 21, 5
# Calls that take a tenth of a second and more: fewer rounds of them are as steady.
LONG = frozenset({"create_many"})
LONG_ROUNDS = 7

T = TypeVar("T")

console = Console(width=190)


def main(
    only: Annotated[str, typer.Option(help="Workloads to measure, joined by commas.")] = "",
    peers: Annotated[str, typer.Option(help="Peers to measure, joined by commas.")] = "",
    rounds: Annotated[int | None, typer.Option(min=1, help="Rounds in which all peers take turns.")] = None,
    quick: Annotated[bool, typer.Option(help="A few rounds, nothing beside the times.")] = False,
) -> None:
    """Measure this client beside the others. A whole run, without options, writes docs/benchmarks.md anew."""
    works = _chosen(only, {one.name: one for one in WORKLOADS}, "--only")
    names = _chosen(peers, {name: name for name in PEERS}, "--peers")
    is_whole = not (only or peers or quick or rounds)
    times = rounds or (QUICK_ROUNDS if quick else ROUNDS)
    results = uvloop.run(_measure(works, names, times, is_whole=is_whole))
    for table in tables(results):
        console.print(rich_table(*table))
    if is_whole:
        write_docs(results, project_root() / "docs")
        console.print("docs/benchmarks.md and its picture are new.")


def _chosen(given: str, known: Mapping[str, T], option: str) -> list[T]:
    """Return what the names joined by commas mean; everything, where there are none."""
    names = [name.strip() for name in given.split(",") if name.strip()] or list(known)
    if unknown := [name for name in names if name not in known]:
        raise typer.BadParameter(f"{', '.join(unknown)}: there are {', '.join(known)}.", param_hint=option)
    return [known[name] for name in names]


async def _measure(
    works: Sequence[Workload], names: Sequence[str], rounds: int, *, is_whole: bool
) -> Results:
    async with open_world() as world, _opened(names, world) as peers:
        seeding = await measure_seeding(world) if is_whole else {}
        core = pin(world.server_pid)
        measured = [one async for one in _measure_times(world, peers, works, rounds)]
        lacks = [*list_lacks(peers)]
        titles = {peer.name: peer.title for peer in peers}
        (server,) = [row[0] for row in await world.fetch("SHOW server_version")]
        results = Results(measured, titles, facts_of(measured), core, server, rounds, lacks=lacks)
        facts = {**results.facts, **facts_from(seeding)}
        return await _measure_more(world, replace(results, facts=facts)) if is_whole else results


async def _measure_times(
    world: World, peers: Sequence[Peer], works: Sequence[Workload], rounds: int
) -> AsyncIterator[Measured]:
    for place, work in enumerate(works, start=1):
        console.print(f"[dim]{place:2}/{len(works)}[/] {work.title}")
        fewer = min(rounds, LONG_ROUNDS) if work.name in LONG else rounds
        yield await Harness(world, peers, rounds=fewer).measure(work)
        await world.settle()


async def _measure_more(world: World, results: Results) -> Results:
    """Add what is measured of this client alone: its pool, its statements, its imports, where its time goes."""
    console.print("[dim]      the pool, the parts of a call, the imports[/]")
    pool, statements = await measure_pool(world), await count_statements(world)
    costs = await measure_costs(world)
    observing = await measure_observing(world)
    imports = await asyncio.to_thread(measure_imports)
    values = {**pool, **observing, **world.seconds, **_import_facts(imports), "statements": statements}
    facts = {**results.facts, **facts_from(values)}
    return replace(results, facts=facts, imports=imports, costs=costs)


def _import_facts(imports: Sequence[Import]) -> dict[str, float]:
    seconds = {f"{one.title} seconds": one.seconds for one in imports}
    return seconds | {f"{one.title} megabytes": one.megabytes for one in imports}


@asynccontextmanager
async def _opened(names: Sequence[str], world: World) -> AsyncIterator[list[Peer]]:
    async with AsyncExitStack() as stack:
        peers = [make_peer(name) for name in names]
        for peer in peers:
            await peer.open(world.url)
            stack.push_async_callback(peer.close)
        yield peers


if __name__ == "__main__":
    typer.run(main)
