"""Rules that refuse nothing but leave a state, where no other test shows it on that side."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from lumi_db import ConflictError, OutOfStockError, StaleRecordError, acting_as
from lumi_db.workflows.checkout import place_order
from lumi_db.workflows.orders import cancel_order, expire_orders

from .world import World


async def test_a_variant_put_in_twice_is_one_item(world: World) -> None:
    cart: Any = await world.shop.carts.add_item(world.cart.id, world.medium.id, 3)
    assert [item.quantity for item in cart.items] == [5]


async def test_what_sql_deletes_softly_is_not_there(world: World) -> None:
    await world.rows.set("Product", world.draft.id, '"deletedAt" = now()')
    assert await world.shop.products.find(world.draft.id) is None
    assert await world.shop.products.find_by_slug("draft") is None


async def test_variants_go_with_their_product_and_come_back(world: World) -> None:
    await world.shop.products.delete(world.dress.id)
    assert await world.shop.variants.find(world.medium.id) is None
    await world.shop.products.restore(world.dress.id)
    assert (await world.shop.variants.get(world.medium.id)).sku == world.medium.sku


async def test_a_deleted_review_keeps_its_place(world: World) -> None:
    await world.rows.set("Review", world.review.id, '"deletedAt" = now()')
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await world.rows.insert("Review", userId=world.ada.id, productId=world.dress.id)
    assert refused.value.constraint_name == "Review_userId_productId_key"


async def test_a_purged_user_leaves_their_history(world: World) -> None:
    shop, bob = world.shop, world.bob.id
    await shop.sessions.issue(bob)
    await shop.addresses.create({"userId": bob, "fullName": "Bob", "line1": "x", "city": "x"})
    await shop.reviews.submit(user_id=bob, product_id=world.dress.id, rating=4)
    await shop.users.purge(bob)
    order: Any = await shop.orders.get(world.order.id, include={"payments": True, "couponUsages": True})
    assert (order.userId, order.payments[0].userId, order.couponUsages[0].userId) == (None, None, None)
    assert await shop.reviews.count(filters={"userId": None, "rating": 4}) == 1
    assert await shop.carts.count(filters={"userId": None}) == 1
    assert await shop.sessions.count() == 0
    assert await shop.addresses.count(filters={"userId": bob}) == 0


async def test_a_purged_product_takes_what_is_its_own(world: World) -> None:
    await world.shop.products.purge(world.dress.id)
    for table in ("ProductVariant", "ProductCategory", "Review", "Inventory", "CartItem"):
        assert await world.rows.count(table) == 0
    order: Any = await world.shop.orders.get(world.order.id, include={"items": True})
    [item] = order.items
    assert (item.productId, item.productVariantId, item.titleSnapshot) == (None, None, world.dress.title)
    assert item.variantSnapshot["sku"] == world.medium.sku


async def test_a_purged_cart_leaves_its_order(world: World) -> None:
    await world.shop.carts.purge(world.order.cartId)
    assert (await world.shop.orders.get(world.order.id)).cartId is None
    await world.shop.carts.purge(world.cart.id)
    assert await world.rows.count("CartItem") == 0


async def test_what_is_purged_takes_its_links(world: World) -> None:
    shop, media = world.shop, world.media.id
    await world.rows.insert("ProductMedia", productId=world.dress.id, mediaId=media)
    await world.rows.insert("ReviewMedia", reviewId=world.review.id, mediaId=media)
    role: Any = await shop.roles.create({"name": "editor"})
    allowed: Any = await shop.permissions.create({"key": "product:publish"})
    summer: Any = await shop.collections.create({"name": "Summer", "slug": "summer"})
    await shop.roles.allow("editor", "product:publish")
    await shop.users.assign_role(world.ada.id, "editor")
    await shop.users.grant_permission(world.ada.id, "product:publish")
    await shop.collections.set_products(summer.id, [world.dress.id])
    for rows, id_ in (
        (shop.media, media),
        (shop.roles, role.id),
        (shop.permissions, allowed.id),
        (shop.collections, summer.id),
    ):
        await rows.purge(id_)
    links = (
        "ProductMedia",
        "ReviewMedia",
        "RolePermission",
        "UserRole",
        "UserPermission",
        "ProductCollection",
    )
    assert [await world.rows.count(table) for table in links] == [0] * len(links)


async def test_stock_that_sql_takes_away_is_not_sold(world: World) -> None:
    await world.rows.connection.execute(
        'UPDATE "Inventory" SET "quantityAvailable" = 1, "quantityOnHand" = 1 + "quantityReserved"'
    )
    with pytest.raises(OutOfStockError):
        await place_order(world.shop, {"cartId": world.cart.id, "idempotencyKey": "ada"})
    assert await world.rows.count("Order") == 2


async def test_a_product_that_sql_takes_off_sale_is_not_sold(world: World) -> None:
    await world.rows.set("Product", world.dress.id, "\"inventoryPolicy\" = 'DENY'")
    with pytest.raises(ConflictError, match="not for sale"):
        await place_order(world.shop, {"cartId": world.cart.id, "idempotencyKey": "ada"})
    assert await world.rows.count("Order") == 2


async def test_a_reservation_that_sql_takes_away_is_not_given_back_twice(world: World) -> None:
    await world.rows.connection.execute(
        'UPDATE "Inventory" SET "quantityReserved" = 0, "quantityAvailable" = "quantityOnHand"'
    )
    with pytest.raises(ConflictError, match="Fewer pieces"):
        await cancel_order(world.shop, world.order.id)
    assert (await world.shop.orders.get(world.order.id)).status == "PAID"


async def test_an_old_order_that_sql_writes_is_swept_unless_it_is_paid(world: World) -> None:
    old = {"userId": world.bob.id, "createdAt": datetime.now(UTC) - timedelta(days=1)}
    unpaid = await world.rows.insert("Order", **old)
    paid = await world.rows.insert("Order", **old, status="PAID")
    assert await expire_orders(world.shop) == 1
    assert (await world.shop.orders.get(unpaid["id"])).status == "CANCELLED"
    assert (await world.shop.orders.get(paid["id"])).status == "PAID"


async def test_a_version_that_sql_counted_is_stale_for_who_read_before(world: World) -> None:
    shop, counted = world.shop, '"version" = "version" + 1'
    await world.rows.set("Product", world.draft.id, counted)
    await world.rows.set("Cart", world.cart.id, counted)
    with pytest.raises(StaleRecordError):
        await shop.products.update(world.draft.id, {"title": "Mine"}, version=world.draft.version)
    with pytest.raises(StaleRecordError):
        await shop.carts.add_item(world.cart.id, world.medium.id, version=world.cart.version)
    assert (await shop.products.get(world.draft.id)).title == "Draft"


async def test_no_trigger_counts_a_version(world: World) -> None:
    await world.rows.connection.execute(
        'UPDATE "Inventory" SET "quantityAvailable" = 3, "quantityOnHand" = 3 + "quantityReserved"'
    )
    await world.rows.set("Product", world.draft.id, '"deletedAt" = now()')
    variant = await world.rows.get("ProductVariant", world.medium.id)
    assert (variant["stock"], variant["version"]) == (3, world.medium.version)
    assert (await world.rows.get("Product", world.draft.id))["version"] == world.draft.version


async def test_a_change_through_the_shop_is_audited_with_who_made_it(world: World) -> None:
    with acting_as(world.ada.id, "ADMIN"):
        await world.shop.products.update(world.draft.id, {"title": "Audited"})
        await world.shop.carts.add_item(world.cart.id, world.medium.id)
    [entry] = (await world.shop.audit_log.page_of_user(world.ada.id)).items
    assert (entry.entity, entry.entityId, entry.actorType) == ("Product", world.draft.id, "ADMIN")


async def test_a_product_is_found_by_its_new_title(world: World) -> None:
    await world.shop.products.update(world.dress.id, {"title": "Linen trousers"})
    found = await world.shop.products.search("trousers")
    assert [product.id for product in found.page.items] == [world.dress.id]
