"""Carts: one a customer, right under many clicks at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from lumi_db import ConflictError, Database, NotFoundError, OperationError, StaleRecordError, ValidationError
from lumi_db.shop import Shop
from tests.integration.workflows.stage import Stage

from .conftest import Statements


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database.client)


async def test_a_user_has_one_active_cart_however_many_ask_at_once(shop: Shop, stage: Stage) -> None:
    user = await stage.user()
    carts = await asyncio.gather(*(shop.carts.get_or_create(user_id=user.id) for _ in range(20)))
    assert len({cart.id for cart in carts}) == 1
    assert await shop.carts.count() == 1


async def test_inside_a_transaction_the_cart_of_somebody_faster_is_found(shop: Shop, stage: Stage) -> None:
    user = await stage.user()
    async with shop.tx() as inside:
        mine = await inside.carts.get_or_create(user_id=user.id)
        assert (await inside.carts.get_or_create(user_id=user.id)).id == mine.id


@pytest.mark.parametrize("owner", [{}, {"user_id": "a", "session_id": "b"}])
async def test_a_cart_is_a_users_or_a_guests(shop: Shop, owner: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="user_id or session_id"):
        await shop.carts.get_or_create(**owner)


async def test_items_are_added_changed_and_taken_out_and_each_counts_the_cart(
    shop: Shop, stage: Stage
) -> None:
    variant, cart = await stage.variant(price="49.90"), await stage.cart()
    await shop.carts.add_item(cart.id, variant.id, 2)
    added: Any = await shop.carts.add_item(cart.id, variant.id)
    assert [(item.quantity, str(item.unitPrice)) for item in added.items] == [(3, "49.90")]
    changed: Any = await shop.carts.update_item(cart.id, variant.id, 7)
    assert changed.items[0].quantity == 7
    emptied: Any = await shop.carts.remove_item(cart.id, variant.id)
    assert (emptied.items, emptied.version) == ([], cart.version + 4)


async def test_clicks_at_once_are_all_counted(shop: Shop, stage: Stage) -> None:
    variant, cart = await stage.variant(), await stage.cart()
    await asyncio.gather(*(shop.carts.add_item(cart.id, variant.id) for _ in range(15)))
    found: Any = await shop.carts.get_with_items(cart.id)
    assert (found.items[0].quantity, found.version) == (15, 15)


async def test_a_stale_version_of_a_cart_is_refused(shop: Shop, stage: Stage) -> None:
    variant, cart = await stage.variant(), await stage.cart()
    await shop.carts.add_item(cart.id, variant.id, version=0)
    with pytest.raises(StaleRecordError):
        await shop.carts.add_item(cart.id, variant.id, version=0)


@pytest.mark.parametrize("quantity", [0, -1, 10_001, True, 1.5, "2"])
async def test_a_quantity_is_a_whole_number_from_one(shop: Shop, stage: Stage, quantity: Any) -> None:
    variant, cart = await stage.variant(), await stage.cart()
    for work in (shop.carts.add_item, shop.carts.update_item):
        with pytest.raises(ValidationError) as caught:
            await work(cart.id, variant.id, quantity)
        assert caught.value.fields == ("quantity",)
    assert await shop.client.cartitem.count() == 0


async def test_adding_up_cannot_pass_the_limit(shop: Shop, stage: Stage) -> None:
    variant, cart = await stage.variant(), await stage.cart()
    await shop.carts.add_item(cart.id, variant.id, 9_999)
    with pytest.raises(ValidationError):
        await shop.carts.add_item(cart.id, variant.id, 2)
    assert (await shop.client.cartitem.find_first()).quantity == 9_999  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("product", "kind"),
    [({"policy": "DENY"}, ConflictError), ({"currency": "EUR"}, ValidationError), (None, NotFoundError)],
)
async def test_what_cannot_be_bought_is_not_put_in(
    shop: Shop, stage: Stage, product: dict[str, Any] | None, kind: type[OperationError]
) -> None:
    variant_id = "nobody" if product is None else (await stage.variant(**product)).id
    cart = await stage.cart()
    with pytest.raises(kind):
        await shop.carts.add_item(cart.id, variant_id)
    assert (await shop.carts.get(cart.id)).version == cart.version


async def test_what_is_not_in_the_cart_cannot_be_changed(shop: Shop, stage: Stage) -> None:
    cart = await stage.cart()
    with pytest.raises(NotFoundError, match="does not hold"):
        await shop.carts.update_item(cart.id, "x", 1)
    with pytest.raises(NotFoundError, match="does not hold"):
        await shop.carts.remove_item(cart.id, "x")
    with pytest.raises(NotFoundError, match="no cart|no such cart"):
        await shop.carts.add_item("nobody", "x")


async def test_at_login_a_guests_cart_is_poured_into_the_users(shop: Shop, stage: Stage) -> None:
    both, only = await stage.variant(), await stage.variant()
    user = await stage.user()
    mine = await stage.cart((both, 1), user=user)
    guest = await shop.carts.get_or_create(session_id="s")
    await shop.carts.add_item(guest.id, both.id, 2)
    await shop.carts.add_item(guest.id, only.id, 3)
    for _ in range(2):
        merged: Any = await shop.carts.merge("s", user.id)
        assert {item.productVariantId: item.quantity for item in merged.items} == {both.id: 3, only.id: 3}
    assert merged.id == mine.id
    assert (await shop.carts.get(guest.id)).status == "ABANDONED"


async def test_merging_twice_at_once_pours_once(shop: Shop, stage: Stage) -> None:
    variant, user = await stage.variant(), await stage.user()
    guest = await shop.carts.get_or_create(session_id="s")
    await shop.carts.add_item(guest.id, variant.id, 2)
    await asyncio.gather(*(shop.run(lambda inside: inside.carts.merge("s", user.id)) for _ in range(6)))
    merged: Any = await shop.carts.merge("s", user.id)
    assert merged.items[0].quantity == 2


async def test_carts_whose_time_is_over_are_abandoned(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant()
    old, new = await stage.cart((variant, 1)), await stage.cart((variant, 1))
    await shop.client.execute_raw(
        'UPDATE "Cart" SET "expiresAt" = "createdAt" + interval \'1 ms\' WHERE "id" = $1', old.id
    )
    assert await shop.carts.expire() == 1
    assert (await shop.carts.get(old.id)).status == "ABANDONED"
    assert (await shop.carts.get(new.id)).status == "ACTIVE"
    with pytest.raises(ConflictError, match="closed"):
        await shop.carts.add_item(old.id, variant.id)


async def test_abandoned_carts_are_listed_in_two_statements(
    shop: Shop, stage: Stage, statements: Statements
) -> None:
    await stage.cart((await stage.variant(), 1))
    await stage.cart()
    with statements() as sent:
        found = await shop.carts.list_abandoned(idle=timedelta(0))
    assert (len(found), len(sent)) == (1, 2)
    assert await shop.carts.list_abandoned(idle=timedelta(days=1)) == []


async def test_of_all_that_are_idle_the_longest_come_first_whatever_their_status(
    shop: Shop, stage: Stage
) -> None:
    variant = await stage.variant()
    carts = [await stage.cart((variant, 1)) for _ in range(4)]
    for cart in carts[::2]:
        await shop.client.execute_raw(
            'UPDATE "Cart" SET "expiresAt" = "createdAt" + interval \'1 ms\' WHERE "id" = $1', cart.id
        )
    await shop.carts.expire()
    # the database rounds to milliseconds, up too
    await asyncio.sleep(0.005)
    found = await shop.carts.list_abandoned(idle=timedelta(0))
    assert [cart.id for cart in found] == [carts[place].id for place in (1, 3, 0, 2)]
    assert [cart.status for cart in found] == ["ACTIVE", "ACTIVE", "ABANDONED", "ABANDONED"]
    assert [cart.id for cart in await shop.carts.list_abandoned(idle=timedelta(0), limit=1)] == [carts[1].id]
    assert all(cart.items for cart in found)
