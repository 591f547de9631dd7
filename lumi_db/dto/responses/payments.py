"""Answers about payments, refunds, saved cards; what makes them of rows, and what of them may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from lumi_db.dto.payments import SavedCardUpdate
from lumi_db.dto.row import is_row
from lumi_db.dto.rows.payments import PaymentRefundRow, PaymentRow, SavedCardRow

if TYPE_CHECKING:
    from lumi_db.types import Payment, PaymentRefund, SavedCard


class RefundResponse(PaymentRefundRow):
    """Money that goes back."""


class PaymentResponse(PaymentRow):
    """A payment of an order, without what the provider sent."""

    refunds: list[RefundResponse] | None = None


class SavedCardResponse(SavedCardRow):
    """A card that a user keeps, without its token."""


def to_refund_response(row: PaymentRefund) -> RefundResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return RefundResponse.of(row)


def is_refund(value: object) -> TypeGuard[PaymentRefund]:
    """Tell whether a value is a row of PaymentRefund."""
    return is_row(value, "PaymentRefund")


def to_payment_response(row: Payment) -> PaymentResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return PaymentResponse.of(row)


def is_payment(value: object) -> TypeGuard[Payment]:
    """Tell whether a value is a row of Payment."""
    return is_row(value, "Payment")


def to_saved_card_response(row: SavedCard) -> SavedCardResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return SavedCardResponse.of(row)


def to_saved_card_update(answer: SavedCardResponse) -> SavedCardUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(SavedCardUpdate)


def is_saved_card(value: object) -> TypeGuard[SavedCard]:
    """Tell whether a value is a row of SavedCard."""
    return is_row(value, "SavedCard")
