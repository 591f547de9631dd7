"""Statements the driver's tests share."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from lumi_db.engine.driver import Driver
from lumi_db.engine.statement import Statement

ONE = Statement("SELECT 1 AS one")
NAMES = Statement("SELECT name FROM item ORDER BY id")


def sleep(seconds: float) -> Statement:
    return Statement("SELECT pg_sleep($1)", (seconds,))


def insert(number: int, name: str = "a") -> Statement:
    return Statement("INSERT INTO item VALUES ($1, $2)", (number, name), "count")


async def names(driver: Driver) -> list[str]:
    return [row["name"] for row in await driver.run(NAMES)]


async def sleepers(driver: Driver) -> int:
    """Count the statements on the server that still sleep."""
    rows = await driver.run(
        Statement(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND query LIKE '%pg_sleep($1)%' AND state = 'active' AND pid <> pg_backend_pid()"
        )
    )
    return int(rows[0][0])


async def eventually(check: Callable[[], Awaitable[bool]], *, within: float = 5.0) -> None:
    """Wait until `check` holds, for what the driver does after the call that caused it."""
    async with asyncio.timeout(within):
        while True:
            if await check():
                return
            await asyncio.sleep(0.01)


async def no_sleepers(driver: Driver) -> None:
    """Wait until no statement sleeps on the server: a pooler between takes a moment to stop one."""

    async def is_stopped() -> bool:
        return await sleepers(driver) == 0

    await eventually(is_stopped)


async def settled(driver: Driver) -> None:
    """Wait until no connection is busy."""

    async def is_quiet() -> bool:
        return driver.stats().busy == 0

    await eventually(is_quiet)
