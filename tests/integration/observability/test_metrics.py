"""What a program tells Prometheus is what happened."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from prometheus_client import CollectorRegistry, generate_latest

from lumi_db import Database
from lumi_db.client import errors
from lumi_db.engine import EngineError
from lumi_db.observability.asgi import metrics_app
from lumi_db.observability.metrics import BUCKETS
from tests.integration.application.support import settings_for, with_parameter


class Metrics:
    """One database's metrics, as Prometheus would read them."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.registry = CollectorRegistry()
        db.expose_metrics(self.registry)

    def value(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(f"lumi_db_{name}", labels)


@pytest_asyncio.fixture
async def metrics(database_url: str) -> AsyncIterator[Metrics]:
    async with Database(settings_for(database_url, slow_query_ms=50, query_timeout_ms=300)) as db:
        yield Metrics(db)


async def test_calls_are_counted_by_model_and_action(metrics: Metrics) -> None:
    client = metrics.db.client
    await client.role.create({"name": "A"})
    for _ in range(3):
        await client.role.find_many()
    await client.query_raw("SELECT 1 AS one")
    assert metrics.value("operation_duration_seconds_count", model="Role", action="find_many") == 3
    assert metrics.value("operation_duration_seconds_count", model="Role", action="create") == 1
    before = metrics.value("operation_duration_seconds_count", model="", action="query_raw")
    await client.query_raw("SELECT 1 AS one")
    after = metrics.value("operation_duration_seconds_count", model="", action="query_raw")
    assert before is not None
    assert after == before + 1
    for bound in BUCKETS:
        within = metrics.value(
            "operation_duration_seconds_bucket", model="Role", action="create", le=f"{bound}"
        )
        assert within in (0, 1)
    total = metrics.value("operation_duration_seconds_sum", model="Role", action="find_many")
    assert total is not None
    assert 0 < total < 5


async def test_reading_twice_counts_nothing_twice(metrics: Metrics) -> None:
    await metrics.db.client.role.find_many()
    first, again = generate_latest(metrics.registry).decode(), generate_latest(metrics.registry).decode()
    name = 'lumi_db_operation_duration_seconds_count{action="find_many",model="Role"} 1.0'
    assert name in first
    assert name in again


async def test_failures_slow_statements_and_time_outs_are_counted(metrics: Metrics) -> None:
    client = metrics.db.client
    await client.role.create({"name": "A"})
    with pytest.raises(errors.UniqueViolationError):
        await client.role.create({"name": "A"})
    await client.query_raw("SELECT pg_sleep(0.06)::text AS slept")
    with pytest.raises(errors.DataError):
        await client.query_raw("SELECT pg_sleep(3)::text AS slept")
    assert metrics.value("operation_errors_total", model="Role", action="create", code="P2002") == 1
    assert metrics.value("slow_queries_total", model="", action="query_raw") == 2
    assert metrics.value("query_timeouts_total", model="", action="query_raw") == 1


async def test_a_lock_that_was_waited_for_is_no_query_time_out(metrics: Metrics) -> None:
    client = metrics.db.client
    await client.role.create({"name": "A"})

    async def want_the_lock() -> None:
        async with metrics.db.tx() as tx:
            await tx.execute_raw("SET LOCAL lock_timeout = 20")
            await tx.role.update(where={"name": "A"}, data={"description": "wanted"})

    async with metrics.db.tx() as holder:
        await holder.role.update(where={"name": "A"}, data={"description": "held"})
        with pytest.raises(errors.DataError):
            await want_the_lock()
    assert metrics.value("operation_errors_total", model="Role", action="update", code="P1008") == 1
    assert metrics.value("query_timeouts_total", model="Role", action="update") is None


async def test_the_pool_and_its_queue_are_shown_while_they_are_full(database_url: str) -> None:
    settings = settings_for(
        with_parameter(database_url, "pool_timeout=1"), database_pool_min=1, database_pool_max=1
    )
    async with Database(settings) as db:
        metrics = Metrics(db)
        async with db.tx():
            waiting = asyncio.create_task(db.client.role.count())
            await asyncio.sleep(0.05)
            assert metrics.value("pool_waiting") == 1
            assert metrics.value("pool_connections", state="busy") == 1
            assert metrics.value("transactions_open") == 1
            age = metrics.value("transaction_oldest_seconds")
            assert age is not None
            assert age >= 0.05
            with pytest.raises(errors.DataError):
                await waiting
        assert metrics.value("pool_timeouts_total") == 1
        assert metrics.value("pool_waiting") == 0
        assert metrics.value("pool_connections", state="idle") == 1
        assert metrics.value("pool_connections_max") == 1
        assert metrics.value("pool_wait_seconds_bucket", le="0.5") != metrics.value("pool_wait_seconds_count")
    assert metrics.value("pool_connections", state="idle") == 0


async def test_transactions_are_counted_by_their_outcome(metrics: Metrics) -> None:
    db, tries = metrics.db, 0

    async def conflicts_once(tx: object) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise errors.DataError({"user_facing_error": {"error_code": "P2034", "message": "", "meta": {}}})

    async with db.tx():
        pass
    with pytest.raises(ZeroDivisionError):
        async with db.tx():
            raise ZeroDivisionError
    await db.run(conflicts_once)
    assert metrics.value("transactions_total", outcome="committed") == 2
    assert metrics.value("transactions_total", outcome="rolled_back") == 2
    assert metrics.value("transactions_total", outcome="unknown") == 0
    assert metrics.value("transactions_retried_total") == 1


async def test_plans_that_were_kept_are_counted(metrics: Metrics) -> None:
    for _ in range(5):
        await metrics.db.client.role.find_many(where={"name": "A"}, take=3)
    assert metrics.value("plan_cache_hits_total") == 4
    assert metrics.value("plan_cache_misses_total") == 1


async def test_a_database_that_is_opened_again_goes_on_counting(metrics: Metrics) -> None:
    for _ in range(2):
        await metrics.db.client.role.count()
        await metrics.db.close()
        await metrics.db.open()
    assert metrics.value("operation_duration_seconds_count", model="Role", action="count") == 2


async def test_labels_are_words_of_the_schema_whatever_classes_callers_make(metrics: Metrics) -> None:
    from pydantic import BaseModel, create_model

    for number in range(3):
        made: type[BaseModel] = create_model(f"Mine{number}", one=(int, ...))
        await metrics.db.client.query_raw("SELECT 1 AS one", model=made)
    assert "Mine" not in generate_latest(metrics.registry).decode()
    assert "Mine" not in str(metrics.db.statistics())


async def test_an_application_answers_at_its_metrics_route(metrics: Metrics) -> None:
    await metrics.db.client.role.count()
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    await metrics_app(metrics.registry)(scope, receive, send)
    assert sent[0]["status"] == 200
    body = sent[1]["body"]
    assert isinstance(body, bytes)
    assert re.search(rb'operation_duration_seconds_count\{action="count",model="Role"\} 1', body)


async def test_statistics_of_a_closed_client_are_refused_and_of_a_closed_database_none(
    metrics: Metrics, tmp_path: Path
) -> None:
    client = metrics.db.client
    await metrics.db.close()
    assert metrics.db.statistics() is None
    with pytest.raises((errors.PrismaError, EngineError)):
        client.statistics()
