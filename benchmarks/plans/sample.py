"""Real values to ask for, spread over the whole shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

PLACES = (0.5, 0.03, 0.21, 0.42, 0.64, 0.97)
"""Where in its table the rows of each sample are found, as a part of it."""

_COLUMNS = {
    "User": ("id", "email"),
    "Product": ("id", "slug", "sku"),
    "ProductVariant": ("id", "sku"),
    "ProductMedia": ("productId", "mediaId"),
    "Media": ("id", "assetId"),
    "Inventory": ("id", "productVariantId"),
    "Cart": ("id", "createdAt"),
    "Order": ("id", "reference", "userId", "cartId", "createdAt"),
    "Payment": ("id", "createdAt"),
    "CouponUsage": ("id", "orderId"),
    "Review": ("id", "userId", "productId", "createdAt"),
    "SecurityEvent": ("id", "userId", "createdAt"),
    "Address": ("id", "userId"),
    "SavedCard": ("id", "userId"),
}
# `$1` is the sample's number, from 0 on.
_SPECIAL = {
    "AuditLog": """SELECT id, entity, "entityId", "actorId", "createdAt" FROM "AuditLog" WHERE "actorId" IS NOT NULL
        ORDER BY id OFFSET 1000 * $1 LIMIT 1""",
    "expiry": 'SELECT "expiresAt" AS at FROM "UserSession" ORDER BY "expiresAt" OFFSET 20 + $1 LIMIT 1',
    "session": """SELECT "userId", 'plans-token-' || $1 + 1 AS token FROM "UserSession"
        WHERE "refreshTokenHash" = encode(sha256(('plans-token-' || $1 + 1)::bytea), 'hex')""",
    "category": """SELECT c.id, c.path, c.slug, c."parentId" FROM "Category" c WHERE level = 2
        AND EXISTS (SELECT FROM "ProductCategory" WHERE "categoryId" = c.id) ORDER BY path OFFSET $1 LIMIT 1""",
    "shelf": 'SELECT id, path FROM "Category" WHERE level = 0 ORDER BY path OFFSET $1 % 2 LIMIT 1',
    "collection": """SELECT id, slug FROM "Collection" WHERE status = 'ACTIVE' ORDER BY id OFFSET $1 % 3 LIMIT 1""",
    "coupon": 'SELECT id, code FROM "Coupon" ORDER BY id OFFSET $1 LIMIT 1',
    "role": 'SELECT name FROM "Role" ORDER BY id OFFSET $1 % 3 LIMIT 1',
    "permission": 'SELECT key FROM "Permission" ORDER BY id OFFSET $1 LIMIT 1',
    "active product": """SELECT id, "createdAt", price FROM "Product" WHERE status = 'ACTIVE' AND "deletedAt" IS NULL
        ORDER BY id OFFSET $1 * (SELECT count(*) FROM "Product") / 8 LIMIT 1""",
    "words": """SELECT "searchKeywords"[2] AS word, "searchKeywords"[1] || ' ' || "searchKeywords"[2] AS words,
            '/' || split_part(c.path, '/', 2) AS shelf
        FROM "Product" p JOIN "ProductCategory" l ON l."productId" = p.id JOIN "Category" c ON c.id = l."categoryId"
        WHERE cardinality("searchKeywords") > 2 AND length("searchKeywords"[2]) > 4 AND c.level > 0
        ORDER BY p.id OFFSET 7 * $1 LIMIT 1""",
    "stock": """SELECT i."productVariantId" FROM "Inventory" i JOIN "ProductVariant" v ON v.id = i."productVariantId"
        JOIN "Product" p ON p.id = v."productId" WHERE p."inventoryPolicy" = 'TRACK' AND i."quantityAvailable" > 1
        ORDER BY i.id OFFSET 100 * $1 LIMIT 1""",
    "busy user": 'SELECT "userId" FROM "Order" GROUP BY 1 ORDER BY count(*) DESC, 1 OFFSET $1 LIMIT 1',
    "open cart": """SELECT "userId" FROM "Cart" WHERE status = 'ACTIVE' AND "userId" IS NOT NULL
        ORDER BY id OFFSET $1 LIMIT 1""",
    "guest cart": """SELECT "sessionId" FROM "Cart" WHERE status = 'ACTIVE' AND "sessionId" IS NOT NULL
        ORDER BY id OFFSET $1 LIMIT 1""",
    "order with a key": """SELECT "idempotencyKey" AS key FROM "Order" WHERE "idempotencyKey" IS NOT NULL
        ORDER BY "idempotencyKey" OFFSET 10 * $1 LIMIT 1""",
    "payment": """SELECT "orderId", provider::text, "transactionId", "conversationId" FROM "Payment"
        WHERE "transactionId" IS NOT NULL ORDER BY id OFFSET $1 * (SELECT count(*) FROM "Payment") / 10 LIMIT 1""",
    "bought": """SELECT o.id AS "orderId", o."userId", i."productId" FROM "Order" o
        JOIN "OrderItem" i ON i."orderId" = o.id WHERE o.status = 'DELIVERED' AND NOT EXISTS (
            SELECT FROM "Review" r WHERE r."userId" = o."userId" AND r."productId" = i."productId")
        ORDER BY o.id OFFSET $1 LIMIT 1""",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of each table, by the table's name, and one of each special query."""

    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        return self.rows[name]

    def place(self, name: str, *fields: str) -> dict[str, Any]:
        """Return the values of a row that a cursor is made of."""
        return {field: self.rows[name][field] for field in ("id", "createdAt", *fields)}


async def read_samples(connection: asyncpg.Connection[Any]) -> list[Sample]:
    """Return a sample for each of PLACES; the same ones each time, as far as the rows are the same."""
    return [await _read(connection, number, place) for number, place in enumerate(PLACES)]


async def _read(connection: asyncpg.Connection[Any], number: int, place: float) -> Sample:
    rows: dict[str, Mapping[str, Any] | None] = {}
    for table, columns in _COLUMNS.items():
        listed = ", ".join(f'"{column}"' for column in columns)
        sql = f'SELECT {listed} FROM "{table}" ORDER BY "{columns[0]}" OFFSET $1 LIMIT 1'
        count = await connection.fetchval(f'SELECT count(*) FROM "{table}"')
        rows[table] = await connection.fetchrow(sql, int(count * place))
    for name, sql in _SPECIAL.items():
        rows[name] = await connection.fetchrow(sql.replace("$1", "$1::int"), number)
    if lacking := [name for name, row in rows.items() if row is None]:
        raise LookupError(f"The shop has nothing of {', '.join(lacking)}: is it seeded?")
    return Sample({name: row for name, row in rows.items() if row is not None})
