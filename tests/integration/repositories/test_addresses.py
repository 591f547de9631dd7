"""Addresses: one default a user, however many change it at once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from lumi_db import NotFoundError, ValidationError
from lumi_db.shop import Shop

from .accounts import make_user
from .conftest import Statements


def address(user: Any, **given: Any) -> dict[str, Any]:
    return {"userId": user.id, "fullName": "Ada", "line1": "Street 1", "city": "İzmir", **given}


async def defaults(shop: Shop, user: Any) -> list[str]:
    return [row.id for row in await shop.addresses.list_of_user(user.id) if row.isDefault]


async def test_the_first_address_is_the_default_and_the_next_is_not(shop: Shop) -> None:
    user = await make_user(shop)
    first = await shop.addresses.create(address(user))
    second = await shop.addresses.create(address(user))
    assert (first.isDefault, second.isDefault) == (True, False)
    found = await shop.addresses.find_default(user.id)
    assert found is not None
    assert found.id == first.id


async def test_a_new_default_takes_the_place_of_the_one_before(shop: Shop) -> None:
    user, other = await make_user(shop), await make_user(shop)
    rows = [await shop.addresses.create(address(one)) for one in (user, user, other)]
    third = await shop.addresses.create(address(user, isDefault=True))
    assert await defaults(shop, user) == [third.id]
    await shop.addresses.set_default(rows[1].id)
    await shop.addresses.set_default(rows[1].id)
    assert await defaults(shop, user) == [rows[1].id]
    assert await defaults(shop, other) == [rows[2].id]


async def test_many_new_defaults_at_once_leave_one(shop: Shop) -> None:
    user = await make_user(shop)
    await asyncio.gather(*(shop.addresses.create(address(user)) for _ in range(10)))
    rows = await shop.addresses.list_of_user(user.id)
    assert len(await defaults(shop, user)) == 1
    changes = [shop.addresses.set_default(row.id) for row in rows]
    additions = [shop.addresses.create(address(user, isDefault=True)) for _ in range(5)]
    await asyncio.gather(*changes, *additions)
    assert len(await defaults(shop, user)) == 1


async def test_a_users_addresses_come_in_one_statement_the_default_first(
    shop: Shop, statements: Statements
) -> None:
    user = await make_user(shop)
    rows = [await shop.addresses.create(address(user)) for _ in range(3)]
    await shop.addresses.create(address(await make_user(shop)))
    await shop.addresses.set_default(rows[1].id)
    with statements() as sent:
        found = await shop.addresses.list_of_user(user.id)
        await shop.addresses.find_default(user.id)
    assert len(sent) == 2
    assert [row.id for row in found] == [rows[1].id, rows[2].id, rows[0].id]


async def test_an_address_of_somebody_else_is_not_there(shop: Shop) -> None:
    mine = await shop.addresses.create(address(await make_user(shop)))
    stranger = (await make_user(shop)).id
    for work in (
        shop.addresses.update(mine.id, {"city": "x"}, user_id=stranger),
        shop.addresses.set_default(mine.id, user_id=stranger),
        shop.addresses.delete(mine.id, user_id=stranger),
    ):
        with pytest.raises(NotFoundError):
            await work
    assert (await shop.addresses.update(mine.id, {"city": "Muğla"}, user_id=mine.userId)).city == "Muğla"
    assert (await shop.addresses.delete(mine.id, user_id=mine.userId)).id == mine.id
    with pytest.raises(NotFoundError):
        await shop.addresses.delete(mine.id)


async def test_after_the_default_was_deleted_the_next_new_address_is_it(shop: Shop) -> None:
    user = await make_user(shop)
    first, second = [await shop.addresses.create(address(user)) for _ in range(2)]
    await shop.addresses.delete(first.id)
    assert await defaults(shop, user) == []
    third = await shop.addresses.create(address(user))
    assert await defaults(shop, user) == [third.id]
    assert not (await shop.addresses.get(second.id)).isDefault


async def test_an_address_needs_a_live_user_and_keeps_them(shop: Shop) -> None:
    user = await make_user(shop)
    made = await shop.addresses.create(address(user))
    with pytest.raises(ValidationError, match="userId"):
        await shop.addresses.update(made.id, {"userId": "x"})
    with pytest.raises(ValidationError, match="userId"):
        await shop.addresses.create({"fullName": "Ada", "line1": "x", "city": "x"})
    await shop.users.delete(user.id)
    with pytest.raises(NotFoundError, match="no user"):
        await shop.addresses.create(address(user))


async def test_a_default_in_a_transaction_that_fails_is_as_before(shop: Shop) -> None:
    user = await make_user(shop)
    first = await shop.addresses.create(address(user))
    with suppress(NotFoundError):
        async with shop.tx() as inside:
            await inside.addresses.create(address(user, isDefault=True))
            await inside.addresses.get("nobody")
    assert await defaults(shop, user) == [first.id]
