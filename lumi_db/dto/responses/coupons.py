"""Answers about coupons; what makes them of rows, and what of them may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from lumi_db.dto.coupons import CouponUpdate
from lumi_db.dto.row import is_row
from lumi_db.dto.rows.coupons import CouponRow, CouponUsageRow

if TYPE_CHECKING:
    from lumi_db.types import Coupon, CouponUsage


class CouponUsageResponse(CouponUsageRow):
    """That an order took a coupon."""


class CouponResponse(CouponRow):
    """A code that makes an order cheaper."""

    usages: list[CouponUsageResponse] | None = None


def to_coupon_usage_response(row: CouponUsage) -> CouponUsageResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return CouponUsageResponse.of(row)


def is_coupon_usage(value: object) -> TypeGuard[CouponUsage]:
    """Tell whether a value is a row of CouponUsage."""
    return is_row(value, "CouponUsage")


def to_coupon_response(row: Coupon) -> CouponResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return CouponResponse.of(row)


def to_coupon_update(answer: CouponResponse) -> CouponUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(CouponUpdate)


def is_coupon(value: object) -> TypeGuard[Coupon]:
    """Tell whether a value is a row of Coupon."""
    return is_row(value, "Coupon")
