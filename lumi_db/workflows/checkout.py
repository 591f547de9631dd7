"""Checkout: a cart becomes an order, once, at the prices and the stock of that moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from lumi_db.dto.base import parse
from lumi_db.dto.kinds import LARGEST_AMOUNT
from lumi_db.dto.orders import Checkout
from lumi_db.engine import locking
from lumi_db.errors import ConflictError, IdempotencyError, NotFoundError, ValidationError
from lumi_db.money import NOTHING, contained_tax
from lumi_db.repositories.base import Data
from lumi_db.repositories.carts import check_for_sale
from lumi_db.repositories.coupons import discount_of
from lumi_db.repositories.orders import DETAIL
from lumi_db.scope import with_deleted
from lumi_db.shop import Shop
from lumi_db.translation import in_shop_words

SNAPSHOT = ("label", "fullName", "phone", "line1", "line2", "city", "state", "postalCode", "country")


async def place_order(shop: Shop, data: Data) -> Any:
    """Make an order of a cart and return it with items, payment and coupon use; `data` is a Checkout.

    Prices are read again, stock is reserved, the coupon redeemed, tax worked out, addresses are copied, the cart closed
    and a payment initiated; all of that or nothing. Run again by itself after a write conflict.

    Raises ValidationError, NotFoundError, IdempotencyError (the key was used for something else),
    ConflictError (the cart is closed, empty, a guest's, or holds what is not for sale), OutOfStockError, CouponError.
    """
    checkout = parse(Checkout, data)
    return await shop.run(lambda inside: _place(inside, checkout))


async def _place(shop: Shop, checkout: Checkout) -> Any:
    cart = await _lock_cart(shop, checkout.cartId)
    # Whoever sent the same first held the lock until its order was there.
    if (known := await _find_known(shop, checkout)) is not None:
        return known
    items = await _read_items(shop, _check_cart(cart))
    subtotal = sum((item.productVariant.price * item.quantity for item in items), NOTHING)
    _check_amount(subtotal, "subtotalAmount")
    coupon, discount, shipping = None, NOTHING, checkout.shippingAmount
    if checkout.couponCode is not None:
        coupon = await shop.coupons.redeem(checkout.couponCode, subtotal=subtotal, currency=cart.currency)
        discount = discount_of(coupon, subtotal)
        shipping = NOTHING if coupon.type == "FREE_SHIPPING" else shipping
    taken = await shop.inventory.reserve([(item.productVariantId, item.quantity) for item in items])
    total = _check_amount(subtotal - discount + shipping, "totalAmount")
    buyer = {"userId": cart.userId, "currency": cart.currency}
    order: dict[str, Any] = {
        **buyer,
        "cartId": cart.id,
        "subtotalAmount": subtotal,
        "discountAmount": discount,
        "shippingAmount": shipping,
        "taxAmount": contained_tax(total, shop.rules.tax_rate),
        "totalAmount": total,
        **await _addresses(shop, cart.userId, checkout),
        "notes": checkout.notes,
        "idempotencyKey": checkout.idempotencyKey,
        "idempotencyHash": checkout.content_hash,
        "items": {"create": [_line(cart, item, taken) for item in items]},
        "payments": {"create": {**buyer, "provider": checkout.provider, "amount": total}},
    }
    if coupon is not None:
        saved = discount + checkout.shippingAmount - shipping
        usage = {"couponId": coupon.id, "userId": cart.userId, "discountAmount": saved}
        order["couponUsages"] = {"create": usage}
    tables: Any = shop.client
    with in_shop_words("Order"):
        await tables.cart.update_many({"status": "CHECKED_OUT"}, {"id": cart.id})
        return await tables.order.create(order, include=DETAIL)


def _check_amount(amount: Decimal, field: str) -> Decimal:
    if amount > LARGEST_AMOUNT:
        message = f"The order is above {LARGEST_AMOUNT}: order less at once."
        raise ValidationError(message, entity="Order", fields=(field,))
    return amount


async def _find_known(shop: Shop, checkout: Checkout) -> Any:
    """Return the order that this key made before. Raises IdempotencyError if the content was another."""
    known = await shop.orders.find_by_key(checkout.idempotencyKey)
    if known is not None and known.idempotencyHash != checkout.content_hash:
        message = "The idempotency key was used for another order: use a new key for a new order."
        raise IdempotencyError(message, entity="Order", fields=("idempotencyKey",))
    return known


async def _lock_cart(shop: Shop, cart_id: str) -> Any:
    with in_shop_words("Cart"):
        return await locking(shop.client, "update").cart.find_unique({"id": cart_id})


def _check_cart(cart: Any) -> Any:
    if cart is None:
        raise NotFoundError("There is no such cart.", entity="Cart", fields=("cartId",), code="P2025")
    if cart.status != "ACTIVE":
        raise _refusal("The cart is closed: an order was made of it, or it was abandoned.")
    if cart.expiresAt is not None and cart.expiresAt <= datetime.now(UTC):
        raise _refusal("The cart has expired: begin a new one.")
    if cart.userId is None:
        raise _refusal("The cart is a guest's: merge it into a user's cart first.")
    return cart


async def _read_items(shop: Shop, cart: Any) -> list[Any]:
    """Return the items with variants and products; refuse what cannot be bought, deleted variants too."""
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
        checkout.shippingAddressId,
        checkout.billingAddressId or checkout.shippingAddressId,
    )
    wanted = [one for one in dict.fromkeys((shipping, billing)) if one is not None]
    with in_shop_words("Address"):
        found = (
            await shop.client.address.find_many(where={"userId": user_id, "id": {"in": wanted}})
            if wanted
            else []
        )
    known = {address.id: address for address in found}
    for name, id_ in (("shippingAddressId", shipping), ("billingAddressId", billing)):
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


def _line(cart: Any, item: Any, taken: Mapping[str, int]) -> Any:
    variant = item.productVariant
    return {
        "productId": variant.productId,
        "productVariantId": variant.id,
        "quantity": item.quantity,
        "quantityReserved": taken[variant.id],
        "unitPrice": variant.price,
        "currency": cart.currency,
        "titleSnapshot": variant.product.title,
        "variantSnapshot": _json(
            {"title": variant.title, "sku": variant.sku, "attributes": variant.attributes}
        ),
    }


def _json(value: Any) -> Any:
    from lumi_db.client import load_generated

    return load_generated().Json(value)


def _refusal(message: str) -> ConflictError:
    return ConflictError(message, entity="Cart", fields=("cartId",))
