"""`python -m benchmarks.plans`, which `make plans` calls."""

from __future__ import annotations

from typing import Annotated

import typer
import uvloop
from rich.console import Console

from .index_table import lines
from .plans import find_idle, look_at_all
from .reads import READS
from .report import PAGE, load_line, markdown, rich_table, time_rows, write_between
from .times import measure_load, measure_times, measured
from .world import FULL, LONG, delete_worlds, open_world, read_indexes

console = Console(width=150)


def main(
    small: Annotated[
        bool, typer.Option(help="A fifth of the shop, as the long tests have; no page is written.")
    ] = False,
    delete: Annotated[bool, typer.Option(help="Only delete the shops and their server: 7 GB.")] = False,
    indexes: Annotated[bool, typer.Option(help="Only write the table of indexes into the page.")] = False,
) -> None:
    """Look at every plan on a shop of a million orders, take times, and write them into docs/query-optimization.md.

    The first run makes the shop, which takes some 10 minutes; it is kept. Ends with 1 if a plan or a bound is missed.
    """
    if delete:
        delete_worlds()
        return
    if indexes:
        write_between(PAGE, "indexes", "\n".join(lines(uvloop.run(read_indexes()), READS)))
        return
    raise typer.Exit(uvloop.run(_run(is_small=small)))


async def _run(*, is_small: bool) -> int:
    async with open_world(LONG if is_small else FULL, _tell) as world:
        found = await look_at_all(world)
        looked = {one.read.name: one for one in found}
        idle = await find_idle(world, found)
        timed = await measure_times(world, measured())
        load = await measure_load(world)
    console.print(rich_table(time_rows(timed, looked)))
    for one in found:
        for problem in one.problems:
            console.print(f"[red]{one.read.name}: {problem}[/]")
    for name in idle:
        console.print(f"[red]{name}: no read misses it[/]")
    console.print(load_line(load))
    if not is_small:
        write_between(PAGE, "measured", markdown(world, timed, looked, load))
        console.print(f"{PAGE.name} is new.")
    is_held = all(one.is_held for one in timed) and not any(one.problems for one in found) and not idle
    return 0 if is_held and load.is_held else 1


def _tell(said: str) -> None:
    console.print(f"[dim]{said}[/]")


if __name__ == "__main__":
    typer.run(main)
