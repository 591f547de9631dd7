"""Orders whose amounts, items, stock, coupon and payment agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from polyfactory import PostGenerated, Use

from lumi_db.errors import CallerError
from lumi_db.money import CENT, NOTHING, contained_tax, take_off
from lumi_db.rules import DEFAULT_RULES
from lumi_db.types import Address, Coupon, CouponUsage, Order, OrderItem, ProductVariant

from .base import RowFactory, transaction
from .catalogue import make_price
from .chance import CHANCE, now
from .fields import typed_values
from .payments import PaymentFactory
from .people import AddressFactory
from .sales import STOCK, CouponFactory, Items, currency_of, make_lines, make_quantity, make_variant

if TYPE_CHECKING:
    from lumi_db.client import Prisma
    from lumi_db.database import Database
    from lumi_db.shop import Shop

Lines = Sequence[tuple[ProductVariant, int]]

SHIPPING = Decimal("79.90")
_PAID = ("PAID", "FULFILLED", "SHIPPED", "DELIVERED")
_IN_WAREHOUSE = ("PENDING", "PAID", "FULFILLED")
_WEEK = timedelta(days=7)
_ADDRESS = ("label", "fullName", "phone", "line1", "line2", "city", "state", "postalCode", "country")


def _placed(_: str, order: Mapping[str, Any]) -> datetime:
    """Return now for an order that waits for its payment; the others were placed a week ago."""
    return order.get("createdAt") or (now() if order["status"] == "PENDING" else now() - _WEEK)


def _after(_: str, order: Mapping[str, Any], *, statuses: tuple[str, ...], hours: int) -> datetime | None:
    """Return when an order came to a status, if it did: some hours after it was placed, but not in the future."""
    reached = order["status"] in statuses
    return min(now(), order["placedAt"] + timedelta(hours=hours)) if reached else None


class OrderFactory(RowFactory[Order]):
    """Makes a PENDING order of one item, or an order in any status that looks as if it had gone the whole way.

    `items` says how many variants to make and sell, or which to sell. Amounts that are not given follow from them,
    from the `coupon`, and from each other. Stock of variants with an inventory is reserved while the goods are in the
    warehouse. From PAID on it has a SETTLED payment, but with `payment=False`.
    """

    __parents__ = {"user": {}}
    __options__ = ("items", "coupon", "payment")

    status = "PENDING"
    placedAt = PostGenerated(_placed)
    fulfilledAt = PostGenerated(_after, statuses=("FULFILLED", "SHIPPED", "DELIVERED"), hours=24)
    shippedAt = PostGenerated(_after, statuses=("SHIPPED", "DELIVERED"), hours=48)
    deliveredAt = PostGenerated(_after, statuses=("DELIVERED",), hours=96)
    cancelledAt = PostGenerated(_after, statuses=("CANCELLED",), hours=1)
    createdAt = PostGenerated(lambda _, order: min(now(), order["placedAt"]))

    @classmethod
    async def create(
        cls,
        db: Database | Shop | Prisma,
        *,
        items: Items | None = None,
        coupon: Coupon | None = None,
        payment: bool | None = None,
        **given: Any,
    ) -> Order:
        """Write an order with its items, the use of its coupon and its payment; else as every factory.

        Raises CallerError for a subtotal that is not what the items cost.
        """
        async with transaction(db) as tx:
            order = await cls.place(tx, given, items=items, coupon=coupon)
            if coupon is not None:
                await CouponUsageFactory.create(tx, coupon=coupon, order=order)
            if payment or (payment is None and order.status in _PAID):
                times = {"createdAt": order.createdAt}
                await PaymentFactory.create(tx, order=order, status="SETTLED", **times)
        return order

    @classmethod
    async def place(
        cls, tx: Prisma, given: Mapping[str, Any], *, items: Items | None = None, coupon: Coupon | None = None
    ) -> Order:
        """Write an order with its items alone."""
        cls.check_written(given)
        if any(name in given and given[name] is None for name in ("user", "userId")):
            raise CallerError("user of OrderFactory must be a User or left out: an order has a user.")
        given = {"currency": await currency_of(tx, items), **given}
        amounts = typed_values(cls.schema(), {name: given[name] for name in given if name.endswith("Amount")})
        lines = await _make_lines(tx, 1 if items is None else items, amounts, currency=given["currency"])
        subtotal = sum((variant.price * quantity for variant, quantity in lines), NOTHING)
        if amounts.setdefault("subtotalAmount", subtotal) != subtotal:
            raise CallerError(
                f"subtotalAmount must be what the items cost, {subtotal}: leave one of them out."
            )
        order = await cls.insert(tx, {**given, **_take_off(coupon, subtotal), **amounts})
        for variant, quantity in lines:
            await OrderItemFactory.insert(
                tx, {"order": order, "productVariant": variant, "quantity": quantity}
            )
        return order

    @classmethod
    async def find_parents(cls, tx: Prisma, given: Mapping[str, Any]) -> dict[str, Any]:
        parents = await super().find_parents(tx, given)
        if "user" in parents and not {"shippingAddress", "shippingAddressId"} & given.keys():
            parents["shippingAddress"] = await AddressFactory.create(tx, user=parents["user"])
        if "shippingAddress" in parents and not {"billingAddress", "billingAddressId"} & given.keys():
            parents["billingAddress"] = parents["shippingAddress"]
        return parents

    @classmethod
    def follow(cls, parents: Mapping[str, Any]) -> dict[str, Any]:
        return {
            f"{name}Snapshot": _snapshot(parents[name])
            for name in ("shippingAddress", "billingAddress")
            if name in parents
        }

    @classmethod
    def draw(cls, parents: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
        return super().draw(parents, add_up(typed_values(cls.schema(), given)) | dict(given))

    @classmethod
    def build(cls, factory_use_construct: bool = False, **given: Any) -> Order:
        given.setdefault("reference", f"LM-{now().year}-{CHANCE.random.randint(1, 999_999):06}")
        return super().build(factory_use_construct, **given)


class OrderItemFactory(RowFactory[OrderItem]):
    """Makes an item of a variant and takes its stock; the amounts of its order grow with it."""

    __parents__ = {"productVariant": {}}

    quantity = Use(make_quantity)
    unitPrice = Use(make_price)
    titleSnapshot = "Keten Elbise"

    @classmethod
    async def create(cls, db: Database | Shop | Prisma, **given: Any) -> OrderItem:
        async with transaction(db) as tx:
            item = await cls.insert(tx, given)
            order = await tx.order.find_unique_or_raise(where={"id": item.orderId})
            subtotal = order.subtotalAmount + item.unitPrice * item.quantity
            total = subtotal - order.discountAmount + order.shippingAmount
            tax = contained_tax(total, DEFAULT_RULES.tax_rate)
            amounts = {"subtotalAmount": subtotal, "totalAmount": total, "taxAmount": tax}
            await tx.order.update(where={"id": order.id}, data=amounts)  # type: ignore[arg-type]  # a TypedDict's part
        return item

    @classmethod
    def adjust(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"quantity": make_quantity(), **given}

    @classmethod
    def wanted_parents(cls, given: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        product = {name: given[name] for name in ("product", "productId") if given.get(name) is not None}
        return {"productVariant": {"inventory": STOCK, **product}}

    @classmethod
    async def find_parents(cls, tx: Prisma, given: Mapping[str, Any]) -> dict[str, Any]:
        parents = await super().find_parents(tx, {"order": None, **given})
        if not {"order", "orderId"} & given.keys():
            currency = given.get("currency") or await currency_of(tx, [parents.get("productVariant")])
            parents["order"] = await OrderFactory.create(tx, items=0, currency=currency)
        if "productVariant" in parents and not {"product", "productId"} & given.keys():
            product_id = parents["productVariant"].productId
            parents["product"] = await tx.product.find_unique_or_raise(where={"id": product_id})
        return parents

    @classmethod
    async def write(cls, tx: Prisma, parents: Mapping[str, Any], given: Mapping[str, Any]) -> OrderItem:
        if "productVariant" in parents and "order" in parents:
            taken = await _take(tx, parents["order"], parents["productVariant"], given)
            given = {"quantityReserved": taken, **given}
        return await super().write(tx, parents, given)

    @classmethod
    def follow(cls, parents: Mapping[str, Any]) -> dict[str, Any]:
        order, product, variant = (parents.get(name) for name in ("order", "product", "productVariant"))
        values: dict[str, Any] = {"currency": order.currency} if order else {}
        if product:
            values |= {"titleSnapshot": product.title}
        if variant:
            shown = {"title": variant.title, "sku": variant.sku, "attributes": variant.attributes}
            values |= {"unitPrice": variant.price, "productId": variant.productId, "variantSnapshot": shown}
        return values


class CouponUsageFactory(RowFactory[CouponUsage]):
    """Makes the use of a coupon and counts it; an order that is made has the coupon's discount."""

    discountAmount = NOTHING

    @classmethod
    async def insert(cls, tx: Prisma, given: Mapping[str, Any]) -> CouponUsage:
        cls.check_names(given)
        if not {"order", "orderId"} & given.keys():
            given = {**given, **await cls._make_order(tx, given)}
        usage = await super().insert(tx, given)
        await tx.coupon.update(where={"id": usage.couponId}, data={"usageCount": {"increment": 1}})
        return usage

    @classmethod
    async def _make_order(cls, tx: Prisma, given: Mapping[str, Any]) -> dict[str, Any]:
        coupon = given.get("coupon")
        if coupon is None and "couponId" in given:
            coupon = await tx.coupon.find_unique_or_raise(where={"id": given["couponId"]})
        coupon = coupon or await CouponFactory.create(tx)
        wanted = {name: given[name] for name in ("user", "userId", "discountAmount") if name in given}
        return {"coupon": coupon, "order": await OrderFactory.place(tx, wanted, coupon=coupon)}

    @classmethod
    def follow(cls, parents: Mapping[str, Any]) -> dict[str, Any]:
        order = parents.get("order")
        return {"discountAmount": order.discountAmount, "userId": order.userId} if order else {}


def add_up(given: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return the five amounts of an order: those given, and what the others must then be."""
    total, subtotal = given.get("totalAmount"), given.get("subtotalAmount")
    discount = given.get("discountAmount", NOTHING)
    if total is None:
        shipping = given.get("shippingAmount", SHIPPING)
    else:
        shipping = given.get("shippingAmount", NOTHING if subtotal is None else total - subtotal + discount)
    if subtotal is None:
        subtotal = make_price() if total is None else total + discount - shipping
    total = subtotal - discount + shipping if total is None else total
    if min(subtotal, discount, shipping, total) < 0:
        raise CallerError("The amounts of an order must agree, and none is negative: give fewer of them.")
    return {
        "subtotalAmount": subtotal,
        "discountAmount": discount,
        "shippingAmount": shipping,
        "taxAmount": given.get("taxAmount", contained_tax(total, DEFAULT_RULES.tax_rate)),
        "totalAmount": total,
    }


async def _make_lines(tx: Prisma, items: Items, amounts: Mapping[str, Any], *, currency: str) -> Lines:
    """Return the variants to sell; where an amount was given, those that are made share it."""
    has_amount = {"subtotalAmount", "totalAmount"} & amounts.keys()
    if not has_amount or not isinstance(items, int) or items < 1:
        return await make_lines(tx, items, currency=currency)
    prices = _share(add_up(amounts)["subtotalAmount"], items)
    return [(await make_variant(tx, currency=currency, price=price), 1) for price in prices]


def _share(amount: Decimal, count: int) -> list[Decimal]:
    """Return prices that make an amount, alike but for the last."""
    part = (amount / count).quantize(CENT, "ROUND_DOWN")
    return [*[part] * (count - 1), amount - part * (count - 1)]


def _take_off(coupon: Coupon | None, subtotal: Decimal) -> dict[str, Decimal]:
    if coupon is None:
        return {}
    if coupon.type == "FREE_SHIPPING":
        return {"shippingAmount": NOTHING}
    return {"discountAmount": take_off(subtotal, coupon.type, coupon.value, coupon.maxDiscountAmount)}


async def _take(tx: Prisma, order: Order, variant: ProductVariant, item: Mapping[str, Any]) -> int:
    """Reserve what there is of the item's quantity and return that; goods that left were taken long ago."""
    stock = await tx.inventory.find_unique(where={"productVariantId": variant.id})
    if stock is None:
        return 0
    if order.status not in _IN_WAREHOUSE:
        return int(item["quantity"])
    taken = int(item.get("quantityReserved", min(item["quantity"], stock.quantityAvailable)))
    move = {"quantityAvailable": {"decrement": taken}, "quantityReserved": {"increment": taken}}
    await tx.inventory.update(where={"id": stock.id}, data=move)  # type: ignore[arg-type]  # a TypedDict's part
    return taken


def _snapshot(address: Address) -> dict[str, Any]:
    return {name: getattr(address, name) for name in _ADDRESS}
