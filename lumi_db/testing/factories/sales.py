"""Carts and coupons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from polyfactory import PostGenerated, Use

from lumi_db.types import Cart, CartItem, Coupon, ProductVariant

from .base import RowFactory, transaction
from .catalogue import ProductFactory, VariantFactory, make_price
from .chance import CHANCE, now
from .people import created_before

if TYPE_CHECKING:
    from lumi_db.client import Prisma
    from lumi_db.database import Database
    from lumi_db.shop import Shop

Items = int | Sequence[ProductVariant | tuple[ProductVariant, int]]
"""How many variants to make, or variants that there are, each once or with its quantity."""

STOCK = 20
_DAY, _MONTH = timedelta(days=1), timedelta(days=30)
_VALUES = {"PERCENTAGE": Decimal(10), "FIXED_AMOUNT": Decimal("50.00")}


async def make_lines(tx: Prisma, items: Items, *, currency: str) -> list[tuple[ProductVariant, int]]:
    """Return variants with quantities; those that are made have stock and belong to ACTIVE products."""
    if isinstance(items, int):
        return [(await make_variant(tx, currency=currency), make_quantity()) for _ in range(items)]
    return [item if isinstance(item, tuple) else (item, 1) for item in items]


async def make_variant(tx: Prisma, *, currency: str, **given: Any) -> ProductVariant:
    """Make a variant with stock in an ACTIVE product of this currency."""
    product = await ProductFactory.insert(tx, {"currency": currency})
    return await VariantFactory.create(tx, product=product, inventory=STOCK, **given)


def make_quantity() -> int:
    return CHANCE.random.randint(1, 3)


class CartFactory(RowFactory[Cart]):
    """Makes an ACTIVE cart: of the user, of a user that is made, or with `sessionId` a guest's."""

    __parents__ = {"user": {}}
    __options__ = ("items",)

    expiresAt = PostGenerated(lambda _, cart: (cart.get("createdAt") or now()) + _MONTH)
    createdAt = PostGenerated(created_before, end="expiresAt")

    @classmethod
    async def create(cls, db: Database | Shop | Prisma, *, items: Items = 0, **given: Any) -> Cart:
        """Write a cart with items; else as every factory."""
        async with transaction(db) as tx:
            cart = await cls.insert(tx, given)
            for variant, quantity in await make_lines(tx, items, currency=cart.currency):
                await CartItemFactory.create(tx, cart=cart, productVariant=variant, quantity=quantity)
        return cart

    @classmethod
    def adjust(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        is_guest = given.get("sessionId") is not None and not {"user", "userId"} & given.keys()
        return {**given, "userId": None} if is_guest else given


class CartItemFactory(RowFactory[CartItem]):
    """Makes an item at the variant's price."""

    __parents__ = {"productVariant": {"inventory": STOCK}}

    quantity = Use(make_quantity)
    unitPrice = Use(make_price)

    @classmethod
    def follow(cls, parents: Mapping[str, Any]) -> dict[str, Any]:
        return {"unitPrice": parents["productVariant"].price} if "productVariant" in parents else {}


def _start(_: str, coupon: Mapping[str, Any]) -> datetime:
    """Return yesterday, or the day before an end that was given."""
    end = coupon.get("expiresAt")
    return now() - _DAY if end is None else min(now(), end) - _DAY


class CouponFactory(RowFactory[Coupon]):
    """Makes a coupon of ten per cent, or with type FIXED_AMOUNT of 50.00, that began yesterday and ends in a month."""

    code = Use(lambda: f"YAZ-{CHANCE.mark().upper()}")
    description = "Made for a test"
    type = "PERCENTAGE"
    value = PostGenerated(lambda _, coupon: _VALUES.get(coupon["type"], Decimal(0)))
    startsAt = PostGenerated(_start)
    expiresAt = PostGenerated(lambda _, coupon: max(now(), coupon["startsAt"]) + _MONTH)
