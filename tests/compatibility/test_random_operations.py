"""Thousands of random valid operations on random rows, asked of both clients: they must mean the same.

The seed, with which a run can be repeated, stands at the head of the report. Other operations, or more of them:
`make test-long ARGS="-k random_operations --random-seed=7 --random-examples=5000"`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from random import Random

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from lumi_db.testing.databases import Databases
from lumi_db.testing.server import TestServer

from .answers import Outcome
from .dialect import Call
from .judge import Judge, open_judge
from .operations import Operations
from .operations_contents import Contents, contents_sql, draw_contents
from .operations_dice import Dice
from .operations_left_out import is_fault_of_many
from .operations_values import Values
from .worlds import BLOG, SHOP, World

pytestmark = pytest.mark.long

# Rules of the shop's that Prisma knows nothing of; random rows would break them.
LIFT_RULES = """
    DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT conrelid::regclass AS of, conname FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0
        LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.of, one.conname); END LOOP;
        FOR one IN SELECT tgrelid::regclass AS of, tgname FROM pg_trigger WHERE NOT tgisinternal
        LOOP EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.of); END LOOP;
    END $$
"""
# How many different contents of the database there are in one run.
_CONTENTS = 50


@pytest.mark.parametrize("part", [1, 2])
def test_random_operations_on_the_blog(
    part: int, database_server: TestServer, pytestconfig: pytest.Config
) -> None:
    _search(BLOG, part, database_server, pytestconfig)


def test_random_operations_on_the_shop(database_server: TestServer, pytestconfig: pytest.Config) -> None:
    _search(SHOP, 3, database_server, pytestconfig)


def _search(world: World, part: int, server: TestServer, config: pytest.Config) -> None:
    """Look for operations on which the clients differ; hypothesis makes what it finds smaller."""
    start = config.option.random_seed + part

    with _judging(world, server, config) as (judge, runner):
        runner.run(judge.reset(LIFT_RULES))
        values = Values(judge.datamodel, world.load_fields(config.rootpath))

        @seed(start)
        @settings(
            max_examples=config.option.random_examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(_examples(values, start))
        def clients_agree(example: tuple[Contents, list[Call]]) -> None:
            contents, calls = example
            differences = runner.run(_differences(judge, contents_sql(judge.datamodel, contents), calls))
            assert not differences, "\n".join(map(str, [contents, *calls, *differences]))

        clients_agree()


async def _differences(judge: Judge, rows: str, calls: list[Call]) -> list[str]:
    """Compare the calls; if they differ, up to the first nested write that fails: it uses numbers of sequences up."""
    faults: list[int] = []

    def excused(call: Call, ours: Outcome, official: Outcome) -> bool:
        known = is_fault_of_many(judge.datamodel, call, ours, official)
        faults.extend(place for place, one in enumerate(calls, 1) if known and one is call)
        return known

    await judge.reset(rows)
    differences = await judge.differences(calls, excused=excused)
    if differences and faults:
        calls = calls[: faults[0]]
        await judge.reset(rows)
        differences = await judge.differences(calls, excused=excused)
    return differences


@st.composite
def _examples(draw: st.DrawFn, values: Values, start: int) -> tuple[Contents, list[Call]]:
    """Draw calls on some rows. Hypothesis draws the calls number by number, and so can make them smaller."""
    seed_of_contents = start * _CONTENTS + draw(st.integers(0, _CONTENTS - 1))
    contents = draw_contents(Dice(Random(seed_of_contents).randrange), values)
    dice = Dice(lambda sides: draw(st.integers(0, sides - 1)))
    return contents, Operations(dice, values, contents).several()


@contextmanager
def _judging(
    world: World, server: TestServer, config: pytest.Config
) -> Iterator[tuple[Judge, asyncio.Runner]]:
    """Open a judge in a loop of its own: hypothesis runs its examples from outside of a loop."""
    databases, stack = Databases(server.url, migrations=world.migrations), AsyncExitStack()
    with asyncio.Runner() as runner:
        try:
            judge = open_judge(world, databases, root=config.rootpath)
            yield runner.run(stack.enter_async_context(judge)), runner
        finally:
            runner.run(stack.aclose())
            databases.close()
