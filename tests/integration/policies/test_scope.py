"""Who acts travels to the database with the first write of a transaction."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest

from lumi_db import CallerError, Database, acting_as

READ = "SELECT current_setting('lumi.scope', true) AS scope FROM generate_series(1, 1)"


async def scope_in(tx: Any) -> Any:
    rows = await tx.query_raw(READ)
    return json.loads(rows[0]["scope"]) if rows[0]["scope"] else None


async def write(db: Any, key: str) -> None:
    await db.permission.create({"key": f"thing:{key}"})


async def test_a_transaction_knows_who_acts_from_its_first_write_on(database: Database) -> None:
    with acting_as("ada", "ADMIN", ip_address="192.0.2.1", user_agent="it's", request_id="r1"):
        async with database.tx() as tx:
            assert await scope_in(tx) is None
            await write(tx, "read")
            assert await scope_in(tx) == {
                "actorId": "ada",
                "actorType": "ADMIN",
                "ipAddress": "192.0.2.1",
                "userAgent": "it's",
                "requestId": "r1",
            }


async def test_the_next_transaction_on_the_connection_knows_nothing_of_it(database: Database) -> None:
    with acting_as("ada", "ADMIN"):
        await write(database.client, "read")
    async with database.tx() as tx:
        await write(tx, "write")
        assert await scope_in(tx) is None


async def test_another_actor_in_the_same_transaction_is_told_apart(database: Database) -> None:
    async with database.tx() as tx:
        with acting_as("ada", "ADMIN"):
            await write(tx, "a")
        with acting_as("bob", "STAFF"):
            await write(tx, "b")
            assert (await scope_in(tx))["actorId"] == "bob"
        await write(tx, "c")
        assert await scope_in(tx) is None


async def test_a_savepoint_that_is_rolled_back_takes_the_actor_back(database: Database) -> None:
    with acting_as("ada", "ADMIN"):
        async with database.tx() as tx:
            with suppress(RuntimeError):
                async with tx.tx() as nested:
                    await write(nested, "a")
                    raise RuntimeError
            await write(tx, "b")
            assert (await scope_in(tx))["actorId"] == "ada"


async def test_a_write_that_fails_with_an_actor_leaves_nothing(database: Database) -> None:
    with acting_as("ada", "ADMIN"):
        await write(database.client, "a")
        with pytest.raises(Exception, match="must be unique"):
            await write(database.client, "a")
    assert await database.client.permission.count() == 1


async def test_without_an_actor_nothing_is_sent(database: Database) -> None:
    seen: list[str] = []
    database.on_query(lambda event: seen.append(event.sql))
    await write(database.client, "a")
    assert len(seen) == 1
    with acting_as("ada", "ADMIN"):
        await database.client.permission.find_many()
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("actor", "kind", "word"), [(None, "ADMIN", "actor_id"), ("a", "ROOT", "actor_type")]
)
def test_an_actor_that_cannot_be_is_refused(actor: Any, kind: Any, word: str) -> None:
    with pytest.raises(CallerError, match=word), acting_as(actor, kind):
        pass
