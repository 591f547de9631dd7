"""Make the coupons, each with the number of times it was used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from seed.data.coupons import COUPONS, CouponData
from seed.ids import make_id
from seed.moments import OPENING, at
from seed.sales import list_sales
from seed.schema import enums, inputs
from seed.stage import Stage
from seed.tables import Part, Table


def coupon_id(code: str) -> str:
    """Return the id of a coupon."""
    return make_id("Coupon", code)


def coupons_part(stage: Stage) -> Part:
    """Make all coupons."""
    used = [(sale.coupon.code, sale.times.placed) for sale in list_sales(stage) if sale.coupon is not None]
    return coupons_used(Counter(code for code, _ in used), dict(used))


def coupons_used(uses: Mapping[str, int], last: Mapping[str, datetime]) -> Part:
    """Make all coupons as they are after some uses, the last of which were at these instants."""
    return Part(
        "coupons", (Table("coupon", [_coupon(c, uses.get(c.code, 0), last.get(c.code)) for c in COUPONS]),)
    )


def _coupon(coupon: CouponData, uses: int, last: datetime | None) -> inputs.CouponCreateWithoutRelationsInput:
    made = min(OPENING, at(coupon.starts))
    return {
        "id": coupon_id(coupon.code),
        "code": coupon.code,
        "description": coupon.description,
        "type": enums.CouponType[coupon.type],
        "value": Decimal(coupon.value),
        "minOrderAmount": _amount(coupon.min_order),
        "maxDiscountAmount": _amount(coupon.max_discount),
        "usageLimit": coupon.usage_limit,
        "usageCount": uses,
        "startsAt": at(coupon.starts, 0),
        "expiresAt": at(coupon.expires, 23, 59) if coupon.expires else None,
        "isActive": coupon.active,
        "createdAt": made,
        "updatedAt": last or made,
    }


def _amount(amount: str | None) -> Decimal | None:
    return Decimal(amount) if amount else None
