"""Answers for the columns of the orders models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import JsonValue, Row, WireAmount, WireInstant, WireInteger


class OrderRow(Row):
    """The columns of Order."""

    of_model: ClassVar[str] = "Order"

    id: str
    reference: str
    user_id: str | None
    cart_id: str | None
    status: enums.OrderStatus
    subtotal_amount: WireAmount
    discount_amount: WireAmount
    shipping_amount: WireAmount
    tax_amount: WireAmount
    total_amount: WireAmount
    currency: str
    shipping_address_id: str | None
    billing_address_id: str | None
    shipping_address_snapshot: JsonValue
    billing_address_snapshot: JsonValue
    placed_at: WireInstant
    fulfilled_at: WireInstant | None
    shipped_at: WireInstant | None
    delivered_at: WireInstant | None
    cancelled_at: WireInstant | None
    notes: str | None
    version: WireInteger
    created_at: WireInstant
    updated_at: WireInstant


class OrderItemRow(Row):
    """The columns of OrderItem."""

    of_model: ClassVar[str] = "OrderItem"

    id: str
    order_id: str
    product_id: str | None
    product_variant_id: str | None
    quantity: WireInteger
    unit_price: WireAmount
    currency: str
    title_snapshot: str
    variant_snapshot: JsonValue
    created_at: WireInstant
    updated_at: WireInstant
