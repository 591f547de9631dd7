"""Make the payments of the orders as their stories tell, and the money that was given back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from seed.cards import card_of, token_of
from seed.ids import make_id
from seed.moments import AS_OF
from seed.money import round_cents
from seed.orders import order_id
from seed.people import browser_of, ip_of, user_id
from seed.sales import Sale, list_sales
from seed.schema import as_json, enums, inputs
from seed.stage import Stage
from seed.stories import Story
from seed.tables import Part, Table

_INSTALMENTS_FROM = Decimal("3000.00")
_FEE_FOR_SIX = Decimal("1.0329")
_REFUSALS = (
    ("10051", "Kart limiti yetersiz, yetersiz bakiye"),
    ("10005", "İşlem onaylanmadı"),
    ("10054", "Son kullanma tarihi hatalı"),
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Describe one attempt to pay a sale; `place` counts them from 1."""

    sale: Sale
    place: int
    provider: str
    status: str
    begun: datetime
    authorized: datetime | None = None
    settled: datetime | None = None
    failed: datetime | None = None

    @property
    def id(self) -> str:
        """Return the id of the payment's row."""
        return make_id("Payment", self.sale.key, self.place)

    @property
    def last(self) -> datetime:
        """Return when something last happened."""
        return self.settled or self.failed or self.authorized or self.begun

    @property
    def is_card(self) -> bool:
        """Say whether a card was used."""
        return self.provider in ("IYZICO", "STRIPE")


def payments_part(stage: Stage) -> Part:
    """Make all payments and refunds."""
    attempts = [attempt for sale in list_sales(stage) for attempt in _attempts(sale)]
    refunds = [row for attempt in attempts for row in _refunds(attempt)]
    return Part(
        "payments",
        (
            Table("payment", [_payment(attempt) for attempt in attempts]),
            Table("paymentrefund", refunds),
        ),
    )


def _attempts(sale: Sale) -> list[Attempt]:
    placed, paid = sale.times.placed, sale.times.paid
    first = Attempt(sale, 1, _provider(sale), "INITIATED", placed + timedelta(seconds=8))
    refused = replace(first, status="FAILED", provider="IYZICO", failed=placed + timedelta(seconds=55))
    match sale.story:
        case Story.DECLINED:
            return [refused]
        case Story.REVIEW:
            return [replace(first, status="AUTHORIZED", authorized=placed + timedelta(seconds=40))]
        case _ if paid is None:
            return [first]
        case Story.RETRY:
            begun = placed + timedelta(minutes=4)
            return [refused, _settle(replace(first, place=2, begun=begun), paid)]
    return [_settle(first, paid)]


def _settle(attempt: Attempt, paid: datetime) -> Attempt:
    authorized = None if attempt.provider == "MANUAL" else paid - timedelta(seconds=2)
    status = "REFUNDED" if attempt.sale.status == "CANCELLED" else "SETTLED"
    return replace(attempt, status=status, authorized=authorized, settled=paid)


def _provider(sale: Sale) -> str:
    match sale.story:
        case Story.TRANSFER:
            return "MANUAL"
        case Story.WALLET:
            return "PAYPAL"
        case Story.REVIEW:
            return "STRIPE"
    return Random(f"provider {sale.key}").choices(("IYZICO", "STRIPE"), (88, 12))[0]


def _payment(attempt: Attempt) -> inputs.PaymentCreateWithoutRelationsInput:
    sale = attempt.sale
    installment = _installment(attempt)
    payment: inputs.PaymentCreateWithoutRelationsInput = {
        "id": attempt.id,
        "orderId": order_id(sale),
        "userId": user_id(sale.customer.email),
        "provider": enums.PaymentProvider[attempt.provider],
        "status": enums.PaymentStatus[attempt.status],
        "transactionId": _transaction_id(attempt),
        "conversationId": f"{sale.reference}-{attempt.place}",
        "amount": sale.total,
        "paidPrice": _paid_price(attempt, installment),
        "installment": installment,
        "paymentChannel": _channel(attempt),
        "paymentGroup": enums.PaymentGroup.PRODUCT,
        "ipAddress": ip_of(sale.customer.email),
        "authorizedAt": attempt.authorized,
        "settledAt": attempt.settled,
        "failedAt": attempt.failed,
        "idempotencyKey": f"seed-{sale.reference}-{attempt.place}",
        "createdAt": attempt.begun,
        "updatedAt": sale.times.cancelled or attempt.last,
    }
    _add_card(payment, attempt)
    _add_risk(payment, attempt)
    _add_refusal(payment, attempt)
    return payment


def _transaction_id(attempt: Attempt) -> str | None:
    number = make_id("transaction", attempt.id)
    match attempt.provider:
        case "MANUAL":
            return f"EFT-{attempt.sale.reference}" if attempt.settled else None
        case "STRIPE":
            return f"pi_{number}"
        case "PAYPAL":
            return number[1:18].upper()
        case _:
            return str(Random(number).randrange(10**10, 10**11))


def _installment(attempt: Attempt) -> int:
    if attempt.provider != "IYZICO" or attempt.sale.total < _INSTALMENTS_FROM:
        return 1
    return Random(f"instalments {attempt.sale.reference}").choice((1, 1, 3, 6))


def _paid_price(attempt: Attempt, installment: int) -> Decimal | None:
    if attempt.settled is None:
        return None
    total = attempt.sale.total
    return round_cents(total * _FEE_FOR_SIX) if installment == 6 else total


def _channel(attempt: Attempt) -> enums.PaymentChannel:
    if attempt.provider == "MANUAL":
        return enums.PaymentChannel.OFFLINE
    is_mobile = "Mobile" in browser_of(attempt.sale.customer.email)
    return enums.PaymentChannel.MOBILE_WEB if is_mobile else enums.PaymentChannel.WEB


def _add_card(payment: inputs.PaymentCreateWithoutRelationsInput, attempt: Attempt) -> None:
    if attempt.is_card:
        email = attempt.sale.customer.email
        card = card_of(email)
        payment["cardToken"] = token_of(email)
        payment["cardAssociation"] = card.association
        payment["cardFamily"] = card.family
        payment["binNumber"] = card.bin
        payment["lastFourDigits"] = card.last_four


def _add_risk(payment: inputs.PaymentCreateWithoutRelationsInput, attempt: Attempt) -> None:
    if attempt.provider == "MANUAL":
        return
    is_held = attempt.sale.story is Story.REVIEW
    payment["fraudScore"] = 71 if is_held else Random(f"risk {attempt.id}").randrange(2, 25)
    payment["riskFlags"] = as_json(["first-order-at-address", "high-amount"] if is_held else [])


def _add_refusal(payment: inputs.PaymentCreateWithoutRelationsInput, attempt: Attempt) -> None:
    if attempt.failed:
        code, reason = Random(f"refusal {attempt.id}").choice(_REFUSALS)
        payment["failureCode"] = code
        payment["failureReason"] = reason
        payment["rawPayload"] = as_json({"status": "failure", "errorCode": code, "errorMessage": reason})


def _refunds(attempt: Attempt) -> list[inputs.PaymentRefundCreateWithoutRelationsInput]:
    sale = attempt.sale
    if attempt.status == "REFUNDED" and sale.times.cancelled:
        return [_refund(attempt, sale.total, "Müşteri siparişten vazgeçti", sale.times.cancelled)]
    if sale.story is not Story.RETURN or sale.times.delivered is None or len(sale.lines) == 1:
        return []
    asked = sale.times.delivered + timedelta(days=3)
    return [_refund(attempt, _share(sale), "Beden uymadı, iade", asked)] if asked < AS_OF else []


def _share(sale: Sale) -> Decimal:
    """Return what was paid for the first line: its price less its part of the discount."""
    amount = sale.lines[0].amount
    return round_cents(amount - amount * sale.discount / sale.subtotal)


def _refund(
    attempt: Attempt, amount: Decimal, reason: str, asked: datetime
) -> inputs.PaymentRefundCreateWithoutRelationsInput:
    """Make a refund: at once for an order that was called off, after a day and a look at what came back."""
    wait = timedelta(minutes=2) if attempt.status == "REFUNDED" else timedelta(hours=26)
    processed = asked + wait
    is_done = processed < AS_OF
    return {
        "id": make_id("PaymentRefund", attempt.id),
        "paymentId": attempt.id,
        "amount": amount,
        "reason": reason,
        "status": enums.PaymentRefundStatus.SUCCEEDED if is_done else enums.PaymentRefundStatus.PENDING,
        "refundId": f"rf_{make_id('refund', attempt.id)}" if is_done else None,
        "processedAt": processed if is_done else None,
        "createdAt": asked,
        "updatedAt": processed if is_done else asked,
    }
