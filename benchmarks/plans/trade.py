"""How trade is read: carts, orders, payments, coupons, reviews."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from .cursors import cursor_at, deleted, second_page
from .read import Read
from .sample import Sample


def _by_status_after(s: Any, c: Sample) -> Any:
    where = {"status": "DELIVERED"}
    return s.orders.cursor_page(filters=where, after=cursor_at(s.orders, c.place("Order"), where))


def _between(c: Sample) -> dict[str, Any]:
    return {"createdAt": {"gte": c["Order"]["createdAt"] - timedelta(days=1), "lt": c["Order"]["createdAt"]}}


def _submit(s: Any, c: Sample) -> Any:
    mine = c["bought"]
    return s.reviews.submit(
        user_id=mine["userId"],
        product_id=mine["productId"],
        rating=5,
        title="t",
        content="c",
        order_id=mine["orderId"],
    )


CART = ("Cart_pkey", "CartItem_cartId_productVariantId_key", "ProductVariant_pkey", "Product_pkey")
ORDER = (
    "OrderItem_orderId_idx",
    "Payment_orderId_idx",
    "PaymentRefund_paymentId_refundId_key",
    "CouponUsage_orderId_idx",
)

READS = (
    Read("carts.get_with_items", "join", CART, lambda s, c: s.carts.get_with_items(c["Cart"]["id"])),
    Read(
        "carts.get_or_create, of a user",
        "join",
        ("Cart_userId_idx", *CART[1:]),
        lambda s, c: s.carts.get_or_create(user_id=c["open cart"]["userId"]),
        is_write=True,
    ),
    Read(
        "carts.get_or_create, of a guest",
        "join",
        ("Cart_sessionId_idx", *CART[1:]),
        lambda s, c: s.carts.get_or_create(session_id=c["guest cart"]["sessionId"]),
        is_write=True,
    ),
    Read(
        "carts.merge",
        "join",
        ("Cart_userId_idx", "Cart_sessionId_idx"),
        lambda s, c: s.carts.merge(c["guest cart"]["sessionId"], c["open cart"]["userId"]),
        is_write=True,
    ),
    Read(
        "carts.expire",
        "complex",
        ("Cart_status_expiresAt_idx|Cart_sessionId_active_key|Cart_userId_active_key",),
        lambda s, c: s.carts.expire(),
        is_write=True,
    ),
    Read(
        "carts.list_abandoned",
        "complex",
        ("Cart_status_updatedAt_idx", "CartItem_cartId_productVariantId_key"),
        lambda s, c: s.carts.list_abandoned(idle=timedelta(days=1)),
    ),
    Read("orders.get", "simple", ("Order_pkey",), lambda s, c: s.orders.get(c["Order"]["id"])),
    Read(
        "orders.find_by_reference",
        "join",
        ("Order_reference_key", *ORDER),
        lambda s, c: s.orders.find_by_reference(c["Order"]["reference"]),
    ),
    Read(
        "orders.get_by_reference",
        "join",
        ("Order_reference_key", *ORDER),
        lambda s, c: s.orders.get_by_reference(c["Order"]["reference"]),
    ),
    Read(
        "orders.find_by_key",
        "join",
        ("Order_idempotencyKey_key", *ORDER),
        lambda s, c: s.orders.find_by_key(c["order with a key"]["key"]),
    ),
    Read(
        "orders.history",
        "page",
        ("Order_userId_createdAt_idx", "OrderItem_orderId_idx"),
        lambda s, c: s.orders.history(c["Order"]["userId"]),
    ),
    Read(
        "orders.history, after a cursor",
        "page",
        ("Order_userId_createdAt_idx", "OrderItem_orderId_idx"),
        lambda s, c: second_page(
            s.orders,
            s.orders.history,
            c.place("Order"),
            c["Order"]["userId"],
            where={"userId": c["Order"]["userId"]},
        ),
    ),
    Read(
        "orders.cursor_page, of a user by status",
        "page",
        ("Order_userId_status_createdAt_idx",),
        lambda s, c: s.orders.cursor_page(
            filters={"userId": c["busy user"]["userId"], "status": "DELIVERED"}
        ),
    ),
    Read(
        "orders.cursor_page, of a status after a cursor",
        "page",
        ("Order_status_createdAt_idx|Order_createdAt_idx",),
        _by_status_after,
    ),
    Read(
        "orders.cursor_page, of several statuses",
        "page",
        ("Order_status_createdAt_idx|Order_createdAt_idx",),
        lambda s, c: s.orders.cursor_page(filters={"status": {"in": ["PAID", "FULFILLED"]}}),
    ),
    Read(
        "orders.cursor_page, of a day",
        "page",
        ("Order_createdAt_idx",),
        lambda s, c: s.orders.cursor_page(filters=_between(c)),
    ),
    Read("orders.cursor_page, of all", "page", ("Order_createdAt_idx",), lambda s, c: s.orders.cursor_page()),
    Read(
        "orders.cursor_page, of all after a cursor",
        "page",
        ("Order_createdAt_idx",),
        lambda s, c: s.orders.cursor_page(after=cursor_at(s.orders, c.place("Order"), {})),
    ),
    Read(
        "orders.list_, of a cart",
        "simple",
        ("Order_cartId_key",),
        lambda s, c: s.orders.list_(filters={"cartId": c["Order"]["cartId"]}),
    ),
    Read(
        "orders.page, of a user",
        "page",
        ("Order_userId_createdAt_idx",),
        lambda s, c: s.orders.page(filters={"userId": c["busy user"]["userId"]}),
    ),
    Read(
        "orders.list_by_status, waiting",
        "page",
        ("Order_status_createdAt_idx",),
        lambda s, c: s.orders.list_by_status("PAID"),
    ),
    Read(
        "orders.list_by_status, most of all",
        "page",
        ("Order_status_createdAt_idx|Order_createdAt_idx",),
        lambda s, c: s.orders.list_by_status("DELIVERED"),
    ),
    Read(
        "orders.count, of a status",
        "complex",
        ("Order_status_createdAt_idx",),
        lambda s, c: s.orders.count(filters={"status": "SHIPPED"}),
    ),
    Read(
        "payments.find_by_transaction",
        "join",
        (
            "Payment_provider_transactionId_key|Payment_transactionId_idx",
            "PaymentRefund_paymentId_refundId_key",
        ),
        lambda s, c: s.payments.find_by_transaction(c["payment"]["provider"], c["payment"]["transactionId"]),
    ),
    Read(
        "payments.list_of_order",
        "join",
        ("Payment_orderId_idx", "PaymentRefund_paymentId_refundId_key"),
        lambda s, c: s.payments.list_of_order(c["payment"]["orderId"]),
    ),
    Read(
        "payments.cursor_page, of a status",
        "page",
        ("Payment_status_createdAt_idx",),
        lambda s, c: s.payments.cursor_page(filters={"status": "INITIATED"}),
    ),
    Read(
        "payments.cursor_page, of a user",
        "page",
        ("Payment_userId_idx",),
        lambda s, c: s.payments.cursor_page(filters={"userId": c["Order"]["userId"]}),
    ),
    Read(
        "payments.cursor_page, of all",
        "page",
        ("Payment_createdAt_idx",),
        lambda s, c: s.payments.cursor_page(),
    ),
    Read(
        "payments.list_, of a conversation",
        "simple",
        ("Payment_conversationId_idx",),
        lambda s, c: s.payments.list_(filters={"conversationId": c["payment"]["conversationId"]}),
    ),
    Read(
        "payments.list_, of a transaction",
        "simple",
        ("Payment_transactionId_idx|Payment_provider_transactionId_key",),
        lambda s, c: s.payments.list_(filters={"transactionId": c["payment"]["conversationId"]}),
    ),
    Read(
        "coupons.find_by_code",
        "simple",
        ("Coupon_code_key",),
        lambda s, c: s.coupons.find_by_code(c["coupon"]["code"]),
        is_small=True,
    ),
    Read(
        "coupons.validate",
        "simple",
        ("Coupon_code_key",),
        lambda s, c: s.coupons.validate("PLANS10", subtotal=Decimal(10**6), currency="TRY"),
        is_small=True,
    ),
    Read(
        "coupons.revert",
        "join",
        ("CouponUsage_orderId_idx",),
        lambda s, c: s.coupons.revert(c["CouponUsage"]["orderId"]),
        is_write=True,
    ),
    Read(
        "coupons.list_, the deleted",
        "page",
        ("Coupon_deletedAt_idx",),
        lambda s, c: deleted(s.coupons),
        is_small=True,
    ),
    Read("reviews.list_, the deleted", "page", ("Review_deletedAt_idx",), lambda s, c: deleted(s.reviews)),
    Read(
        "reviews.list_, of an order",
        "simple",
        ("Review_orderId_idx",),
        lambda s, c: s.reviews.list_(filters={"orderId": c["Order"]["id"]}),
    ),
    Read(
        "reviews.list_approved, after a cursor",
        "page",
        ("Review_productId_status_createdAt_idx",),
        lambda s, c: second_page(
            s.reviews,
            s.reviews.list_approved,
            c.place("Review"),
            c["Review"]["productId"],
            where={"productId": c["Review"]["productId"], "status": "APPROVED"},
        ),
    ),
    Read(
        "reviews.list_approved",
        "page",
        ("Review_productId_status_createdAt_idx", "ReviewMedia_pkey"),
        lambda s, c: s.reviews.list_approved(c["Review"]["productId"]),
    ),
    Read(
        "reviews.rating_summary",
        "simple",
        ("Review_productId_status_createdAt_idx",),
        lambda s, c: s.reviews.rating_summary(c["Review"]["productId"]),
    ),
    Read("reviews.submit", "join", ("Order_pkey", "OrderItem_orderId_idx"), _submit, is_write=True),
    Read(
        "reviews.cursor_page, of a user",
        "page",
        ("Review_userId_productId_key",),
        lambda s, c: s.reviews.cursor_page(filters={"userId": c["Review"]["userId"]}),
    ),
    Read(
        "reviews.cursor_page, to be moderated",
        "page",
        ("Review_status_createdAt_idx",),
        lambda s, c: s.reviews.cursor_page(filters={"status": "PENDING"}, sort="createdAt"),
    ),
)
