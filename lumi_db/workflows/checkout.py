"""Checkout: a cart becomes an order, once, at the prices and the stock of that moment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from lumi_db.engine import locking
from lumi_db.errors import ConflictError, IdempotencyError, NotFoundError, ValidationError
from lumi_db.money import NOTHING, contained_tax, round_cents
from lumi_db.repositories.carts import check_for_sale
from lumi_db.repositories.coupons import discount_of
from lumi_db.repositories.orders import DETAIL
from lumi_db.scope import with_deleted
from lumi_db.shop import Shop
from lumi_db.translation import in_shop_words

SNAPSHOT = ("label", "fullName", "phone", "line1", "line2", "city", "state", "postalCode", "country")
LONGEST_KEY = 255
MOST = Decimal("9999999999.99")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """What a customer sends to place an order; `shipping` is what the parcel costs, before a coupon for free shipping.

    `idempotency_key` is the caller's: the same key with the same content gives the same order, however often.
    """

    cart_id: str
    idempotency_key: str
    shipping_address_id: str | None = None
    billing_address_id: str | None = None
    coupon_code: str | None = None
    shipping: Decimal = NOTHING
    provider: str = "IYZICO"
    notes: str | None = None

    @property
    def content_hash(self) -> str:
        """SHA-256 of everything but the key."""
        content = {name: value for name, value in asdict(self).items() if name != "idempotency_key"}
        return hashlib.sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()


async def place_order(shop: Shop, checkout: Checkout) -> Any:
    """Make an order of a cart and return it with items, payment and coupon use.

    Prices are read again, stock is reserved, the coupon redeemed, tax worked out, addresses are copied, the cart closed
    and a payment initiated; all of that or nothing. Run again by itself after a write conflict.

    Raises ValidationError, NotFoundError, IdempotencyError (the key was used for something else),
    ConflictError (the cart is closed, empty, a guest's, or holds what is not for sale), OutOfStockError, CouponError.
    """
    _check(checkout)
    return await shop.run(lambda inside: _place(inside, checkout))


def _check(checkout: Checkout) -> None:
    if not isinstance(checkout.idempotency_key, str) or not 1 <= len(checkout.idempotency_key) <= LONGEST_KEY:
        message = f"idempotency_key must be a text of 1 to {LONGEST_KEY} characters."
        raise ValidationError(message, entity="Order", fields=("idempotency_key",))
    shipping = checkout.shipping
    is_amount = isinstance(shipping, Decimal) and shipping.is_finite() and 0 <= shipping <= MOST
    if not is_amount or shipping != round_cents(shipping):
        message = "shipping must be a Decimal that is not negative, with two places at most."
        raise ValidationError(message, entity="Order", fields=("shipping",))


async def _place(shop: Shop, checkout: Checkout) -> Any:
    if (known := await _find_known(shop, checkout)) is not None:
        return known
    cart = await _lock_cart(shop, checkout.cart_id)
    # Whoever sent the same first held the lock until its order was there.
    if (known := await _find_known(shop, checkout)) is not None:
        return known
    items = await _read_items(shop, cart)
    subtotal = sum((item.productVariant.price * item.quantity for item in items), NOTHING)
    coupon, discount, shipping = None, NOTHING, checkout.shipping
    if checkout.coupon_code is not None:
        coupon = await shop.coupons.redeem(checkout.coupon_code, subtotal=subtotal, currency=cart.currency)
        discount = discount_of(coupon, subtotal)
        shipping = NOTHING if coupon.type == "FREE_SHIPPING" else shipping
    saved = checkout.shipping - shipping
    taken = await shop.inventory.reserve([(item.productVariantId, item.quantity) for item in items])
    total = subtotal - discount + shipping
    if total > MOST:
        message = f"The order is above {MOST}: order less at once."
        raise ValidationError(message, entity="Order", fields=("totalAmount",))
    order = await shop.orders.create(
        {
            "userId": cart.userId,
            "cartId": cart.id,
            "subtotalAmount": subtotal,
            "discountAmount": discount,
            "shippingAmount": shipping,
            "taxAmount": contained_tax(total, shop.rules.tax_rate),
            "totalAmount": total,
            "currency": cart.currency,
            **await _addresses(shop, cart.userId, checkout),
            "notes": checkout.notes,
            "idempotencyKey": checkout.idempotency_key,
            "idempotencyHash": checkout.content_hash,
        }
    )
    with in_shop_words("OrderItem"):
        await shop.client.orderitem.create_many([_line(order, item, taken) for item in items])
        if coupon is not None:
            await shop.client.couponusage.create(
                {
                    "couponId": coupon.id,
                    "userId": cart.userId,
                    "orderId": order.id,
                    "discountAmount": discount + saved,
                }
            )
    await shop.payments.create(
        {
            "orderId": order.id,
            "userId": cart.userId,
            "provider": checkout.provider,
            "amount": total,
            "currency": cart.currency,
        }
    )
    await shop.carts.update(cart.id, {"status": "CHECKED_OUT"})
    return await shop.orders.get(order.id, include=DETAIL)


async def _find_known(shop: Shop, checkout: Checkout) -> Any:
    """Return the order that this key made before. Raises IdempotencyError if the content was another."""
    known = await shop.orders.find_by_key(checkout.idempotency_key)
    if known is not None and known.idempotencyHash != checkout.content_hash:
        message = "The idempotency key was used for another order: use a new key for a new order."
        raise IdempotencyError(message, entity="Order", fields=("idempotency_key",))
    return known


async def _lock_cart(shop: Shop, cart_id: str) -> Any:
    with in_shop_words("Cart"):
        cart = await locking(shop.client, "update").cart.find_unique({"id": cart_id})
    if cart is None:
        raise NotFoundError("There is no such cart.", entity="Cart", fields=("cart_id",), code="P2025")
    now = datetime.now(UTC)
    if cart.status == "ACTIVE" and cart.expiresAt is not None and cart.expiresAt <= now:
        raise _refusal("The cart has expired: begin a new one.")
    if cart.status == "ACTIVE" and cart.userId is None:
        raise _refusal("The cart is a guest's: merge it into a user's cart first.")
    return cart


async def _read_items(shop: Shop, cart: Any) -> list[Any]:
    """Return the items with variants and products; refuse what cannot be bought, deleted variants too."""
    if cart.status != "ACTIVE":
        raise _refusal("The cart is closed: an order was made of it, or it was abandoned.")
    with with_deleted(), in_shop_words("CartItem"):
        items = await shop.client.cartitem.find_many(
            where={"cartId": cart.id},
            include={"productVariant": {"include": {"product": True}}},
            order={"id": "asc"},
        )
    if not items:
        raise _refusal("The cart is empty: put something into it first.")
    for item in items:
        check_for_sale(item.productVariant, cart.currency)
    return items


async def _addresses(shop: Shop, user_id: str, checkout: Checkout) -> dict[str, Any]:
    shipping, billing = (
        checkout.shipping_address_id,
        checkout.billing_address_id or checkout.shipping_address_id,
    )
    wanted = [one for one in dict.fromkeys((shipping, billing)) if one is not None]
    with in_shop_words("Address"):
        found = (
            await shop.client.address.find_many(where={"userId": user_id, "id": {"in": wanted}})
            if wanted
            else []
        )
    known = {address.id: address for address in found}
    for name, id_ in (("shipping_address_id", shipping), ("billing_address_id", billing)):
        if id_ is not None and id_ not in known:
            message = f"{name} is not an address of this user: use one of theirs."
            raise NotFoundError(message, entity="Address", fields=(name,), code="P2025")
    return {
        "shippingAddressId": shipping,
        "billingAddressId": billing,
        "shippingAddressSnapshot": _snapshot(known.get(shipping or "")),
        "billingAddressSnapshot": _snapshot(known.get(billing or "")),
    }


def _snapshot(address: Any) -> Any:
    values = {} if address is None else {name: getattr(address, name) for name in SNAPSHOT}
    return _json({name: value for name, value in values.items() if value is not None})


def _line(order: Any, item: Any, taken: Mapping[str, int]) -> Any:
    variant = item.productVariant
    return {
        "orderId": order.id,
        "productId": variant.productId,
        "productVariantId": variant.id,
        "quantity": item.quantity,
        "quantityReserved": taken[variant.id],
        "unitPrice": variant.price,
        "currency": order.currency,
        "titleSnapshot": variant.product.title,
        "variantSnapshot": _json(
            {"title": variant.title, "sku": variant.sku, "attributes": variant.attributes}
        ),
    }


def _json(value: Any) -> Any:
    from lumi_db.client import load_generated

    return load_generated().Json(value)


def _refusal(message: str) -> ConflictError:
    return ConflictError(message, entity="Cart", fields=("cart_id",))
