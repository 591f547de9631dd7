"""Carts and coupons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from polyfactory import PostGenerated, Use

from lumi_db.errors import CallerError
from lumi_db.types import Cart, CartItem, Coupon, ProductVariant

from .base import RowFactory, transaction
from .catalogue import ProductFactory, VariantFactory, make_price
from .chance import CHANCE, now
from .fields import check_count
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
        check_count("items", items)
        return [(await make_variant(tx, currency=currency), make_quantity()) for _ in range(items)]
    pairs = [item if isinstance(item, tuple) else (item, 1) for item in items]
    for variant, quantity in pairs:
        if not isinstance(variant, ProductVariant) or not isinstance(quantity, int):
            raise CallerError("items must be a number, or variants, each alone or as (variant, quantity).")
    return pairs


async def currency_of(tx: Prisma, items: object) -> str:
    """Return the currency of the first variant among the items, or the schema's default where there is none."""
    first = next(iter(items), None) if isinstance(items, Sequence) else None
    variant = first[0] if isinstance(first, tuple) and first else first
    if not isinstance(variant, ProductVariant):
        return "TRY"
    return (await tx.product.find_unique_or_raise(where={"id": variant.productId})).currency


async def make_variant(tx: Prisma, *, currency: str, **given: Any) -> ProductVariant:
    """Make a variant with stock in an ACTIVE product of this currency."""
    product = await ProductFactory.insert(tx, {"currency": currency})
    return await VariantFactory.create(tx, product=product, inventory=STOCK, **given)


def make_quantity() -> int:
    return CHANCE.random.randint(1, 3)


class CartFactory(RowFactory[Cart]):
    """Makes an ACTIVE cart: of the user, of a user that is made, or with `sessionId` or `user=None` a guest's."""

    __parents__ = {"user": {}}
    __options__ = ("items",)

    expiresAt = PostGenerated(lambda _, cart: (cart.get("createdAt") or now()) + _MONTH)
    createdAt = PostGenerated(created_before, end="expiresAt")

    @classmethod
    async def create(cls, db: Database | Shop | Prisma, *, items: Items = 0, **given: Any) -> Cart:
        """Write a cart with items; else as every factory."""
        async with transaction(db) as tx:
            cart = await cls.insert(tx, {"currency": await currency_of(tx, items), **given})
            for variant, quantity in await make_lines(tx, items, currency=cart.currency):
                await CartItemFactory.create(tx, cart=cart, productVariant=variant, quantity=quantity)
        return cart

    @classmethod
    def adjust(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        owners = [given[name] for name in ("user", "userId") if name in given]
        if not owners:
            return {**given, "userId": None} if given.get("sessionId") is not None else given
        return given if any(owners) else {"sessionId": f"guest-{CHANCE.mark()}", **given}


class CartItemFactory(RowFactory[CartItem]):
    """Makes an item at the variant's price."""

    __parents__ = {"productVariant": {"inventory": STOCK}}

    quantity = Use(make_quantity)
    unitPrice = Use(make_price)

    @classmethod
    async def find_parents(cls, tx: Prisma, given: Mapping[str, Any]) -> dict[str, Any]:
        parents = await super().find_parents(tx, {"cart": None, **given})
        if not {"cart", "cartId"} & given.keys():
            currency = await currency_of(tx, [parents.get("productVariant")])
            parents["cart"] = await CartFactory.create(tx, currency=currency)
        return parents

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
