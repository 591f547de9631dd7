"""Payments and what went back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from polyfactory import PostGenerated, Use

from lumi_db.errors import CallerError
from lumi_db.money import CENT, NOTHING, round_cents
from lumi_db.types import Payment, PaymentRefund

from .base import RowFactory, transaction
from .catalogue import make_price
from .chance import CHANCE, now

if TYPE_CHECKING:
    from lumi_db.client import Prisma
    from lumi_db.database import Database
    from lumi_db.shop import Shop

_SETTLED = ("SETTLED", "REFUNDED")
_REFUND = Decimal("0.10")


def _at(name: str, payment: Mapping[str, Any], *, statuses: tuple[str, ...]) -> Any:
    """Return when a payment came to one of these statuses: a minute after it was begun, but not in the future."""
    if payment["status"] not in statuses:
        return None
    begun = payment.get("createdAt")
    return now() if begun is None else min(now(), begun + timedelta(minutes=1))


class PaymentFactory(RowFactory[Payment]):
    """Makes a payment of the whole order, and with status REFUNDED the refund.

    An order that is made is PAID where the money came.
    """

    provider = "IYZICO"
    status = "INITIATED"
    transactionId = PostGenerated(
        lambda _, it: None if it["status"] == "INITIATED" else f"tx-{CHANCE.mark()}"
    )
    conversationId = Use(lambda: f"conversation-{CHANCE.mark()}")
    amount = Use(make_price)
    paidPrice = PostGenerated(lambda _, payment: payment["amount"] if payment["status"] in _SETTLED else None)
    paymentChannel = "WEB"
    paymentGroup = "PRODUCT"
    cardAssociation = "MASTERCARD"
    cardFamily = "Bonus"
    binNumber = "552879"
    lastFourDigits = Use(CHANCE.digits, 4)
    ipAddress = Use(CHANCE.ip_address)
    fraudScore = Use(CHANCE.random.randint, 0, 20)
    authorizedAt = PostGenerated(_at, statuses=("AUTHORIZED", *_SETTLED))
    settledAt = PostGenerated(_at, statuses=_SETTLED)
    failedAt = PostGenerated(_at, statuses=("FAILED",))
    failureReason = PostGenerated(
        lambda _, payment: "Not enough money" if payment["status"] == "FAILED" else None
    )
    failureCode = PostGenerated(lambda _, payment: "10051" if payment["status"] == "FAILED" else None)

    @classmethod
    async def create(cls, db: Database | Shop | Prisma, **given: Any) -> Payment:
        async with transaction(db) as tx:
            payment = await cls.insert(tx, given)
            if payment.status == "REFUNDED":
                amount, status = payment.amount, "SUCCEEDED"
                await PaymentRefundFactory.create(tx, payment=payment, amount=amount, status=status)
        return payment

    @classmethod
    def wanted_parents(cls, given: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        same = {name: given[name] for name in ("user", "userId", "currency") if given.get(name) is not None}
        total = {"totalAmount": given["amount"]} if "amount" in given else {}
        status = "PAID" if given.get("status") in _SETTLED else "PENDING"
        return {"order": {"status": status, "payment": False, **total, **same}}

    @classmethod
    def follow(cls, parents: Mapping[str, Any]) -> dict[str, Any]:
        if "order" not in parents:
            return {}
        order = parents["order"]
        return {"amount": order.totalAmount, "currency": order.currency, "userId": order.userId}


class PaymentRefundFactory(RowFactory[PaymentRefund]):
    """Makes a refund of a tenth of the payment, or of what is left of it."""

    amount = Use(make_price)
    reason = "Does not fit"
    refundId = PostGenerated(
        lambda _, refund: f"refund-{CHANCE.mark()}" if refund["status"] == "SUCCEEDED" else None
    )
    status = "PENDING"
    processedAt = PostGenerated(lambda _, refund: None if refund["status"] == "PENDING" else now())
    failureReason = PostGenerated(
        lambda _, refund: "Card was closed" if refund["status"] == "FAILED" else None
    )

    @classmethod
    def wanted_parents(cls, given: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        same = {name: given[name] for name in ("amount", "currency") if name in given}
        return {"payment": {"status": "SETTLED", **same}}

    @classmethod
    async def write(cls, tx: Prisma, parents: Mapping[str, Any], given: Mapping[str, Any]) -> PaymentRefund:
        if "amount" not in given and "payment" in parents:
            given = {**given, "amount": await _refundable(tx, parents["payment"])}
        return await super().write(tx, parents, given)

    @classmethod
    def follow(cls, parents: Mapping[str, Any]) -> dict[str, Any]:
        if "payment" not in parents:
            return {}
        payment = parents["payment"]
        return {"amount": _tenth(payment), "currency": payment.currency}


async def _refundable(tx: Prisma, payment: Payment) -> Decimal:
    refunds = await tx.paymentrefund.find_many(where={"paymentId": payment.id})
    left = payment.amount - sum((one.amount for one in refunds if one.status != "FAILED"), NOTHING)
    if left <= 0:
        raise CallerError("Nothing is left of the payment to refund: give another payment.")
    return min(left, _tenth(payment))


def _tenth(payment: Payment) -> Decimal:
    return max(CENT, round_cents(payment.amount * _REFUND))
