"""Random reads: rows that are soft-deleted must be hidden as if they, and what a real delete takes, were not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AsyncExitStack
from random import Random
from typing import Any

import asyncpg
import pytest

from lumi_db.client import client_class, errors, load_datamodel, load_generated
from lumi_db.engine import EngineOptions
from lumi_db.testing.databases import Databases
from tests.compatibility.answers import Outcome, read_error, read_ours
from tests.compatibility.dialect import Call, generated
from tests.compatibility.operations import Operations
from tests.compatibility.operations_contents import Contents, contents_sql, draw_contents
from tests.compatibility.operations_dice import Dice
from tests.compatibility.operations_values import Values
from tests.compatibility.test_random_operations import LIFT_RULES
from tests.compatibility.worlds import SHOP

CALLS = 150
READS = ("find", "count", "aggregate", "group_by")
# Where something points at them they cannot be deleted.
HELD = {
    "Category": (("Category", "parentId"), ("ProductCategory", "categoryId")),
    "Coupon": (("CouponUsage", "couponId"),),
}
# A real delete empties these; a soft delete leaves them, so that a restore brings the relation back.
KEPT = ("userId", "productId", "productVariantId", "shippingAddressId", "billingAddressId")
DROP_PARTIAL_INDEXES = """
    DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indpred IS NOT NULL
        AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
        LOOP EXECUTE format('DROP INDEX %s', one.name); END LOOP;
    END $$
"""


def bury(contents: Contents, random: Random) -> None:
    """Let about a third of the rows that can be be soft-deleted, as the database's rules allow."""
    rows = contents.rows
    for model in load_datamodel().models.values():
        for row in rows[model.name] if "deletedAt" in model.fields else ():
            held = HELD.get(model.name, ())
            is_held = any(other[key] == row["id"] for name, key in held for other in rows[name])
            is_dead = not is_held and random.random() < 0.35
            row["deletedAt"] = "2024-01-01T00:00:00+00:00" if is_dead else None
    gone = {row["id"] for row in rows["Product"] if row["deletedAt"]}
    for row in (*rows["ProductVariant"], *rows["Review"]):
        row["deletedAt"] = "2024-01-01T00:00:00+00:00" if row["productId"] in gone else row["deletedAt"]


def purged(contents: Contents) -> Contents:
    """Return the contents after a real delete of what is soft-deleted."""
    rows = {
        name: [dict(row) for row in given if not row.get("deletedAt")]
        for name, given in contents.rows.items()
    }
    while any(_follow(model, rows) for model in load_datamodel().models.values()):
        pass
    return Contents(rows, contents.pairs)


def _follow(model: Any, rows: dict[str, list[dict[str, Any]]]) -> bool:
    """Do to the rows of a model what their foreign keys say, and tell whether any went."""
    before = len(rows[model.name])
    for relation in model.relations.values():
        if relation.owns_key:
            key, there = relation.local[0].name, {row["id"] for row in rows[relation.target]}
            if relation.on_delete == "SetNull":
                for row in rows[model.name]:
                    row[key] = row[key] if row[key] in there else None
            else:
                rows[model.name] = [row for row in rows[model.name] if row[key] is None or row[key] in there]
    return len(rows[model.name]) != before


def reads(operations: Operations) -> Iterator[Call]:
    """Draw reads that do not speak of keys that a soft delete leaves."""
    while True:
        call = operations.one()
        if call.action.startswith(READS) and not any(name in str(call.arguments) for name in KEPT):
            yield call


def without_kept(value: Any) -> Any:
    if isinstance(value, list):
        return [without_kept(item) for item in value]
    if isinstance(value, dict):
        return {key: without_kept(item) for key, item in value.items() if key not in KEPT}
    return value


async def ask(client: Any, call: Call) -> Outcome:
    action = getattr(getattr(client, call.model.lower()), call.action)
    try:
        found = read_ours(call.action, await action(**generated(call.arguments, load_generated().fields)))
    except errors.PrismaError as error:
        return read_error(error)
    return Outcome(without_kept(found.result))


async def fill(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(
        f"{LIFT_RULES}; {DROP_PARTIAL_INDEXES}; SET session_replication_role = replica; {sql}"
    )
    await connection.close()


@pytest.mark.parametrize("seed", range(10))
async def test_what_is_soft_deleted_is_hidden_as_if_it_were_gone(
    seed: int, databases: Databases, pytestconfig: pytest.Config
) -> None:
    random, datamodel = Random(seed), load_datamodel()
    dice, values = Dice(random.randrange), Values(datamodel, SHOP.load_fields(pytestconfig.rootpath))
    contents = draw_contents(dice, values)
    bury(contents, random)
    calls = reads(Operations(dice, values, contents))
    with databases.migrated() as soft_url, databases.migrated() as hard_url:
        await fill(databases.past_pooler(soft_url), contents_sql(datamodel, contents))
        await fill(databases.past_pooler(hard_url), contents_sql(datamodel, purged(contents)))
        async with AsyncExitStack() as stack:
            soft = await stack.enter_async_context(
                client_class(EngineOptions())(datasource={"url": soft_url}, use_dotenv=False)
            )
            hard = await stack.enter_async_context(
                client_class(EngineOptions(), policies=None)(datasource={"url": hard_url}, use_dotenv=False)
            )
            for _ in range(CALLS):
                call = next(calls)
                assert await ask(soft, call) == await ask(hard, call), str(call)
