"""Checkout by hand keeps the rules that place_order keeps, else their times could not be compared."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.hand.checkout import Refused
from benchmarks.peers import Peer
from benchmarks.peers.asyncpg_by_hand import AsyncpgByHand
from benchmarks.peers.lumi import LumiWithPolicies
from benchmarks.plain import difference, plain
from benchmarks.workloads import WORKLOADS
from benchmarks.world import World
from lumi_db import OperationError

(CHECKOUT,) = [one for one in WORKLOADS if one.name == "checkout"]
LEFT = """
    SELECT (SELECT "status"::text || "version" FROM "Cart" WHERE "id" = 'bench-cart-1') AS cart,
        (SELECT array_agg(("quantityAvailable", "quantityReserved", "quantityOnHand")::text ORDER BY "id")
            FROM "Inventory" WHERE "quantityReserved" > 0 AND "quantityOnHand" = 10000) AS stock,
        (SELECT array_agg("stock" ORDER BY "id") FROM "ProductVariant" WHERE "stock" BETWEEN 9000 AND 10000) AS mirror,
        (SELECT array_agg("entity" || "action"::text ORDER BY "entity") FROM "AuditLog" WHERE "id" <> ALL ($1)) AS audit
"""
BREAKING = {
    "a closed cart": """UPDATE "Cart" SET "status" = 'ABANDONED' WHERE "id" = 'bench-cart-1'""",
    "an expired cart": """UPDATE "Cart" SET "createdAt" = now() - interval '2 days',
        "expiresAt" = now() - interval '1 day' WHERE "id" = 'bench-cart-1'""",
    "a guest's cart": """UPDATE "Cart" SET "userId" = NULL WHERE "id" = 'bench-cart-1'""",
    "an empty cart": """DELETE FROM "CartItem" WHERE "cartId" = 'bench-cart-1'""",
    "a product off sale": """UPDATE "Product" SET "status" = 'ARCHIVED' WHERE "id" IN (SELECT "productId" FROM
        "ProductVariant" v JOIN "CartItem" i ON i."productVariantId" = v."id" WHERE i."cartId" = 'bench-cart-1')""",
    "a deleted variant": """UPDATE "ProductVariant" SET "deletedAt" = now() WHERE "id" = (SELECT "productVariantId"
        FROM "CartItem" WHERE "cartId" = 'bench-cart-1' LIMIT 1)""",
    "another currency": """UPDATE "Cart" SET "currency" = 'EUR' WHERE "id" = 'bench-cart-1'""",
    "too little stock": """UPDATE "Inventory" SET "quantityAvailable" = 0, "quantityOnHand" = "quantityReserved"
        WHERE "productVariantId" IN (SELECT "productVariantId" FROM "CartItem" WHERE "cartId" = 'bench-cart-1')""",
    "no stock that is kept": """DELETE FROM "Inventory" WHERE "productVariantId" IN (SELECT "productVariantId"
        FROM "CartItem" WHERE "cartId" = 'bench-cart-1' LIMIT 1)""",
    "a coupon that is off": """UPDATE "Coupon" SET "isActive" = false WHERE "id" = 'bench-coupon'""",
    "a coupon that is used up": """UPDATE "Coupon" SET "usageLimit" = "usageCount" WHERE "id" = 'bench-coupon'""",
    "a coupon for more": """UPDATE "Coupon" SET "minOrderAmount" = 999999 WHERE "id" = 'bench-coupon'""",
    "a deleted coupon": """UPDATE "Coupon" SET "deletedAt" = now() WHERE "id" = 'bench-coupon'""",
    "another's address": """UPDATE "Address" SET "userId" = 'bench-user-2' WHERE "id" = 'bench-address-1'""",
}


async def test_it_leaves_the_same_rows(world: World, by_hand: AsyncpgByHand, shop: LumiWithPolicies) -> None:
    left = [await place(world, peer) for peer in (by_hand, shop)]
    assert left[0] == left[1]
    assert left[0]["cart"] == "CHECKED_OUT1"
    assert len(left[0]["stock"]) == 3


@pytest.mark.parametrize("broken", list(BREAKING))
async def test_it_refuses_what_place_order_refuses(
    world: World, by_hand: AsyncpgByHand, shop: LumiWithPolicies, broken: str
) -> None:
    await world.fill_carts()
    await world.fetch(BREAKING[broken])
    (given,) = CHECKOUT.inputs(world, 1)
    with pytest.raises(OperationError):
        await shop.checkout(given)
    with pytest.raises(Refused):
        await by_hand.answer("checkout", given)
    (count,) = await world.fetch("""SELECT count(*) FROM "Order" WHERE "userId" LIKE 'bench-%'""")
    assert count[0] == 0


async def test_the_same_key_gives_the_same_order_and_another_content_is_refused(
    world: World, by_hand: AsyncpgByHand
) -> None:
    await world.fill_carts()
    (given,) = CHECKOUT.inputs(world, 1)
    first, again = [await by_hand.answer("checkout", given) for _ in range(2)]
    assert first.id == again.id
    assert difference(plain(first, CHECKOUT.shape), plain(again, CHECKOUT.shape)) is None
    with pytest.raises(Refused):
        await by_hand.answer("checkout", {**given, "notes": "something else"})


async def place(world: World, peer: Peer) -> dict[str, Any]:
    """Place an order of the first cart and return what that left in the database."""
    await world.fill_carts()
    (given,) = CHECKOUT.inputs(world, 1)
    before = await coupon(world)
    audit = [row[0] for row in await world.fetch('SELECT "id" FROM "AuditLog"')]
    await peer.answer("checkout", given)
    (left,) = await world.fetch(LEFT, audit)
    after = await coupon(world)
    await world.clean()
    return {**left, "coupon": [new - old for new, old in zip(after, before, strict=True)]}


async def coupon(world: World) -> Any:
    (row,) = await world.fetch('SELECT "usageCount", "version" FROM "Coupon" WHERE "id" = $1', "bench-coupon")
    return row
