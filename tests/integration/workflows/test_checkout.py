"""A cart becomes an order: once, to the cent, all of it or nothing."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lumi_db import (
    ConflictError,
    CouponError,
    IdempotencyError,
    NotFoundError,
    OperationError,
    OutOfStockError,
    ValidationError,
)
from lumi_db.shop import Shop
from lumi_db.workflows.checkout import place_order

from .stage import Stage

NOTHING = {"Order": 0, "OrderItem": 0, "Payment": 0, "CouponUsage": 0}


def checkout(cart: Any, key: str = "key", **given: Any) -> dict[str, Any]:
    return {"cartId": cart.id, "idempotencyKey": key, **given}


async def test_an_order_has_items_payment_snapshots_and_a_reference(shop: Shop, stage: Stage) -> None:
    user, variant = await stage.user(), await stage.variant(price="49.90")
    address = await stage.address(user)
    cart = await stage.cart((variant, 2), user=user)
    order = await place_order(
        shop, checkout(cart, shippingAddressId=address.id, shippingAmount=Decimal("20.00"))
    )
    assert order.reference.startswith("LM-")
    assert (order.status, order.userId, order.cartId) == ("PENDING", user.id, cart.id)
    assert order.shippingAddressSnapshot == order.billingAddressSnapshot
    assert order.shippingAddressSnapshot["city"] == "İzmir"
    assert [(item.quantity, item.quantityReserved, str(item.unitPrice)) for item in order.items] == [
        (2, 2, "49.90")
    ]
    assert order.items[0].variantSnapshot["sku"] == variant.sku
    assert [(one.status, one.amount) for one in order.payments] == [("INITIATED", order.totalAmount)]
    assert (await shop.carts.get(cart.id)).status == "CHECKED_OUT"
    assert await stage.stock(variant) == (8, 2, 10)


@pytest.mark.parametrize(
    ("price", "quantity", "coupon", "shipping", "expected"),
    [
        # subtotal, discount, shipping, tax, total
        ("49.90", 2, None, "20.00", ("99.80", "0.00", "20.00", "19.97", "119.80")),
        ("33.33", 3, {"type": "PERCENTAGE", "value": "15"}, "0", ("99.99", "15.00", "0.00", "14.17", "84.99")),
        ("0.05", 1, {"type": "PERCENTAGE", "value": "50"}, "0", ("0.05", "0.03", "0.00", "0.00", "0.02")),
        ("100.00", 1, {"type": "PERCENTAGE", "value": "50", "maxDiscountAmount": "20"}, "0",
         ("100.00", "20.00", "0.00", "13.33", "80.00")),
        ("30.00", 1, {"type": "FIXED_AMOUNT", "value": "50"}, "9.90", ("30.00", "30.00", "9.90", "1.65", "9.90")),
        ("30.00", 1, {"type": "FREE_SHIPPING", "value": "0"}, "9.90", ("30.00", "0.00", "0.00", "5.00", "30.00")),
    ],
)  # fmt: skip
async def test_totals_are_right_to_the_cent(
    shop: Shop, stage: Stage, price: str, quantity: int, coupon: Any, shipping: str, expected: tuple[str, ...]
) -> None:
    cart = await stage.cart((await stage.variant(price=price), quantity))
    code = (await stage.coupon(**coupon)).code if coupon else None
    order = await place_order(shop, checkout(cart, couponCode=code, shippingAmount=Decimal(shipping)))
    amounts = (
        order.subtotalAmount, order.discountAmount, order.shippingAmount, order.taxAmount, order.totalAmount
    )  # fmt: skip
    assert tuple(map(str, amounts)) == expected


async def test_prices_are_read_again(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant(price="100.00")
    cart = await stage.cart((variant, 1))
    await shop.variants.update(variant.id, {"price": "80.00"})
    assert (await place_order(shop, checkout(cart))).totalAmount == Decimal("80.00")


async def test_the_same_key_gives_the_same_order(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant()
    cart = await stage.cart((variant, 1))
    first = await place_order(shop, checkout(cart))
    assert (await place_order(shop, checkout(cart))).id == first.id
    assert await stage.stock(variant) == (9, 1, 10)
    with pytest.raises(IdempotencyError):
        await place_order(shop, checkout(cart, notes="another"))


async def test_a_cart_sent_many_times_at_once_makes_one_order(crowd: Shop) -> None:
    stage = Stage(crowd.client)
    variant = await stage.variant(stock=100)
    cart = await stage.cart((variant, 3))
    orders = await asyncio.gather(*(place_order(crowd, checkout(cart)) for _ in range(20)))
    assert len({order.id for order in orders}) == 1
    assert await stage.stock(variant) == (97, 3, 100)


async def test_a_cart_sent_with_other_keys_makes_one_order(crowd: Shop) -> None:
    stage = Stage(crowd.client)
    cart = await stage.cart((await stage.variant(), 1))
    sent = (place_order(crowd, checkout(cart, f"key{number}")) for number in range(10))
    answers = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(isinstance(answer, ConflictError) for answer in answers) == 9
    assert await crowd.orders.count() == 1


async def test_200_buyers_of_50_pieces_buy_50(crowd: Shop) -> None:
    stage = Stage(crowd.client)
    variant = await stage.variant(stock=50)
    carts = [await stage.cart((variant, 1)) for _ in range(200)]
    sent = (place_order(crowd, checkout(cart, f"key{cart.id}")) for cart in carts)
    answers = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(isinstance(answer, OutOfStockError) for answer in answers) == 150
    assert await crowd.orders.count() == 50
    assert await stage.stock(variant) == (0, 50, 50)


async def test_carts_with_the_same_products_in_other_orders_do_not_deadlock(crowd: Shop) -> None:
    stage = Stage(crowd.client)
    variants = [await stage.variant(stock=1_000) for _ in range(4)]
    carts = [
        await stage.cart(*((variant, 1) for variant in (variants if number % 2 else variants[::-1])))
        for number in range(40)
    ]
    await asyncio.gather(*(place_order(crowd, checkout(cart, cart.id)) for cart in carts))
    assert [await stage.stock(variant) for variant in variants] == [(960, 40, 1_000)] * 4


async def test_a_coupon_is_used_as_often_as_it_may_be(crowd: Shop) -> None:
    stage = Stage(crowd.client)
    variant, coupon = await stage.variant(stock=1_000), await stage.coupon(usageLimit=5)
    carts = [await stage.cart((variant, 1)) for _ in range(30)]
    sent = (place_order(crowd, checkout(cart, cart.id, couponCode=coupon.code)) for cart in carts)
    answers = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(isinstance(answer, CouponError) for answer in answers) == 25
    assert (await crowd.coupons.get(coupon.id)).usageCount == 5
    assert await stage.stock(variant) == (995, 5, 1_000)


async def test_what_is_not_in_stock_is_reserved_in_part_where_the_product_continues(
    shop: Shop, stage: Stage
) -> None:
    variant = await stage.variant(stock=3, policy="CONTINUE")
    order = await place_order(shop, checkout(await stage.cart((variant, 5))))
    assert [(item.quantity, item.quantityReserved) for item in order.items] == [(5, 3)]
    assert await stage.stock(variant) == (0, 3, 3)


YESTERDAY, TOMORROW = datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=1)


@pytest.mark.parametrize(
    ("coupon", "words"),
    [
        (None, "no coupon"),
        ({"isActive": False}, "switched off"),
        ({"startsAt": TOMORROW}, "cannot be used yet"),
        ({"startsAt": YESTERDAY - timedelta(days=1), "expiresAt": YESTERDAY}, "has expired"),
        ({"usageLimit": 0}, "as often as it may be"),
        ({"type": "FIXED_AMOUNT", "currency": "EUR"}, "in EUR"),
        ({"minOrderAmount": "100.01"}, "from a subtotal of 100.01"),
    ],
)
async def test_a_coupon_that_cannot_be_used_leaves_nothing(
    shop: Shop, stage: Stage, coupon: dict[str, Any] | None, words: str
) -> None:
    variant = await stage.variant(price="100.00")
    cart = await stage.cart((variant, 1))
    code = (await stage.coupon(**coupon)).code if coupon is not None else "NOSUCH"
    with pytest.raises(CouponError, match=words):
        await place_order(shop, checkout(cart, couponCode=code))
    assert await stage.counts() == NOTHING
    assert await stage.stock(variant) == (10, 0, 10)


async def _empty(shop: Shop, stage: Stage) -> dict[str, Any]:
    return checkout(await stage.cart())


async def _guest(shop: Shop, stage: Stage) -> dict[str, Any]:
    return checkout(await shop.carts.get_or_create(session_id="s"))


async def _expired(shop: Shop, stage: Stage) -> dict[str, Any]:
    cart = await stage.cart((await stage.variant(), 1))
    await shop.client.execute_raw(
        'UPDATE "Cart" SET "createdAt" = "createdAt", "expiresAt" = "createdAt" + interval \'1 ms\' WHERE "id" = $1',
        cart.id,
    )
    return checkout(cart)


async def _too_many(shop: Shop, stage: Stage) -> dict[str, Any]:
    return checkout(await stage.cart((await stage.variant(), 1), (await stage.variant(stock=1), 2)))


async def _not_for_sale(shop: Shop, stage: Stage) -> dict[str, Any]:
    return checkout(await stage.cart((await stage.variant(policy="DENY"), 1)))


async def _deleted(shop: Shop, stage: Stage) -> dict[str, Any]:
    variant = await stage.variant()
    cart = await stage.cart((variant, 1), (await stage.variant(), 1))
    await shop.products.update(variant.productId, {"status": "ARCHIVED"})
    await shop.products.delete(variant.productId)
    return checkout(cart)


async def _currency(shop: Shop, stage: Stage) -> dict[str, Any]:
    return checkout(await stage.cart((await stage.variant(currency="EUR"), 1)))


async def _address(shop: Shop, stage: Stage) -> dict[str, Any]:
    other = await stage.address(await stage.user())
    return checkout(await stage.cart((await stage.variant(), 1)), shippingAddressId=other.id)


async def _shipping(shop: Shop, stage: Stage) -> dict[str, Any]:
    return checkout(await stage.cart((await stage.variant(), 1)), shippingAmount=Decimal("1.005"))


async def _no_cart(shop: Shop, stage: Stage) -> dict[str, Any]:
    return {"cartId": "nobody", "idempotencyKey": "key"}


@pytest.mark.parametrize(
    ("prepare", "kind", "field"),
    [
        (_empty, ConflictError, "cartId"),
        (_guest, ConflictError, "cartId"),
        (_expired, ConflictError, "cartId"),
        (_no_cart, NotFoundError, "cartId"),
        (_too_many, OutOfStockError, "quantity"),
        (_not_for_sale, ConflictError, "productVariantId"),
        (_deleted, ConflictError, "productVariantId"),
        (_currency, ValidationError, "currency"),
        (_address, NotFoundError, "shippingAddressId"),
        (_shipping, ValidationError, "shippingAmount"),
    ],
)
async def test_what_cannot_be_ordered_is_refused_and_nothing_is_written(
    shop: Shop, stage: Stage, prepare: Any, kind: type[OperationError], field: str
) -> None:
    wrong = await prepare(shop, stage)
    with pytest.raises(kind) as caught:
        await place_order(shop, wrong)
    assert type(caught.value) is kind
    assert caught.value.fields == (field,)
    assert await stage.counts() == NOTHING
    assert await shop.client.inventory.count(where={"quantityReserved": {"gt": 0}}) == 0


async def test_a_checkout_in_a_transaction_that_fails_leaves_nothing(shop: Shop, stage: Stage) -> None:
    variant, coupon = await stage.variant(), await stage.coupon()
    cart = await stage.cart((variant, 1))
    with pytest.raises(RuntimeError, match="after"):
        await shop.run(lambda inside: _place_and_fail(inside, checkout(cart, couponCode=coupon.code)))
    assert await stage.counts() == NOTHING
    assert await stage.stock(variant) == (10, 0, 10)
    assert (await shop.coupons.get(coupon.id)).usageCount == 0


async def _place_and_fail(shop: Shop, wanted: dict[str, Any]) -> None:
    await place_order(shop, wanted)
    raise RuntimeError("after the order")
