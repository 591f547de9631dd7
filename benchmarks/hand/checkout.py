"""Checkout by hand: the rules, locks and writes of `lumi_db.workflows.checkout` in six statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import asyncpg
from pydantic_core import from_json, to_json

from lumi_db.dto.kinds import LARGEST_AMOUNT
from lumi_db.dto.orders import Checkout
from lumi_db.money import NOTHING, contained_tax, take_off
from lumi_db.rules import DEFAULT_RULES
from lumi_db.workflows.checkout import SNAPSHOT

from .rows import Cuids, columns, json_columns, validator, with_relations

_ORDER = validator("Order")
_new_id = Cuids()
_ATTEMPTS = 4


class Refused(Exception):
    """The cart cannot become an order."""


_LOCK_CART = """
    SELECT "status", "expiresAt", "userId", "currency", now() AS now FROM "Cart" WHERE "id" = $1 FOR UPDATE
"""
# A statement of its own: it must see what whoever held the lock has written.
_KNOWN = """
    SELECT (SELECT "id" || ' ' || coalesce("idempotencyHash", '') FROM "Order" WHERE "idempotencyKey" = $1) AS known,
        (SELECT json_agg(one) FROM "Address" one WHERE one."userId" = $2 AND one."id" = ANY ($3)) AS addresses
"""
_REDEEM = """
    UPDATE "Coupon" SET "usageCount" = "usageCount" + 1, "version" = "version" + 1, "updatedAt" = now()
    WHERE "code" = $1 AND "deletedAt" IS NULL AND "isActive" AND "startsAt" <= now()
        AND ("expiresAt" IS NULL OR "expiresAt" > now())
        AND ("usageLimit" IS NULL OR "usageCount" < "usageLimit")
    RETURNING "id", "type"::text, "value", "currency", "minOrderAmount", "maxDiscountAmount"
"""
# Locked in the order of the stock's ids, as everything else that moves stock does.
_ITEMS = """
    SELECT item."id" AS "itemId", item."quantity", variant."id", variant."productId", variant."price", variant."title",
        variant."sku", variant."attributes"::text, variant."deletedAt" AS gone, product."title" AS "productTitle",
        product."status"::text, product."inventoryPolicy"::text AS policy, product."currency",
        product."deletedAt" AS "productGone", stock."id" AS "stockId", stock."quantityAvailable" AS available,
        (SELECT count(*) FROM "CartItem" WHERE "cartId" = $1) AS "inCart"
    FROM "CartItem" item
    JOIN "ProductVariant" variant ON variant."id" = item."productVariantId"
    JOIN "Product" product ON product."id" = variant."productId"
    JOIN "Inventory" stock ON stock."productVariantId" = variant."id"
    WHERE item."cartId" = $1
    ORDER BY stock."id" FOR UPDATE OF stock
"""
_MADE = f"""
    SELECT {columns("Order", "made")},
        (SELECT json_agg(one) FROM (SELECT {json_columns("OrderItem", "lines")} FROM lines) AS one) AS "items",
        (SELECT json_agg(one) FROM (
            SELECT {json_columns("Payment", "paid")}, '[]'::json AS "refunds" FROM paid) AS one) AS "payments",
        (SELECT coalesce(json_agg(one), '[]') FROM (
            SELECT {json_columns("CouponUsage", "used")} FROM used) AS one) AS "couponUsages"
    FROM made
"""
_WRITE = f"""
    WITH taken AS (
        UPDATE "Inventory" stock SET "quantityAvailable" = stock."quantityAvailable" - move.quantity,
            "quantityReserved" = stock."quantityReserved" + move.quantity, "version" = stock."version" + 1,
            "updatedAt" = now()
        FROM unnest($1::text[], $2::int[]) AS move (id, quantity) WHERE stock."id" = move.id
    ), closed AS (
        UPDATE "Cart" SET "status" = 'CHECKED_OUT', "version" = "version" + 1, "updatedAt" = now() WHERE "id" = $3
    ), made AS (
        INSERT INTO "Order" ("id", "userId", "cartId", "currency", "subtotalAmount", "discountAmount",
            "shippingAmount", "taxAmount", "totalAmount", "shippingAddressId", "billingAddressId",
            "shippingAddressSnapshot", "billingAddressSnapshot", "notes", "idempotencyKey", "idempotencyHash",
            "updatedAt")
        VALUES ($4, $5, $3, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, now())
        RETURNING {columns("Order")}
    ), lines AS (
        INSERT INTO "OrderItem" ("id", "orderId", "productId", "productVariantId", "quantity", "quantityReserved",
            "unitPrice", "currency", "titleSnapshot", "variantSnapshot", "updatedAt")
        SELECT line.id, $4, line.product, line.variant, line.quantity, line.taken, line.price, $6, line.title,
            line.snapshot, now()
        FROM unnest($19::text[], $20::text[], $21::text[], $22::int[], $2::int[], $23::numeric[], $24::text[],
            $25::jsonb[]) AS line (id, product, variant, quantity, taken, price, title, snapshot)
        RETURNING {columns("OrderItem")}
    ), paid AS (
        INSERT INTO "Payment" ("id", "orderId", "userId", "currency", "provider", "amount", "updatedAt")
        VALUES ($26, $4, $5, $6, $27, $11, now()) RETURNING {columns("Payment")}
    ), used AS (
        INSERT INTO "CouponUsage" ("id", "couponId", "userId", "orderId", "discountAmount", "updatedAt")
        SELECT $28, $29::text, $5, $4, $30, now() WHERE $29 IS NOT NULL RETURNING {columns("CouponUsage")}
    ) {_MADE}
"""
_READ = f"""
    SELECT {columns("Order", "o")},
        (SELECT json_agg(one) FROM (
            SELECT {json_columns("OrderItem", "i")} FROM "OrderItem" i WHERE i."orderId" = o."id") AS one) AS "items",
        (SELECT json_agg(one) FROM (
            SELECT {json_columns("Payment", "p")}, (
                SELECT coalesce(json_agg(r), '[]') FROM (
                    SELECT {json_columns("PaymentRefund", "f")} FROM "PaymentRefund" f WHERE f."paymentId" = p."id"
                ) AS r) AS "refunds" FROM "Payment" p WHERE p."orderId" = o."id") AS one) AS "payments",
        (SELECT coalesce(json_agg(one), '[]') FROM (
            SELECT {json_columns("CouponUsage", "u")} FROM "CouponUsage" u WHERE u."orderId" = o."id") AS one
        ) AS "couponUsages"
    FROM "Order" o WHERE o."id" = $1
"""
_OF_LINES = ("productId", "id", "quantity", "price", "productTitle")
_RELATIONS = ("items", "payments", "couponUsages")


async def checkout(connection: Any, data: Mapping[str, Any]) -> Any:
    """Make an order of a cart, and again after a write conflict; see place_order of lumi_db.workflows.checkout."""
    wanted = Checkout.model_validate(data)
    for attempt in range(_ATTEMPTS):
        try:
            async with connection.transaction():
                return await _place(connection, wanted)
        except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError):
            if attempt == _ATTEMPTS - 1:
                raise
    return None


async def _place(connection: Any, wanted: Checkout) -> Any:
    cart = await connection.fetchrow(_LOCK_CART, wanted.cartId)
    shipping, billing = wanted.shippingAddressId, wanted.billingAddressId or wanted.shippingAddressId
    ids = [one for one in {shipping, billing} if one is not None]
    known, addresses = await connection.fetchrow(_KNOWN, wanted.idempotencyKey, cart and cart["userId"], ids)
    if known is not None:
        return await _known_order(connection, known, wanted)
    _check_cart(cart)
    snapshots = _snapshots(addresses, (shipping, billing))
    coupon = await _redeem(connection, wanted.couponCode)
    lines = await connection.fetch(_ITEMS, wanted.cartId)
    if not lines or len(lines) < lines[0]["inCart"]:
        raise Refused("the cart is empty, or stock is not kept of everything in it")
    taken = [_take(line, cart["currency"]) for line in lines]
    subtotal = sum((line["price"] * line["quantity"] for line in lines), NOTHING)
    discount, fee = _discount(coupon, subtotal, cart["currency"], wanted.shippingAmount)
    total = subtotal - discount + fee
    if total > LARGEST_AMOUNT:
        raise Refused("the order is too large")
    row = await connection.fetchrow(
        _WRITE,
        [line["stockId"] for line in lines], taken, wanted.cartId,
        _new_id(), cart["userId"], cart["currency"], subtotal, discount, fee,
        contained_tax(total, DEFAULT_RULES.tax_rate), total, shipping, billing, *snapshots, wanted.notes,
        wanted.idempotencyKey, wanted.content_hash,
        _new_id.many(len(lines)), *([line[name] for line in lines] for name in _OF_LINES),
        [_variant_snapshot(line) for line in lines], _new_id(), str(wanted.provider),
        _new_id(), coupon and coupon["id"], discount + wanted.shippingAmount - fee,
    )  # fmt: skip
    return _ORDER(with_relations(row, _RELATIONS))


async def _known_order(connection: Any, known: str, wanted: Checkout) -> Any:
    order_id, _, content = known.partition(" ")
    if content != wanted.content_hash:
        raise Refused("the key was used for another order")
    return _ORDER(with_relations(await connection.fetchrow(_READ, order_id), _RELATIONS))


def _check_cart(cart: Any) -> None:
    if cart is None or cart["status"] != "ACTIVE" or cart["userId"] is None:
        raise Refused("there is no such cart, it is closed, or a guest's")
    if cart["expiresAt"] is not None and cart["expiresAt"] <= datetime.now(UTC):
        raise Refused("the cart has expired")


async def _redeem(connection: Any, code: str | None) -> Any:
    if code is None:
        return None
    coupon = await connection.fetchrow(_REDEEM, code)
    if coupon is None:
        raise Refused("there is no such coupon, or it cannot be used now")
    return coupon


def _take(line: Any, currency: str) -> int:
    """Return how many pieces are taken from stock."""
    if line["status"] != "ACTIVE" or line["policy"] == "DENY" or line["gone"] or line["productGone"]:
        raise Refused(f"{line['sku']} is not for sale")
    if line["currency"] != currency:
        raise Refused(f"{line['sku']} is sold in another currency")
    if line["policy"] == "TRACK" and line["quantity"] > line["available"]:
        raise Refused(f"{line['sku']} is not in stock")
    return int(min(line["quantity"], line["available"]))


def _discount(coupon: Any, subtotal: Decimal, currency: str, shipping: Decimal) -> tuple[Decimal, Decimal]:
    """Return the discount and what is left to pay for shipping."""
    if coupon is None:
        return NOTHING, shipping
    if coupon["currency"] != currency and coupon["type"] != "PERCENTAGE":
        raise Refused("the coupon is in another currency")
    if coupon["minOrderAmount"] is not None and subtotal < coupon["minOrderAmount"]:
        raise Refused("the subtotal is too small for the coupon")
    discount = take_off(subtotal, coupon["type"], coupon["value"], coupon["maxDiscountAmount"])
    return discount, NOTHING if coupon["type"] == "FREE_SHIPPING" else shipping


def _snapshots(addresses: str | None, wanted: Sequence[str | None]) -> list[str]:
    found = {one["id"]: one for one in from_json(addresses or "[]")}
    texts = []
    for id_ in wanted:
        if id_ is not None and id_ not in found:
            raise Refused("the address is not one of this user's")
        address = found.get(id_, {})
        kept = {name: address[name] for name in SNAPSHOT if address.get(name) is not None}
        texts.append(to_json(kept).decode())
    return texts


def _variant_snapshot(line: Any) -> str:
    attributes = from_json(line["attributes"])
    return to_json({"title": line["title"], "sku": line["sku"], "attributes": attributes}).decode()
