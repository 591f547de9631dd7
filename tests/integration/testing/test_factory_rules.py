"""What is given to a factory holds, and everything that was not given follows from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lumi_db import CallerError, Database
from lumi_db.testing.factories import (
    FACTORIES,
    CartFactory,
    CartItemFactory,
    CategoryFactory,
    CouponFactory,
    CouponUsageFactory,
    OrderFactory,
    OrderItemFactory,
    PaymentFactory,
    PaymentRefundFactory,
    ProductFactory,
    ReviewFactory,
    RowFactory,
    UserFactory,
    VariantFactory,
)
from lumi_db.types import Order

LONG_AGO = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
SOFT = ("Category", "Collection", "Coupon", "Media", "Product", "ProductVariant", "Review", "User")


async def whole(database: Database, order: Order) -> Any:
    return await database.client.order.find_unique_or_raise(
        where={"id": order.id}, include={"items": True, "payments": True}
    )


def cost_of(order: Any) -> Decimal:
    return sum((item.unitPrice * item.quantity for item in order.items), Decimal(0))


async def test_deleted_rows_are_made(database: Database) -> None:
    for model in SOFT:
        row: Any = await FACTORIES[model].create(database, deletedAt=LONG_AGO)
        assert row.deletedAt == LONG_AGO


async def test_a_variant_that_is_not_the_primary_one_gets_a_product_with_another(database: Database) -> None:
    variant = await VariantFactory.create(database, isPrimary=False)
    assert await database.client.productvariant.count(where={"productId": variant.productId}) == 2


async def test_the_stock_of_a_variant_is_its_inventory(database: Database) -> None:
    variant = await VariantFactory.create(database, inventory=7)
    assert variant.stock == 7


async def test_items_share_an_amount_that_is_given(database: Database) -> None:
    order = await whole(database, await OrderFactory.create(database, items=3, totalAmount="100"))
    assert {order.totalAmount, order.subtotalAmount, cost_of(order)} == {100}
    assert len(order.items) == 3


async def test_what_is_ordered_is_reserved(database: Database) -> None:
    variant = await VariantFactory.create(database, inventory=5)
    await OrderFactory.create(database, items=[(variant, 3)])
    stock = await database.client.inventory.find_unique_or_raise(where={"productVariantId": variant.id})
    assert (stock.quantityAvailable, stock.quantityReserved, stock.quantityOnHand) == (2, 3, 5)


async def test_what_is_not_in_stock_is_on_back_order(database: Database) -> None:
    variant = await VariantFactory.create(database, inventory=2)
    order = await whole(database, await OrderFactory.create(database, items=[(variant, 3)]))
    assert [(item.quantity, item.quantityReserved) for item in order.items] == [(3, 2)]


async def test_an_order_is_in_the_currency_of_its_variants(database: Database) -> None:
    product = await ProductFactory.create(database, currency="EUR")
    variant = await VariantFactory.create(database, product=product)
    order = await OrderFactory.create(database, items=[variant])
    item = await CartItemFactory.create(database, productVariant=variant)
    cart = await database.client.cart.find_unique_or_raise(where={"id": item.cartId})
    assert (order.currency, cart.currency) == ("EUR", "EUR")


@pytest.mark.parametrize("factory", [CartFactory, OrderFactory])
async def test_variants_are_made_in_the_currency_that_is_given(
    database: Database, factory: type[RowFactory[Any]]
) -> None:
    await factory.create(database, items=2, currency="EUR")
    assert {one.currency for one in await database.client.product.find_many()} == {"EUR"}


async def test_an_item_adds_to_its_order(database: Database) -> None:
    order = await OrderFactory.create(database)
    await OrderItemFactory.create_many(database, 2, order=order)
    now = await whole(database, order)
    assert (len(now.items), cost_of(now)) == (3, now.subtotalAmount)


async def test_a_guests_cart_has_a_session(database: Database) -> None:
    cart = await CartFactory.create(database, user=None, items=1)
    assert (cart.userId, bool(cart.sessionId)) == (None, True)


async def test_a_payment_that_is_given_an_amount_gets_an_order_of_it(database: Database) -> None:
    payment = await PaymentFactory.create(database, amount="50.00", currency="EUR")
    order = await database.client.order.find_unique_or_raise(where={"id": payment.orderId})
    assert (order.totalAmount, order.currency) == (Decimal(50), "EUR")


async def test_a_refund_that_is_given_an_amount_gets_a_payment_of_it(database: Database) -> None:
    refund = await PaymentRefundFactory.create(database, amount="5000.00")
    payment = await database.client.payment.find_unique_or_raise(where={"id": refund.paymentId})
    assert payment.amount == 5000


async def test_refunds_end_when_nothing_is_left(database: Database) -> None:
    payment = await PaymentFactory.create(database, status="SETTLED", amount="0.02")
    await PaymentRefundFactory.create_many(database, 2, payment=payment)
    with pytest.raises(CallerError, match="Nothing is left"):
        await PaymentRefundFactory.create(database, payment=payment)


async def test_the_use_of_a_coupon_is_counted(database: Database) -> None:
    coupon = await CouponFactory.create(database, usageLimit=2)
    await CouponUsageFactory.create_many(database, 2, coupon=coupon)
    counted = await database.client.coupon.find_unique_or_raise(where={"id": coupon.id})
    assert counted.usageCount == 2


async def test_a_review_of_an_order_is_its_buyers(database: Database) -> None:
    order = await OrderFactory.create(database)
    review = await ReviewFactory.create(database, order=order)
    assert (review.userId, review.isVerifiedPurchase) == (order.userId, True)


async def test_what_ended_in_the_past_began_before(database: Database) -> None:
    end = datetime.now(UTC) - timedelta(days=60)
    cart = await CartFactory.create(database, expiresAt=end)
    coupon = await CouponFactory.create(database, expiresAt=end)
    assert cart.createdAt < end
    assert coupon.startsAt < end


@pytest.mark.parametrize(
    ("factory", "given", "said"),
    [
        (ProductFactory, {"titel": "x"}, "ProductFactory has no field titel: did you mean title?"),
        (ProductFactory, {"version": 3}, "cannot set version: the client does"),
        (ProductFactory, {"updatedAt": LONG_AGO}, "cannot set updatedAt: the client does"),
        (ProductFactory, {"price": 4.5}, "price must be a Decimal"),
        (ProductFactory, {"title": None}, "title of ProductFactory must not be null"),
        (ProductFactory, {"variants": 0, "status": "ACTIVE"}, "An ACTIVE product needs a variant"),
        (ProductFactory, {"variants": -1}, "variants must be a whole number"),
        (CategoryFactory, {"path": "/x"}, "cannot set path: the database does"),
        (VariantFactory, {"product": "x"}, "product of VariantFactory must be a Product"),
        (VariantFactory, {"stock": 3, "inventory": 4}, "stock"),
        (OrderFactory, {"user": None}, "an order has a user"),
        (OrderFactory, {"items": -1}, "items must be"),
        (OrderFactory, {"items": "2"}, "items must be"),
        (OrderFactory, {"items": ["2"]}, "items must be"),
        (ReviewFactory, {"order": "x"}, "order of ReviewFactory must be a"),
    ],
)
async def test_a_wrong_value_is_a_clear_error(
    database: Database, factory: type[RowFactory[Any]], given: dict[str, Any], said: str
) -> None:
    with pytest.raises(CallerError) as caught:
        await factory.create(database, **given)
    assert said in str(caught.value)
    assert await database.client.user.count() == 0


async def test_a_number_of_rows_is_not_negative(database: Database) -> None:
    with pytest.raises(CallerError, match="size must be a whole number"):
        await UserFactory.create_many(database, -1)


async def test_rows_go_into_a_database_and_nothing_else() -> None:
    nowhere: Any = "postgresql://localhost/lumi"
    with pytest.raises(CallerError, match="Give a Database, a client, a transaction or a Shop"):
        await UserFactory.create(nowhere)
