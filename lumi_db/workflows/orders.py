"""What happens to an order after it was placed: paid, cancelled, expired, packed, sent, delivered, paid back.

The order's row is locked first in each, so two of them never happen to one order at the same time.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from lumi_db.errors import StatusError
from lumi_db.repositories.orders import check_status
from lumi_db.shop import Shop


async def settle_payment(shop: Shop, payment_id: str, **details: Any) -> Any:
    """Note that a payment's money was taken and that its order is PAID; return the order.

    Told twice, nothing more happens. `details` are fields of the payment (transactionId, paidPrice …). Raises
    NotFoundError, and StatusError if the order was cancelled or paid by another payment meanwhile: what was taken is to
    be given back at the provider.
    """

    async def work(inside: Shop) -> Any:
        order_id = (await inside.payments.get(payment_id)).orderId
        order = await inside.orders.lock(order_id)
        await inside.payments.settle(payment_id, **details)
        if order.status == "PENDING":
            return await inside.orders.set_status(order_id, "PAID")
        if order.status == "CANCELLED":
            raise _give_back("The order was cancelled")
        others = {"orderId": order_id, "id": {"not": payment_id}, "status": {"in": ["SETTLED", "REFUNDED"]}}
        if await inside.payments.exists(where=others):
            raise _give_back("The order was paid by another payment")
        return order

    return await shop.run(work)


def _give_back(reason: str) -> StatusError:
    message = f"{reason} meanwhile: give the money back at the provider."
    return StatusError(message, entity="Order", fields=("status",))


async def fail_payment(
    shop: Shop, payment_id: str, *, reason: str | None = None, code: str | None = None
) -> Any:
    """Note that a payment failed and return it; the order stays PENDING and can be paid again until it expires."""
    return await shop.run(lambda inside: inside.payments.fail(payment_id, reason=reason, code=code))


async def cancel_order(shop: Shop, order_id: str) -> Any:
    """Call an order off before it is shipped: stock and coupon are given back, open payments fail; return the order.

    A payment that was settled stays so: refund it. Called twice, nothing more
    happens. Raises StatusError, NotFoundError.
    """
    return await shop.run(lambda inside: _cancel(inside, order_id))


async def _cancel(shop: Shop, order_id: str) -> Any:
    await shop.orders.lock(order_id)
    order: Any = await shop.orders.get(order_id, include={"items": True, "payments": True})
    if order.status == "CANCELLED":
        return order
    check_status(order.status, "CANCELLED")
    cancelled = await shop.orders.set_status(order_id, "CANCELLED")
    await shop.coupons.revert(order_id)
    await shop.inventory.release(_reserved(order))
    for payment in order.payments:
        if payment.status in ("INITIATED", "AUTHORIZED"):
            await shop.payments.fail(payment.id, reason="The order was cancelled.")
    return cancelled


async def expire_orders(shop: Shop, *, limit: int = 100) -> int:
    """Cancel the orders that stayed unpaid longer than ORDER_TTL, the oldest first, and return how many: for a sweep.

    Each is a transaction of its own, so one that fails does not keep the others; orders paid meanwhile are left alone.
    """
    before = datetime.now(UTC) - shop.rules.order_ttl
    late = await shop.orders.list_(
        where={"status": "PENDING", "createdAt": {"lt": before}}, sort="createdAt", limit=limit
    )
    expired = 0
    for order in late:
        expired += await shop.run(lambda inside, id_=order.id: _expire(inside, id_))  # type: ignore[misc]
    return expired


async def _expire(shop: Shop, order_id: str) -> int:
    if (await shop.orders.lock(order_id)).status != "PENDING":
        return 0
    await _cancel(shop, order_id)
    return 1


async def fulfil_order(shop: Shop, order_id: str) -> Any:
    """Note that a paid order is packed. Raises StatusError, NotFoundError."""
    return await shop.run(lambda inside: inside.orders.set_status(order_id, "FULFILLED"))


async def ship_order(shop: Shop, order_id: str) -> Any:
    """Note that an order was handed to the carrier: its pieces leave the stock. Raises StatusError, NotFoundError."""

    async def work(inside: Shop) -> Any:
        order: Any = await inside.orders.get(order_id, include={"items": True})
        shipped = await inside.orders.set_status(order_id, "SHIPPED")
        await inside.inventory.commit(_reserved(order))
        return shipped

    return await shop.run(work)


async def deliver_order(shop: Shop, order_id: str) -> Any:
    """Note that an order is with the customer. Raises StatusError, NotFoundError."""
    return await shop.run(lambda inside: inside.orders.set_status(order_id, "DELIVERED"))


async def refund_payment(
    shop: Shop,
    payment_id: str,
    amount: Decimal | None = None,
    *,
    reason: str | None = None,
    idempotency_key: str | None = None,
) -> Any:
    """Give money of a settled payment back, `amount` or all that is left, and return the refund.

    The order keeps its status: what was sent stays sent. Raises as PaymentRepository.refund.
    """
    return await shop.run(
        lambda inside: inside.payments.refund(
            payment_id, amount, reason=reason, idempotency_key=idempotency_key
        )
    )


def _reserved(order: Any) -> list[tuple[str, int]]:
    """Return what an order took from stock; variants that were purged since had their stock purged, too."""
    return [
        (item.productVariantId, item.quantityReserved)
        for item in order.items
        if item.productVariantId is not None and item.quantityReserved
    ]
