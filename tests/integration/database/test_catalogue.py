"""The lists of models, indexes and unique values, against what the database holds."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from .shop_rows import VALUES, Shop

SCHEMA = (Path(__file__).parents[3] / "schema.prisma").read_text(encoding="utf-8")

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
_KEYS = """
    SELECT relname AS table, indisunique AS unique, array_agg(attname::text ORDER BY place) AS columns
    FROM pg_index
    JOIN pg_class ON pg_class.oid = indrelid AND relnamespace = 'public'::regnamespace,
    unnest(indkey::int2[]) WITH ORDINALITY AS key (number, place)
    JOIN pg_attribute ON attnum = number
    WHERE attrelid = indrelid AND indpred IS NULL AND indexprs IS NULL
    GROUP BY relname, indexrelid, indisunique
"""


async def _keys(shop: Shop, *, unique: bool) -> set[tuple[str, ...]]:
    rows = await shop.connection.fetch(_KEYS)
    return {(row["table"], *row["columns"]) for row in rows if row["unique"] or not unique}


def _unserved(lists: set[tuple[str, ...]], keys: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    return {wanted for wanted in lists if not any(key[: len(wanted)] == wanted for key in keys)}


async def test_every_index_list_of_the_specification_is_served(shop: Shop) -> None:
    assert _unserved(set(INDEXED), await _keys(shop, unique=False)) == set()


async def test_every_unique_list_of_the_specification_is_unique(shop: Shop) -> None:
    assert set(UNIQUE) - await _keys(shop, unique=True) == set()


async def test_every_foreign_key_is_indexed(shop: Shop) -> None:
    rows = await shop.connection.fetch(
        """
        SELECT relname AS table, attname::text AS key FROM pg_constraint
        JOIN pg_class ON pg_class.oid = conrelid
        JOIN pg_attribute ON attrelid = conrelid AND attnum = ALL (conkey)
        WHERE contype = 'f' AND connamespace = 'public'::regnamespace
        """
    )
    assert len(rows) == 43
    assert _unserved({(row["table"], row["key"]) for row in rows}, await _keys(shop, unique=False)) == set()


async def test_no_index_is_the_beginning_of_another(shop: Shop) -> None:
    keys = await _keys(shop, unique=False)
    plain = keys - await _keys(shop, unique=True)
    twice = {key for key in plain if any(other != key and other[: len(key)] == key for other in keys)}
    assert twice == set()


async def test_there_are_31_models_and_each_has_its_table(shop: Shop) -> None:
    rows = await shop.connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    models = re.findall(r"^model (\w+)", SCHEMA, re.MULTILINE)
    assert len(models) == 31
    assert {row["tablename"] for row in rows} == set(models) == set(VALUES)


@pytest.mark.parametrize("column", ["createdAt", "updatedAt"])
async def test_every_table_has_its_timestamps(shop: Shop, column: str) -> None:
    rows = await shop.connection.fetch(
        "SELECT table_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND column_name = $1 AND is_nullable = 'NO'",
        column,
    )
    assert {row["table_name"] for row in rows} == set(VALUES)


async def test_every_instant_has_a_time_zone_and_all_money_two_decimals(shop: Shop) -> None:
    rows = await shop.connection.fetch(
        """
        SELECT DISTINCT format_type(atttypid, atttypmod) AS type FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r' AND relnamespace = 'public'::regnamespace
        WHERE attnum > 0 AND format_type(atttypid, NULL) ~ 'time|date|numeric|real|double|money'
        """
    )
    assert {row["type"] for row in rows} == {"timestamp(3) with time zone", "numeric(12,2)"}


async def test_every_function_fixes_its_search_path_or_names_its_schema(shop: Shop) -> None:
    rows = await shop.connection.fetch(
        """
        SELECT proname FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
        WHERE pronamespace = 'public'::regnamespace AND lanname = 'plpgsql'
          AND NOT coalesce(proconfig::text LIKE '%search_path=public, pg_temp%', false)
        """
    )
    assert rows == []


def test_every_model_enum_and_value_is_documented() -> None:
    lines = [line.strip() for line in SCHEMA.splitlines()]
    declared = re.compile(r"(model|enum|generator) \w+ \{|[A-Z0-9_]+")
    undocumented = [
        line for before, line in pairwise(lines) if declared.fullmatch(line) and not before.startswith("///")
    ]
    assert undocumented == []
