"""Rules over several tables, checked at commit, also against a second transaction at the same time."""

from __future__ import annotations

import asyncpg
import pytest

from .shop_rows import Shop

PRIMARY = "Product_status_needs_primary_variant"


async def test_an_active_product_needs_a_primary_variant(shop: Shop) -> None:
    product = await shop.insert("Product")
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await shop.set("Product", product["id"], "\"status\" = 'ACTIVE'")
    assert (refused.value.constraint_name, refused.value.table_name) == (PRIMARY, "Product")
    await shop.insert("ProductVariant", productId=product["id"], isPrimary=True)
    await shop.set("Product", product["id"], "\"status\" = 'ACTIVE'")


async def test_a_product_can_be_inserted_active_before_its_variant_in_one_transaction(shop: Shop) -> None:
    product, _ = await shop.active_product()
    assert product["status"] == "ACTIVE"


@pytest.mark.parametrize(
    "change", ['"isPrimary" = false', '"deletedAt" = now()', "\"productId\" = 'elsewhere'"]
)
async def test_an_active_product_keeps_its_primary_variant(shop: Shop, change: str) -> None:
    await shop.insert("Product", id="elsewhere")
    _, variant = await shop.active_product()
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await shop.set("ProductVariant", variant["id"], change)
    assert refused.value.constraint_name == PRIMARY


async def test_the_primary_variant_of_an_active_product_is_not_purged_alone(shop: Shop) -> None:
    product, variant = await shop.active_product()
    with pytest.raises(asyncpg.CheckViolationError):
        await shop.delete("ProductVariant", variant["id"])
    await shop.delete("Product", product["id"])
    assert await shop.count("ProductVariant") == 0


async def test_the_primary_variant_can_be_another_after_a_transaction(shop: Shop) -> None:
    product, variant = await shop.active_product()
    other = await shop.insert("ProductVariant", productId=product["id"])
    async with shop.connection.transaction():
        await shop.set("ProductVariant", variant["id"], '"isPrimary" = false')
        await shop.set("ProductVariant", other["id"], '"isPrimary" = true')


async def test_a_deleted_or_archived_product_needs_no_primary_variant(shop: Shop) -> None:
    for change in ('"deletedAt" = now()', "\"status\" = 'ARCHIVED'"):
        product, variant = await shop.active_product()
        async with shop.connection.transaction():
            await shop.set("ProductVariant", variant["id"], '"deletedAt" = now()')
            await shop.set("Product", product["id"], change)


async def test_a_payment_has_the_amount_and_currency_of_its_order(shop: Shop) -> None:
    order = await shop.insert("Order")
    payment = await shop.insert("Payment", orderId=order["id"])
    for column, value in (("amount", "99.99"), ("currency", "EUR")):
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await shop.insert("Payment", orderId=order["id"], **{column: value})
        assert refused.value.constraint_name == f"Payment_{column}_matches_order"
        with pytest.raises(asyncpg.CheckViolationError):
            await shop.set("Payment", payment["id"], f"\"{column}\" = '{value}'")


async def test_an_order_with_a_payment_keeps_its_total(shop: Shop) -> None:
    payment = await shop.insert("Payment")
    more = '"shippingAmount" = 10, "totalAmount" = 110'
    for change, column in ((more, "amount"), ("\"currency\" = 'EUR'", "currency")):
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await shop.set("Order", payment["orderId"], change)
        assert refused.value.constraint_name == f"Payment_{column}_matches_order"
    async with shop.connection.transaction():
        await shop.set("Order", payment["orderId"], more)
        await shop.set("Payment", payment["id"], '"amount" = 110')


async def test_refunds_never_exceed_their_payment(shop: Shop) -> None:
    payment = await shop.insert("Payment")
    half = await shop.insert("PaymentRefund", paymentId=payment["id"], amount="60")
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await shop.insert("PaymentRefund", paymentId=payment["id"], amount="40.01")
    assert refused.value.constraint_name == "PaymentRefund_amount_within_payment"
    await shop.insert("PaymentRefund", paymentId=payment["id"], amount="40")
    with pytest.raises(asyncpg.CheckViolationError):
        await shop.set("PaymentRefund", half["id"], '"amount" = 61')


async def test_a_failed_refund_does_not_count_until_it_is_tried_again(shop: Shop) -> None:
    payment = await shop.insert("Payment")
    failed = await shop.insert("PaymentRefund", paymentId=payment["id"], status="FAILED")
    await shop.insert("PaymentRefund", paymentId=payment["id"])
    with pytest.raises(asyncpg.CheckViolationError):
        await shop.set("PaymentRefund", failed["id"], "\"status\" = 'PENDING'")


async def test_a_refund_has_the_currency_of_its_payment(shop: Shop) -> None:
    payment = await shop.insert("Payment")
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await shop.insert("PaymentRefund", paymentId=payment["id"], currency="EUR")
    assert refused.value.constraint_name == "PaymentRefund_currency_matches_payment"


async def test_a_payment_does_not_shrink_below_its_refunds(shop: Shop) -> None:
    refund = await shop.insert("PaymentRefund")
    payment = await shop.get("Payment", refund["paymentId"])
    await shop.connection.execute("BEGIN")
    await shop.set("Order", payment["orderId"], '"subtotalAmount" = 50, "totalAmount" = 50')
    await shop.set("Payment", payment["id"], '"amount" = 50')
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await shop.connection.execute("COMMIT")
    assert refused.value.constraint_name == "PaymentRefund_amount_within_payment"
