"""Ctrl-C at any point: the part is rolled back, the exit code is 130, the next run completes."""

from __future__ import annotations

import asyncio
import signal
import subprocess
from datetime import timedelta

import pytest

from lumi_db import Database
from seed.errors import SeedConflict
from seed.runner import run_seed

from .conftest import Seed, count_rows

_BLOCKED = """
SELECT 1 AS found FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"""

_END_BLOCKED = """
SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'"""


async def _wait_until_blocked(db: Database, process: subprocess.Popen[str]) -> None:
    for _ in range(3_000):
        if await db.client.query_raw(_BLOCKED):
            return
        assert process.poll() is None, process.communicate()
        await asyncio.sleep(0.02)
    raise TimeoutError


async def _finish(process: subprocess.Popen[str]) -> tuple[str, str]:
    return await asyncio.to_thread(process.communicate, timeout=60)


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [("OrderItem", "Cart", "Order"), ("VariantMedia", "Media", "Product"), ("UserRole", "Role", "Review")],
)
async def test_ctrl_c_in_the_middle_of_a_part_rolls_it_back(
    database: Database, start_seed: Seed, table: str, before: str, after: str
) -> None:
    async with database.tx(timeout=timedelta(minutes=2)) as holder:
        await holder.execute_raw(f'LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE')
        process = start_seed("--profile", "demo")
        await _wait_until_blocked(database, process)
        process.send_signal(signal.SIGINT)
        _, said = await _finish(process)
    rows = await count_rows(database)
    assert process.returncode == 130
    assert said.count("\n") == 1
    assert "Interrupted" in said
    assert rows[before] > 0
    assert rows[after] == 0
    await run_seed(database)
    assert (await count_rows(database))[after] > 0


@pytest.mark.long
@pytest.mark.parametrize("seconds", [0.05, 0.8, 1.3])
async def test_ctrl_c_at_any_moment_lets_the_next_run_complete(
    database: Database, demo: Database, start_seed: Seed, seconds: float
) -> None:
    process = start_seed("--profile", "demo")
    await asyncio.sleep(seconds)
    process.send_signal(signal.SIGINT)
    _, said = await _finish(process)
    # Before Python has started, the signal ends it; after the work, there is nothing left to interrupt.
    assert process.returncode in (130, -signal.SIGINT, 0) or seconds < 0.1
    assert "Traceback" not in said or seconds < 0.1
    await run_seed(database)
    assert await count_rows(database) == await count_rows(demo)


async def test_a_killed_run_lets_the_next_one_complete(
    database: Database, demo: Database, start_seed: Seed
) -> None:
    async with database.tx(timeout=timedelta(minutes=2)) as holder:
        await holder.execute_raw('LOCK TABLE "Payment" IN ACCESS EXCLUSIVE MODE')
        process = start_seed("--profile", "demo")
        await _wait_until_blocked(database, process)
        process.kill()
        await _finish(process)
    await run_seed(database)
    assert await count_rows(database) == await count_rows(demo)


@pytest.mark.long
async def test_two_runs_at_once_make_one_shop(database: Database, demo: Database, start_seed: Seed) -> None:
    runs = [start_seed("--profile", "demo") for _ in range(2)]
    for process in runs:
        await _finish(process)
    assert [process.returncode for process in runs] == [0, 0]
    assert await count_rows(database) == await count_rows(demo)


async def test_a_run_says_that_it_waits_for_another(database: Database, start_seed: Seed) -> None:
    from seed.writer import LOCK

    async with database.tx(timeout=timedelta(minutes=2)) as holder:
        await holder.query_raw("SELECT pg_advisory_xact_lock($1)::text AS taken", LOCK)
        process = start_seed("--profile", "demo")
        await _wait_until_blocked(database, process)
    _, said = await _finish(process)
    assert process.returncode == 0
    assert said.count("Another seed is writing") == 1


async def test_a_connection_that_is_lost_is_told_in_one_line(database: Database, start_seed: Seed) -> None:
    async with database.tx(timeout=timedelta(minutes=2)) as holder:
        await holder.execute_raw('LOCK TABLE "Payment" IN ACCESS EXCLUSIVE MODE')
        process = start_seed("--profile", "demo")
        await _wait_until_blocked(database, process)
        await database.client.query_raw(_END_BLOCKED)
        _, said = await _finish(process)
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert "The part payments was undone" in said


async def test_a_row_that_does_not_fit_is_told_with_the_rule_it_breaks(database: Database) -> None:
    await database.client.execute_raw('ALTER TABLE "Review" ADD CONSTRAINT "no_praise" CHECK ("rating" < 5)')
    with pytest.raises(SeedConflict, match=r"part reviews was undone.*no_praise"):
        await run_seed(database)
    rows = await count_rows(database)
    assert (rows["Review"], rows["Payment"] > 0) == (0, True)


@pytest.mark.parametrize(
    "arguments", [("validate",), ("--profile", "demo", "--status"), ("--profile", "demo")]
)
async def test_a_statement_that_takes_too_long_is_no_bug(
    database: Database, start_seed: Seed, arguments: tuple[str, ...]
) -> None:
    async with database.tx(timeout=timedelta(minutes=2)) as holder:
        await holder.execute_raw('LOCK TABLE "User" IN ACCESS EXCLUSIVE MODE')
        process = start_seed(*arguments, env={"QUERY_TIMEOUT_MS": "100"})
        _, said = await _finish(process)
    assert process.returncode == 1
    assert said == (
        "✗ The seed was broken off, since a statement took longer than QUERY_TIMEOUT_MS allows (P1008): "
        "run the same command again with a larger QUERY_TIMEOUT_MS, or 0 for no limit.\n"
    )
