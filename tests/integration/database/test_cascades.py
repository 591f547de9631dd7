"""What goes, what stays and what is in the way when a row is deleted for real."""

from __future__ import annotations

import asyncpg
import pytest

from .shop_rows import Shop

# (child, its foreign key, parent, what deleting the parent does)
CASCADE, SET_NULL, RESTRICT = "CASCADE", "SET NULL", "RESTRICT"
FOREIGN_KEYS = [
    ("UserSession", "userId", "User", CASCADE),
    ("UserRole", "userId", "User", CASCADE),
    ("UserPermission", "userId", "User", CASCADE),
    ("Address", "userId", "User", CASCADE),
    ("SavedCard", "userId", "User", CASCADE),
    ("Cart", "userId", "User", SET_NULL),
    ("Order", "userId", "User", SET_NULL),
    ("Payment", "userId", "User", SET_NULL),
    ("Review", "userId", "User", SET_NULL),
    ("CouponUsage", "userId", "User", SET_NULL),
    ("SecurityEvent", "userId", "User", SET_NULL),
    ("AuditLog", "userId", "User", SET_NULL),
    ("RolePermission", "roleId", "Role", CASCADE),
    ("UserRole", "roleId", "Role", CASCADE),
    ("RolePermission", "permissionId", "Permission", CASCADE),
    ("UserPermission", "permissionId", "Permission", CASCADE),
    ("ProductVariant", "productId", "Product", CASCADE),
    ("ProductCategory", "productId", "Product", CASCADE),
    ("ProductCollection", "productId", "Product", CASCADE),
    ("ProductMedia", "productId", "Product", CASCADE),
    ("Review", "productId", "Product", CASCADE),
    ("OrderItem", "productId", "Product", SET_NULL),
    ("Inventory", "productVariantId", "ProductVariant", CASCADE),
    ("VariantMedia", "variantId", "ProductVariant", CASCADE),
    ("CartItem", "productVariantId", "ProductVariant", CASCADE),
    ("OrderItem", "productVariantId", "ProductVariant", SET_NULL),
    ("Category", "parentId", "Category", RESTRICT),
    ("ProductCategory", "categoryId", "Category", RESTRICT),
    ("ProductCollection", "collectionId", "Collection", CASCADE),
    ("ProductMedia", "mediaId", "Media", CASCADE),
    ("VariantMedia", "mediaId", "Media", CASCADE),
    ("ReviewMedia", "mediaId", "Media", CASCADE),
    ("CartItem", "cartId", "Cart", CASCADE),
    ("Order", "cartId", "Cart", SET_NULL),
    ("Order", "shippingAddressId", "Address", SET_NULL),
    ("Order", "billingAddressId", "Address", SET_NULL),
    ("OrderItem", "orderId", "Order", CASCADE),
    ("CouponUsage", "orderId", "Order", CASCADE),
    ("Review", "orderId", "Order", SET_NULL),
    ("Payment", "orderId", "Order", RESTRICT),
    ("PaymentRefund", "paymentId", "Payment", RESTRICT),
    ("CouponUsage", "couponId", "Coupon", RESTRICT),
    ("ReviewMedia", "reviewId", "Review", CASCADE),
]


@pytest.mark.parametrize("parent", sorted({parent for _, _, parent, _ in FOREIGN_KEYS}))
async def test_deleting_a_parent_does_what_the_list_says_to_its_children(shop: Shop, parent: str) -> None:
    for child, key, _, action in (row for row in FOREIGN_KEYS if row[2] == parent):
        above = await shop.insert(parent)
        below = await shop.insert(child, **{key: above["id"]})
        children = await shop.count(child)
        if action == RESTRICT:
            await _assert_kept(shop, parent, above["id"], because=f"{child}_{key}_fkey")
            continue
        await shop.delete(parent, above["id"])
        if action == CASCADE:
            assert await shop.count(child) == children - 1, child
        else:
            assert (await shop.get(child, below["id"]))[key] is None, child


async def _assert_kept(shop: Shop, table: str, key: str, *, because: str) -> None:
    # PostgreSQL 18 answers 23001, older ones 23503
    with pytest.raises((asyncpg.RestrictViolationError, asyncpg.ForeignKeyViolationError)) as refused:
        await shop.delete(table, key)
    assert refused.value.constraint_name == because


async def test_the_list_above_is_all_the_foreign_keys_there_are(shop: Shop) -> None:
    rows = await shop.connection.fetch(
        """
        SELECT child.relname AS child, attname AS key, parent.relname AS parent,
               CASE confdeltype
                   WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'r' THEN 'RESTRICT'
               END AS action
        FROM pg_constraint
        JOIN pg_class AS child ON child.oid = conrelid
        JOIN pg_class AS parent ON parent.oid = confrelid
        JOIN pg_attribute ON attrelid = conrelid AND attnum = ALL (conkey)
        WHERE contype = 'f' AND connamespace = 'public'::regnamespace
        """
    )
    assert {tuple(row) for row in rows} == set(FOREIGN_KEYS)


async def test_history_survives_every_deletion(shop: Shop) -> None:
    item = await shop.insert("OrderItem", variantSnapshot='{"size": "M"}')
    order = await shop.get("Order", item["orderId"])
    await shop.delete("Product", item["productId"])
    await shop.delete("User", order["userId"])
    kept = await shop.get("OrderItem", item["id"])
    assert (kept["titleSnapshot"], kept["variantSnapshot"]) == (item["titleSnapshot"], '{"size": "M"}')
