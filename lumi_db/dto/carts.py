"""Inputs of carts and orders. Carts and orders themselves are made by the server."""

from __future__ import annotations

from .base import Changes, Input
from .fields import Id, JsonObject, LongText, Quantity


class CartItemCreate(Input):
    """Pieces of a variant for a cart; the price is the variant's."""

    entity = "CartItem"

    cartId: Id
    productVariantId: Id
    quantity: Quantity = 1


class CartItemUpdate(Changes):
    """How many pieces there shall be."""

    entity = "CartItem"

    quantity: Quantity | None = None


class OrderUpdate(Changes):
    """What is noted about an order; everything else follows from checkout, payment and delivery."""

    entity = "Order"

    notes: LongText | None = None
    metadata: JsonObject | None = None
