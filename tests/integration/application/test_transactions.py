"""Transactions through `Database.tx`."""

from __future__ import annotations

import asyncio

import pytest

from lumi_db import Database, DatabaseNotOpen
from lumi_db.client import Prisma, errors
from lumi_db.engine import after_commit, locking
from tests.integration.application.support import settings_for


async def test_a_transaction_commits_at_its_end(database: Database) -> None:
    async with database.tx() as tx:
        await tx.role.create({"name": "clerk"})
    assert await database.client.role.count() == 1


async def test_any_exception_rolls_back(database: Database) -> None:
    async def fail() -> None:
        async with database.tx() as tx:
            await tx.role.create({"name": "clerk"})
            raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError, match="on purpose"):
        await fail()
    assert await database.client.role.count() == 0


async def test_the_isolation_level_is_the_one_asked_for(database: Database) -> None:
    async with database.tx(isolation_level="Serializable", read_only=True) as tx:
        rows = await tx.query_raw(
            "SELECT current_setting('transaction_isolation') AS level,"
            " current_setting('transaction_read_only') AS read_only"
        )
    assert rows == [{"level": "serializable", "read_only": "on"}]


async def test_run_is_a_whole_transaction_with_locks_and_callbacks(database: Database) -> None:
    told: list[str] = []

    async def work(tx: Prisma) -> str:
        role = await tx.role.create({"name": "clerk"})
        after_commit(tx, lambda: told.append("committed"))
        return (await locking(tx, "update", nowait=True).role.find_unique_or_raise({"id": role.id})).name

    assert await database.run(work, isolation_level="Serializable") == "clerk"
    assert told == ["committed"]
    assert await database.client.role.count() == 1


async def test_closing_lets_an_open_transaction_finish(database_url: str) -> None:
    db = await Database(settings_for(database_url)).open()
    async with db.tx() as tx:
        closing = asyncio.create_task(db.close(grace=10))
        await asyncio.sleep(0.05)
        with pytest.raises(DatabaseNotOpen, match="closing"):
            async with db.tx():
                pass
        await tx.role.create({"name": "clerk"})
    await closing
    async with db:
        assert await db.client.role.count() == 1


async def test_closing_rolls_back_what_does_not_finish_in_time(database_url: str) -> None:
    db = await Database(settings_for(database_url)).open()

    async def take_too_long() -> None:
        async with db.tx() as tx:
            await tx.role.create({"name": "clerk"})
            await db.close(grace=0.1)
            await tx.role.create({"name": "other"})

    with pytest.raises(errors.PrismaError):
        await take_too_long()
    async with db:
        assert await db.client.role.count() == 0
