"""Payments and refunds. A payment's row is locked while it changes, so refunds never exceed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lumi_db.dto.base import given, parse
from lumi_db.dto.payments import PaymentCreate, PaymentRefundCreate, PaymentUpdate
from lumi_db.engine import locking
from lumi_db.errors import ConflictError, IdempotencyError, StatusError, ValidationError
from lumi_db.money import NOTHING
from lumi_db.translation import in_shop_words

from .base import Data, Repository

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
    update_model = PaymentUpdate
    written_by = "record"

    async def find_by_transaction(self, provider: str, transaction_id: str) -> Payment | None:
        """Return the payment that the provider knows by this id, with its refunds."""
        key = {"provider_transactionId": {"provider": provider, "transactionId": transaction_id}}
        return await self._find_unique(key, include={"refunds": True})

    async def list_of_order(self, order_id: str) -> list[Payment]:
        """Return the attempts to pay an order with their refunds, the first first, in one statement."""
        return await self.list_(where={"orderId": order_id}, sort="createdAt", include={"refunds": True})

    async def record(self, data: Data) -> Payment:
        """Write another attempt to pay an order; the amount and currency must be the order's.

        Sent twice with the same `idempotencyKey`, the same payment comes back. Raises ValidationError, NotFoundError,
        IdempotencyError (the key was used for another payment), ConflictError (the provider's id is known, or the order
        is paid or cancelled).
        """
        wanted = parse(PaymentCreate, data)
        async with self._transaction() as tx:
            with in_shop_words("Order"):
                order = await locking(tx, "update").order.find_unique({"id": wanted.orderId})
            if order is None:
                raise ValidationError("orderId points at no order.", entity=self.entity, fields=("orderId",))
            payments = PaymentRepository(tx)
            if (known := await payments._find_known(wanted)) is not None:
                return known
            _check_amount(wanted, order)
            return await payments._insert(
                {
                    **wanted.data(),
                    "userId": order.userId,
                    "amount": order.totalAmount,
                    "currency": order.currency,
                }
            )

    async def _find_known(self, wanted: PaymentCreate) -> Payment | None:
        key = wanted.idempotencyKey
        known = await self._find_unique({"idempotencyKey": key}) if key is not None else None
        if known is not None and (known.orderId, known.provider) != (wanted.orderId, wanted.provider):
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
        return await self._go(id, "FAILED", {**details, **given(failureReason=reason, failureCode=code)})

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
        wanted = parse(
            PaymentRefundCreate,
            given(
                paymentId=id,
                amount=amount,
                currency=currency,
                reason=reason,
                refundId=refund_id,
                idempotencyKey=idempotency_key,
            ),
        )
        async with self._transaction() as tx:
            payments = PaymentRepository(tx)
            payment = await payments._lock(id)
            with in_shop_words("PaymentRefund"):
                refunds = await tx.paymentrefund.find_many(where={"paymentId": id})
            if wanted.idempotencyKey is not None:
                for known in refunds:
                    if known.idempotencyKey == wanted.idempotencyKey:
                        return _same_refund(known, wanted.amount)
            left = payment.amount - sum((one.amount for one in refunds if one.status != "FAILED"), NOTHING)
            if payment.status != "SETTLED":
                raise _status_error(payment.status, "REFUNDED")
            _check_refund(wanted, left, payment.currency)
            values: Any = {
                **wanted.data(),
                "amount": left if wanted.amount is None else wanted.amount,
                "currency": payment.currency,
                "status": "SUCCEEDED",
                "processedAt": datetime.now(UTC),
            }
            with in_shop_words("PaymentRefund"):
                refund = await tx.paymentrefund.create(values)
            if refund.amount == left:
                await payments._set(id, {"status": "REFUNDED"})
            return refund

    async def _go(self, id_: str, status: str, details: Mapping[str, Any]) -> Payment:
        changes = self._data(self.update_model, details)
        async with self._transaction() as tx:
            payments = PaymentRepository(tx)
            payment = await payments._lock(id_)
            if payment.status == status:
                return payment
            if status not in NEXT[str(payment.status)]:
                raise _status_error(payment.status, status)
            return await payments._set(
                id_, {**changes, "status": status, _MOMENTS[status]: datetime.now(UTC)}
            )

    async def _lock(self, id_: str) -> Payment:
        with in_shop_words(self.entity):
            return self._there(await locking(self.client, "update").payment.find_unique({"id": id_}))


def _check_amount(wanted: PaymentCreate, order: Any) -> None:
    if wanted.currency is not None and wanted.currency != order.currency:
        message = f"currency must be the order's, {order.currency}."
        raise ValidationError(message, entity="Payment", fields=("currency",))
    if wanted.amount is not None and wanted.amount != order.totalAmount:
        message = f"amount must be the order's total, {order.totalAmount} {order.currency}."
        raise ValidationError(message, entity="Payment", fields=("amount",))
    if order.status == "CANCELLED":
        raise ConflictError(
            "The order is cancelled: it cannot be paid.", entity="Payment", fields=("orderId",)
        )
    if order.status != "PENDING":
        raise ConflictError(
            "The order is paid already: it needs no other payment.", entity="Payment", fields=("orderId",)
        )


def _check_refund(wanted: PaymentRefundCreate, left: Decimal, currency: str) -> None:
    if wanted.currency is not None and wanted.currency != currency:
        message = f"currency must be the payment's, {currency}."
        raise ValidationError(message, entity="PaymentRefund", fields=("currency",))
    if wanted.amount is not None and wanted.amount > left:
        message = f"amount must be from 0.01 to the {left} {currency} that are left."
        raise ValidationError(message, entity="PaymentRefund", fields=("amount",))


def _same_refund(known: PaymentRefund, amount: Decimal | None) -> PaymentRefund:
    if amount is not None and amount != known.amount:
        message = "The idempotency key was used for another refund: use a new key."
        raise IdempotencyError(message, entity="PaymentRefund", fields=("idempotencyKey",))
    return known


def _status_error(current: Any, wanted: str) -> StatusError:
    message = f"A payment that is {current} cannot become {wanted}."
    return StatusError(message, entity="Payment", fields=("status",))
