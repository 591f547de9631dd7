"""Random reads: the extension hides what is soft-deleted as if it were gone, as the Python client does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from random import Random
from typing import Any

import pytest

from lumi_db.client import load_datamodel
from lumi_db.config import project_root
from lumi_db.testing.databases import Databases
from tests.compatibility.answers import Outcome, read_official
from tests.compatibility.dialect import Call, translate
from tests.compatibility.official import generate, run_official
from tests.compatibility.operations import Operations
from tests.compatibility.operations_contents import contents_sql, draw_contents
from tests.compatibility.operations_dice import Dice
from tests.compatibility.operations_values import Values
from tests.compatibility.worlds import SHOP
from tests.integration.policies.test_random_reads import bury, fill, purged, reads, without_kept

CALLS = 150
EXTENSION = project_root() / "node" / "extension" / "lumi.mjs"


def has_no_known_difference(arguments: Any) -> bool:
    """Tell whether a read has no cursor and no order through a relation, which docs/node.md names as different."""
    if isinstance(arguments, list):
        return all(map(has_no_known_difference, arguments))
    if not isinstance(arguments, Mapping):
        return True
    orders = arguments.get("orderBy", [])
    keys = [
        order for order in (orders if isinstance(orders, list) else [orders]) if isinstance(order, Mapping)
    ]
    through = [
        item for order in keys for item in order.values() if isinstance(item, Mapping) and "sort" not in item
    ]
    return "cursor" not in arguments and not through and all(map(has_no_known_difference, arguments.values()))


def asked(operations: Operations) -> Iterator[Call]:
    return (
        call
        for call in reads(operations)
        if has_no_known_difference(translate(call, load_datamodel())["args"])
    )


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
async def test_the_extension_hides_what_is_deleted_as_if_it_were_gone(
    seed: int, databases: Databases, pytestconfig: pytest.Config
) -> None:
    random, datamodel, root = Random(seed), load_datamodel(), pytestconfig.rootpath
    dice, values = Dice(random.randrange), Values(datamodel, SHOP.load_fields(root))
    contents = draw_contents(dice, values)
    bury(contents, random)
    calls = asked(Operations(dice, values, contents))
    client = generate(SHOP.schema, name=SHOP.name, root=root)
    with databases.migrated() as soft_url, databases.migrated() as hard_url:
        await fill(databases.past_pooler(soft_url), contents_sql(datamodel, contents))
        await fill(databases.past_pooler(hard_url), contents_sql(datamodel, purged(contents)))
        async with AsyncExitStack() as stack:
            soft = await stack.enter_async_context(
                run_official(client, soft_url, root=root, extension=EXTENSION)
            )
            hard = await stack.enter_async_context(run_official(client, hard_url, root=root))
            for _ in range(CALLS):
                call = next(calls)
                question = [translate(call, datamodel)]
                found, wanted = [
                    read_official(answer) for side in (soft, hard) for answer in await side.ask(question)
                ]
                assert _comparable(found) == _comparable(wanted), str(call)


def _comparable(outcome: Outcome) -> Any:
    return outcome.error or without_kept(outcome.result)
