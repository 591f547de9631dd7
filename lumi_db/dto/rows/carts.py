"""Answers for the columns of the carts models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Row, WireAmount, WireInstant, WireInteger


class CartRow(Row):
    """The columns of Cart."""

    of_model: ClassVar[str] = "Cart"

    id: str
    user_id: str | None
    status: enums.CartStatus
    currency: str
    expires_at: WireInstant | None
    version: WireInteger
    created_at: WireInstant
    updated_at: WireInstant


class CartItemRow(Row):
    """The columns of CartItem."""

    of_model: ClassVar[str] = "CartItem"

    id: str
    cart_id: str
    product_variant_id: str
    quantity: WireInteger
    unit_price: WireAmount
    created_at: WireInstant
    updated_at: WireInstant
