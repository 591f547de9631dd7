"""Random calls on rows of which many are soft-deleted: Node with the extension answers what Python answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import islice
from random import Random
from typing import Any

import pytest

from lumi_db.client import client_class, load_datamodel
from lumi_db.engine import EngineOptions
from lumi_db.testing.databases import Databases
from tests.compatibility.answers import Outcome
from tests.compatibility.dialect import Call
from tests.compatibility.judge import Judge, Side
from tests.compatibility.official import generate, run_official
from tests.compatibility.operations import Operations
from tests.compatibility.operations_contents import Contents, contents_sql, draw_contents
from tests.compatibility.operations_dice import Dice
from tests.compatibility.operations_values import Values
from tests.compatibility.test_random_operations import LIFT_RULES
from tests.compatibility.worlds import SHOP
from tests.integration.policies.test_random_reads import DROP_PARTIAL_INDEXES, READS, bury

from .support import EXTENSION

pytestmark = pytest.mark.long

READ_CALLS = 150
WRITE_CALLS = 60
# Refused on both sides: see test_extension.
NOT_THE_CALLERS = ("updatedAt", "createdAt", "version")


@pytest.mark.parametrize("seed", range(10))
async def test_node_reads_what_python_reads(
    seed: int, databases: Databases, pytestconfig: pytest.Config
) -> None:
    operations, contents = draw(seed, pytestconfig)
    async with open_judge(databases, pytestconfig) as judge:
        await judge.reset(contents_sql(judge.datamodel, contents))
        await judge.compare(list(islice(reads_of(operations), READ_CALLS)))


@pytest.mark.parametrize("seed", range(3))
async def test_node_writes_what_python_writes(
    seed: int, databases: Databases, pytestconfig: pytest.Config
) -> None:
    """Nested writes aside: where they part from Python's, docs/node.md says."""
    operations, contents = draw(seed, pytestconfig)
    async with open_judge(databases, pytestconfig) as judge:
        for call in islice(writes_of(operations), WRITE_CALLS):
            await judge.reset(contents_sql(judge.datamodel, contents))
            assert not await judge.differences([call], excused=both_fail), str(call)


def draw(seed: int, config: pytest.Config) -> tuple[Operations, Contents]:
    random = Random(seed)
    dice, values = Dice(random.randrange), Values(load_datamodel(), SHOP.load_fields(config.rootpath))
    contents = draw_contents(dice, values)
    bury(contents, random)
    return Operations(dice, values, contents), contents


@asynccontextmanager
async def open_judge(databases: Databases, config: pytest.Config) -> AsyncIterator[Judge]:
    """Open both clients with the shop's policies, each on a database without the shop's rules."""
    root = config.rootpath
    generated = generate(SHOP.schema, name=SHOP.name, root=root)
    with databases.migrated() as our_url, databases.migrated() as node_url:
        sides = [await Side.open(databases.past_pooler(url)) for url in (our_url, node_url)]
        client = client_class(EngineOptions())(datasource={"url": our_url}, use_dotenv=False)
        async with client, run_official(generated, node_url, root=root, extension=EXTENSION) as node:
            judge = Judge(load_datamodel(), client, SHOP.load_package(root), node, sides)
            await judge.reset(f"{LIFT_RULES}; {DROP_PARTIAL_INDEXES}")
            yield judge
        for side in sides:
            await side.close()


def reads_of(operations: Operations) -> Iterator[Call]:
    while True:
        call = operations.one()
        if call.action.startswith(READS) and not takes_no_filter(call.arguments):
            yield call


def writes_of(operations: Operations) -> Iterator[Call]:
    while True:
        call = operations.one()
        arguments = {
            name: allowed(value) if name == "data" else value for name, value in call.arguments.items()
        }
        is_flat = not mentions_relation(call.model, arguments.get("data"))
        if not call.action.startswith(READS) and is_flat and not takes_no_filter(arguments):
            yield Call(call.model, call.action, arguments)


def takes_no_filter(node: Any) -> bool:
    """Tell whether rows are ordered by a relation, or begin at a cursor: Prisma takes no filter there."""
    if isinstance(node, list):
        return any(map(takes_no_filter, node))
    if not isinstance(node, dict):
        return False
    keys = [key for name in ("order", "order_by") for key in _listed(node.get(name))]
    by_relation = any(isinstance(how, dict) and "sort" not in how for key in keys for how in key.values())
    return "cursor" in node or by_relation or any(map(takes_no_filter, node.values()))


def _listed(order: Any) -> list[Any]:
    return order if isinstance(order, list) else [order] if isinstance(order, dict) else []


def allowed(data: Any) -> Any:
    if isinstance(data, list):
        return [allowed(one) for one in data]
    if isinstance(data, dict):
        return {name: allowed(value) for name, value in data.items() if name not in NOT_THE_CALLERS}
    return data


def mentions_relation(model: str, data: Any) -> bool:
    rows = data if isinstance(data, list) else [data]
    relations = load_datamodel().models[model].relations
    parts = [part for row in rows for part in ((row, row.get("create"), row.get("update")) if row else ())]
    return any(name in relations for part in parts if isinstance(part, dict) for name in part)


def both_fail(_: Call, python: Outcome, node: Outcome) -> bool:
    """Of several faults each client may name another."""
    return bool(python.error and node.error)
