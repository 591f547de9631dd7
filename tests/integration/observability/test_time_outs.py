"""A query that takes too long is ended on the server, and told for what it is."""

from __future__ import annotations

import asyncpg
import pytest

from lumi_db import Database, OperationTimeoutError, QueryTimeoutError
from lumi_db.translation import in_shop_words
from tests.integration.application.support import settings_for

SLOW_TABLE = """
    CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END';
    CREATE TRIGGER wait BEFORE INSERT ON "Collection" FOR EACH ROW EXECUTE FUNCTION wait();
"""
RUNNING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE state = 'active' AND query LIKE '%pg_sleep%' AND datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.mark.direct(reason="looks at the server's sessions over a connection of its own")
async def test_a_repository_raises_query_timeout_error_and_nothing_runs_on(database_url: str) -> None:
    other = await asyncpg.connect(database_url)
    await other.execute(SLOW_TABLE)
    async with Database(settings_for(database_url, query_timeout_ms=200)) as db:
        with pytest.raises(QueryTimeoutError) as caught:
            await db.shop.collections.create({"name": "Summer", "slug": "summer"})
        assert (caught.value.code, caught.value.status) == ("P1008", 504)
        assert "raise QUERY_TIMEOUT_MS" in str(caught.value)
        assert await db.shop.collections.count() == 0
        assert db.incidents.timeouts == {("Collection", "create"): 1}
    assert await other.fetchval(RUNNING) == 0
    await other.close()


async def test_a_lock_that_is_not_had_is_no_query_timeout_error(database: Database) -> None:
    role = await database.client.role.create({"name": "CLERK"})

    async def want_the_lock() -> None:
        async with database.tx() as tx:
            await tx.execute_raw("SET LOCAL lock_timeout = 20")
            with in_shop_words():
                await tx.role.update(where={"id": role.id}, data={"description": "wanted"})

    async with database.tx() as holder:
        await holder.role.update(where={"id": role.id}, data={"description": "held"})
        with pytest.raises(OperationTimeoutError) as caught:
            await want_the_lock()
    assert not isinstance(caught.value, QueryTimeoutError)
    assert caught.value.code == "P1008"
