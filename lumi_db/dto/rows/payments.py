"""Answers for the columns of the payments models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Row, Truth, WireAmount, WireInstant, WireInteger


class PaymentRow(Row):
    """The columns of Payment."""

    of_model: ClassVar[str] = "Payment"

    id: str
    order_id: str
    user_id: str | None
    provider: enums.PaymentProvider
    status: enums.PaymentStatus
    transaction_id: str | None
    amount: WireAmount
    paid_price: WireAmount | None
    currency: str
    installment: WireInteger
    payment_channel: enums.PaymentChannel | None
    payment_group: enums.PaymentGroup | None
    card_association: enums.CardAssociation | None
    card_family: str | None
    bin_number: str | None
    last_four_digits: str | None
    authorized_at: WireInstant | None
    settled_at: WireInstant | None
    failed_at: WireInstant | None
    failure_reason: str | None
    failure_code: str | None
    created_at: WireInstant
    updated_at: WireInstant


class PaymentRefundRow(Row):
    """The columns of PaymentRefund."""

    of_model: ClassVar[str] = "PaymentRefund"

    id: str
    payment_id: str
    amount: WireAmount
    currency: str
    reason: str | None
    status: enums.PaymentRefundStatus
    refund_id: str | None
    processed_at: WireInstant | None
    failure_reason: str | None
    created_at: WireInstant
    updated_at: WireInstant


class SavedCardRow(Row):
    """The columns of SavedCard."""

    of_model: ClassVar[str] = "SavedCard"

    id: str
    user_id: str
    card_alias: str | None
    bin_number: str | None
    last_four_digits: str
    card_type: enums.CardType | None
    card_association: enums.CardAssociation | None
    card_family: str | None
    card_bank_name: str | None
    card_holder_name: str | None
    expiry_month: WireInteger
    expiry_year: WireInteger
    is_default: Truth
    created_at: WireInstant
    updated_at: WireInstant
