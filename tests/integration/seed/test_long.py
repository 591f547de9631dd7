"""What takes minutes: runs that are killed again and again, and a shop ten times as large."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from random import Random

import pytest

from lumi_db import Database
from lumi_db.config import child_environment, project_root
from lumi_db.testing.databases import Databases

from .conftest import Seed, count_rows, seed_at, settings_for

pytestmark = pytest.mark.long

_QA = ("--profile", "qa", "--products", "1500", "--customers", "6000", "--orders", "9000")

# Prints how many rows were made and the most memory that was held, in megabytes.
_MEASURE = """
import asyncio, resource, sys
from lumi_db import Database
from lumi_db.config import Settings
from seed.bulk.world import SCALE_1
from seed.choices import Choices
from seed.profiles import get_profile
from seed.runner import run_seed

async def main():
    async with Database(Settings.load()) as db:
        plan = get_profile("qa").plan(Choices(size=SCALE_1.times(int(sys.argv[1]))))
        return await run_seed(db, "qa", plan=plan)

print(asyncio.run(main()).created, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


async def _kill_until_done(start: Seed, arguments: tuple[str, ...], chance: Random, longest: float) -> int:
    """Run the seed and kill it at random until one run ends by itself; return how many were killed."""
    killed = 0
    while killed < 40:
        process = start(*arguments)
        wait = chance.uniform(0.3, longest) if killed < 12 else 120
        try:
            await asyncio.to_thread(process.communicate, timeout=wait)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            await asyncio.to_thread(process.communicate)
            killed += 1
        else:
            assert process.returncode == 0
            return killed
    raise TimeoutError


@pytest.mark.parametrize("number", range(3))
async def test_a_demo_killed_at_random_points_is_completed_by_the_next_run(
    database: Database, demo: Database, start_seed: Seed, number: int
) -> None:
    await _kill_until_done(start_seed, ("--profile", "demo"), Random(number), 2.5)
    assert await count_rows(database) == await count_rows(demo)


async def test_a_large_shop_killed_at_random_points_is_completed_and_sound(
    database: Database, start_seed: Seed
) -> None:
    killed = await _kill_until_done(start_seed, _QA, Random(5), 6)
    assert killed
    again = start_seed(*_QA, "--json")
    said, _ = await asyncio.to_thread(again.communicate)
    assert json.loads(said)["created"] == 0
    for arguments in ((*_QA, "--status"), ("validate",)):
        process = start_seed(*arguments)
        said, _ = await asyncio.to_thread(process.communicate)
        assert process.returncode == 0, said


async def test_two_large_runs_at_once_make_one_shop(database: Database, start_seed: Seed) -> None:
    runs = [start_seed(*_QA, "--json") for _ in range(2)]
    said = [await asyncio.to_thread(run.communicate) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    first, second = (json.loads(out) for out, _ in said)
    assert first["created"] + first["existing"] == second["created"] + second["existing"]
    assert first["created"] + second["created"] == first["created"] + first["existing"]
    process = start_seed("validate")
    await asyncio.to_thread(process.communicate)
    assert process.returncode == 0


def test_ten_times_the_rows_take_no_more_memory(databases: Databases) -> None:
    measured: Callable[[int], list[int]] = lambda scale: _measure(databases, scale)  # noqa: E731
    rows, memory = measured(1)
    more_rows, more_memory = measured(10)
    assert more_rows > 9.5 * rows
    assert more_memory < memory + 25


def _measure(databases: Databases, scale: int) -> list[int]:
    with databases.migrated() as url:
        done = subprocess.run(
            [sys.executable, "-c", _MEASURE, str(scale)],
            cwd=project_root(),
            env=child_environment({"DATABASE_URL": url, "LUMI_ENV": "test"}),
            capture_output=True,
            text=True,
            check=True,
        )
        asyncio.run(_prove(url))
        return [int(word) for word in done.stdout.split()]


async def _prove(url: str) -> None:
    from seed.checks.run import find_broken, list_checks

    async with Database(settings_for(url)) as db:
        checks = await list_checks(db.client)
        assert [finding.sentence async for finding in find_broken(db.client, checks)] == []


async def test_every_seed_of_twenty_makes_a_sound_shop(databases: Databases) -> None:
    from datetime import date

    from seed.choices import Choices

    for number in range(20):
        with databases.migrated() as url:
            await seed_at(
                url, ("demo", "dev")[number % 2], Choices(seed=number, as_of=date(2026, 1, 1 + number))
            )
            await _prove(url)
