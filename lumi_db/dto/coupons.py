"""Inputs of coupons."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Self

from pydantic import model_validator

from .base import Changes, Input
from .enums import CouponType
from .fields import Code, Count, Currency, LongText, Moment, Money, Truth
from .kinds import refusal

HIGHEST_PERCENTAGE = Decimal(100)


class CouponCreate(Input):
    """A code that makes an order cheaper; for FREE_SHIPPING the value is not used and may be 0."""

    entity = "Coupon"

    code: Code
    description: LongText | None = None
    type: CouponType
    value: Money
    currency: Currency = "TRY"
    minOrderAmount: Money | None = None
    maxDiscountAmount: Money | None = None
    usageLimit: Count | None = None
    startsAt: Moment | None = None
    expiresAt: Moment | None = None
    isActive: Truth = True

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_value(self.type, self.value)
        _check_times(self.startsAt, self.expiresAt)
        return self


class CouponUpdate(Changes):
    """Changes of a coupon; rules over fields that are not given here are the database's to check."""

    entity = "Coupon"

    code: Code | None = None
    description: LongText | None = None
    type: CouponType | None = None
    value: Money | None = None
    currency: Currency | None = None
    minOrderAmount: Money | None = None
    maxDiscountAmount: Money | None = None
    usageLimit: Count | None = None
    startsAt: Moment | None = None
    expiresAt: Moment | None = None
    isActive: Truth | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_value(self.type, self.value)
        _check_times(self.startsAt, self.expiresAt)
        return self


def _check_value(type_: str | None, value: Decimal | None) -> None:
    if type_ == "PERCENTAGE" and value is not None and value > HIGHEST_PERCENTAGE:
        raise refusal("must not be above 100 for a percentage", field="value")


def _check_times(starts: datetime | None, expires: datetime | None) -> None:
    if starts is not None and expires is not None and expires <= starts:
        raise refusal("must be after startsAt", field="expiresAt")
