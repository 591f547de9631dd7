"""Ways through payments, stock and checkout that are rarely gone, but are gone."""

from __future__ import annotations

import pytest

from lumi_db import IdempotencyError, NotFoundError, OutOfStockError, StatusError, ValidationError
from lumi_db.shop import Shop
from lumi_db.workflows.checkout import place_order
from lumi_db.workflows.orders import cancel_order, settle_payment

from .stage import Stage
from .test_orders import ordered


async def test_a_key_of_another_payment_is_refused(shop: Shop, stage: Stage) -> None:
    order = await ordered(shop, stage, await stage.variant())
    wanted = {"orderId": order.id, "provider": "STRIPE", "idempotencyKey": "pay"}
    await shop.payments.record(wanted)
    with pytest.raises(IdempotencyError, match="another payment"):
        await shop.payments.record({**wanted, "provider": "IYZICO"})
    assert await shop.payments.count() == 2


async def test_a_payment_that_is_told_twice_is_settled_once(shop: Shop, stage: Stage) -> None:
    order = await ordered(shop, stage, await stage.variant())
    payment = order.payments[0].id
    first = await shop.payments.authorise(payment)
    assert (await shop.payments.authorise(payment)).authorizedAt == first.authorizedAt
    for _ in range(2):
        assert (await settle_payment(shop, payment)).status == "PAID"


async def test_money_for_a_cancelled_order_is_told_and_not_taken(shop: Shop, stage: Stage) -> None:
    order = await ordered(shop, stage, await stage.variant())
    await cancel_order(shop, order.id)
    with pytest.raises(StatusError):
        await settle_payment(shop, order.payments[0].id)
    assert (await shop.payments.get(order.payments[0].id)).status == "FAILED"


async def test_what_is_not_for_sale_is_not_reserved(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant(policy="DENY")
    with pytest.raises(OutOfStockError, match="not for sale"):
        await shop.inventory.reserve([(variant.id, 1)])
    assert await stage.stock(variant) == (10, 0, 10)


async def test_nobodys_variant_does_not_become_primary(shop: Shop) -> None:
    with pytest.raises(NotFoundError):
        await shop.products.set_primary_variant("nobody")


async def test_an_order_above_the_largest_amount_is_refused(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant(price="9999999999.99")
    cart = await stage.cart((variant, 2))
    with pytest.raises(ValidationError, match="order less at once") as caught:
        await place_order(shop, {"cartId": cart.id, "idempotencyKey": "much"})
    assert caught.value.fields == ("subtotalAmount",)
    assert await stage.stock(variant) == (10, 0, 10)
