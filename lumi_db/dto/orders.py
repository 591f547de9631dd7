"""Inputs of orders: what makes one of a cart, and what may be noted later."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import cast

from .base import Changes, Input
from .enums import PaymentProvider
from .fields import Code, Id, JsonObject, Key, LongText, Money


class Checkout(Input):
    """What makes an order of a cart; `shippingAmount` is what the parcel costs, before a coupon for free shipping.

    `idempotencyKey` is the caller's: the same key with the same content gives the same order, however often. Without
    `billingAddressId` the invoice goes where the parcel goes.
    """

    entity = "Order"

    cartId: Id
    idempotencyKey: Key
    shippingAddressId: Id | None = None
    billingAddressId: Id | None = None
    couponCode: Code | None = None
    shippingAmount: Money = Decimal("0.00")
    provider: PaymentProvider = cast("PaymentProvider", "IYZICO")
    notes: LongText | None = None

    @property
    def content_hash(self) -> str:
        """SHA-256 of everything but the key, given or left to its default."""
        content = self.model_dump_json(exclude={"idempotencyKey"})
        return hashlib.sha256(content.encode()).hexdigest()


class OrderUpdate(Changes):
    """What is noted about an order; everything else follows from checkout, payment and delivery."""

    entity = "Order"

    notes: LongText | None = None
    metadata: JsonObject | None = None
