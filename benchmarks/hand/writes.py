"""Writes by hand: as few statements as do the work, ids made here, timestamps made there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic_core import to_json

from .rows import Cuids, columns, json_columns, validator, with_relations

_ADDRESS, _CARD, _ORDER, _USER = map(validator, ("Address", "SavedCard", "Order", "User"))
_new_id = Cuids()

_CREATE = f"""
    INSERT INTO "Address" ("id", "userId", "label", "fullName", "phone", "line1", "city", "postalCode", "updatedAt")
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now()) RETURNING {columns("Address")}
"""
_UPDATE = f"""
    UPDATE "Address" SET "city" = $2, "phone" = $3, "updatedAt" = now() WHERE "id" = $1 RETURNING {columns("Address")}
"""
_UPSERT = f"""
    INSERT INTO "SavedCard" ("id", "userId", "cardToken", "cardAlias", "lastFourDigits", "expiryMonth", "expiryYear",
        "updatedAt")
    VALUES ($1, $2, $3, $4, $5, $6, $7, now())
    ON CONFLICT ("cardToken") DO UPDATE SET "cardAlias" = $4, "updatedAt" = now() RETURNING {columns("SavedCard")}
"""
_ORDER_WITH_ITEMS = f"""
    WITH made AS (
        INSERT INTO "Order" ("id", "userId", "reference", "subtotalAmount", "totalAmount", "notes", "updatedAt")
        VALUES ($1, $2, $3, $4, $4, $5, now()) RETURNING {columns("Order")}
    ), lines AS (
        INSERT INTO "OrderItem" ("id", "orderId", "productId", "productVariantId", "quantity", "unitPrice",
            "titleSnapshot", "updatedAt")
        SELECT line.id, $1, line.product, line.variant, line.quantity, line.price, line.title, now()
        FROM unnest($6::text[], $7::text[], $8::text[], $9::int[], $10::numeric[], $11::text[])
            AS line (id, product, variant, quantity, price, title)
        RETURNING {columns("OrderItem")}
    )
    SELECT {columns("Order", "made")}, (
        SELECT json_agg(one) FROM (SELECT {json_columns("OrderItem", "lines")} FROM lines) AS one
    ) AS "items" FROM made
"""
_EVENT_COLUMNS = ("id", "type", "ipAddress", "userAgent", "payload", "updatedAt")
_USER_BY_ID = f'SELECT {columns("User")} FROM "User" WHERE "id" = $1'
_ADDRESS_BY_ID = f'SELECT {columns("Address")} FROM "Address" WHERE "id" = $1'
_EVENT = """
    INSERT INTO "SecurityEvent" ("id", "userId", "type", "userAgent", "updatedAt") VALUES ($1, $2, $3, $4, now())
"""
_EVENTS = 'SELECT count(*) FROM "SecurityEvent" WHERE "userId" = $1'


async def create(connection: Any, data: Mapping[str, Any]) -> Any:
    return _ADDRESS(dict(await connection.fetchrow(_CREATE, _new_id(), *data.values())))


async def update_by_id(connection: Any, change: Mapping[str, Any]) -> Any:
    return _ADDRESS(dict(await connection.fetchrow(_UPDATE, change["id"], change["city"], change["phone"])))


async def upsert(connection: Any, data: Mapping[str, Any]) -> Any:
    return _CARD(dict(await connection.fetchrow(_UPSERT, _new_id(), *data.values())))


async def nested_create(connection: Any, order: Mapping[str, Any]) -> Any:
    """One statement is a transaction by itself."""
    items = order["items"]
    names = ("productId", "productVariantId", "quantity", "unitPrice", "titleSnapshot")
    row = await connection.fetchrow(
        _ORDER_WITH_ITEMS,
        _new_id(), order["userId"], order["reference"], order["totalAmount"], order["notes"],
        _new_id.many(len(items)), *([item[name] for item in items] for name in names),
    )  # fmt: skip
    return _ORDER(with_relations(row, ("items",)))


async def create_many(connection: Any, rows: Sequence[Mapping[str, Any]]) -> int:
    """COPY in binary, which takes half the time of an INSERT from arrays."""
    now = datetime.now(UTC)
    records = [
        (id_, row["type"], row["ipAddress"], row["userAgent"], to_json(row["payload"]).decode(), now)
        for id_, row in zip(_new_id.many(len(rows)), rows, strict=True)
    ]
    await connection.copy_records_to_table("SecurityEvent", records=records, columns=_EVENT_COLUMNS)
    return len(records)


async def transaction(connection: Any, change: Mapping[str, Any]) -> Any:
    user_id = change["userId"]
    async with connection.transaction():
        user = _USER(dict(await connection.fetchrow(_USER_BY_ID, user_id)))
        address = _ADDRESS(dict(await connection.fetchrow(_ADDRESS_BY_ID, change["id"])))
        if address.userId != user.id:
            raise ValueError("the address is another user's")
        changed = await connection.fetchrow(_UPDATE, change["id"], change["city"], change["phone"])
        await connection.execute(_EVENT, _new_id(), user_id, "PASSWORD_CHANGED", "bench")
        number = await connection.fetchval(_EVENTS, user_id)
    return _ADDRESS(dict(changed)), number
