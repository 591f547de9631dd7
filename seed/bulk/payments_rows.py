"""Make the payments of the orders of a block as their stories tell, and the money that was given back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from seed.bulk.amounts import to_lira
from seed.bulk.block import Block
from seed.bulk.crowd import person_of
from seed.bulk.trade import Deal
from seed.bulk.world import World
from seed.cards import CARDS
from seed.moments import AS_OF
from seed.sales import reference_of
from seed.schema import as_json, enums
from seed.stories import Story
from seed.tables import Row, Table

MOST_PAYMENTS = 2
_REASON = ("10051", "Kart limiti yetersiz, yetersiz bakiye")
_BEGUN, _REFUSED = timedelta(seconds=8), timedelta(seconds=55)
_AGAIN, _LOOKED_AT = timedelta(minutes=4), timedelta(seconds=40)
_AUTHORIZED = timedelta(seconds=2)
_ASKED, _CHECKED = timedelta(days=3), timedelta(hours=26)


def payment_tables(block: Block, deals: Sequence[Deal]) -> tuple[Table, Table]:
    """Make the payments and the refunds of orders."""
    world = block.world
    payments = [row for deal in deals for row in _payments(world, deal)]
    refunds = [row for deal in deals for row in _refunds(world, deal)]
    return (
        block.table("payment", "paym", payments, each=MOST_PAYMENTS),
        block.table("paymentrefund", "refd", refunds),
    )


def _payments(world: World, deal: Deal) -> Iterator[Row]:
    placed, paid = deal.times.placed, deal.times.paid
    match deal.story:
        case Story.DECLINED:
            yield _refused(world, deal)
        case Story.REVIEW:
            yield {
                **_payment(world, deal, 0, "STRIPE", placed + _BEGUN),
                "status": enums.PaymentStatus.AUTHORIZED,
                "authorizedAt": placed + _LOOKED_AT,
                "updatedAt": placed + _LOOKED_AT,
            }
        case _ if paid is None:
            yield _payment(world, deal, 0, _provider(deal), placed + _BEGUN)
        case Story.RETRY:
            yield _refused(world, deal)
            yield _settled(world, deal, 1, placed + _AGAIN, paid)
        case _:
            yield _settled(world, deal, 0, placed + _BEGUN, paid)


def _provider(deal: Deal) -> str:
    match deal.story:
        case Story.TRANSFER:
            return "MANUAL"
        case Story.WALLET:
            return "PAYPAL"
        case _:
            return "STRIPE" if deal.number % 8 == 0 else "IYZICO"


def _payment(world: World, deal: Deal, place: int, provider: str, begun: datetime) -> dict[str, Any]:
    """Make a payment that has only begun."""
    reference, person = reference_of(deal.number), person_of(deal.customer)
    is_card = provider in ("IYZICO", "STRIPE")
    card = CARDS[deal.customer % len(CARDS)] if is_card else None
    number = deal.number * MOST_PAYMENTS + place
    return {
        "id": world.id("paym", number),
        "orderId": world.id("ordr", deal.number),
        "userId": world.id("user", deal.customer),
        "provider": enums.PaymentProvider[provider],
        "status": enums.PaymentStatus.INITIATED,
        "transactionId": f"qa-{world.tag}-{number}",
        "conversationId": f"{reference}-{place + 1}",
        "amount": to_lira(deal.total),
        "paidPrice": None,
        "paymentChannel": enums.PaymentChannel.OFFLINE if provider == "MANUAL" else enums.PaymentChannel.WEB,
        "paymentGroup": enums.PaymentGroup.PRODUCT,
        "cardToken": f"tok_{world.id('card', deal.customer)}" if card else None,
        "cardAssociation": card.association if card else None,
        "cardFamily": card.family if card else None,
        "binNumber": card.bin if card else None,
        "lastFourDigits": card.last_four if card else None,
        "ipAddress": person.ip,
        "fraudScore": None if provider == "MANUAL" else deal.number % 25,
        "authorizedAt": None,
        "settledAt": None,
        "failedAt": None,
        "failureCode": None,
        "failureReason": None,
        "rawPayload": None,
        "idempotencyKey": f"seed-{reference}-{place + 1}",
        "createdAt": begun,
        "updatedAt": begun,
    }


def _refused(world: World, deal: Deal) -> Row:
    code, reason = _REASON
    failed = deal.times.placed + _REFUSED
    return {
        **_payment(world, deal, 0, "IYZICO", deal.times.placed + _BEGUN),
        "status": enums.PaymentStatus.FAILED,
        "failedAt": failed,
        "failureCode": code,
        "failureReason": reason,
        "rawPayload": as_json({"status": "failure", "errorCode": code}),
        "updatedAt": failed,
    }


def _settled(world: World, deal: Deal, place: int, begun: datetime, paid: datetime) -> Row:
    provider = _provider(deal)
    cancelled = deal.times.cancelled
    return {
        **_payment(world, deal, place, provider, begun),
        "status": enums.PaymentStatus.REFUNDED if cancelled else enums.PaymentStatus.SETTLED,
        "paidPrice": to_lira(deal.total),
        "authorizedAt": None if provider == "MANUAL" else paid - _AUTHORIZED,
        "settledAt": paid,
        "updatedAt": cancelled or paid,
    }


def _refunds(world: World, deal: Deal) -> Iterator[Row]:
    times = deal.times
    if deal.story is Story.REGRET and times.cancelled:
        yield _refund(world, deal, deal.total, times.cancelled, timedelta(minutes=2))
    elif deal.story is Story.RETURN and times.delivered and len(deal.lines) > 1:
        asked = times.delivered + _ASKED
        if asked < AS_OF:
            yield _refund(world, deal, _share(deal), asked, _CHECKED)


def _share(deal: Deal) -> int:
    """Return what was paid for the first line: its price less its part of the discount."""
    amount = deal.lines[0].piece.price * deal.lines[0].quantity
    return amount - amount * deal.discount // deal.subtotal


def _refund(world: World, deal: Deal, amount: int, asked: datetime, wait: timedelta) -> Row:
    processed = asked + wait
    is_done = processed < AS_OF
    succeeded, pending = enums.PaymentRefundStatus.SUCCEEDED, enums.PaymentRefundStatus.PENDING
    return {
        "id": world.id("refd", deal.number),
        "paymentId": world.id("paym", deal.number * MOST_PAYMENTS),
        "amount": to_lira(amount),
        "reason": "Müşteri siparişten vazgeçti" if deal.times.cancelled else "Beden uymadı, iade",
        "status": succeeded if is_done else pending,
        "refundId": f"rf_{world.id('refd', deal.number)}" if is_done else None,
        "processedAt": processed if is_done else None,
        "createdAt": asked,
        "updatedAt": processed if is_done else asked,
    }
