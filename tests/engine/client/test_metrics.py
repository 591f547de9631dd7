"""`get_metrics()`: what is counted, in JSON and in Prometheus' text."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

DURATIONS = "prisma_client_queries_duration_histogram_ms"
WAITS = "prisma_client_queries_wait_histogram_ms"
STATEMENTS = "prisma_datasource_queries_duration_histogram_ms"


async def values_of(client: Any) -> dict[str, Any]:
    metrics = await client.get_metrics()
    return {one.key: one.value for one in (*metrics.counters, *metrics.gauges, *metrics.histograms)}


async def test_calls_and_statements_are_counted(client: Any) -> None:
    async with client:
        await client.tag.create({"name": "a"})
        await client.tag.find_many()
        await client.query_raw("SELECT 1")
        async with client.tx() as tx:
            await tx.tag.count()
        found = await values_of(client)
    assert found["prisma_client_queries_total"] == found[DURATIONS].count == 4
    # BEGIN and COMMIT are statements too, as in Prisma
    assert found["prisma_datasource_queries_total"] == found[STATEMENTS].count == 6
    assert found[DURATIONS].sum >= found[STATEMENTS].sum * 0.5 > 0
    assert found["prisma_client_queries_active"] == 0


async def test_refused_and_failed_calls_count_and_end(client: Any, errors: Any) -> None:
    async with client:
        await client.tag.create({"name": "a"})
        with pytest.raises(errors.UniqueViolationError):
            await client.tag.create({"name": "a"})
        with pytest.raises(errors.FieldNotFoundError):
            await client.tag.create({"nmae": "a"})
        found = await values_of(client)
    assert found["prisma_client_queries_total"] == 3
    assert found["prisma_datasource_queries_total"] == 2
    assert found["prisma_client_queries_active"] == 0


async def test_what_runs_and_what_waits_shows(client: Any) -> None:
    async with client:
        sleeping = [asyncio.create_task(client.execute_raw("SELECT pg_sleep(0.5)")) for _ in range(5)]
        await asyncio.sleep(0.3)
        during = await values_of(client)
        await asyncio.gather(*sleeping)
        after = await values_of(client)
    assert during["prisma_client_queries_active"] == 5
    assert during["prisma_client_queries_wait"] == 1
    assert during["prisma_pool_connections_busy"] == during["prisma_pool_connections_open"] == 4
    assert after["prisma_pool_connections_opened_total"] == 4
    assert after["prisma_pool_connections_closed_total"] == 0
    assert after[WAITS].count == 5
    assert after[WAITS].sum > 100


async def test_a_cancelled_call_ends_and_a_lost_connection_counts_as_closed(client: Any, errors: Any) -> None:
    async with client:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await client.execute_raw("SELECT pg_sleep(5)")
        with pytest.raises(errors.PrismaError):
            await client.query_raw("SELECT pg_terminate_backend(pg_backend_pid())")
        found = await values_of(client)
    assert found["prisma_client_queries_active"] == 0
    assert found["prisma_pool_connections_closed_total"] >= 1


async def test_a_histogram_has_prismas_buckets(client: Any) -> None:
    async with client:
        await client.tag.find_many()
        found = await values_of(client)
    for key in (DURATIONS, WAITS, STATEMENTS):
        bounds = [bucket.max_value for bucket in found[key].buckets]
        assert bounds == [0, 1, 5, 10, 50, 100, 500, 1000, 5000, 50000]
        assert sum(bucket.total_count for bucket in found[key].buckets) == found[key].count == 1
    assert found[WAITS].buckets[0].total_count == 1


async def test_prometheus_reads_the_text(client: Any) -> None:
    hostile = 'a"b\\c\nd'
    async with client:
        await client.tag.find_many()
        values = await values_of(client)
        text = await client.get_metrics(format="prometheus", global_labels={"app": hostile})
    samples = {}
    families = list(text_string_to_metric_families(text))
    for sample in (sample for family in families for sample in family.samples):
        assert sample.labels["app"] == hostile
        samples[sample.name, sample.labels.get("le")] = sample.value
    assert len(families) == len(values)
    assert samples["prisma_client_queries_total", None] == 1
    assert samples["prisma_pool_connections_open", None] == 1
    steps = [value for (name, _), value in samples.items() if name == f"{DURATIONS}_bucket"]
    assert len(steps) == 11
    assert steps == sorted(steps)
    assert samples[f"{DURATIONS}_bucket", "+Inf"] == samples[f"{DURATIONS}_count", None] == 1


async def test_labels_come_with_every_metric_in_json(client: Any) -> None:
    async with client:
        metrics = await client.get_metrics(global_labels={"app": "shop"})
    every = (*metrics.counters, *metrics.gauges, *metrics.histograms)
    assert {one.labels["app"] for one in every} == {"shop"}


@pytest.mark.parametrize("name", ["", "a b", "1a", "__a", "le", 'a="b"} 1\nx'])
async def test_a_label_prometheus_cannot_read_is_refused(client: Any, errors: Any, name: str) -> None:
    async with client:
        with pytest.raises(errors.PrismaError, match="global_labels must be letters"):
            await client.get_metrics(format="prometheus", global_labels={name: "x"})
