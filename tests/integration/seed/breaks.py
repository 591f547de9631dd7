"""For each rule of the shop, a statement that breaks it where the database no longer refuses that."""

_ORDER = '(SELECT min("id") FROM "Order" WHERE "status" = {0})'
_DELIVERED = _ORDER.format("'DELIVERED'")
_PENDING = _ORDER.format("'PENDING'")
_PAID_ORDER = '(SELECT min("orderId") FROM "Payment" WHERE "status" = \'SETTLED\')'


def _one(table: str, change: str, where: str = "true") -> str:
    return f'UPDATE "{table}" SET {change} WHERE "id" = (SELECT min("id") FROM "{table}" WHERE {where})'


BREAKS: dict[str, str] = {
    "user-email": _one("User", "\"email\" = 'Not An Address'"),
    "user-password": _one("User", "\"passwordHash\" = 'open sesame'"),
    "user-deleted": _one("User", "\"status\" = 'DELETED'"),
    "user-signed-in": """UPDATE "User" SET "deletedAt" = now(), "status" = 'DELETED'
        WHERE "id" = (SELECT min("userId") FROM "UserSession" WHERE "revokedAt" IS NULL)""",
    "session-token": _one("UserSession", "\"refreshTokenHash\" = 'token'"),
    "session-expiry": _one("UserSession", '"expiresAt" = "createdAt"'),
    "permission-key": _one("Permission", "\"key\" = 'everything'"),
    "address-default": """INSERT INTO "Address" SELECT (jsonb_populate_record(a, '{"id": "second"}')).*
        FROM "Address" a WHERE a."isDefault" LIMIT 1""",
    "card-default": """INSERT INTO "SavedCard"
        SELECT (jsonb_populate_record(c, '{"id": "second", "cardToken": "second"}')).* FROM "SavedCard" c LIMIT 1""",
    "card-number": _one("SavedCard", "\"cardToken\" = '4111 1111 1111 1111'"),
    "product-price": _one("Product", '"price" = -1'),
    "variant-price": _one("ProductVariant", "\"price\" = 'NaN'"),
    "product-slug": _one("Product", "\"slug\" = 'No Slug'"),
    "category-slug": _one("Category", "\"slug\" = 'No Slug'"),
    "product-primary-variant": """DELETE FROM "ProductVariant"
        WHERE "productId" = (SELECT min("id") FROM "Product" WHERE "status" = 'ACTIVE')""",
    "variant-primary": """UPDATE "ProductVariant" SET "isPrimary" = true WHERE "productId" = (
        SELECT "productId" FROM "ProductVariant" GROUP BY 1 HAVING count(*) > 1 LIMIT 1)""",
    "category-primary": """INSERT INTO "ProductCategory"
        SELECT (jsonb_populate_record(p, jsonb_build_object('categoryId', c."id"))).*
        FROM "ProductCategory" p JOIN "Category" c ON c."id" <> p."categoryId" WHERE p."isPrimary" LIMIT 1""",
    "media-primary": """UPDATE "ProductMedia" SET "isPrimary" = true WHERE "productId" = (
        SELECT "productId" FROM "ProductMedia" GROUP BY 1 HAVING count(*) > 1 LIMIT 1)""",
    "variant-of-deleted": _one("Product", '"deletedAt" = now()'),
    "category-path": _one("Category", "\"path\" = '/elsewhere'"),
    "category-cycle": _one("Category", '"parentId" = "id"'),
    "stock-negative": _one("Inventory", '"quantityAvailable" = -1'),
    "stock-sum": _one("Inventory", '"quantityOnHand" = "quantityOnHand" + 1'),
    "stock-mirror": _one("ProductVariant", '"stock" = "stock" + 1'),
    "variant-stock": _one("ProductVariant", '"stock" = -1'),
    "stock-reserved": _one("Inventory", '"quantityReserved" = "quantityReserved" + 1'),
    "stock-back-order": """UPDATE "OrderItem" SET "quantityReserved" = 0 WHERE "id" = (SELECT min(i."id")
        FROM "OrderItem" i JOIN "Order" o ON o."id" = i."orderId" JOIN "Product" p ON p."id" = i."productId"
        WHERE o."status" IN ('PENDING', 'PAID') AND p."inventoryPolicy" = 'TRACK')""",
    "order-total": _one("Order", '"totalAmount" = "totalAmount" + 0.01'),
    "order-amounts": _one("Order", '"shippingAmount" = -1'),
    "order-subtotal": _one("OrderItem", '"unitPrice" = "unitPrice" + 0.01'),
    "order-lines": f'DELETE FROM "OrderItem" WHERE "orderId" = {_DELIVERED}',
    "order-tax": _one("Order", '"taxAmount" = 0'),
    "order-currency": _one("OrderItem", "\"currency\" = 'EUR'"),
    "line-quantity": _one("OrderItem", '"quantity" = 0'),
    "line-reserved": _one("OrderItem", '"quantityReserved" = "quantity" + 1'),
    "order-reference": _one("Order", "\"reference\" = 'A-1'"),
    "order-reference-twice": """UPDATE "Order" SET "reference" = (SELECT min("reference") FROM "Order")
        WHERE "reference" = (SELECT max("reference") FROM "Order")""",
    "order-sequence": """UPDATE "Order" SET "reference" = to_char(now(), '"LM-"YYYY"-900000"')
        WHERE "id" = (SELECT min("id") FROM "Order")""",
    "order-instants": _one(
        "Order", '"shippedAt" = "placedAt" - interval \'1 day\'', '"shippedAt" IS NOT NULL'
    ),
    "order-status": _one("Order", '"deliveredAt" = NULL', "\"status\" = 'DELIVERED'"),
    "order-user": """UPDATE "Cart" SET "userId" = (SELECT min("id") FROM "User" u WHERE u."id" <> "userId")
        WHERE "id" = (SELECT min("cartId") FROM "Order")""",
    "cart-without-order": f'DELETE FROM "Order" WHERE "id" = {_PENDING}',
    "cart-active-user": """UPDATE "Cart" SET "userId" = (SELECT min("userId") FROM "Cart" WHERE "status" = 'ACTIVE')
        WHERE "status" = 'ACTIVE'""",
    "cart-active-session": """UPDATE "Cart" SET "sessionId" = 'same' WHERE "status" = 'ACTIVE'""",
    "cart-quantity": _one("CartItem", '"quantity" = 0'),
    "order-discount": _one("CouponUsage", '"discountAmount" = "discountAmount" + 1'),
    "order-free-shipping": """UPDATE "Coupon" SET "type" = 'FREE_SHIPPING'
        WHERE "id" IN (SELECT "couponId" FROM "CouponUsage" u JOIN "Order" o ON o."id" = u."orderId"
        WHERE o."shippingAmount" > 0)""",
    "coupon-count": _one("Coupon", '"usageCount" = "usageCount" + 1'),
    "coupon-limit": _one("Coupon", '"usageLimit" = 0, "usageCount" = 1'),
    "coupon-value": _one("Coupon", '"value" = 101, "type" = \'PERCENTAGE\''),
    "coupon-period": _one("Coupon", '"expiresAt" = "startsAt"'),
    "coupon-user": """UPDATE "CouponUsage" SET "userId" = (SELECT min("id") FROM "User" u WHERE u."id" <> "userId")""",
    "payment-amount": _one("Payment", '"amount" = "amount" - 1'),
    "payment-user": """UPDATE "Payment" SET "userId" = (SELECT min("id") FROM "User" u WHERE u."id" <> "userId")""",
    "order-paid": f'DELETE FROM "Payment" WHERE "orderId" = {_DELIVERED}',
    "order-paid-late": f"""UPDATE "Payment" SET "settledAt" = now() WHERE "orderId" = {_DELIVERED}
        AND "status" = 'SETTLED'""",
    "order-pending-paid": """UPDATE "Order" SET "status" = 'PENDING' WHERE "status" = 'PAID'""",
    "order-cancelled-paid": f"""UPDATE "Order" SET "status" = 'CANCELLED', "cancelledAt" = now() - interval '2 days'
        WHERE "id" = {_PAID_ORDER}""",
    "payment-instants": _one("Payment", '"settledAt" = NULL', "\"status\" = 'SETTLED'"),
    "payment-card-number": _one("Payment", "\"cardToken\" = '4111-1111-1111-1111'"),
    "payment-transaction": """UPDATE "Payment" SET "transactionId" = 'same', "provider" = 'IYZICO'""",
    "refund-sum": """UPDATE "PaymentRefund" SET "amount" = 999999""",
    "payment-refunded": """DELETE FROM "PaymentRefund"
        WHERE "paymentId" = (SELECT min("id") FROM "Payment" WHERE "status" = 'REFUNDED')""",
    "refund-amount": _one("PaymentRefund", '"amount" = 0'),
    "refund-instants": _one("PaymentRefund", '"processedAt" = NULL', "\"status\" = 'SUCCEEDED'"),
    "review-rating": _one("Review", '"rating" = 6'),
    "review-twice": """INSERT INTO "Review" SELECT (jsonb_populate_record(r, '{"id": "second"}')).*
        FROM "Review" r LIMIT 1""",
    "review-verified": _one("Review", f'"orderId" = {_PENDING}', '"isVerifiedPurchase"'),
    "review-unproved": _one("Review", '"isVerifiedPurchase" = false', '"orderId" IS NOT NULL'),
    "trigger-off": 'ALTER TABLE "Payment" DISABLE TRIGGER "Payment_amount_matches_order"',
    "constraint-not-valid": 'ALTER TABLE "User" ADD CONSTRAINT "new" CHECK ("email" <> \'a\') NOT VALID',
    "index-not-valid": """UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"User_email_key"'::regclass""",
    "key-Order_userId_fkey": """UPDATE "Order" SET "userId" = 'nobody'""",
    "time-future-Product": """UPDATE "Product" SET "createdAt" = now() + interval '1 day'""",
    "time-order-Product": """UPDATE "Product" SET "updatedAt" = "createdAt" - interval '1 day'""",
}
