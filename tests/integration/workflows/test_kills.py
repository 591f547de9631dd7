"""Backends are killed in the middle of checkouts: afterwards stock, orders, coupons and payments agree."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import asyncpg
import pytest

from lumi_db import OperationError
from lumi_db.dto.orders import Checkout
from lumi_db.shop import Shop
from lumi_db.workflows import orders
from lumi_db.workflows.checkout import place_order

from .stage import Stage

pytestmark = pytest.mark.long

_VICTIM = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
    ORDER BY random() LIMIT 1
"""


async def kill(url: str, done: asyncio.Event, chance: random.Random) -> int:
    """End one working backend after another until `done`, and return how many."""
    connection = await asyncpg.connect(url)
    killed = 0
    while not done.is_set():
        killed += len(await connection.fetch(_VICTIM))
        await asyncio.sleep(chance.uniform(0.05, 0.2))
    await connection.close()
    return killed


async def insist(shop: Shop, work: Any) -> Any:
    """Send the same again until it is answered, as a customer does."""
    for _ in range(500):
        try:
            return await work(shop)
        except OperationError as error:
            if not error.is_retryable and error.status < 500:
                raise
        await asyncio.sleep(0.02)
    raise AssertionError("five hundred tries did not suffice")


async def buy(shop: Shop, cart: Any, code: str, *, is_cancelled: bool) -> None:
    checkout = Checkout(cartId=cart.id, idempotencyKey=cart.id, couponCode=code)
    order = await insist(shop, lambda one: place_order(one, checkout))
    if is_cancelled:
        await insist(shop, lambda one: orders.cancel_order(one, order.id))
    else:
        await insist(shop, lambda one: orders.settle_payment(one, order.payments[0].id))


async def test_checkouts_survive_killed_backends(crowd: Shop, database_url: str) -> None:
    stage, chance, done = Stage(crowd.client), random.Random(1), asyncio.Event()
    variants = [await stage.variant(stock=500) for _ in range(5)]
    coupon = await stage.coupon(usageLimit=1_000)
    carts = [await stage.cart(*((one, 2) for one in chance.sample(variants, 3))) for _ in range(120)]
    killer = asyncio.create_task(kill(database_url, done, chance))
    bought = [buy(crowd, cart, coupon.code, is_cancelled=place % 3 == 0) for place, cart in enumerate(carts)]
    await asyncio.gather(*bought)
    done.set()
    assert await killer > 10
    await _everything_agrees(crowd, variants, coupon)


async def _everything_agrees(shop: Shop, variants: list[Any], coupon: Any) -> None:
    found: list[Any] = await shop.orders.list_(limit=1_000, include={"items": True, "payments": True})
    assert sorted(order.status for order in found) == ["CANCELLED"] * 40 + ["PAID"] * 80
    paid = [order for order in found if order.status == "PAID"]
    for order in found:
        assert [payment.amount for payment in order.payments] == [order.totalAmount]
        assert sum(item.unitPrice * item.quantity for item in order.items) == order.subtotalAmount
        assert order.payments[0].status == ("SETTLED" if order.status == "PAID" else "FAILED")
    stage = Stage(shop.client)
    for variant in variants:
        sold = sum(
            item.quantityReserved for one in paid for item in one.items if item.productVariantId == variant.id
        )
        assert await stage.stock(variant) == (500 - sold, sold, 500)
    assert (await shop.coupons.get(coupon.id)).usageCount == 80 == await shop.client.couponusage.count()
