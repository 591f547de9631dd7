"""What Prometheus is told of the server is what the server knows."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from prometheus_client import CollectorRegistry, generate_latest

from lumi_db.client import table_names
from lumi_db.config import Settings
from lumi_db.migrations import list_migrations
from lumi_db.server_metrics import FAMILIES, Numbers, ServerMetrics, read_numbers
from lumi_db.statistics import StatisticsError
from tests.integration.application.support import settings_for, with_parameter

pytestmark = pytest.mark.direct(reason="the exporter asks the server itself")


HISTORY = """
    CREATE TABLE _prisma_migrations (id text, checksum text, finished_at timestamptz, migration_name text, logs text,
        rolled_back_at timestamptz, started_at timestamptz DEFAULT now(), applied_steps_count int)
"""


class Exporter:
    """The metrics of one database, read anew each time."""

    def __init__(self, url: str, settings: Settings) -> None:
        self._url, self._settings = url, settings

    async def read(self) -> Callable[..., float | None]:
        numbers = await read_numbers(self._url, settings=self._settings, tables=sorted(table_names()))
        registry = CollectorRegistry()
        registry.register(ServerMetrics(lambda: numbers))
        return lambda name, **labels: registry.get_sample_value(f"lumi_db_server_{name}", labels)


@pytest.fixture
def exporter(database_url: str) -> Exporter:
    return Exporter(database_url, settings_for(database_url))


@pytest_asyncio.fixture
async def other(database_url: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


async def test_every_metric_has_a_value_but_the_lag_of_a_primary(exporter: Exporter) -> None:
    value = await exporter.read()
    assert value("up") == 1
    numbers = await read_numbers(exporter._url, settings=exporter._settings, tables=sorted(table_names()))
    without = {one.name for one in FAMILIES if not one.values(numbers)}
    assert without == {"replication_lag_seconds"}
    assert value("migrations", state="pending") == len(list_migrations())
    assert value("connections_max") == 300


async def test_a_transaction_that_does_nothing_is_seen(exporter: Exporter, other: Any) -> None:
    await other.execute("BEGIN; SELECT 1")
    await asyncio.sleep(0.1)
    value = await exporter.read()
    assert value("connections", state="idle in transaction") == 1
    for name in ("oldest_transaction_seconds", "oldest_idle_transaction_seconds"):
        age = value(name)
        assert age is not None
        assert 0.1 <= age < 60


async def test_who_waits_for_a_lock_is_seen(exporter: Exporter, other: Any, database_url: str) -> None:
    await other.execute('BEGIN; LOCK TABLE "Coupon" IN SHARE MODE')
    waiter = await asyncpg.connect(database_url)
    waiting = asyncio.create_task(waiter.execute('DELETE FROM "Coupon"'))
    await asyncio.sleep(0.2)
    value = await exporter.read()
    assert value("blocked_sessions") == 1
    assert (value("longest_block_seconds") or 0) > 0.1
    await other.execute("ROLLBACK")
    await waiting
    await waiter.close()
    assert (await exporter.read())("blocked_sessions") == 0


async def test_rows_dead_rows_and_the_audit_trail_are_counted(exporter: Exporter, other: Any) -> None:
    await other.execute("""INSERT INTO "Role" (id, name, "updatedAt") SELECT n, 'r' || n, now()
        FROM generate_series(1, 50) AS n""")
    await other.execute('DELETE FROM "Role" WHERE id::int <= 20')
    await other.execute("SELECT pg_stat_force_next_flush()")
    value = await exporter.read()
    assert value("table_rows", table="Role") == 30
    assert value("table_dead_rows", table="Role") == 20
    assert (value("table_bytes", table="Role") or 0) > 8192
    audited = await other.fetchval('SELECT count(*) FROM "AuditLog"')
    assert value("audit_rows_total") == audited


async def test_a_table_that_is_being_altered_costs_its_size_only(exporter: Exporter, other: Any) -> None:
    await other.execute('BEGIN; LOCK TABLE "Product"')
    value = await exporter.read()
    assert value("up") == 1
    assert value("table_rows", table="Product") == 0
    assert value("table_bytes", table="Product") is None
    assert (value("table_bytes", table="Order") or 0) > 0


async def test_a_user_who_may_not_know_the_migrations_is_told_the_rest(
    exporter: Exporter, other: Any, database_url: str
) -> None:
    await other.execute(HISTORY)
    await other.execute("REVOKE ALL ON _prisma_migrations FROM PUBLIC")
    role = "watcher_" + secrets.token_hex(4)
    await other.execute(f"CREATE ROLE {role}")
    try:
        as_watcher = with_parameter(database_url, f"options=-c%20role%3D{role}")
        value = await Exporter(as_watcher, exporter._settings).read()
    finally:
        await other.execute(f"DROP ROLE {role}")
    assert value("up") == 1
    assert value("migrations", state="pending") is None
    assert value("connections_max") == 300


async def test_a_migration_that_failed_is_seen(exporter: Exporter, other: Any) -> None:
    await other.execute(HISTORY)
    await other.execute(
        "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', '', $1)",
        list_migrations()[0],
    )
    assert (await exporter.read())("migrations", state="failed") == 1


def test_a_database_that_is_away_is_down_and_up_again_without_a_new_exporter() -> None:
    answers: list[Numbers | Exception] = [StatisticsError("away"), TimeoutError()]

    def read() -> Numbers:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    registry = CollectorRegistry()
    registry.register(ServerMetrics(read, kept_for=0))
    assert generate_latest(registry).decode().endswith("lumi_db_server_up 0.0\n")
    assert registry.get_sample_value("lumi_db_server_up") == 0
    assert answers == []


async def test_many_who_ask_load_the_server_once(exporter: Exporter) -> None:
    numbers = await read_numbers(exporter._url, settings=exporter._settings, tables=[])
    asked, now = 0, 0.0

    def read() -> Numbers:
        nonlocal asked
        asked += 1
        return numbers

    registry = CollectorRegistry()
    registry.register(ServerMetrics(read, kept_for=5, clock=lambda: now))
    for _ in range(10):
        assert registry.get_sample_value("lumi_db_server_up") == 1
    assert asked == 1
    now = 5.0
    registry.get_sample_value("lumi_db_server_up")
    assert asked == 2
