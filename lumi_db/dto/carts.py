"""Inputs of carts. Carts themselves are made by the server."""

from __future__ import annotations

from .base import Changes, Input
from .fields import Id, Pieces


class CartItemCreate(Input):
    """Pieces of a variant for a cart; the price is the variant's."""

    entity = "CartItem"

    cartId: Id
    productVariantId: Id
    quantity: Pieces = 1


class CartItemUpdate(Changes):
    """How many pieces there shall be."""

    entity = "CartItem"

    quantity: Pieces | None = None
