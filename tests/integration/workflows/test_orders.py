"""What happens to an order after it was placed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from lumi_db import ConflictError, IdempotencyError, StatusError, ValidationError
from lumi_db.dto.orders import Checkout
from lumi_db.rules import DEFAULT_RULES
from lumi_db.shop import Shop
from lumi_db.workflows import orders
from lumi_db.workflows.checkout import place_order

from .stage import Stage


async def ordered(shop: Shop, stage: Stage, variant: Any, quantity: int = 2, **given: Any) -> Any:
    cart = await stage.cart((variant, quantity))
    return await place_order(shop, Checkout(cartId=cart.id, idempotencyKey=cart.id, **given))


async def paid(shop: Shop, stage: Stage, variant: Any, quantity: int = 2) -> Any:
    order = await ordered(shop, stage, variant, quantity)
    return await orders.settle_payment(shop, order.payments[0].id)


async def test_an_order_goes_all_the_way_and_its_pieces_leave_when_it_is_shipped(
    shop: Shop, stage: Stage
) -> None:
    variant = await stage.variant()
    order = await paid(shop, stage, variant)
    assert order.status == "PAID"
    await orders.fulfil_order(shop, order.id)
    assert await stage.stock(variant) == (8, 2, 10)
    assert (await orders.ship_order(shop, order.id)).shippedAt is not None
    assert await stage.stock(variant) == (8, 0, 8)
    assert (await orders.deliver_order(shop, order.id)).status == "DELIVERED"


async def test_cancelling_gives_stock_and_coupon_back_once(shop: Shop, stage: Stage) -> None:
    variant, coupon = await stage.variant(), await stage.coupon(usageLimit=1)
    order = await ordered(shop, stage, variant, couponCode=coupon.code)
    for _ in range(2):
        assert (await orders.cancel_order(shop, order.id)).status == "CANCELLED"
    assert await stage.stock(variant) == (10, 0, 10)
    assert (await shop.coupons.get(coupon.id)).usageCount == 0
    assert (await shop.payments.get(order.payments[0].id)).status == "FAILED"


async def test_many_who_cancel_at_once_give_back_once(crowd: Shop) -> None:
    stage = Stage(crowd.client)
    variant, coupon = await stage.variant(), await stage.coupon()
    order = await ordered(crowd, stage, variant, couponCode=coupon.code)
    await asyncio.gather(*(orders.cancel_order(crowd, order.id) for _ in range(10)))
    assert await stage.stock(variant) == (10, 0, 10)
    assert (await crowd.coupons.get(coupon.id)).usageCount == 0


async def test_paying_and_cancelling_at_once_end_in_one_of_the_two(crowd: Shop) -> None:
    stage = Stage(crowd.client)
    variant = await stage.variant(stock=100)
    for _ in range(5):
        order = await ordered(crowd, stage, variant)
        await asyncio.gather(
            orders.settle_payment(crowd, order.payments[0].id),
            orders.cancel_order(crowd, order.id),
            return_exceptions=True,
        )
        assert (await crowd.orders.get(order.id)).status == "CANCELLED"
    assert await stage.stock(variant) == (100, 0, 100)


@pytest.mark.parametrize("step", [orders.fulfil_order, orders.ship_order, orders.deliver_order])
async def test_a_step_that_is_not_the_next_is_refused(shop: Shop, stage: Stage, step: Any) -> None:
    variant = await stage.variant()
    order = await ordered(shop, stage, variant)
    with pytest.raises(StatusError, match="An order that is PENDING cannot become"):
        await step(shop, order.id)
    assert await stage.stock(variant) == (8, 2, 10)


async def test_a_shipped_order_is_not_cancelled(shop: Shop, stage: Stage) -> None:
    order = await paid(shop, stage, await stage.variant())
    await orders.fulfil_order(shop, order.id)
    await orders.ship_order(shop, order.id)
    with pytest.raises(StatusError, match="only DELIVERED"):
        await orders.cancel_order(shop, order.id)
    await orders.deliver_order(shop, order.id)
    with pytest.raises(
        StatusError, match=r"^An order that is DELIVERED cannot become CANCELLED, nor anything else\.$"
    ):
        await orders.cancel_order(shop, order.id)


async def test_orders_that_stay_unpaid_expire_and_paid_ones_do_not(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant()
    late, settled = await ordered(shop, stage, variant, 1), await paid(shop, stage, variant, 1)
    impatient = Shop(shop.client, replace(DEFAULT_RULES, order_ttl=timedelta(0)))
    assert await orders.expire_orders(shop) == 0
    assert await orders.expire_orders(impatient) == 1
    assert (await shop.orders.get(late.id)).status == "CANCELLED"
    assert (await shop.orders.get(settled.id)).status == "PAID"
    assert await stage.stock(variant) == (9, 1, 10)


async def test_a_failed_payment_leaves_the_order_to_be_paid_again(shop: Shop, stage: Stage) -> None:
    order = await ordered(shop, stage, await stage.variant())
    failed = await orders.fail_payment(shop, order.payments[0].id, reason="no funds", code="51")
    assert (failed.status, failed.failureReason) == ("FAILED", "no funds")
    again = await shop.payments.record({"orderId": order.id, "provider": "STRIPE", "idempotencyKey": "again"})
    same = await shop.payments.record({"orderId": order.id, "provider": "STRIPE", "idempotencyKey": "again"})
    assert same.id == again.id
    assert (await orders.settle_payment(shop, again.id)).status == "PAID"
    with pytest.raises(StatusError, match="FAILED cannot become SETTLED"):
        await orders.settle_payment(shop, failed.id)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"amount": "1.00"}, "amount"), ({"currency": "EUR"}, "currency"), ({"orderId": "x"}, "orderId")],
)
async def test_a_payment_is_of_its_orders_total(
    shop: Shop, stage: Stage, given: dict[str, Any], field: str
) -> None:
    order = await ordered(shop, stage, await stage.variant())
    with pytest.raises(ValidationError) as caught:
        await shop.payments.record({"orderId": order.id, "provider": "STRIPE", **given})
    assert caught.value.fields == (field,)
    assert await shop.payments.count() == 1


async def test_a_payment_is_refunded_in_parts_to_the_last_cent(shop: Shop, stage: Stage) -> None:
    order = await paid(shop, stage, await stage.variant(price="50.00"))
    payment = (await shop.payments.list_of_order(order.id))[0]
    first = await orders.refund_payment(shop, payment.id, Decimal("30.00"), idempotency_key="r1")
    assert (
        await orders.refund_payment(shop, payment.id, Decimal("30.00"), idempotency_key="r1")
    ).id == first.id
    with pytest.raises(IdempotencyError):
        await orders.refund_payment(shop, payment.id, Decimal("31.00"), idempotency_key="r1")
    assert (await orders.refund_payment(shop, payment.id)).amount == Decimal("70.00")
    assert (await shop.payments.get(payment.id)).status == "REFUNDED"
    with pytest.raises(StatusError):
        await orders.refund_payment(shop, payment.id, Decimal("0.01"))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("100.01", "from 0.01 to the 100.00 TRY that are left"),
        ("0", "from 0.01"),
        ("-1", "from 0.01"),
        ("0.001", "from 0.01"),
        ("1.001", "two places"),
        ("NaN", "from 0.01"),
    ],
)
async def test_a_refund_is_from_a_cent_to_what_is_left(
    shop: Shop, stage: Stage, amount: str, words: str
) -> None:
    order = await paid(shop, stage, await stage.variant(price="50.00"))
    payment = (await shop.payments.list_of_order(order.id))[0]
    with pytest.raises(ValidationError, match=words):
        await orders.refund_payment(shop, payment.id, Decimal(amount))
    assert await shop.client.paymentrefund.count() == 0


async def test_refunds_at_once_never_exceed_the_payment(crowd: Shop) -> None:
    stage = Stage(crowd.client)
    order = await paid(crowd, stage, await stage.variant(price="50.00"))
    payment = (await crowd.payments.list_of_order(order.id))[0]
    sent = (orders.refund_payment(crowd, payment.id, Decimal("30.00")) for _ in range(10))
    answers = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(isinstance(answer, ValidationError) for answer in answers) == 7
    refunds = await crowd.client.paymentrefund.find_many()
    assert sum(refund.amount for refund in refunds) == Decimal("90.00")


async def test_of_two_payments_of_an_order_one_settles(crowd: Shop) -> None:
    stage = Stage(crowd.client)
    order = await ordered(crowd, stage, await stage.variant())
    second = await crowd.payments.record({"orderId": order.id, "provider": "STRIPE"})
    both = (order.payments[0].id, second.id)
    told = [orders.settle_payment(crowd, id_) for id_ in (*both, *both)]
    answers = await asyncio.gather(*told, return_exceptions=True)
    refused = [one for one in answers if isinstance(one, StatusError)]
    assert [one.message for one in refused] == [
        "The order was paid by another payment meanwhile: give the money back at the provider."
    ] * 2
    settled = [one for one in await crowd.payments.list_of_order(order.id) if one.status == "SETTLED"]
    assert len(settled) == 1
    assert (await orders.settle_payment(crowd, settled[0].id)).status == "PAID"


async def test_a_cancelled_order_takes_no_payment(shop: Shop, stage: Stage) -> None:
    order = await ordered(shop, stage, await stage.variant())
    await orders.cancel_order(shop, order.id)
    with pytest.raises(ConflictError, match="cancelled"):
        await shop.payments.record({"orderId": order.id, "provider": "STRIPE"})
