"""Inputs of payments, refunds and saved cards. No card number or security code is ever among them."""

from __future__ import annotations

from .base import Changes, Input
from .enums import CardAssociation, CardType, PaymentChannel, PaymentGroup, PaymentProvider
from .fields import (
    Bin,
    CardAlias,
    CardFreeJson,
    CardToken,
    Currency,
    Html,
    Id,
    IpAddress,
    JsonObject,
    Key,
    LastFour,
    LongText,
    Money,
    Month,
    Name,
    PositiveMoney,
    Quantity,
    Score,
    Truth,
    Year,
)


class PaymentCreate(Input):
    """An attempt to pay an order. Amount and currency are the order's; given, they must be equal to them."""

    entity = "Payment"

    orderId: Id
    provider: PaymentProvider
    transactionId: Key | None = None
    conversationId: Key | None = None
    amount: Money | None = None
    paidPrice: Money | None = None
    currency: Currency | None = None
    installment: Quantity = 1
    paymentChannel: PaymentChannel | None = None
    paymentGroup: PaymentGroup | None = None
    cardToken: CardToken | None = None
    cardAssociation: CardAssociation | None = None
    cardFamily: Name | None = None
    binNumber: Bin | None = None
    lastFourDigits: LastFour | None = None
    threeDSHtmlContent: Html | None = None
    ipAddress: IpAddress | None = None
    deviceId: Key | None = None
    fraudScore: Score | None = None
    riskFlags: CardFreeJson | None = None
    rawPayload: CardFreeJson | None = None
    idempotencyKey: Key | None = None


class PaymentUpdate(Changes):
    """What the provider tells later. The status has operations of its own."""

    entity = "Payment"

    transactionId: Key | None = None
    conversationId: Key | None = None
    paidPrice: Money | None = None
    cardToken: CardToken | None = None
    cardAssociation: CardAssociation | None = None
    cardFamily: Name | None = None
    binNumber: Bin | None = None
    lastFourDigits: LastFour | None = None
    threeDSHtmlContent: Html | None = None
    fraudScore: Score | None = None
    riskFlags: CardFreeJson | None = None
    rawPayload: CardFreeJson | None = None
    failureReason: LongText | None = None
    failureCode: Key | None = None


class PaymentRefundCreate(Input):
    """Money to give back: `amount`, or all that is left, in the payment's currency."""

    entity = "PaymentRefund"

    paymentId: Id
    amount: PositiveMoney | None = None
    currency: Currency | None = None
    reason: LongText | None = None
    refundId: Key | None = None
    metadata: JsonObject | None = None
    idempotencyKey: Key | None = None


class SavedCardCreate(Input):
    """A card to pay with again, known by the provider's token."""

    entity = "SavedCard"

    userId: Id
    cardToken: CardToken
    cardAlias: CardAlias | None = None
    binNumber: Bin | None = None
    lastFourDigits: LastFour
    cardType: CardType | None = None
    cardAssociation: CardAssociation | None = None
    cardFamily: Name | None = None
    cardBankName: Name | None = None
    cardHolderName: Name | None = None
    expiryMonth: Month
    expiryYear: Year
    isDefault: Truth = False


class SavedCardUpdate(Changes):
    """Changes of what a saved card is called, and until when it is good; another card is another row."""

    entity = "SavedCard"

    cardAlias: CardAlias | None = None
    cardHolderName: Name | None = None
    expiryMonth: Month | None = None
    expiryYear: Year | None = None
    isDefault: Truth | None = None
