"""What every version of the database must have: phase-2.md, section 4, and the rulings on data."""

from __future__ import annotations

from collections.abc import Iterable

from lumi_db.engine.driver.direct import DirectConnection

# An index serves a list when its first columns are that list, so that no index is made twice.
INDEXED = [
    ("UserSession", "userId"),
    ("UserSession", "expiresAt"),
    ("UserSession", "expiresAt", "revokedAt"),
    ("UserRole", "userId"),
    ("UserRole", "roleId"),
    ("SecurityEvent", "userId"),
    ("SecurityEvent", "type"),
    ("Product", "slug"),
    ("Product", "status", "createdAt"),
    ("Product", "searchKeywords"),
    ("Product", "deletedAt"),
    ("ProductVariant", "productId"),
    ("ProductVariant", "sku"),
    ("ProductVariant", "deletedAt"),
    ("Category", "parentId"),
    ("Category", "slug"),
    ("Category", "deletedAt"),
    ("ProductCategory", "productId"),
    ("ProductCategory", "categoryId"),
    ("Collection", "deletedAt"),
    ("Media", "assetId"),
    ("Media", "deletedAt"),
    ("Cart", "userId"),
    ("Cart", "sessionId"),
    ("Cart", "status", "updatedAt"),
    ("CartItem", "cartId"),
    ("CartItem", "productVariantId"),
    ("Address", "userId"),
    ("Order", "userId"),
    ("Order", "status", "createdAt"),
    ("Order", "reference"),
    ("Order", "userId", "status", "createdAt"),
    ("OrderItem", "orderId"),
    ("Payment", "orderId"),
    ("Payment", "userId"),
    ("Payment", "transactionId"),
    ("SavedCard", "userId"),
    ("Review", "productId", "status"),
    ("Review", "productId"),
    ("Review", "userId"),
    ("Review", "deletedAt"),
    ("Coupon", "code"),
    ("Coupon", "deletedAt"),
    ("User", "deletedAt"),
    ("AuditLog", "userId"),
    ("AuditLog", "entity", "entityId"),
    ("AuditLog", "entity", "entityId", "createdAt"),
    ("AuditLog", "createdAt"),
]
UNIQUE = [
    ("User", "email"),
    ("Role", "name"),
    ("Permission", "key"),
    ("Product", "slug"),
    ("Product", "sku"),
    ("ProductVariant", "sku"),
    ("Category", "slug"),
    ("Collection", "slug"),
    ("Inventory", "productVariantId"),
    ("Order", "reference"),
    ("Order", "cartId"),
    ("Coupon", "code"),
    ("Media", "assetId"),
    ("CartItem", "cartId", "productVariantId"),
    ("SavedCard", "cardToken"),
    ("UserSession", "refreshTokenHash"),
    ("Review", "userId", "productId"),
    ("Payment", "provider", "transactionId"),
]
KEYS_SQL = """
    SELECT relname AS table, indisunique AS unique, array_agg(attname::text ORDER BY place) AS columns
    FROM pg_index
    JOIN pg_class ON pg_class.oid = indrelid AND relnamespace = 'public'::regnamespace,
    unnest(indkey::int2[]) WITH ORDINALITY AS key (number, place)
    JOIN pg_attribute ON attnum = number
    WHERE attrelid = indrelid AND indpred IS NULL AND indexprs IS NULL
    GROUP BY relname, indexrelid, indisunique
"""
FOREIGN_KEYS_SQL = """
    SELECT relname::text AS table, array_agg(attname::text ORDER BY place) AS columns FROM pg_constraint
    JOIN pg_class ON pg_class.oid = conrelid,
    unnest(conkey) WITH ORDINALITY AS key (number, place)
    JOIN pg_attribute ON attnum = number
    WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND attrelid = conrelid
    GROUP BY relname, pg_constraint.oid
"""
WITHOUT_TIMESTAMP_SQL = """
    SELECT relname::text AS table, wanted FROM pg_class, unnest(ARRAY['createdAt', 'updatedAt']) AS wanted
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'
      AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = wanted AND attnotnull)
"""
Key = tuple[str, ...]


async def find_missing(connection: DirectConnection) -> list[str]:
    """Return a sentence for every index, unique value and timestamp that the database lacks."""
    rows = await connection.fetch(KEYS_SQL)
    keys = {(str(row["table"]), *row["columns"]): bool(row["unique"]) for row in rows}
    foreign = [(row["table"], *row["columns"]) for row in await connection.fetch(FOREIGN_KEYS_SQL)]
    missing = [f"Foreign key {_name(key)} has no index." for key in unserved(foreign, keys)]
    missing += [f"{_name(key)} has no index." for key in unserved(INDEXED, keys)]
    unique = {key for key, is_unique in keys.items() if is_unique}
    missing += [f"{_name(key)} is not unique." for key in UNIQUE if key not in unique]
    bare = await connection.fetch(WITHOUT_TIMESTAMP_SQL)
    return missing + [f"{row['table']} has no {row['wanted']} that is never null." for row in bare]


def unserved(lists: Iterable[Key], keys: Iterable[Key]) -> list[Key]:
    """Return the lists that no key begins with."""
    known = list(keys)
    return sorted({wanted for wanted in lists if not any(key[: len(wanted)] == wanted for key in known)})


def _name(key: Key) -> str:
    return f"{key[0]} ({', '.join(key[1:])})"
