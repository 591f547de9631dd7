"""Coupons and their use. The row is locked while it is redeemed or given back, so no limit is ever passed."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from lumi_db.dto.coupons import CouponCreate, CouponUpdate
from lumi_db.engine import locking
from lumi_db.errors import CouponError
from lumi_db.money import take_off
from lumi_db.scope import with_deleted
from lumi_db.translation import in_shop_words

from .arguments import read_text
from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Coupon


class CouponRepository(Repository["Coupon"]):
    """Codes that make an order cheaper."""

    entity = "Coupon"
    create_model = CouponCreate
    update_model = CouponUpdate

    async def find_by_code(self, code: str) -> Coupon | None:
        """Return the coupon; codes are in capitals, in whatever case they are typed."""
        return await self._find_unique({"code": _plain_code(code)})

    async def validate(self, code: str, *, subtotal: Decimal, currency: str) -> Coupon:
        """Return the coupon if it can be used for this subtotal now. Raises CouponError, which says why not."""
        return check_coupon(await self.find_by_code(code), subtotal=subtotal, currency=currency)

    async def redeem(self, code: str, *, subtotal: Decimal, currency: str) -> Coupon:
        """Count one use of the coupon, in the caller's transaction, and return it. Raises CouponError.

        The caller writes the CouponUsage with the order. Two statements.
        """
        async with self._transaction() as tx:
            with in_shop_words(self.entity):
                found = await locking(tx, "update").coupon.find_unique({"code": _plain_code(code)})
            coupon = check_coupon(found, subtotal=subtotal, currency=currency)
            with in_shop_words(self.entity):
                await tx.coupon.update({"usageCount": {"increment": 1}}, {"id": coupon.id})
        return coupon

    async def revert(self, order_id: str) -> None:
        """Give back the uses that an order made, and forget them; an order without a coupon is left as it is."""
        with with_deleted(), in_shop_words(self.entity):
            async with self._transaction() as tx:
                for usage in await tx.couponusage.find_many(
                    where={"orderId": order_id}, order={"couponId": "asc"}
                ):
                    await locking(tx, "update").coupon.find_unique({"id": usage.couponId})
                    # Somebody else may have given it back before the lock was had.
                    if await tx.couponusage.delete_many(where={"id": usage.id}):
                        await tx.coupon.update({"usageCount": {"decrement": 1}}, {"id": usage.couponId})


def check_coupon(coupon: Coupon | None, *, subtotal: Decimal, currency: str) -> Coupon:
    """Return the coupon if it can be used now for a subtotal. Raises CouponError."""
    now = datetime.now(UTC)
    if coupon is None:
        raise _refusal("There is no coupon with this code.")
    if not coupon.isActive:
        raise _refusal("The coupon is switched off.")
    if coupon.startsAt > now:
        raise _refusal("The coupon cannot be used yet.")
    if coupon.expiresAt is not None and coupon.expiresAt <= now:
        raise _refusal("The coupon has expired.")
    if coupon.usageLimit is not None and coupon.usageCount >= coupon.usageLimit:
        raise _refusal("The coupon was used as often as it may be.")
    if coupon.currency != currency and coupon.type != "PERCENTAGE":
        raise _refusal(f"The coupon is in {coupon.currency}, the cart in {currency}: use one in {currency}.")
    if coupon.minOrderAmount is not None and subtotal < coupon.minOrderAmount:
        raise _refusal(
            f"The coupon can be used from a subtotal of {coupon.minOrderAmount} {coupon.currency} on."
        )
    return coupon


def discount_of(coupon: Coupon, subtotal: Decimal) -> Decimal:
    """Return what a coupon takes off a subtotal; one for free shipping takes nothing off it."""
    return take_off(subtotal, str(coupon.type), coupon.value, coupon.maxDiscountAmount)


def _plain_code(code: str) -> str:
    """Return a code as it is stored."""
    return read_text(code, "code").strip().upper()


def _refusal(message: str) -> CouponError:
    return CouponError(message, entity="Coupon", fields=("couponCode",))
