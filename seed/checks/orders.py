"""What must hold of carts, orders and coupons."""

from decimal import Decimal

from seed.checks.check import Check, duplicates, rows_where

_REFERENCE = '"reference"'

ORDERS = (
    rows_where(
        "order-total",
        "orders whose total is not subtotal less discount plus shipping",
        "Order",
        '"totalAmount" <> "subtotalAmount" - "discountAmount" + "shippingAmount"',
        id=_REFERENCE,
    ),
    rows_where(
        "order-amounts",
        "orders with a negative amount",
        "Order",
        """least("subtotalAmount", "discountAmount", "shippingAmount", "taxAmount", "totalAmount") < 0
        OR 'NaN' IN ("subtotalAmount", "discountAmount", "shippingAmount", "taxAmount", "totalAmount")""",
        id=_REFERENCE,
    ),
    Check(
        "order-subtotal",
        "orders whose subtotal is not the sum of their lines",
        """SELECT o."reference" AS "id" FROM "Order" o LEFT JOIN "OrderItem" i ON i."orderId" = o."id"
        GROUP BY o."id" HAVING o."subtotalAmount" <> coalesce(sum(i."quantity" * i."unitPrice"), 0)""",
    ),
    Check(
        "order-lines",
        "orders without a line",
        """SELECT o."reference" AS "id" FROM "Order" o
        WHERE NOT EXISTS (SELECT FROM "OrderItem" i WHERE i."orderId" = o."id")""",
    ),
    Check(
        "order-currency",
        "lines in another currency than their order",
        """SELECT i."id" FROM "OrderItem" i JOIN "Order" o ON o."id" = i."orderId"
        WHERE i."currency" <> o."currency" """,
    ),
    rows_where("line-quantity", "lines of orders without a piece", "OrderItem", '"quantity" < 1'),
    rows_where(
        "line-reserved",
        "lines that reserve more than was ordered, or less than nothing",
        "OrderItem",
        '"quantityReserved" NOT BETWEEN 0 AND "quantity"',
    ),
    rows_where(
        "order-reference",
        "orders whose reference is not LM, a year and a number",
        "Order",
        f"""{_REFERENCE} !~ '^LM-[0-9]{{4}}-[0-9]{{6,}}$'""",
        id=_REFERENCE,
    ),
    duplicates("order-reference-twice", "references of several orders", "Order", _REFERENCE),
    Check(
        "order-sequence",
        "orders of this year with a number that the sequence has not reached, so that it could come again",
        """SELECT o."reference" AS "id" FROM "Order" o, "Order_reference_seq" s
        WHERE o."reference" ~ '^LM-[0-9]{4}-[0-9]{6,18}$' AND split_part(o."reference", '-', 3)::bigint > s.last_value
        AND split_part(o."reference", '-', 2) = to_char(now() AT TIME ZONE 'UTC', 'YYYY')""",
    ),
    rows_where(
        "order-instants",
        "orders whose instants are not in order",
        "Order",
        """"fulfilledAt" < "placedAt" OR "shippedAt" < "fulfilledAt" OR "deliveredAt" < "shippedAt"
        OR "cancelledAt" < "placedAt" """,
        id=_REFERENCE,
    ),
    rows_where(
        "order-status",
        "orders whose instants are not those of their status",
        "Order",
        """("status" IN ('FULFILLED', 'SHIPPED', 'DELIVERED')) <> ("fulfilledAt" IS NOT NULL)
            AND "status" <> 'CANCELLED'
        OR ("status" IN ('SHIPPED', 'DELIVERED')) <> ("shippedAt" IS NOT NULL)
        OR ("status" = 'DELIVERED') <> ("deliveredAt" IS NOT NULL)
        OR ("status" = 'CANCELLED') <> ("cancelledAt" IS NOT NULL)""",
        id=_REFERENCE,
    ),
    Check(
        "order-user",
        "orders whose user is another than that of their cart",
        """SELECT o."reference" AS "id" FROM "Order" o JOIN "Cart" c ON c."id" = o."cartId"
        WHERE c."userId" <> o."userId" OR c."status" <> 'CHECKED_OUT' """,
    ),
    Check(
        "cart-without-order",
        "carts that are checked out without an order",
        """SELECT c."id" FROM "Cart" c WHERE c."status" = 'CHECKED_OUT'
        AND NOT EXISTS (SELECT FROM "Order" o WHERE o."cartId" = c."id")""",
    ),
    duplicates(
        "cart-active-user",
        "users with several ACTIVE carts",
        "Cart",
        '"userId"',
        """"status" = 'ACTIVE' AND "userId" IS NOT NULL""",
    ),
    duplicates(
        "cart-active-session",
        "guests with several ACTIVE carts",
        "Cart",
        '"sessionId"',
        """"status" = 'ACTIVE' AND "sessionId" IS NOT NULL""",
    ),
    rows_where(
        "cart-quantity",
        "lines of carts without a piece, or with a negative price",
        "CartItem",
        """"quantity" < 1 OR NOT ("unitPrice" >= 0 AND "unitPrice" <> 'NaN')""",
    ),
    Check(
        "order-discount",
        "orders whose discount is not what their coupons took off",
        """SELECT o."reference" AS "id" FROM "Order" o LEFT JOIN "CouponUsage" u ON u."orderId" = o."id"
        WHERE o."status" <> 'CANCELLED'
        GROUP BY o."id" HAVING o."discountAmount" <> coalesce(sum(u."discountAmount"), 0)""",
    ),
    Check(
        "order-free-shipping",
        "orders that pay for shipping with a coupon for it",
        """SELECT o."reference" AS "id" FROM "Order" o JOIN "CouponUsage" u ON u."orderId" = o."id"
        JOIN "Coupon" c ON c."id" = u."couponId" WHERE c."type" = 'FREE_SHIPPING' AND o."shippingAmount" <> 0""",
    ),
    Check(
        "coupon-count",
        "coupons whose count is not the number of their uses",
        """SELECT c."code" AS "id" FROM "Coupon" c LEFT JOIN "CouponUsage" u ON u."couponId" = c."id"
        GROUP BY c."id" HAVING c."usageCount" <> count(u."id")""",
    ),
    rows_where(
        "coupon-limit",
        "coupons used more often than they may be",
        "Coupon",
        '"usageCount" > "usageLimit"',
        id='"code"',
    ),
    rows_where(
        "coupon-value",
        "coupons with a value that cannot be",
        "Coupon",
        """NOT ("value" >= 0 AND "value" <> 'NaN') OR "type" = 'PERCENTAGE' AND "value" > 100""",
        id='"code"',
    ),
    rows_where(
        "coupon-period",
        "coupons that end before they begin",
        "Coupon",
        '"expiresAt" <= "startsAt"',
        id='"code"',
    ),
    Check(
        "coupon-user",
        "uses of coupons by another user than the order's",
        """SELECT u."id" FROM "CouponUsage" u JOIN "Order" o ON o."id" = u."orderId" WHERE u."userId" <> o."userId" """,
    ),
)


def check_of_tax(rate: Decimal) -> Check:
    """Make the check of the tax, a rate of the net price, that a total contains."""
    return rows_where(
        "order-tax",
        f"orders whose tax is not what their total contains at {rate:.0%}",
        "Order",
        f'"taxAmount" <> round("totalAmount" * {rate} / (1 + {rate}), 2)',
        id=_REFERENCE,
    )
