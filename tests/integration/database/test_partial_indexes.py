"""At most one among some rows."""

from __future__ import annotations

import asyncpg
import pytest

from .shop_rows import Shop


async def test_a_product_has_one_live_primary_variant(shop: Shop) -> None:
    product, variant = await shop.active_product()
    await shop.insert("ProductVariant", productId=product["id"], isPrimary=False)
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await shop.insert("ProductVariant", productId=product["id"], isPrimary=True)
    assert refused.value.constraint_name == "ProductVariant_productId_primary_key"
    async with shop.connection.transaction():
        await shop.set("ProductVariant", variant["id"], '"deletedAt" = now()')
        await shop.insert("ProductVariant", productId=product["id"], isPrimary=True)


@pytest.mark.parametrize(
    ("table", "owner", "flag", "index"),
    [
        ("ProductCategory", "productId", "isPrimary", "ProductCategory_productId_primary_key"),
        ("ProductMedia", "productId", "isPrimary", "ProductMedia_productId_primary_key"),
        ("VariantMedia", "variantId", "isPrimary", "VariantMedia_variantId_primary_key"),
        ("Address", "userId", "isDefault", "Address_userId_default_key"),
        ("SavedCard", "userId", "isDefault", "SavedCard_userId_default_key"),
    ],
)
async def test_one_row_of_an_owner_is_the_first(
    shop: Shop, table: str, owner: str, flag: str, index: str
) -> None:
    first = await shop.insert(table, **{flag: True})
    await shop.insert(table, **{owner: first[owner], flag: False})
    await shop.insert(table, **{flag: True})
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await shop.insert(table, **{owner: first[owner], flag: True})
    assert refused.value.constraint_name == index


async def test_a_user_has_one_active_cart(shop: Shop) -> None:
    user = await shop.insert("User")
    for status in ("CHECKED_OUT", "ABANDONED", "ABANDONED", "ACTIVE"):
        await shop.insert("Cart", userId=user["id"], status=status)
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await shop.insert("Cart", userId=user["id"])
    assert refused.value.constraint_name == "Cart_userId_active_key"


async def test_a_guest_has_one_active_cart(shop: Shop) -> None:
    await shop.insert("Cart", sessionId="guest", status="ABANDONED")
    await shop.insert("Cart", sessionId="guest")
    await shop.insert("Cart", sessionId="other")
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await shop.insert("Cart", sessionId="guest")
    assert refused.value.constraint_name == "Cart_sessionId_active_key"


@pytest.mark.parametrize(
    ("table", "columns", "values"),
    [
        ("UserSession", ["refreshTokenHash"], {}),
        ("Review", ["userId", "productId"], {}),
        ("CartItem", ["cartId", "productVariantId"], {}),
        ("CouponUsage", ["couponId", "orderId"], {}),
        ("Payment", ["provider", "transactionId"], {"transactionId": "tx-1"}),
        ("PaymentRefund", ["paymentId", "refundId"], {"refundId": "re-1", "amount": "10"}),
        ("Order", ["idempotencyKey"], {"idempotencyKey": "key-1"}),
        ("Payment", ["idempotencyKey"], {"idempotencyKey": "key-1"}),
        ("PaymentRefund", ["idempotencyKey"], {"idempotencyKey": "key-1"}),
        ("SavedCard", ["cardToken"], {}),
        ("Inventory", ["productVariantId"], {}),
    ],
)
async def test_what_is_unique_is_refused_twice(
    shop: Shop, table: str, columns: list[str], values: dict[str, object]
) -> None:
    first = await shop.insert(table, **values)
    await shop.insert(table)
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await shop.insert(table, **{column: first[column] for column in columns})
    assert refused.value.constraint_name == f"{table}_{'_'.join(columns)}_key"


async def test_a_cart_becomes_one_order(shop: Shop) -> None:
    cart = await shop.insert("Cart")
    await shop.insert("Order", cartId=cart["id"])
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await shop.insert("Order", cartId=cart["id"])
    assert refused.value.constraint_name == "Order_cartId_key"
