"""What the profile qa leaves empty and a list's plan depends on: made in bulk, as if it had always been there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncpg

FILLING = (
    """
    INSERT INTO "AuditLog" ("id", "userId", "actorId", "actorType", "action", "entity", "entityId", "after",
        "createdAt", "updatedAt")
    SELECT 'plans-audit-order-' || "id", "userId", "userId", 'CUSTOMER', 'CREATE', 'Order', "id", '{}', "createdAt",
        "createdAt" FROM "Order"
    """,
    """
    INSERT INTO "AuditLog" ("id", "actorType", "action", "entity", "entityId", "after", "createdAt",
        "updatedAt")
    SELECT 'plans-audit-product-' || "id" || n, 'SYSTEM', 'UPDATE', 'Product', "id", '{}',
        least("createdAt" + n * interval '3 days', now()), now()
    FROM "Product", generate_series(1, 3) n
    """,
    """
    INSERT INTO "Cart" ("id", "sessionId", "status", "expiresAt", "createdAt", "updatedAt")
    SELECT 'plans-guest-' || n, 'plans-guest-' || n,
        (CASE WHEN n % 10 = 0 THEN 'ACTIVE' ELSE 'ABANDONED' END)::"CartStatus",
        now() + interval '30 days' - n * interval '1 minute',
        now() - n * interval '1 minute', now() - n * interval '1 minute'
    FROM generate_series(1, (SELECT count(*) / 5 FROM "User")) n
    """,
    # Of open carts few are over at a time, in whatever year this is read.
    """
    UPDATE "Cart" SET "expiresAt" = '2100-01-01' WHERE "status" = 'ACTIVE' AND hashtext("id") % 20 <> 0
    """,
    """
    INSERT INTO "CartItem" ("id", "cartId", "productVariantId", "quantity", "unitPrice", "updatedAt")
    SELECT 'plans-item-' || c."id" || v.place, c."id", v."id", v.place, 1, now() FROM "Cart" c,
        (SELECT "id", row_number() OVER () AS place FROM "ProductVariant" WHERE "deletedAt" IS NULL LIMIT 3) v
    WHERE c."status" = 'ACTIVE' AND c."id" LIKE 'plans-%'
    """,
    """
    INSERT INTO "Category" ("id", "name", "slug", "path", "updatedAt")
    VALUES ('plans-new', 'Yeni', 'plans-new', '/plans-new', now())
    """,
    """
    INSERT INTO "ProductCategory" ("productId", "categoryId", "updatedAt")
    SELECT "id", 'plans-new', now() FROM "Product" WHERE "status" = 'ACTIVE' ORDER BY "id" LIMIT 3
    """,
    """
    INSERT INTO "ReviewMedia" ("reviewId", "mediaId", "updatedAt")
    SELECT r."id", m."id", now() FROM (SELECT "id", row_number() OVER (ORDER BY "id") AS place FROM "Review") r
    JOIN (SELECT "id", row_number() OVER (ORDER BY "id") AS place FROM "Media") m USING (place) WHERE place % 3 = 0
    """,
    """
    INSERT INTO "UserPermission" ("userId", "permissionId", "updatedAt")
    SELECT u."id", p."id", now() FROM (SELECT "id" FROM "User" ORDER BY "id" LIMIT 1000) u,
        (SELECT "id" FROM "Permission" ORDER BY "id" LIMIT 2) p
    """,
    """
    UPDATE "Order" SET "idempotencyKey" = 'plans-key-' || "id" WHERE hashtext("id") % 100 = 0
    """,
    """
    INSERT INTO "UserSession" ("id", "userId", "refreshTokenHash", "familyId", "expiresAt", "updatedAt")
    SELECT 'plans-session-' || n,
        (SELECT "id" FROM "User" WHERE "status" = 'ACTIVE' ORDER BY "id" DESC OFFSET n LIMIT 1),
        encode(sha256(('plans-token-' || n)::bytea), 'hex'), 'plans-family-' || n, now() + interval '1 year', now()
    FROM generate_series(1, 100) n
    """,
    """
    INSERT INTO "Coupon" ("id", "code", "type", "value", "updatedAt")
    VALUES ('plans-coupon', 'PLANS10', 'PERCENTAGE', 10, now()) ON CONFLICT DO NOTHING
    """,
)


async def fill(connection: asyncpg.Connection[Any]) -> None:
    """Write these rows, in one transaction, and let the planner know all tables."""
    async with connection.transaction():
        # As a replica: what triggers and foreign keys see to is not what is measured here.
        await connection.execute("SET LOCAL session_replication_role = replica")
        for sql in FILLING:
            await connection.execute(sql)
    await connection.execute("VACUUM (ANALYZE)")
    await connection.execute("CHECKPOINT")
