"""Answers about carts; what makes them of rows, and what of them may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from lumi_db.dto.carts import CartItemUpdate
from lumi_db.dto.responses.catalogue import VariantResponse
from lumi_db.dto.row import is_row
from lumi_db.dto.rows.carts import CartItemRow, CartRow

if TYPE_CHECKING:
    from lumi_db.types import Cart, CartItem


class CartItemResponse(CartItemRow):
    """Pieces of a variant in a cart."""

    product_variant: VariantResponse | None = None


class CartResponse(CartRow):
    """What somebody is about to buy."""

    items: list[CartItemResponse] | None = None


def to_cart_item_response(row: CartItem) -> CartItemResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return CartItemResponse.of(row)


def to_cart_item_update(answer: CartItemResponse) -> CartItemUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(CartItemUpdate)


def is_cart_item(value: object) -> TypeGuard[CartItem]:
    """Tell whether a value is a row of CartItem."""
    return is_row(value, "CartItem")


def to_cart_response(row: Cart) -> CartResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return CartResponse.of(row)


def is_cart(value: object) -> TypeGuard[Cart]:
    """Tell whether a value is a row of Cart."""
    return is_row(value, "Cart")
