"""Answers for the columns of the coupons models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Row, Truth, WireAmount, WireInstant, WireInteger


class CouponRow(Row):
    """The columns of Coupon."""

    of_model: ClassVar[str] = "Coupon"

    id: str
    code: str
    description: str | None
    type: enums.CouponType
    value: WireAmount
    currency: str
    min_order_amount: WireAmount | None
    max_discount_amount: WireAmount | None
    usage_limit: WireInteger | None
    usage_count: WireInteger
    starts_at: WireInstant
    expires_at: WireInstant | None
    is_active: Truth
    version: WireInteger
    deleted_at: WireInstant | None
    created_at: WireInstant
    updated_at: WireInstant


class CouponUsageRow(Row):
    """The columns of CouponUsage."""

    of_model: ClassVar[str] = "CouponUsage"

    id: str
    coupon_id: str
    user_id: str | None
    order_id: str
    discount_amount: WireAmount
    used_at: WireInstant
    created_at: WireInstant
    updated_at: WireInstant
