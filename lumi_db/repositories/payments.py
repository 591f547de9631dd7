"""Payments and refunds. A payment's row is locked while it changes, so refunds never exceed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lumi_db.engine import locking
from lumi_db.errors import ConflictError, IdempotencyError, StatusError, ValidationError
from lumi_db.money import NOTHING, round_cents
from lumi_db.translation import in_shop_words

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Payment, PaymentRefund

NEXT: Mapping[str, frozenset[str]] = {
    "INITIATED": frozenset({"AUTHORIZED", "SETTLED", "FAILED"}),
    "AUTHORIZED": frozenset({"SETTLED", "FAILED"}),
    "SETTLED": frozenset({"REFUNDED"}),
    "FAILED": frozenset(),
    "REFUNDED": frozenset(),
}
"""Where a payment can go from where it is."""

_MOMENTS = {"AUTHORIZED": "authorizedAt", "SETTLED": "settledAt", "FAILED": "failedAt"}


class PaymentRepository(Repository["Payment"]):
    """Attempts to pay an order; each is of the order's total, in its currency."""

    entity = "Payment"

    async def find_by_transaction(self, provider: str, transaction_id: str) -> Payment | None:
        """Return the payment that the provider knows by this id, with its refunds."""
        key = {"provider_transactionId": {"provider": provider, "transactionId": transaction_id}}
        return await self._find_unique(key, include={"refunds": True})

    async def list_of_order(self, order_id: str) -> list[Payment]:
        """Return the attempts to pay an order with their refunds, the first first, in one statement."""
        return await self.list_(where={"orderId": order_id}, sort="createdAt", include={"refunds": True})

    async def record(self, data: Mapping[str, Any]) -> Payment:
        """Write another attempt to pay an order; the amount and currency must be the order's.

        Sent twice with the same `idempotencyKey`, the same payment comes back. Raises ValidationError, NotFoundError,
        IdempotencyError (the key was used for another payment), ConflictError (the provider's id is known).
        """
        async with self._transaction() as tx:
            with in_shop_words("Order"):
                order = await locking(tx, "update").order.find_unique({"id": str(data.get("orderId"))})
            if order is None:
                raise ValidationError("orderId points at no order.", entity=self.entity, fields=("orderId",))
            payments = PaymentRepository(tx)
            if (known := await payments._find_known(data)) is not None:
                return known
            _check_amount(data, order)
            return await payments.create(
                {"userId": order.userId, "amount": order.totalAmount, "currency": order.currency, **data}
            )

    async def _find_known(self, data: Mapping[str, Any]) -> Payment | None:
        key = data.get("idempotencyKey")
        known = await self._find_unique({"idempotencyKey": key}) if key is not None else None
        if known is not None and (known.orderId, known.provider) != (data["orderId"], data.get("provider")):
            raise IdempotencyError(
                "The idempotency key was used for another payment: use a new key.",
                entity=self.entity,
                fields=("idempotencyKey",),
            )
        return known

    async def authorise(self, id: str, **details: Any) -> Payment:  # noqa: A002 - the schema's name
        """Note that the amount is held on the card. Told twice, nothing more happens."""
        return await self._go(id, "AUTHORIZED", details)

    async def settle(self, id: str, **details: Any) -> Payment:  # noqa: A002
        """Note that the money was taken; that the order is paid is lumi_db.workflows.payments.settle_payment."""
        return await self._go(id, "SETTLED", details)

    async def fail(
        self,
        id: str,  # noqa: A002
        *,
        reason: str | None = None,
        code: str | None = None,
        **details: Any,
    ) -> Payment:
        """Note that the payment was refused or broken off; the order stays as it is."""
        return await self._go(id, "FAILED", {**details, "failureReason": reason, "failureCode": code})

    async def refund(
        self,
        id: str,  # noqa: A002
        amount: Decimal | None = None,
        *,
        reason: str | None = None,
        idempotency_key: str | None = None,
        refund_id: str | None = None,
        currency: str | None = None,
    ) -> PaymentRefund:
        """Give money back: `amount`, or all that is left. The payment is REFUNDED when nothing is left.

        Sent twice with the same key, the same refund comes back. Raises ValidationError (an amount that is not positive
        or more than what is left, another currency), StatusError for a payment that is not SETTLED, IdempotencyError.
        """
        async with self._transaction() as tx:
            payments = PaymentRepository(tx)
            payment = await payments._lock(id)
            with in_shop_words("PaymentRefund"):
                refunds = await tx.paymentrefund.find_many(where={"paymentId": id})
            if idempotency_key is not None:
                for known in refunds:
                    if known.idempotencyKey == idempotency_key:
                        return _same_refund(known, amount)
            left = payment.amount - sum((one.amount for one in refunds if one.status != "FAILED"), NOTHING)
            if payment.status != "SETTLED":
                raise _status_error(payment.status, "REFUNDED")
            given = left if amount is None else _check_refund(amount, left, currency, payment.currency)
            with in_shop_words("PaymentRefund"):
                refund = await tx.paymentrefund.create(
                    {
                        "paymentId": id,
                        "amount": given,
                        "currency": payment.currency,
                        "reason": reason,
                        "status": "SUCCEEDED",  # type: ignore[typeddict-item]  # an enum is its name
                        "processedAt": datetime.now(UTC),
                        "refundId": refund_id,
                        "idempotencyKey": idempotency_key,
                    }
                )
            if given == left:
                await payments.update(id, {"status": "REFUNDED"})
            return refund

    async def _go(self, id_: str, status: str, details: Mapping[str, Any]) -> Payment:
        async with self._transaction() as tx:
            payments = PaymentRepository(tx)
            payment = await payments._lock(id_)
            if payment.status == status:
                return payment
            if status not in NEXT[str(payment.status)]:
                raise _status_error(payment.status, status)
            return await payments.update(
                id_, {**details, "status": status, _MOMENTS[status]: datetime.now(UTC)}
            )

    async def _lock(self, id_: str) -> Payment:
        with in_shop_words(self.entity):
            return self._there(await locking(self.client, "update").payment.find_unique({"id": id_}))


def _check_amount(data: Mapping[str, Any], order: Any) -> None:
    if "currency" in data and data["currency"] != order.currency:
        message = f"currency must be the order's, {order.currency}."
        raise ValidationError(message, entity="Payment", fields=("currency",))
    if "amount" in data and Decimal(str(data["amount"])) != order.totalAmount:
        message = f"amount must be the order's total, {order.totalAmount} {order.currency}."
        raise ValidationError(message, entity="Payment", fields=("amount",))
    if order.status == "CANCELLED":
        raise ConflictError(
            "The order is cancelled: it cannot be paid.", entity="Payment", fields=("orderId",)
        )


def _check_refund(amount: Decimal, left: Decimal, currency: str | None, wanted: str) -> Decimal:
    if currency is not None and currency != wanted:
        message = f"currency must be the payment's, {wanted}."
        raise ValidationError(message, entity="PaymentRefund", fields=("currency",))
    is_amount = isinstance(amount, Decimal) and amount.is_finite() and amount > 0
    if not is_amount or amount != round_cents(amount) or amount > left:
        message = f"amount must be a Decimal with two places at most, from 0.01 to the {left} {wanted} that are left."
        raise ValidationError(message, entity="PaymentRefund", fields=("amount",))
    return amount


def _same_refund(known: PaymentRefund, amount: Decimal | None) -> PaymentRefund:
    if amount is not None and amount != known.amount:
        message = "The idempotency key was used for another refund: use a new key."
        raise IdempotencyError(message, entity="PaymentRefund", fields=("idempotencyKey",))
    return known


def _status_error(current: Any, wanted: str) -> StatusError:
    message = f"A payment that is {current} cannot become {wanted}."
    return StatusError(message, entity="Payment", fields=("status",))
