"""Rules of carts, coupons, orders, payments and refunds."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from lumi_db import ConflictError, CouponError, RelatedRecordError, StatusError, ValidationError
from lumi_db.workflows.checkout import place_order

from .refusal import Refusal
from .world import World

COUPON = {"code": "NEW", "type": "PERCENTAGE", "value": "10"}
NOW = datetime(2026, 1, 1, tzinfo=UTC)


async def _order_again(world: World) -> Any:
    return await place_order(world.shop, {"cartId": world.order.cartId, "idempotencyKey": "another"})


REFUSALS = (
    Refusal(
        rule="phase-2 9.2: Validate dates (expiresAt > createdAt)",
        through=lambda w: w.shop.coupons.create({**COUPON, "startsAt": NOW, "expiresAt": NOW}),
        error=ValidationError,
        fields=("expiresAt",),
        around=lambda w: w.rows.insert("Coupon", startsAt=NOW, expiresAt=NOW),
        kept_by="Coupon_expiresAt_after_startsAt",
    ),
    Refusal(
        rule="phase-2 9.3: Validate order total calculations",
        through=lambda w: w.shop.orders.update(w.order.id, {"totalAmount": "1"}),
        error=ValidationError,
        fields=("totalAmount",),
        around=lambda w: w.rows.set("Order", w.order.id, '"totalAmount" = 1, "taxAmount" = 0'),
        kept_by="Order_totalAmount_sum",
    ),
    Refusal(
        rule="phase-2 9.3: Validate payment amount matches order",
        through=lambda w: w.shop.payments.record(
            {"orderId": w.order.id, "provider": "IYZICO", "amount": "89.99"}
        ),
        error=ValidationError,
        fields=("amount",),
        around=lambda w: w.rows.insert("Payment", orderId=w.order.id, amount="89.99"),
        kept_by="Payment_amount_matches_order",
    ),
    Refusal(
        rule="phase-2 9.3: Validate coupon usage limits",
        through=lambda w: w.shop.coupons.redeem("SPENT", subtotal=Decimal(100), currency="TRY"),
        error=CouponError,
        fields=("couponCode",),
        around=lambda w: w.rows.set("Coupon", w.spent.id, '"usageCount" = 2'),
        kept_by="Coupon_usageCount_within_limit",
    ),
    Refusal(
        rule="rulings 4: refused where foreign keys restrict",
        through=lambda w: w.shop.coupons.delete(w.spent.id),
        error=RelatedRecordError,
        fields=("couponId",),
        around=lambda w: w.rows.set("Coupon", w.spent.id, '"deletedAt" = now()'),
        kept_by="CouponUsage_couponId_fkey",
    ),
    Refusal(
        rule="rulings 6: Order: Restrict while a Payment exists",
        through=lambda w: w.shop.orders.purge(w.order.id),
        error=RelatedRecordError,
        fields=("orderId",),
        around=lambda w: w.rows.delete("Order", w.order.id),
        kept_by="Payment_orderId_fkey",
    ),
    Refusal(
        rule="rulings 6: Payment: Restrict while a PaymentRefund exists",
        through=lambda w: w.shop.payments.purge(w.payment.id),
        error=RelatedRecordError,
        fields=("paymentId",),
        around=lambda w: w.rows.delete("Payment", w.payment.id),
        kept_by="PaymentRefund_paymentId_fkey",
    ),
    Refusal(
        rule="rulings 6: Coupon: Restrict while used",
        through=lambda w: w.shop.coupons.purge(w.spent.id),
        error=RelatedRecordError,
        fields=("couponId",),
        around=lambda w: w.rows.delete("Coupon", w.spent.id),
        kept_by="CouponUsage_couponId_fkey",
    ),
    Refusal(
        rule="rulings 8: quantity at least 1",
        through=lambda w: w.shop.carts.update_item(w.cart.id, w.medium.id, 0),
        error=ValidationError,
        fields=("quantity",),
        around=lambda w: w.rows.connection.execute('UPDATE "CartItem" SET "quantity" = 0'),
        kept_by="CartItem_quantity_at_least_1",
    ),
    Refusal(
        rule="rulings 8: percentage coupons 0 to 100",
        through=lambda w: w.shop.coupons.create({**COUPON, "value": "100.01"}),
        error=ValidationError,
        fields=("value",),
        around=lambda w: w.rows.set("Coupon", w.spent.id, '"value" = 100.01'),
        kept_by="Coupon_value_percentage",
    ),
    Refusal(
        rule="rulings 8: an order per cart",
        through=_order_again,
        error=ConflictError,
        fields=("cartId",),
        around=lambda w: w.rows.insert("Order", userId=w.bob.id, cartId=w.order.cartId),
        kept_by="Order_cartId_key",
    ),
    Refusal(
        rule="rulings 8: unique: (provider, transactionId)",
        through=lambda w: w.shop.payments.record(
            {"orderId": w.unpaid["id"], "provider": "IYZICO", "transactionId": "t1"}
        ),
        error=ConflictError,
        fields=("provider", "transactionId"),
        around=lambda w: w.rows.insert("Payment", orderId=w.order.id, amount="90.00", transactionId="t1"),
        kept_by="Payment_provider_transactionId_key",
    ),
    Refusal(
        rule="rulings 8: a payment's currency is its order's",
        through=lambda w: w.shop.payments.record(
            {"orderId": w.order.id, "provider": "IYZICO", "currency": "EUR"}
        ),
        error=ValidationError,
        fields=("currency",),
        around=lambda w: w.rows.insert("Payment", orderId=w.order.id, amount="90.00", currency="EUR"),
        kept_by="Payment_currency_matches_order",
    ),
    Refusal(
        rule="rulings 8: refunds of a payment never exceed it",
        through=lambda w: w.shop.payments.refund(w.payment.id, Decimal("80.01")),
        error=ValidationError,
        fields=("amount",),
        around=lambda w: w.rows.insert("PaymentRefund", paymentId=w.payment.id, amount="80.01"),
        kept_by="PaymentRefund_amount_within_payment",
    ),
    Refusal(
        rule="rulings 12: taxAmount is the part contained in what is paid",
        through=lambda w: w.shop.orders.update(w.order.id, {"taxAmount": "90.01"}),
        error=ValidationError,
        fields=("taxAmount",),
        around=lambda w: w.rows.set("Order", w.order.id, '"taxAmount" = 90.01'),
        kept_by="Order_taxAmount_within_total",
    ),
    Refusal(
        rule="rulings 12: reference is LM-<year>-<number>",
        through=lambda w: w.shop.orders.update(w.order.id, {"reference": "LM-1"}),
        error=ValidationError,
        fields=("reference",),
        around=lambda w: w.rows.set("Order", w.order.id, "\"reference\" = 'LM-1'"),
        kept_by="Order_reference_shape",
    ),
    Refusal(
        rule="rulings 13: an order's status goes one step forward",
        through=lambda w: w.shop.orders.set_status(w.order.id, "PENDING"),
        error=StatusError,
        fields=("status",),
        around=lambda w: w.rows.set("Order", w.order.id, "\"status\" = 'PENDING'"),
        kept_by="Order_status_transition",
    ),
)
