"""Orders, payments and coupons of the factories agree to the cent and to the piece."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lumi_db import CallerError, Database
from lumi_db.testing.factories import (
    CouponFactory,
    CouponUsageFactory,
    OrderFactory,
    OrderItemFactory,
    PaymentFactory,
    PaymentRefundFactory,
    ProductFactory,
    ReviewFactory,
    UserFactory,
    VariantFactory,
)
from lumi_db.types import Inventory, Order, OrderItem, ProductVariant

STATUSES = ["PENDING", "PAID", "FULFILLED", "SHIPPED", "DELIVERED", "CANCELLED"]


async def items_of(database: Database, order: Order) -> list[OrderItem]:
    return await database.client.orderitem.find_many(where={"orderId": order.id})


async def stock_of(database: Database, variant: ProductVariant) -> Inventory:
    return await database.client.inventory.find_unique_or_raise(where={"productVariantId": variant.id})


def adds_up(order: Order) -> bool:
    total = order.subtotalAmount - order.discountAmount + order.shippingAmount
    return order.totalAmount == total and order.taxAmount == round(total / 6, 2)


async def test_the_amounts_of_an_order_agree_in_every_status(database: Database) -> None:
    for status in STATUSES:
        order = await OrderFactory.create(database, items=3, status=status, discountAmount="10.00")
        items = await items_of(database, order)
        assert order.subtotalAmount == sum(item.unitPrice * item.quantity for item in items)
        assert adds_up(order)
        assert len(items) == 3


async def test_an_order_from_paid_on_has_its_payment(database: Database) -> None:
    for status in STATUSES:
        order = await OrderFactory.create(database, status=status)
        payments = await database.client.payment.find_many(where={"orderId": order.id})
        paid = [(order.totalAmount, "SETTLED")] if status in STATUSES[1:5] else []
        assert [(one.amount, one.status) for one in payments] == paid


async def test_an_order_has_no_payment_where_none_is_wanted(database: Database) -> None:
    await OrderFactory.create(database, status="PAID", payment=False)
    assert await database.client.payment.count() == 0


async def test_an_order_has_the_instants_of_its_way(database: Database) -> None:
    order = await OrderFactory.create(database, status="DELIVERED")
    assert order.fulfilledAt
    assert order.shippedAt
    assert order.deliveredAt
    assert order.placedAt < order.fulfilledAt < order.shippedAt < order.deliveredAt
    assert order.cancelledAt is None


async def test_an_order_sells_the_variants_that_are_given(database: Database) -> None:
    shirt, dress = await VariantFactory.create_many(database, 2, inventory=10)
    order = await OrderFactory.create(database, items=[shirt, (dress, 3)])
    sold = {item.productVariantId: item.quantity for item in await items_of(database, order)}
    assert sold == {shirt.id: 1, dress.id: 3}


async def test_stock_is_reserved_while_it_is_in_the_warehouse(database: Database) -> None:
    for status, left in (("PENDING", (7, 3)), ("SHIPPED", (10, 0)), ("CANCELLED", (10, 0))):
        variant = await VariantFactory.create(database, inventory=10)
        order = await OrderFactory.create(database, items=[(variant, 3)], status=status)
        (item,), stock = await items_of(database, order), await stock_of(database, variant)
        assert (stock.quantityAvailable, stock.quantityReserved) == left
        assert item.quantityReserved == 3


async def test_an_item_takes_only_what_there_is(database: Database) -> None:
    variant = await VariantFactory.create(database, inventory=1)
    item = await OrderItemFactory.create(database, productVariant=variant, quantity=3)
    assert (item.quantity, item.quantityReserved) == (3, 1)


async def test_one_amount_of_an_order_makes_the_others(database: Database) -> None:
    of_subtotal = await OrderFactory.create(database, subtotalAmount="120.00")
    of_total = await OrderFactory.create(database, totalAmount="120.00")
    assert of_subtotal.subtotalAmount == of_total.totalAmount == Decimal("120.00")
    for order in (of_subtotal, of_total):
        (item,) = await items_of(database, order)
        assert item.unitPrice == order.subtotalAmount
        assert adds_up(order)


async def test_a_subtotal_that_is_not_of_the_items_is_refused(database: Database) -> None:
    variant = await VariantFactory.create(database, price="10.00")
    with pytest.raises(CallerError, match="subtotalAmount must be what the items cost, 10.00"):
        await OrderFactory.create(database, items=[variant], subtotalAmount="11.00")
    assert await database.client.order.count() == 0


async def test_an_order_keeps_the_address_of_its_user(database: Database) -> None:
    user = await UserFactory.create(database)
    order = await OrderFactory.create(database, user=user)
    address = await database.client.address.find_first_or_raise(where={"userId": user.id})
    assert order.shippingAddressId == order.billingAddressId == address.id
    assert order.shippingAddressSnapshot["city"] == address.city


async def test_the_amounts_of_an_order_grow_with_an_item(database: Database) -> None:
    order = await OrderFactory.create(database, shippingAmount="0.00", subtotalAmount="100.00")
    await OrderItemFactory.create(database, order=order, unitPrice="20.00", quantity=2)
    grown = await database.client.order.find_unique_or_raise(where={"id": order.id})
    assert grown.totalAmount == Decimal("140.00")
    assert adds_up(grown)


async def test_an_item_of_a_product_sells_a_variant_of_it(database: Database) -> None:
    product = await ProductFactory.create(database, title="Linen dress")
    item = await OrderItemFactory.create(database, product=product)
    variant = await database.client.productvariant.find_unique_or_raise(
        where={"id": item.productVariantId or ""}
    )
    assert (variant.productId, item.titleSnapshot) == (product.id, "Linen dress")


@pytest.mark.parametrize(
    ("given", "discount", "shipping"),
    [
        ({"type": "PERCENTAGE", "value": "25"}, "25.00", "79.90"),
        ({"type": "PERCENTAGE", "value": "25", "maxDiscountAmount": "5"}, "5.00", "79.90"),
        ({"type": "FIXED_AMOUNT"}, "50.00", "79.90"),
        ({"type": "FREE_SHIPPING"}, "0.00", "0.00"),
    ],
)
async def test_a_coupon_makes_an_order_cheaper_and_is_counted(
    database: Database, given: dict[str, str], discount: str, shipping: str
) -> None:
    coupon = await CouponFactory.create(database, **given)
    order = await OrderFactory.create(database, coupon=coupon, subtotalAmount="100.00")
    usage = await database.client.couponusage.find_first_or_raise(include={"coupon": True})
    assert (order.discountAmount, order.shippingAmount) == (Decimal(discount), Decimal(shipping))
    assert (usage.orderId, usage.userId, usage.discountAmount) == (
        order.id,
        order.userId,
        order.discountAmount,
    )
    assert usage.coupon
    assert usage.coupon.usageCount == 1


async def test_the_use_of_a_coupon_makes_its_order(database: Database) -> None:
    user = await UserFactory.create(database)
    usage = await CouponUsageFactory.create(database, user=user, discountAmount="7.00")
    order = await database.client.order.find_unique_or_raise(where={"id": usage.orderId})
    assert (order.userId, order.discountAmount) == (user.id, Decimal("7.00"))
    assert adds_up(order)


async def test_a_payment_is_of_its_order(database: Database) -> None:
    order = await OrderFactory.create(database, currency="EUR")
    payment = await PaymentFactory.create(database, order=order)
    assert (payment.amount, payment.currency, payment.userId) == (order.totalAmount, "EUR", order.userId)


async def test_a_payment_makes_an_order_of_its_amount_and_user(database: Database) -> None:
    user = await UserFactory.create(database)
    payment = await PaymentFactory.create(database, user=user, amount="50.00", status="SETTLED")
    order = await database.client.order.find_unique_or_raise(where={"id": payment.orderId})
    assert (order.totalAmount, order.userId, order.status) == (Decimal("50.00"), user.id, "PAID")
    assert await database.client.payment.count() == 1


async def test_refunds_share_what_a_payment_has(database: Database) -> None:
    payment = await PaymentFactory.create(database, amount="100.05", status="SETTLED")
    refunds = await PaymentRefundFactory.create_many(database, 10, payment=payment)
    assert sum(one.amount for one in refunds) == Decimal("100.05")
    with pytest.raises(CallerError, match="Nothing is left of the payment to refund"):
        await PaymentRefundFactory.create(database, payment=payment)


async def test_a_refunded_payment_has_its_refund(database: Database) -> None:
    payment = await PaymentFactory.create(database, status="REFUNDED")
    (refund,) = await database.client.paymentrefund.find_many()
    assert (refund.amount, refund.status) == (payment.amount, "SUCCEEDED")


async def test_a_review_of_an_order_is_a_verified_purchase(database: Database) -> None:
    order = await OrderFactory.create(database, status="DELIVERED")
    review = await ReviewFactory.create(database, order=order)
    assert (review.userId, review.isVerifiedPurchase) == (order.userId, True)
