"""Sizes, dead rows and scans of tables, as the server counts them."""

from __future__ import annotations

import pytest

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.statistics import TableOrder, TableUse, list_tables

from .conftest import Connect
from .support import FLUSH, make_orders


async def get_table(connection: DirectConnection, name: str) -> TableUse:
    return next(one for one in await list_tables(connection) if one.name == name)


async def test_sizes_add_up_to_what_the_server_says_of_the_whole(asking: DirectConnection) -> None:
    await make_orders(asking)
    await asking.run_script(
        """CREATE TABLE "Page" AS SELECT string_agg(md5(n::text), '') AS text FROM generate_series(1, 9999) AS n"""
    )
    order, page = await get_table(asking, "Order"), await get_table(asking, "Page")
    assert order.total == await asking.fetch_value("""SELECT pg_total_relation_size('"Order"')""")
    assert order.indexes == await asking.fetch_value("""SELECT pg_relation_size('"Order_pkey"')""")
    assert order.total == (order.heap or 0) + (order.indexes or 0) + (order.toast or 0)
    assert (page.toast or 0) > 100_000 > (page.heap or 0)


async def test_dead_rows_and_their_share_are_counted_until_vacuum(asking: DirectConnection) -> None:
    await make_orders(asking, rows=1000)
    await asking.run_script("""DELETE FROM "Order" WHERE id <= 250""")
    await asking.fetch(FLUSH)
    before = await get_table(asking, "Order")
    assert (before.rows, before.dead, before.dead_share, before.vacuumed_at) == (750, 250, 0.25, None)
    assert before.analyzed_at is not None
    await asking.run_script("""VACUUM "Order" """)
    after = await get_table(asking, "Order")
    assert (after.rows, after.dead, after.dead_share) == (750, 0, 0.0)
    assert after.vacuumed_at is not None


async def test_scans_of_the_whole_are_told_from_scans_by_an_index(asking: DirectConnection) -> None:
    await make_orders(asking, rows=2000)
    before = await get_table(asking, "Order")
    await asking.fetch("""SELECT * FROM "Order" WHERE id = 7""")
    await asking.fetch("""SELECT count(*) FROM "Order" WHERE status = 'NEW'""")
    await asking.fetch(FLUSH)
    after = await get_table(asking, "Order")
    assert after.index_scans - before.index_scans == 1
    assert (after.seq_scans - before.seq_scans, after.seq_rows - before.seq_rows) == (1, 2000)


async def test_a_locked_table_is_named_without_its_size_and_nobody_waits(
    asking: DirectConnection, connect: Connect
) -> None:
    await make_orders(asking, rows=10)
    other = await connect()
    await other.execute("""BEGIN; LOCK TABLE "Order" """)
    locked, free = await get_table(asking, "Order"), await get_table(asking, "Shop")
    assert (locked.total, locked.heap, locked.rows) == (None, None, 10)
    assert free.total
    assert [one.name for one in await list_tables(asking)] == ["Order", "Shop"]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (TableOrder.SIZE, ["Order", "Shop"]),
        (TableOrder.NAME, ["Order", "Shop"]),
        (TableOrder.DEAD, ["Shop", "Order"]),
    ],
)
async def test_tables_are_sorted(asking: DirectConnection, order: TableOrder, names: list[str]) -> None:
    await make_orders(asking, rows=5000)
    await asking.run_script("""DELETE FROM "Shop" WHERE id < 10""")
    await asking.fetch(FLUSH)
    assert [one.name for one in await list_tables(asking, order=order)] == names
