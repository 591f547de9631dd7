"""Make the coupons, each with the number of times it was used."""

from __future__ import annotations

from decimal import Decimal

from seed.data.coupons import COUPONS, CouponData
from seed.ids import make_id
from seed.moments import OPENING, at
from seed.sales import Sale, list_sales
from seed.schema import enums, inputs
from seed.stage import Stage
from seed.tables import Part, Table


def coupon_id(code: str) -> str:
    """Return the id of a coupon."""
    return make_id("Coupon", code)


def coupons_part(stage: Stage) -> Part:
    """Make all coupons."""
    uses: dict[str, list[Sale]] = {}
    for sale in list_sales(stage):
        if sale.coupon is not None:
            uses.setdefault(sale.coupon.code, []).append(sale)
    return Part("coupons", (Table("coupon", [_coupon(c, uses.get(c.code, [])) for c in COUPONS]),))


def _coupon(coupon: CouponData, uses: list[Sale]) -> inputs.CouponCreateWithoutRelationsInput:
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
        "usageCount": len(uses),
        "startsAt": at(coupon.starts, 0),
        "expiresAt": at(coupon.expires, 23, 59) if coupon.expires else None,
        "isActive": coupon.active,
        "createdAt": made,
        "updatedAt": uses[-1].times.placed if uses else made,
    }


def _amount(amount: str | None) -> Decimal | None:
    return Decimal(amount) if amount else None
