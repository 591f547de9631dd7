"""Answers about orders; what makes them of rows, and what of them may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from lumi_db.dto.orders import OrderUpdate
from lumi_db.dto.responses.coupons import CouponUsageResponse
from lumi_db.dto.responses.payments import PaymentResponse
from lumi_db.dto.row import is_row
from lumi_db.dto.rows.orders import OrderItemRow, OrderRow

if TYPE_CHECKING:
    from lumi_db.types import Order, OrderItem


class OrderItemResponse(OrderItemRow):
    """A line of an order, as it was when it was bought."""


class OrderResponse(OrderRow):
    """What somebody bought."""

    items: list[OrderItemResponse] | None = None
    payments: list[PaymentResponse] | None = None
    coupon_usages: list[CouponUsageResponse] | None = None


def to_order_item_response(row: OrderItem) -> OrderItemResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return OrderItemResponse.of(row)


def is_order_item(value: object) -> TypeGuard[OrderItem]:
    """Tell whether a value is a row of OrderItem."""
    return is_row(value, "OrderItem")


def to_order_response(row: Order) -> OrderResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return OrderResponse.of(row)


def to_order_update(answer: OrderResponse) -> OrderUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(OrderUpdate)


def is_order(value: object) -> TypeGuard[Order]:
    """Tell whether a value is a row of Order."""
    return is_row(value, "Order")
