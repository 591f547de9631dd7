"""Answers for the columns of the orders models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Cents, Integer, JsonValue, Row, Time


class OrderRow(Row):
    """The columns of Order."""

    of_model: ClassVar[str] = "Order"

    id: str
    reference: str
    user_id: str | None
    cart_id: str | None
    status: enums.OrderStatus
    subtotal_amount: Cents
    discount_amount: Cents
    shipping_amount: Cents
    tax_amount: Cents
    total_amount: Cents
    currency: str
    shipping_address_id: str | None
    billing_address_id: str | None
    shipping_address_snapshot: JsonValue
    billing_address_snapshot: JsonValue
    placed_at: Time
    fulfilled_at: Time | None
    shipped_at: Time | None
    delivered_at: Time | None
    cancelled_at: Time | None
    notes: str | None
    version: Integer
    created_at: Time
    updated_at: Time


class OrderItemRow(Row):
    """The columns of OrderItem."""

    of_model: ClassVar[str] = "OrderItem"

    id: str
    order_id: str
    product_id: str | None
    product_variant_id: str | None
    quantity: Integer
    unit_price: Cents
    currency: str
    title_snapshot: str
    variant_snapshot: JsonValue
    created_at: Time
    updated_at: Time
