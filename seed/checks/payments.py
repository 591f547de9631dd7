"""What must hold of payments, refunds and reviews."""

from seed.checks.check import Check, duplicates, rows_where

_PAID = "('SETTLED', 'REFUNDED')"

PAYMENTS = (
    Check(
        "payment-amount",
        "payments whose amount or currency is not their order's",
        """SELECT p."id" FROM "Payment" p JOIN "Order" o ON o."id" = p."orderId"
        WHERE p."amount" <> o."totalAmount" OR p."currency" <> o."currency" """,
    ),
    Check(
        "payment-user",
        "payments of another user than the order's",
        """SELECT p."id" FROM "Payment" p JOIN "Order" o ON o."id" = p."orderId" WHERE p."userId" <> o."userId" """,
    ),
    Check(
        "order-paid",
        "orders from PAID on that were not paid exactly once",
        f"""SELECT o."reference" AS "id" FROM "Order" o
        LEFT JOIN "Payment" p ON p."orderId" = o."id" AND p."status" IN {_PAID}
        WHERE o."status" IN ('PAID', 'FULFILLED', 'SHIPPED', 'DELIVERED') AND o."totalAmount" > 0
        GROUP BY o."id" HAVING count(p."id") <> 1""",
    ),
    Check(
        "order-paid-late",
        "orders that were packed before they were paid",
        f"""SELECT o."reference" AS "id" FROM "Order" o JOIN "Payment" p ON p."orderId" = o."id"
        WHERE p."status" IN {_PAID} AND p."settledAt" > o."fulfilledAt" """,
    ),
    Check(
        "order-pending-paid",
        "PENDING orders that are paid",
        f"""SELECT o."reference" AS "id" FROM "Order" o JOIN "Payment" p ON p."orderId" = o."id"
        WHERE o."status" = 'PENDING' AND p."status" IN {_PAID}""",
    ),
    Check(
        "order-cancelled-paid",
        "orders cancelled more than a day ago whose money was not given back",
        """SELECT o."reference" AS "id" FROM "Order" o JOIN "Payment" p ON p."orderId" = o."id"
        WHERE o."status" = 'CANCELLED' AND p."status" = 'SETTLED' AND o."cancelledAt" < now() - interval '1 day'""",
    ),
    rows_where(
        "payment-instants",
        "payments whose instants do not fit their status or are not in order",
        "Payment",
        f"""("settledAt" IS NOT NULL) <> ("status" IN {_PAID}) OR ("failedAt" IS NOT NULL) <> ("status" = 'FAILED')
        OR "authorizedAt" > "settledAt" OR least("authorizedAt", "settledAt", "failedAt") < "createdAt" """,
    ),
    rows_where(
        "payment-card-number",
        "payments that may hold a card number",
        "Payment",
        """"cardToken" ~ '^[0-9 -]{12,}$' OR "binNumber" !~ '^[0-9]{6,8}$' OR "lastFourDigits" !~ '^[0-9]{4}$'""",
    ),
    duplicates(
        "payment-transaction",
        "transactions that stand at several payments",
        "Payment",
        '"provider", "transactionId"',
        '"transactionId" IS NOT NULL',
    ),
    Check(
        "refund-sum",
        "payments of which more was given back than was paid, or in another currency",
        """SELECT p."id" FROM "Payment" p JOIN "PaymentRefund" r ON r."paymentId" = p."id" AND r."status" <> 'FAILED'
        GROUP BY p."id" HAVING sum(r."amount") > p."amount" OR bool_or(r."currency" <> p."currency")""",
    ),
    Check(
        "payment-refunded",
        "payments that are REFUNDED though not all of it was given back",
        """SELECT p."id" FROM "Payment" p LEFT JOIN "PaymentRefund" r
        ON r."paymentId" = p."id" AND r."status" <> 'FAILED' WHERE p."status" = 'REFUNDED'
        GROUP BY p."id" HAVING coalesce(sum(r."amount"), 0) <> p."amount" """,
    ),
    rows_where(
        "refund-amount",
        "refunds of nothing or less",
        "PaymentRefund",
        """NOT ("amount" > 0 AND "amount" <> 'NaN')""",
    ),
    rows_where(
        "refund-instants",
        "refunds that succeeded at no instant, or before they were asked for",
        "PaymentRefund",
        """"status" = 'SUCCEEDED' AND "processedAt" IS NULL OR "processedAt" < "createdAt" """,
    ),
    rows_where(
        "review-rating", "reviews without one to five stars", "Review", '"rating" NOT BETWEEN 1 AND 5'
    ),
    duplicates(
        "review-twice",
        "products reviewed twice by one user",
        "Review",
        '"userId", "productId"',
        '"userId" IS NOT NULL',
    ),
    Check(
        "review-verified",
        "reviews said to be of a purchase that their order does not prove",
        f"""SELECT r."id" FROM "Review" r WHERE r."isVerifiedPurchase" AND r."userId" IS NOT NULL
        AND r."orderId" IS NOT NULL AND NOT EXISTS (
            SELECT FROM "Order" o JOIN "OrderItem" i ON i."orderId" = o."id"
            JOIN "Payment" p ON p."orderId" = o."id" AND p."status" IN {_PAID}
            WHERE o."id" = r."orderId" AND o."userId" = r."userId" AND i."productId" = r."productId"
            AND p."settledAt" <= r."createdAt")""",
    ),
    rows_where(
        "review-unproved",
        "reviews with an order that are not said to be of a purchase",
        "Review",
        'NOT "isVerifiedPurchase" AND "orderId" IS NOT NULL',
    ),
)
