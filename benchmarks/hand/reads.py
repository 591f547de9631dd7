"""Reads by hand: the fastest of what was tried; docs/benchmarks.md tells of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lumi_db.repositories.product_search import LONGEST_TEXT, SIMILARITY

from .rows import columns, gather, json_columns, validator, with_relations

_PRODUCT = validator("Product")
_ORDER = validator("Order")

_BY_ID = f'SELECT {columns("Product")} FROM "Product" WHERE "id" = $1'
_PAGE = f"""
    SELECT {columns("Product")} FROM "Product" WHERE "status" = 'ACTIVE'
    ORDER BY "createdAt" DESC, "id" LIMIT 20 OFFSET $1
"""
_VARIANTS = f'SELECT {columns("ProductVariant")} FROM "ProductVariant" WHERE "productId" = ANY ($1)'
_CATEGORIES = f'SELECT {columns("ProductCategory")} FROM "ProductCategory" WHERE "productId" = ANY ($1)'
_ORDERS = f'SELECT {columns("Order")} FROM "Order" ORDER BY "placedAt" DESC, "id" LIMIT 10 OFFSET $1'
_ITEMS = f'SELECT {columns("OrderItem")} FROM "OrderItem" WHERE "orderId" = ANY ($1)'
_THEIR_VARIANTS = f'SELECT {columns("ProductVariant")} FROM "ProductVariant" WHERE "id" = ANY ($1)'
_THEIR_PRODUCTS = f'SELECT {columns("Product")} FROM "Product" WHERE "id" = ANY ($1)'
_COUNT = """
    SELECT count(*) FROM "Order"
    WHERE "status" IN ('PAID', 'FULFILLED', 'SHIPPED', 'DELIVERED') AND "totalAmount" >= $1
"""

# The rules are those of ProductRepository.search; here everything is in one statement.
_FOUND = f"""
    SELECT {columns("Product", "p")}, page.total,
        (SELECT coalesce(json_agg(one), '[]') FROM (
            SELECT {json_columns("ProductVariant", "v")} FROM "ProductVariant" v
            WHERE v."productId" = p."id" AND v."deletedAt" IS NULL ORDER BY v."price") AS one) AS "variants",
        (SELECT coalesce(json_agg(one), '[]') FROM (
            SELECT {json_columns("ProductMedia", "m")}, to_json(file) AS "media"
            FROM "ProductMedia" m JOIN "Media" file ON file."id" = m."mediaId"
            WHERE m."productId" = p."id" AND m."isPrimary" AND file."deletedAt" IS NULL) AS one) AS "media"
    FROM (SELECT "id", "rank", count(*) OVER () AS total FROM found ORDER BY "rank" DESC, "id" LIMIT 20) AS page
    JOIN "Product" p ON p."id" = page."id" ORDER BY page."rank" DESC, p."id"
"""
_LIVE = """AND product."status" = 'ACTIVE' AND product."deletedAt" IS NULL"""
_SEARCH = f"""
    WITH found AS MATERIALIZED (
        SELECT product."id", ts_rank_cd(product."searchVector", asked.query) AS "rank"
        FROM "Product" product, (SELECT search_query($1) AS query) AS asked
        WHERE product."searchVector" @@ asked.query {_LIVE}
    ) {_FOUND}
"""
_GUESS = f"""
    WITH found AS MATERIALIZED (
        SELECT product."id",
            word_similarity(search_fold($1), product_search_text(product."title", product."searchKeywords")) AS "rank"
        FROM "Product" product
        WHERE search_fold($1) <% product_search_text(product."title", product."searchKeywords") {_LIVE}
    ) {_FOUND}
"""


async def find_by_id(connection: Any, product_id: str) -> Any:
    row = await connection.fetchrow(_BY_ID, product_id)
    return None if row is None else _PRODUCT(dict(row))


async def page_of_20(connection: Any, skip: int) -> Any:
    """Three flat statements: their rows come in binary, while JSON would be written there and parsed here."""
    products = [dict(row) for row in await connection.fetch(_PAGE, skip)]
    ids = [one["id"] for one in products]
    gather(products, "variants", await connection.fetch(_VARIANTS, ids), "productId")
    gather(products, "categories", await connection.fetch(_CATEGORIES, ids), "productId")
    return [_PRODUCT(one) for one in products]


async def three_levels(connection: Any, skip: int) -> Any:
    """Orders, their items, the items' variants and those variants' products."""
    orders = [dict(row) for row in await connection.fetch(_ORDERS, skip)]
    gather(orders, "items", await connection.fetch(_ITEMS, [one["id"] for one in orders]), "orderId")
    items = [item for order in orders for item in order["items"]]
    variants = await _by_id(connection, _THEIR_VARIANTS, items, "productVariantId")
    products = await _by_id(connection, _THEIR_PRODUCTS, list(variants.values()), "productId")
    for variant in variants.values():
        variant["product"] = products[variant["productId"]]
    for item in items:
        item["productVariant"] = variants.get(item["productVariantId"])
    return [_ORDER(one) for one in orders]


async def _by_id(connection: Any, sql: str, rows: Sequence[dict[str, Any]], key: str) -> dict[str, Any]:
    ids = list({row[key] for row in rows})
    return {row["id"]: dict(row) for row in await connection.fetch(sql, ids)}


async def filtered_count(connection: Any, least: Any) -> int:
    number: int = await connection.fetchval(_COUNT, least)
    return number


async def search(connection: Any, text: str) -> Any:
    """Return the number of products found and the first twenty, as ProductRepository.search does."""
    if not text.strip() or "\0" in text or len(text) > LONGEST_TEXT:
        raise ValueError("text must be something to search for")
    rows = await connection.fetch(_SEARCH, text)
    if not rows:
        async with connection.transaction():
            await connection.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {SIMILARITY}")
            rows = await connection.fetch(_GUESS, text)
    found = [_PRODUCT(with_relations(row, ("variants", "media"))) for row in rows]
    return (rows[0]["total"] if rows else 0), found
