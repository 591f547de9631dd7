"""A plan that PostgreSQL keeps for all values must not be one of search, whose texts find one product or thousands."""

from __future__ import annotations

from pydantic import SecretStr

from lumi_db import Database, Settings
from lumi_db.testing.factories import ProductFactory

# More than five, after which PostgreSQL may keep a plan.
OFTEN = 9
_KEPT = """
SELECT coalesce(sum(generic_plans), 0)::int AS kept FROM pg_prepared_statements WHERE statement LIKE 'WITH found%'"""


async def test_search_is_planned_anew_for_each_text(database_url: str) -> None:
    settings = Settings(database_url=SecretStr(database_url), database_pool_min=1, database_pool_max=1)
    async with Database(settings) as db:
        await ProductFactory.create(db.client, title="Keten elbise", status="ACTIVE")
        for _ in range(OFTEN):
            await db.shop.products.search("keten", with_facets=True)
            await db.shop.products.search("kteen", with_facets=True)
        assert await db.client.query_raw(_KEPT) == [{"kept": 0}]
