"""Full-text search over products: the SQL of `ProductRepository.search` (rulings, data model 16; docs/schema.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lumi_db.errors import CallerError, ValidationError

from .arguments import read_json, read_text

LONGEST_TEXT = 200
SIMILARITY = "0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What found products must be besides: below a category's path, in a price range, with these attributes."""

    category_path: str | None = None
    lowest_price: Decimal | None = None
    highest_price: Decimal | None = None
    attributes: tuple[tuple[str, Any], ...] = ()

    @property
    def parameters(self) -> tuple[Any, ...]:
        """`$2` to `$5` of every statement here."""
        lowest, highest = (
            None if one is None else str(one) for one in (self.lowest_price, self.highest_price)
        )
        return self.category_path, lowest, highest, json.dumps(dict(self.attributes))


EVERYTHING = Wanted()


def check_wanted(wanted: Wanted) -> None:
    """Raise ValidationError for what the database could not compare, and CallerError for what is no Wanted."""
    if not isinstance(wanted, Wanted):
        raise CallerError("wanted must be a Wanted of lumi_db.repositories.product_search.")
    if wanted.category_path is not None:
        read_text(wanted.category_path, "category_path", longest=10_000)
    for name, price in (("lowest_price", wanted.lowest_price), ("highest_price", wanted.highest_price)):
        if price is not None and not (isinstance(price, Decimal) and price.is_finite()):
            raise ValidationError(f"{name} must be a Decimal.", fields=(name,))
    try:
        attributes = dict(wanted.attributes)
    except (TypeError, ValueError):
        message = "attributes must be pairs of a name and a value."
        raise ValidationError(message, fields=("attributes",)) from None
    read_json(attributes, "attributes")


_WORDS = """
    SELECT product."id", product."price", product."attributes",
           ts_rank_cd(product."searchVector", asked.query)::float8 AS rank
    FROM "Product" product, (SELECT search_query($1) AS query) AS asked
    WHERE product."searchVector" @@ asked.query
"""
_LIKE_WORDS = """
    SELECT product."id", product."price", product."attributes",
           word_similarity(
               search_fold($1), product_search_text(product."title", product."searchKeywords")
           )::float8 AS rank
    FROM "Product" product
    WHERE search_fold($1) <% product_search_text(product."title", product."searchKeywords")
"""
_WANTED = """
    AND product."status" = 'ACTIVE' AND product."deletedAt" IS NULL
    AND ($3::numeric IS NULL OR product."price" >= $3::numeric)
    AND ($4::numeric IS NULL OR product."price" <= $4::numeric)
    AND product."attributes" @> $5::jsonb
    AND ($2::text IS NULL OR EXISTS (
        SELECT FROM "ProductCategory" link JOIN "Category" shelf ON shelf."id" = link."categoryId"
        WHERE link."productId" = product."id" AND (shelf."path" = $2 OR starts_with(shelf."path", $2 || '/'))
    ))
"""
_PAGE = 'SELECT "id", count(*) OVER () AS total FROM found ORDER BY rank DESC, "id" OFFSET $6::bigint LIMIT $7::int'
_SET_SIMILARITY = "SELECT set_config('pg_trgm.word_similarity_threshold', $1, true)"
_FACETS = """
    SELECT 'category' AS kind, NULL AS name, link."categoryId" AS value, count(*) AS count, NULL::text AS price
    FROM found JOIN "ProductCategory" link ON link."productId" = found."id" GROUP BY link."categoryId"
    UNION ALL
    SELECT 'attribute', one.key, one.value, count(*), NULL
    FROM found, jsonb_each_text(found."attributes") AS one GROUP BY one.key, one.value
    UNION ALL
    SELECT 'price', NULL, 'lowest', count(*), min("price")::text FROM found
    UNION ALL
    SELECT 'price', NULL, 'highest', count(*), max("price")::text FROM found
"""


# None of these is kept on a connection: prepared once, PostgreSQL would soon take one plan for all texts, made without
# knowing how many products a word finds, which was five times as slow on 100,000.
async def find_ids(
    client: Any, text: str, wanted: Wanted, skip: int, take: int
) -> tuple[Sequence[dict[str, Any]], bool]:
    """Return the rows `{id, total}` of one page by rank, and whether they are only like what was typed."""
    parameters = (text, *wanted.parameters, skip, take)
    found = await client.query_raw(_found(_WORDS, _PAGE), *parameters)
    if found or skip:
        return found, False
    guessed = await _guess(client, _PAGE, parameters)
    return guessed, bool(guessed)


async def count_facets(client: Any, text: str, wanted: Wanted, *, is_guess: bool) -> Sequence[dict[str, Any]]:
    """Return rows `{kind, name, value, count, price}` over all found products."""
    parameters = (text, *wanted.parameters)
    if is_guess:
        return await _guess(client, _FACETS, parameters)
    rows: Sequence[dict[str, Any]] = await client.query_raw(_found(_WORDS, _FACETS), *parameters)
    return rows


async def _guess(client: Any, select: str, parameters: tuple[Any, ...]) -> Sequence[dict[str, Any]]:
    """The operator `<%`, which the index serves, has its threshold in a setting: one of this transaction only."""
    async with client.tx() as tx:
        await tx.query_raw(_SET_SIMILARITY, SIMILARITY, keeps_session=True)
        rows: Sequence[dict[str, Any]] = await tx.query_raw(_found(_LIKE_WORDS, select), *parameters)
    return rows


def _found(by: str, select: str) -> str:
    return f"WITH found AS MATERIALIZED ({by} {_WANTED}) {select}"
