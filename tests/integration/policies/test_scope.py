"""Who acts travels to the database with the first write of a transaction."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

import pytest

from lumi_db import CallerError, Database, acting_as
from lumi_db.client import errors

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


async def test_tasks_that_share_a_transaction_keep_their_own_actor(database: Database) -> None:
    async def write_as(tx: Any, actor: str) -> None:
        with acting_as(actor, "STAFF"):
            for number in range(5):
                await tx.execute_raw(NOTE, f"{actor}:{number}")

    async with database.tx() as tx:
        await tx.execute_raw("CREATE TEMPORARY TABLE note (text text, scope text) ON COMMIT DROP")
        await asyncio.gather(*(write_as(tx, actor) for actor in ("ada", "bob", "eve")))
        rows = await tx.query_raw("SELECT text, scope FROM note")
    assert len(rows) == 15
    assert all(json.loads(row["scope"])["actorId"] == row["text"].partition(":")[0] for row in rows)


NOTE = "INSERT INTO note VALUES ($1, current_setting('lumi.scope', true))"


async def test_a_parent_that_writes_while_its_savepoint_is_open_is_told_apart(database: Database) -> None:
    async with database.tx() as tx:
        with suppress(RuntimeError):
            async with tx.tx():
                with acting_as("ada", "ADMIN"):
                    await write(tx, "a")
                raise RuntimeError
        with acting_as("ada", "ADMIN"):
            await write(tx, "a")
        assert (await scope_in(tx))["actorId"] == "ada"


async def test_a_released_savepoint_leaves_its_actor(database: Database) -> None:
    seen: list[str] = []
    with acting_as("ada", "ADMIN"):
        async with database.tx() as tx:
            async with tx.tx() as nested:
                await write(nested, "a")
            database.on_query(lambda event: seen.append(event.sql))
            await write(tx, "b")
            assert (await scope_in(tx))["actorId"] == "ada"
    assert sum("set_config" in sql for sql in seen) == 0


async def test_a_rollback_in_raw_sql_is_noticed(database: Database) -> None:
    async with database.tx() as tx:
        await tx.execute_raw("SAVEPOINT mine")
        with acting_as("ada", "ADMIN"):
            await write(tx, "a")
            await tx.execute_raw("ROLLBACK TO SAVEPOINT mine")
            await write(tx, "a")
            assert (await scope_in(tx))["actorId"] == "ada"


async def test_raw_sql_that_may_write_knows_who_acts(database: Database) -> None:
    function = "SELECT current_setting('lumi.scope', true) AS scope"
    with acting_as("ada", "ADMIN"):
        rows = await database.client.query_raw(function)
        assert json.loads(rows[0]["scope"])["actorId"] == "ada"
        assert await scope_in(database.client) is None


async def test_a_batch_and_many_rows_know_who_acts(database: Database) -> None:
    seen: list[str] = []
    database.on_query(lambda event: seen.append(event.sql))
    with acting_as("ada", "ADMIN"):
        async with database.client.batch_() as batch:
            batch.permission.create({"key": "a:a"})
            batch.permission.create({"key": "b:b"})
        await database.client.permission.create_many([{"key": "c:c"}])
    assert ["set_config" in sql for sql in seen] == [True, False, False, True, False]


async def test_input_that_is_refused_is_refused_before_anything_is_sent(database: Database) -> None:
    seen: list[str] = []
    database.on_query(lambda event: seen.append(event.sql))
    with acting_as("ada", "ADMIN"), pytest.raises(errors.InputError):
        await database.client.permission.create({"key": "a:a", "updatedAt": "2020-01-01T00:00:00Z"})  # type: ignore[typeddict-item]
    assert seen == []
