"""What listeners are told: one event a statement, one an operation."""

from __future__ import annotations

import asyncio
from time import perf_counter
from types import ModuleType
from typing import Any

import pytest

from lumi_db.engine import EngineOptions, OperationEvent, QueryEvent, in_process
from tests.engine.conftest import DATAMODEL


@pytest.fixture
def operations(db: Any) -> list[OperationEvent]:
    heard: list[OperationEvent] = []
    db.on_operation(heard.append)
    return heard


async def test_a_statement_is_told_with_model_action_and_counts(
    db: Any, statements: list[QueryEvent]
) -> None:
    await db.tag.create_many([{"name": "a"}, {"name": "b"}])
    await db.tag.find_many(where={"name": {"in": ["a", "b"]}})
    made, found = statements
    assert (made.model, made.action, made.rows, made.parameter_count) == ("Tag", "create_many", 2, 1)
    assert (found.model, found.action, found.rows, found.error) == ("Tag", "find_many", 2, None)
    assert 0 < found.duration < 60
    assert not found.in_transaction


async def test_parameters_are_hidden_unless_asked_for(
    db: Any, blog: ModuleType, blog_url: str, statements: list[QueryEvent]
) -> None:
    await db.tag.create({"name": "secret"})
    assert statements[0].parameters is None
    assert "secret" not in repr(statements)
    shown: list[QueryEvent] = []
    made = in_process(blog.Prisma, datamodel=DATAMODEL, options=EngineOptions(event_parameters=True))
    async with made(datasource={"url": blog_url}, use_dotenv=False) as client:
        client.on_query(shown.append)
        await client.tag.create({"name": "public"})
    assert shown[0].parameters == ("public",)


async def test_statements_of_a_transaction_are_marked(db: Any, statements: list[QueryEvent]) -> None:
    await db.user.create({"email": "a", "posts": {"create": [{"title": "t"}]}})
    async with db.tx() as tx:
        await tx.tag.count()
        await tx.query_raw("SELECT 1 AS one")
    await db.tag.count()
    assert [sent.in_transaction for sent in statements] == [True, True, True, True, True, False]


async def test_an_operation_is_told_once_with_its_statements(
    db: Any, operations: list[OperationEvent]
) -> None:
    await db.user.create({"email": "a", "posts": {"create": [{"title": "t"}]}})
    await db.tag.find_first()
    assert [(one.model, one.action, one.statements, one.error) for one in operations] == [
        ("User", "create", 3, None),
        ("Tag", "find_first", 1, None),
    ]


async def test_failures_are_told_with_their_code_and_no_value(
    db: Any, blog: ModuleType, statements: list[QueryEvent], operations: list[OperationEvent]
) -> None:
    await db.tag.create({"name": "secret"})
    with pytest.raises(blog.errors.UniqueViolationError):
        await db.tag.create({"name": "secret"})
    with pytest.raises(blog.errors.FieldNotFoundError):
        await db.tag.create({"nmae": "x"})
    assert await db.tag.update(where={"id": 99}, data={"name": "x"}) is None
    assert [one.error for one in operations] == [None, "P2002", "P2009", "P2025"]
    assert [one.error for one in statements] == [None, "P2002", None]
    assert "secret" not in repr(statements) + repr(operations)
    assert operations[2].statements == 0


async def test_statements_are_counted_for_listeners_of_failures_only(db: Any, blog: ModuleType) -> None:
    heard: list[OperationEvent] = []
    db.on_operation(heard.append, failed=True)
    await db.tag.create({"name": "a"})
    with pytest.raises(blog.errors.UniqueViolationError):
        await db.tag.create({"name": "a"})
    with pytest.raises(blog.errors.RecordNotFoundError):
        await db.tag.find_unique_or_raise({"name": "b"})
    with pytest.raises(blog.errors.FieldNotFoundError):
        await db.tag.find_many(where={"nmae": "a"})
    await db.execute_raw('ALTER TABLE "Tag" RENAME TO "Tog"')
    with pytest.raises(blog.errors.TableNotFoundError):
        await db.tag.find_many()
    told = [(one.action, one.error, one.statements) for one in heard]
    assert told == [
        ("create", "P2002", 1),
        ("find_unique_or_raise", "P2025", 1),
        ("find_many", "P2009", 0),
        ("find_many", "P2021", 1),
    ]


async def test_raw_queries_and_batches_are_told_too(
    db: Any, blog: ModuleType, statements: list[QueryEvent], operations: list[OperationEvent]
) -> None:
    await db.query_raw("SELECT 1 AS one")
    await db.execute_raw('DELETE FROM "Tag"')
    async with db.batch_() as batch:
        batch.tag.create({"name": "a"})
        batch.tag.create({"name": "b"})
    assert [(one.model, one.action) for one in statements] == [
        (None, "query_raw"),
        (None, "execute_raw"),
        ("Tag", "create"),
        ("Tag", "create"),
    ]
    assert [sent.in_transaction for sent in statements] == [False, False, True, True]
    assert len(operations) == 4


async def test_a_listener_can_be_taken_away_and_hears_transactions(db: Any) -> None:
    heard: list[QueryEvent] = []
    remove = db.on_query(heard.append)
    async with db.tx() as tx:
        await tx.tag.count()
        tx.on_query(heard.append)()
        remove()
        await tx.tag.count()
    await db.tag.count()
    assert len(heard) == 1


async def test_a_commit_that_a_deferred_constraint_refuses_is_told_in_the_schemas_words(
    db: Any, blog: ModuleType, operations: list[OperationEvent]
) -> None:
    await db.execute_raw('ALTER TABLE "Tag" ADD CONSTRAINT late UNIQUE (name) DEFERRABLE INITIALLY DEFERRED')
    await db.execute_raw('DROP INDEX "Tag_name_key"')
    operations.clear()
    with pytest.raises(blog.errors.UniqueViolationError) as caught:
        async with db.tx() as tx:
            await tx.tag.create_many([{"name": "a"}, {"name": "a"}])
    assert caught.value.meta["target"] == ["name"]
    assert [(event.action, event.error) for event in operations] == [
        ("create_many", None),
        ("commit", "P2002"),
    ]
    assert await db.tag.count() == 0


async def test_a_call_on_a_closed_transaction_is_told_too(
    db: Any, blog: ModuleType, operations: list[OperationEvent]
) -> None:
    async with db.tx() as tx:
        pass
    with pytest.raises(blog.errors.TransactionError):
        await tx.tag.count()
    assert [(event.model, event.action, event.error) for event in operations] == [("Tag", "count", "P2028")]


async def test_a_listener_that_raises_does_not_fail_the_call(
    db: Any, operations: list[OperationEvent], caplog: pytest.LogCaptureFixture
) -> None:
    def raising(event: object) -> None:
        raise RuntimeError("the listener's own fault")

    db.on_query(raising)
    tag = await db.tag.create({"name": "a"})
    assert tag.name == "a"
    assert [event.action for event in operations] == ["create"]
    assert "a listener of the client raised" in caplog.text


async def test_a_statement_does_not_take_the_time_in_which_its_connection_is_waited_for(
    blog: ModuleType, blog_url: str
) -> None:
    held = 0.2
    heard: list[QueryEvent] = []
    options = EngineOptions(pool_min=1, pool_max=1)
    made = in_process(blog.Prisma, datamodel=DATAMODEL, options=options)
    async with made(datasource={"url": blog_url}, use_dotenv=False) as client:
        client.on_query(heard.append, slower_than=1e-9)
        for call in (client.tag.find_many, client.tag.count, lambda: client.tag.create({"name": "a"})):
            async with client.tx():
                started = perf_counter()
                waiting = asyncio.create_task(call())
                await asyncio.sleep(held)
            await waiting
            assert 0 < heard[-1].duration <= perf_counter() - started - held
    assert len(heard) == 3
