"""Every seeded row obeys the shop's rules: each query finds the rows that break one."""

from __future__ import annotations

from lumi_db import Database

RULES = {
    "an order's subtotal is the sum of its items": """
        SELECT o."reference" FROM "Order" o JOIN "OrderItem" i ON i."orderId" = o."id"
        GROUP BY o."id" HAVING o."subtotalAmount" <> sum(i."quantity" * i."unitPrice")""",
    "every order has items": """
        SELECT "reference" FROM "Order" o
        WHERE NOT EXISTS (SELECT FROM "OrderItem" i WHERE i."orderId" = o."id")""",
    "an order's total is subtotal less discount plus shipping": """
        SELECT "reference" FROM "Order"
        WHERE "totalAmount" <> "subtotalAmount" - "discountAmount" + "shippingAmount" """,
    "the tax is what the total contains at 20 %": """
        SELECT "reference" FROM "Order" WHERE "taxAmount" <> round("totalAmount" / 6, 2)""",
    "the items' currency is the order's": """
        SELECT o."reference" FROM "Order" o JOIN "OrderItem" i ON i."orderId" = o."id"
        WHERE i."currency" <> o."currency" """,
    "the discount is what the coupons took off": """
        SELECT o."reference" FROM "Order" o LEFT JOIN "CouponUsage" u ON u."orderId" = o."id"
        GROUP BY o."id" HAVING o."discountAmount" <> coalesce(sum(u."discountAmount"), 0)""",
    "free shipping sets the shipping to 0": """
        SELECT o."reference" FROM "Order" o JOIN "CouponUsage" u ON u."orderId" = o."id"
        JOIN "Coupon" c ON c."id" = u."couponId"
        WHERE c."type" = 'FREE_SHIPPING' AND o."shippingAmount" <> 0""",
    "a percentage is taken of the subtotal, up to its limit": """
        SELECT o."reference" FROM "Order" o JOIN "CouponUsage" u ON u."orderId" = o."id"
        JOIN "Coupon" c ON c."id" = u."couponId" WHERE c."type" = 'PERCENTAGE' AND u."discountAmount" <>
        least(round(o."subtotalAmount" * c."value" / 100, 2), coalesce(c."maxDiscountAmount", 'infinity'))""",
    "a coupon counts its uses": """
        SELECT c."code" FROM "Coupon" c LEFT JOIN "CouponUsage" u ON u."couponId" = c."id"
        GROUP BY c."id" HAVING c."usageCount" <> count(u."id")""",
    "a coupon is used while it is valid, by an order of its user that is large enough": """
        SELECT o."reference" FROM "CouponUsage" u JOIN "Coupon" c ON c."id" = u."couponId"
        JOIN "Order" o ON o."id" = u."orderId"
        WHERE u."usedAt" NOT BETWEEN c."startsAt" AND coalesce(c."expiresAt", 'infinity')
        OR NOT c."isActive" OR o."subtotalAmount" < coalesce(c."minOrderAmount", 0)
        OR u."userId" <> o."userId" OR u."usedAt" <> o."placedAt" """,
    "an order's instants are in order": """
        SELECT "reference" FROM "Order" WHERE NOT ("placedAt" >= "createdAt"
        AND coalesce("fulfilledAt" > "placedAt", true) AND coalesce("shippedAt" > "fulfilledAt", true)
        AND coalesce("deliveredAt" > "shippedAt", true) AND coalesce("cancelledAt" > "placedAt", true)
        AND "updatedAt" >= greatest("placedAt", "fulfilledAt", "shippedAt", "deliveredAt", "cancelledAt"))""",
    "an order's instants are those its status needs": """
        SELECT "reference" FROM "Order" WHERE
        ("fulfilledAt" IS NOT NULL) <> ("status" IN ('FULFILLED', 'SHIPPED', 'DELIVERED'))
        OR ("shippedAt" IS NOT NULL) <> ("status" IN ('SHIPPED', 'DELIVERED'))
        OR ("deliveredAt" IS NOT NULL) <> ("status" = 'DELIVERED')
        OR ("cancelledAt" IS NOT NULL) <> ("status" = 'CANCELLED')""",
    "an order from PAID on is paid for, once, before it was packed": """
        SELECT o."reference" FROM "Order" o
        LEFT JOIN "Payment" p ON p."orderId" = o."id" AND p."status" = 'SETTLED'
        WHERE o."status" IN ('PAID', 'FULFILLED', 'SHIPPED', 'DELIVERED')
        GROUP BY o."id" HAVING count(p."id") <> 1 OR max(p."settledAt") > o."fulfilledAt" """,
    "an order that waits or was called off keeps no money": """
        SELECT o."reference" FROM "Order" o JOIN "Payment" p ON p."orderId" = o."id"
        WHERE o."status" IN ('PENDING', 'CANCELLED') AND p."status" = 'SETTLED' """,
    "a payment is of its order's amount, currency and user": """
        SELECT p."id" FROM "Payment" p JOIN "Order" o ON o."id" = p."orderId"
        WHERE p."amount" <> o."totalAmount" OR p."currency" <> o."currency" OR p."userId" <> o."userId" """,
    "a payment's instants fit its status and are in order": """
        SELECT "id" FROM "Payment"
        WHERE "createdAt" > coalesce("authorizedAt", "settledAt", "failedAt", "createdAt")
        OR "authorizedAt" > "settledAt"
        OR ("settledAt" IS NOT NULL) <> ("status" IN ('SETTLED', 'REFUNDED'))
        OR ("failedAt" IS NOT NULL) <> ("status" = 'FAILED')
        OR ("failureCode" IS NOT NULL) <> ("status" = 'FAILED')""",
    "a payment is REFUNDED exactly when all of it went back": """
        SELECT p."id" FROM "Payment" p LEFT JOIN "PaymentRefund" r
        ON r."paymentId" = p."id" AND r."status" = 'SUCCEEDED' GROUP BY p."id"
        HAVING (p."status" = 'REFUNDED') <> (coalesce(sum(r."amount"), 0) = p."amount")
        OR coalesce(sum(r."amount"), 0) > p."amount" """,
    "a refund is processed exactly when it succeeded, after it was asked for": """
        SELECT "id" FROM "PaymentRefund" WHERE ("processedAt" IS NOT NULL) <> ("status" = 'SUCCEEDED')
        OR "processedAt" < "createdAt" """,
    "stock on hand is what is available and what is reserved": """
        SELECT "id" FROM "Inventory"
        WHERE "quantityOnHand" <> "quantityAvailable" + "quantityReserved" OR "quantityAvailable" < 0""",
    "every variant has an inventory, and its stock is what is available": """
        SELECT v."sku" FROM "ProductVariant" v LEFT JOIN "Inventory" i ON i."productVariantId" = v."id"
        WHERE i."id" IS NULL OR v."stock" <> i."quantityAvailable" """,
    "what is reserved belongs to orders that have not been shipped": """
        SELECT i."id" FROM "Inventory" i LEFT JOIN (
            SELECT item."productVariantId" AS variant, sum(item."quantityReserved") AS reserved
            FROM "OrderItem" item JOIN "Order" o ON o."id" = item."orderId"
            WHERE o."status" IN ('PENDING', 'PAID', 'FULFILLED') GROUP BY 1
        ) taken ON taken.variant = i."productVariantId"
        WHERE i."quantityReserved" <> coalesce(taken.reserved, 0)""",
    "less than was ordered is reserved only on back-order": """
        SELECT item."id" FROM "OrderItem" item JOIN "Product" p ON p."id" = item."productId"
        WHERE item."quantityReserved" < item."quantity" AND p."inventoryPolicy" <> 'CONTINUE' """,
    "every product has exactly one primary variant, category and picture": """
        SELECT p."slug" FROM "Product" p WHERE
        (SELECT count(*) FROM "ProductVariant" v WHERE v."productId" = p."id" AND v."isPrimary") <> 1
        OR (SELECT count(*) FROM "ProductCategory" c WHERE c."productId" = p."id" AND c."isPrimary") <> 1
        OR (SELECT count(*) FROM "ProductMedia" m WHERE m."productId" = p."id" AND m."isPrimary") <> 1""",
    "a crossed-out price is above the price": """
        SELECT "sku" FROM "ProductVariant" WHERE "compareAtPrice" <= "price" """,
    "an order holds only what was on sale then": """
        SELECT o."reference" FROM "OrderItem" i JOIN "Order" o ON o."id" = i."orderId"
        JOIN "Product" p ON p."id" = i."productId"
        WHERE p."createdAt" > o."placedAt" OR p."status" = 'DRAFT' """,
    "an item's snapshot is of its variant": """
        SELECT i."id" FROM "OrderItem" i JOIN "ProductVariant" v ON v."id" = i."productVariantId"
        JOIN "Product" p ON p."id" = v."productId" WHERE i."variantSnapshot" ->> 'sku' <> v."sku"
        OR i."titleSnapshot" <> p."title" OR i."productId" <> p."id" """,
    "an order's addresses are its user's, and so are the snapshots": """
        SELECT o."reference" FROM "Order" o JOIN "Address" a ON a."id" = o."shippingAddressId"
        WHERE a."userId" <> o."userId" OR o."shippingAddressSnapshot" ->> 'line1' <> a."line1"
        OR o."billingAddressSnapshot" ->> 'fullName' <> a."fullName" OR o."billingAddressId" IS NULL""",
    "an order's cart is checked out, its user's, and holds the same": """
        SELECT o."reference" FROM "Order" o JOIN "Cart" c ON c."id" = o."cartId"
        WHERE c."status" <> 'CHECKED_OUT' OR c."userId" <> o."userId" OR EXISTS (
            (SELECT "productVariantId", "quantity", "unitPrice" FROM "CartItem" WHERE "cartId" = c."id")
            EXCEPT
            (SELECT "productVariantId", "quantity", "unitPrice" FROM "OrderItem"
            WHERE "orderId" = o."id"))""",
    "a cart that is checked out has an order": """
        SELECT c."id" FROM "Cart" c LEFT JOIN "Order" o ON o."cartId" = c."id"
        WHERE (c."status" = 'CHECKED_OUT') <> (o."id" IS NOT NULL)""",
    "a cart belongs to a user or to a guest's session, and is not empty": """
        SELECT "id" FROM "Cart" c WHERE ("userId" IS NULL) = ("sessionId" IS NULL)
        OR NOT EXISTS (SELECT FROM "CartItem" i WHERE i."cartId" = c."id")""",
    "what lies in a cart can be bought": """
        SELECT c."id" FROM "Cart" c JOIN "CartItem" i ON i."cartId" = c."id"
        JOIN "ProductVariant" v ON v."id" = i."productVariantId" JOIN "Product" p ON p."id" = v."productId"
        WHERE c."status" = 'ACTIVE'
        AND (p."status" <> 'ACTIVE' OR i."unitPrice" <> v."price" OR v."stock" < i."quantity")""",
    "a verified review is by someone to whom the order brought the product before": """
        SELECT r."id" FROM "Review" r WHERE r."isVerifiedPurchase" AND NOT EXISTS (
            SELECT FROM "Order" o JOIN "OrderItem" i ON i."orderId" = o."id"
            WHERE o."id" = r."orderId" AND o."userId" = r."userId" AND i."productId" = r."productId"
            AND o."deliveredAt" < r."createdAt")""",
    "a review that is not verified is by someone who never bought it": """
        SELECT r."id" FROM "Review" r JOIN "Order" o ON o."userId" = r."userId"
        JOIN "OrderItem" i ON i."orderId" = o."id" AND i."productId" = r."productId"
        WHERE NOT r."isVerifiedPurchase" OR r."orderId" IS NULL""",
    "path and level follow the parents": """
        SELECT c."slug" FROM "Category" c LEFT JOIN "Category" p ON p."id" = c."parentId"
        WHERE c."path" <> coalesce(p."path", '') || '/' || c."slug"
        OR c."level" <> coalesce(p."level" + 1, 0)""",
    "a product hangs in a category without children": """
        SELECT p."slug" FROM "Product" p JOIN "ProductCategory" l ON l."productId" = p."id" AND l."isPrimary"
        WHERE EXISTS (SELECT FROM "Category" c WHERE c."parentId" = l."categoryId")""",
    "every user has a role": """
        SELECT "email" FROM "User" u WHERE NOT EXISTS (SELECT FROM "UserRole" r WHERE r."userId" = u."id")""",
    "every customer has one default address": """
        SELECT u."email" FROM "User" u JOIN "UserRole" ur ON ur."userId" = u."id"
        JOIN "Role" r ON r."id" = ur."roleId" AND r."name" = 'customer'
        LEFT JOIN "Address" a ON a."userId" = u."id" AND a."isDefault"
        GROUP BY u."id" HAVING count(a."id") <> 1""",
    "nobody does anything before they joined": """
        SELECT o."reference" FROM "Order" o JOIN "User" u ON u."id" = o."userId"
        WHERE o."placedAt" < u."createdAt"
        UNION ALL
        SELECT s."id" FROM "UserSession" s JOIN "User" u ON u."id" = s."userId"
        WHERE s."createdAt" < u."createdAt"
        UNION ALL
        SELECT c."id" FROM "Cart" c JOIN "User" u ON u."id" = c."userId"
        WHERE c."createdAt" < u."createdAt" """,
    "a picture's size is that of its file": """
        SELECT "assetId" FROM "Media"
        WHERE "sizeBytes" NOT BETWEEN 200 AND 2000 OR "url" NOT LIKE 'data:image/svg+xml,%'""",
}


async def test_no_row_breaks_a_rule_of_the_story(shop: Database) -> None:
    found = {rule: await shop.client.query_raw(sql) for rule, sql in RULES.items()}
    assert {rule: rows for rule, rows in found.items() if rows} == {}


async def test_no_two_reviews_of_the_demo_say_the_same(demo: Database) -> None:
    assert (
        await demo.client.query_raw(
            'SELECT "content" FROM "Review" WHERE "content" IS NOT NULL GROUP BY 1 HAVING count(*) > 1'
        )
        == []
    )


async def test_no_row_is_from_the_future_or_changed_before_it_was_made(shop: Database) -> None:
    from lumi_db.client import table_names

    for table in table_names():
        wrong = await shop.client.query_raw(
            f'SELECT "createdAt" FROM "{table}" WHERE "createdAt" > now() OR "updatedAt" < "createdAt"'
        )
        assert wrong == [], table


async def test_every_status_type_and_policy_is_there(shop: Database) -> None:
    async def values(table: str, column: str) -> set[str]:
        rows = await shop.client.query_raw(f'SELECT DISTINCT "{column}"::text AS value FROM "{table}"')
        return {row["value"] for row in rows}

    assert await values("Order", "status") == {
        "PENDING",
        "PAID",
        "FULFILLED",
        "SHIPPED",
        "DELIVERED",
        "CANCELLED",
    }
    assert await values("Payment", "status") == {"INITIATED", "AUTHORIZED", "SETTLED", "FAILED", "REFUNDED"}
    assert await values("Payment", "provider") == {"IYZICO", "STRIPE", "PAYPAL", "MANUAL"}
    assert await values("Cart", "status") == {"ACTIVE", "CHECKED_OUT", "ABANDONED"}
    assert await values("Product", "status") == {"DRAFT", "ACTIVE", "ARCHIVED"}
    assert await values("Product", "inventoryPolicy") == {"TRACK", "CONTINUE", "DENY"}
    assert await values("Coupon", "type") == {"PERCENTAGE", "FIXED_AMOUNT", "FREE_SHIPPING"}
    assert await values("Review", "status") == {"PENDING", "APPROVED", "REJECTED"}
    assert await values("Collection", "status") == {"DRAFT", "ACTIVE", "ARCHIVED"}


async def test_the_shop_is_as_large_as_it_should_be(demo: Database) -> None:
    client = demo.client
    assert await client.product.count() >= 60
    assert await client.category.count() >= 12
    assert await client.category.count(where={"level": 2}) >= 12
    assert await client.order.count() >= 150
    assert await client.review.count() >= 60
    assert await client.inventory.count(where={"quantityAvailable": 0}) >= 10


async def test_something_is_on_back_order(shop: Database) -> None:
    waiting = await shop.client.orderitem.find_many(
        where={"quantityReserved": 0}, include={"order": True, "product": True}
    )
    assert waiting
    for item in waiting:
        assert item.order
        assert item.order.status in ("PENDING", "PAID", "FULFILLED")
        assert item.product
        assert item.product.inventoryPolicy == "CONTINUE"
