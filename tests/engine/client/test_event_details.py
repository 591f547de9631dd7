"""What events say beyond model, action and SQL: times, the line that called, the trace, masked values, comments."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import ModuleType
from typing import Any

import pytest

from lumi_db.engine import EngineOptions, OperationEvent, QueryEvent, in_process
from lumi_db.engine.comments import with_comment
from lumi_db.engine.masking import MASK
from lumi_db.engine.statement import Statement
from tests.engine.conftest import DATAMODEL

Client = Callable[[EngineOptions], AbstractAsyncContextManager[Any]]


@pytest.fixture
def client(blog: ModuleType, blog_url: str) -> Client:
    @asynccontextmanager
    async def connected(options: EngineOptions) -> AsyncIterator[Any]:
        made = in_process(blog.Prisma, datamodel=DATAMODEL, options=options)
        async with made(datasource={"url": blog_url}, use_dotenv=False) as connected:
            yield connected

    return connected


def here() -> int:
    """Return the number of the line that calls."""
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


async def test_the_line_that_made_the_call_is_named(db: Any, statements: list[QueryEvent]) -> None:
    operations: list[OperationEvent] = []
    db.on_operation(operations.append)
    lines = [here() + 1]
    await db.tag.find_many()
    async with db.tx() as tx:
        lines.append(here() + 1)
        await tx.query_raw("SELECT 1 AS one")
    for told in (statements, operations):
        assert [one.caller and one.caller.line for one in told] == lines
        assert {str(one.caller).rpartition(":")[0] for one in told} == {
            "tests/engine/client/test_event_details.py"
        }


async def test_a_slow_call_names_its_line_without_a_listener_of_all(db: Any) -> None:
    heard: list[QueryEvent] = []
    db.on_query(heard.append, slower_than=1e-9)
    line = here() + 1
    await db.tag.find_many()
    assert heard[0].caller is not None
    assert heard[0].caller.line == line


async def test_times_are_told_apart_and_add_up(client: Client) -> None:
    queries: list[QueryEvent] = []
    operations: list[OperationEvent] = []
    async with client(EngineOptions(pool_min=1, pool_max=1)) as db:
        await db.tag.create_many([{"name": f"{number}"} for number in range(500)])
        db.on_query(queries.append)
        db.on_operation(operations.append)
        async with db.tx():
            waiting = [asyncio.create_task(call) for call in (db.tag.find_many(), author(db))]
            await asyncio.sleep(0.2)
        await asyncio.gather(*waiting)
    found, created = operations
    assert queries[0].waited > 0.15
    assert queries[0].decoding > 0
    assert (found.waited, found.executing, found.decoding) == (
        queries[0].waited,
        queries[0].duration,
        queries[0].decoding,
    )
    assert created.waited > 0.15
    assert [one.waited > 0 for one in queries[1:]] == [True, False, False]
    assert [one.decoding > 0 for one in queries[1:]] == [False, False, True]
    for one in operations:
        assert one.waited + one.executing + one.decoding <= one.duration


async def author(db: Any) -> None:
    await db.user.create({"email": "a", "posts": {"create": [{"title": "t"}]}})


async def test_statements_of_one_transaction_have_its_id(db: Any, statements: list[QueryEvent]) -> None:
    await db.tag.count()
    async with db.tx() as tx:
        await tx.tag.count()
        await tx.tag.find_first()
    alone, first, second = [one.transaction for one in statements]
    assert alone is None
    assert first == second
    assert first


async def test_the_trace_is_what_the_program_says(client: Client) -> None:
    traces = iter("abcdef")
    queries: list[QueryEvent] = []
    async with client(EngineOptions(trace_id=lambda: next(traces))) as db:
        db.on_query(queries.append)
        await db.tag.count()
        await db.tag.count()
    assert [one.trace_id for one in queries] == ["a", "b"]


async def test_values_of_secret_fields_are_masked_wherever_they_are_given(client: Client) -> None:
    queries: list[QueryEvent] = []
    options = EngineOptions(event_parameters=True, secret_fields=frozenset({"email", "bio"}))
    async with client(options) as db:
        db.on_query(queries.append)
        profile = {"create": {"bio": "hunter2"}}
        await db.user.create({"id": "u1", "email": "hunter2@a.tr", "name": "Ann", "profile": profile})
        await db.user.create_many([{"email": "hunter3@a.tr", "name": "Bob"}])
        await db.user.find_many(where={"OR": [{"email": {"contains": "hunter"}}, {"name": "Ann"}]})
        await db.user.update(where={"email": "hunter2@a.tr"}, data={"email": {"set": "hunter4@a.tr"}})
        await db.query_raw("SELECT $1::text AS one", "hunter5@a.tr")
    assert "hunter" not in repr([one.parameters for one in queries])
    assert MASK in repr(queries[0].parameters)
    assert "Ann" in repr(queries[0].parameters)
    assert queries[-1].parameters == (MASK,)


async def test_the_failure_of_a_call_says_what_postgresql_said(db: Any, errors: Any) -> None:
    operations: list[OperationEvent] = []
    db.on_operation(operations.append, failed=True)
    await db.tag.create({"name": "a"})
    with pytest.raises(errors.UniqueViolationError):
        await db.tag.create({"name": "a"})
    assert [(one.error, one.sqlstate) for one in operations] == [("P2002", "23505")]


async def test_tags_go_to_the_server_behind_the_sql_and_not_into_events(client: Client) -> None:
    def tags(model: str | None, action: str) -> Mapping[str, str]:
        return {"model": model or "", "action": action, "note": "it's */ 100 %"}

    queries: list[QueryEvent] = []
    async with client(EngineOptions(sql_tags=tags)) as db:
        db.on_query(queries.append)
        [row] = await db.query_raw("SELECT current_query() AS sent")
        assert row["sent"].endswith("/*action='query_raw',model='',note='it%27s%20%2A%2F%20100%20%25'*/")
        await db.tag.create({"name": "a"})
        await db.tag.load_many([{"name": "b"}])
        async with db.tx() as tx:
            assert await tx.tag.count() == 2
    assert all("/*" not in one.sql for one in queries)


async def test_tags_go_with_calls_that_nobody_listens_to(client: Client) -> None:
    async with client(EngineOptions(sql_tags=lambda model, action: {"action": action})) as db:
        await db.tag.find_many()
        sent = await db.query_raw("SELECT array_agg(statement) AS all FROM pg_prepared_statements")
    assert any("action='find_many'" in one for row in sent for one in row["all"])


def test_no_tags_are_no_comment() -> None:
    statement = Statement("SELECT 1")
    assert with_comment(statement, {}) is statement
