"""Coupons and their use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Coupon  # noqa: F401 - the type arguments below

if TYPE_CHECKING:
    pass


class CouponRepository(Repository["Coupon"]):
    """Codes that make an order cheaper."""

    entity = "Coupon"
