"""The pytest plugin gives each test a database of its own."""

from __future__ import annotations

import asyncpg


async def _count_tables(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
    finally:
        await connection.close()


async def test_a_migrated_database_has_the_tables_of_the_migrations(database_url: str) -> None:
    assert await _count_tables(database_url) > 30


async def test_an_empty_database_has_no_tables(empty_database_url: str) -> None:
    assert await _count_tables(empty_database_url) == 0


async def test_two_databases_of_one_test_differ(database_url: str, empty_database_url: str) -> None:
    assert database_url != empty_database_url
