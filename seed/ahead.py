"""Make parts while the server works, and let it work on two at once where neither needs the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator

from seed.tables import Part

# One connection keeps one core of the server busy, two keep the making of rows busy as well.
AT_ONCE = 2


async def write_all(parts: Iterable[Part], write: Callable[[Part], Awaitable[None]]) -> None:
    """Write parts in their order; parts of one name that follow on one another two at once.

    Parts are made in a thread. Where one fails, the other is given up, and what it wrote is undone.
    """
    source = iter(parts)
    running: dict[asyncio.Future[None], str] = {}
    try:
        while (part := await asyncio.to_thread(_next, source)) is not None:
            while running and (len(running) >= AT_ONCE or part.name not in running.values()):
                await _reap(running)
            running[asyncio.ensure_future(write(part))] = part.name
        while running:
            await _reap(running)
    finally:
        await _give_up(running)


def _next(source: Iterator[Part]) -> Part | None:
    return next(source, None)


async def _reap(running: dict[asyncio.Future[None], str]) -> None:
    done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    for one in done:
        del running[one]
        one.result()


async def _give_up(running: dict[asyncio.Future[None], str]) -> None:
    for one in running:
        one.cancel()
    if running:
        await asyncio.wait(running)
