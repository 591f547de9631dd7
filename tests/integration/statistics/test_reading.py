"""What goes wrong while one asks is one sentence, and nobody waits long for it."""

from __future__ import annotations

import asyncpg
import pytest

from lumi_db.config import Settings
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.statistics import ExplainRefused, StatisticsError, explain_statement, reading

from .conftest import Connect
from .support import make_orders


async def test_neither_locks_nor_long_answers_are_waited_for_without_end(asking: DirectConnection) -> None:
    shown = [await asking.fetch_value(f"SHOW {name}") for name in ("lock_timeout", "statement_timeout")]
    assert shown == ["2s", "30s"]


async def test_a_lock_in_the_way_is_a_sentence_that_leads_to_its_holder(
    empty_database_url: str, connect: Connect
) -> None:
    holder = await connect()

    async def ask() -> None:
        async with reading(empty_database_url, settings=Settings()) as asking:
            await make_orders(asking, rows=10)
            await holder.execute("""BEGIN; LOCK TABLE "Order" """)
            await asking.run_script("SET lock_timeout = '50ms'")
            for sql in ('SELECT * FROM "Order"', 'SELECT * FROM "Shop", "Order"'):
                with pytest.raises(ExplainRefused, match="`lumi-db stats locks` says by whom"):
                    await explain_statement(asking, sql)
            await asking.fetch("""SELECT pg_total_relation_size('"Order"')""")

    with pytest.raises(StatisticsError, match="is locked for longer .* `lumi-db stats locks` says by whom"):
        await ask()


async def test_a_connection_that_is_lost_is_one_sentence(empty_database_url: str, connect: Connect) -> None:
    other: asyncpg.Connection = await connect()

    async def ask() -> None:
        async with reading(empty_database_url, settings=Settings()) as asking:
            pid = await asking.fetch_value("SELECT pg_backend_pid()")
            await other.execute(f"SELECT pg_terminate_backend({pid}, 5000)")
            await explain_statement(asking, "SELECT 1")

    with pytest.raises(StatisticsError, match=r"was lost: .* run the command again\.$"):
        await ask()


async def test_what_is_a_bug_stays_one(empty_database_url: str) -> None:
    with pytest.raises(Exception, match="nowhere") as caught:
        async with reading(empty_database_url, settings=Settings()) as asking:
            await asking.fetch("SELECT * FROM nowhere")
    assert not isinstance(caught.value, StatisticsError)
