"""Answers for the columns of the coupons models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Cents, Integer, Row, Time, Yes


class CouponRow(Row):
    """The columns of Coupon."""

    of_model: ClassVar[str] = "Coupon"

    id: str
    code: str
    description: str | None
    type: enums.CouponType
    value: Cents
    currency: str
    min_order_amount: Cents | None
    max_discount_amount: Cents | None
    usage_limit: Integer | None
    usage_count: Integer
    starts_at: Time
    expires_at: Time | None
    is_active: Yes
    version: Integer
    deleted_at: Time | None
    created_at: Time
    updated_at: Time


class CouponUsageRow(Row):
    """The columns of CouponUsage."""

    of_model: ClassVar[str] = "CouponUsage"

    id: str
    coupon_id: str
    user_id: str | None
    order_id: str
    discount_amount: Cents
    used_at: Time
    created_at: Time
    updated_at: Time
