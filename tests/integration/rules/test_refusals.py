"""What breaks a rule is refused through the shop in its words, and by the database where SQL goes around it."""

from __future__ import annotations

import asyncpg
import pytest

from . import refused_accounts, refused_catalogue, refused_sales
from .refusal import Refusal
from .world import World, read_everything

REFUSALS = (*refused_accounts.REFUSALS, *refused_catalogue.REFUSALS, *refused_sales.REFUSALS)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.title)
async def test_the_shop_refuses_it_and_writes_nothing_and_so_does_the_database(
    world: World, refusal: Refusal
) -> None:
    before = await read_everything(world.rows.connection)
    with pytest.raises(refusal.error) as caught:
        await refusal.through(world)
    assert (type(caught.value), caught.value.fields) == (refusal.error, refusal.fields)
    assert await read_everything(world.rows.connection) == before
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await refusal.around(world)
    assert refused.value.constraint_name == refusal.kept_by
    # What the attempt needed beside the row that is refused may have come in.
    after = await read_everything(world.rows.connection)
    assert all(set(rows) <= set(after[table]) for table, rows in before.items())
