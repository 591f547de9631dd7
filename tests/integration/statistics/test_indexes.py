"""What is wrong with indexes, found in the catalogue; the SQL that mends it, run."""

from __future__ import annotations

from collections.abc import Sequence

from lumi_db.config import Settings
from lumi_db.engine.driver.direct import DirectConnection, ScriptFailed
from lumi_db.migrations.required import INDEXED
from lumi_db.statistics import (
    Fault,
    IndexFault,
    IndexOrder,
    Role,
    find_counted_since,
    find_index_faults,
    list_foreign_keys,
    list_indexes,
    list_tables,
    reading,
)

from .support import FLUSH, make_orders


async def faults_of(connection: DirectConnection) -> tuple[IndexFault, ...]:
    indexes = await list_indexes(connection)
    return find_index_faults(indexes, await list_foreign_keys(connection), await list_tables(connection))


async def mend(connection: DirectConnection, faults: Sequence[IndexFault]) -> None:
    for one in faults:
        await connection.run_script(one.sql)


async def test_a_foreign_key_without_an_index_is_missing_one_until_the_sql_has_run(
    asking: DirectConnection,
) -> None:
    await make_orders(asking, rows=10)
    await asking.run_script("""ALTER TABLE "Order" ADD FOREIGN KEY ("shopId") REFERENCES "Shop" """)
    [fault] = await faults_of(asking)
    assert (fault.fault, fault.table, fault.prisma) == (Fault.MISSING, "Order", "+ @@index([shopId])")
    assert fault.sql == 'CREATE INDEX CONCURRENTLY "Order_shopId_idx" ON "Order" ("shopId");'
    await mend(asking, [fault])
    assert await faults_of(asking) == ()
    roles = {one.name: one.role for one in await list_indexes(asking)}
    assert roles["Order_shopId_idx"] is Role.FOREIGN_KEY


async def test_a_foreign_key_of_two_columns_is_served_in_either_order_but_not_in_part(
    asking: DirectConnection,
) -> None:
    await asking.run_script(
        """
        CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
        CREATE TABLE b (x int, y int, z int, FOREIGN KEY (x, y) REFERENCES a);
        CREATE INDEX part ON b (x, z);
        CREATE INDEX partial ON b (x, y) WHERE z > 0;
        """
    )
    assert Fault.MISSING in {one.fault for one in await faults_of(asking)}
    await asking.run_script("CREATE INDEX other_way ON b (y, x, z)")
    assert Fault.MISSING not in {one.fault for one in await faults_of(asking)}


async def test_an_index_made_twice_is_found_and_the_one_that_is_needed_stays(
    asking: DirectConnection,
) -> None:
    await make_orders(asking, rows=10)
    await asking.run_script(
        """
        CREATE INDEX twice ON "Order" (id);
        CREATE UNIQUE INDEX a_earlier ON "Order" (email);
        ALTER TABLE "Order" ADD CONSTRAINT by_email UNIQUE (email);
        CREATE INDEX lower_1 ON "Order" (lower(email)) WHERE "isPaid";
        CREATE INDEX lower_2 ON "Order" (lower(email)) WHERE "isPaid";
        CREATE INDEX other_order ON "Order" (id DESC);
        CREATE INDEX other_rows ON "Order" (lower(email)) WHERE NOT "isPaid";
        """
    )
    twice = [one for one in await faults_of(asking) if one.fault is Fault.DUPLICATE]
    assert {one.index: one.sql for one in twice} == {
        "a_earlier": 'DROP INDEX CONCURRENTLY "a_earlier";',
        "lower_2": 'DROP INDEX CONCURRENTLY "lower_2";',
        "twice": 'DROP INDEX CONCURRENTLY "twice";',
    }
    await mend(asking, twice)
    assert "Order_pkey" in {one.name for one in await list_indexes(asking)}
    assert not [one for one in await faults_of(asking) if one.fault is Fault.DUPLICATE]


async def test_an_index_that_concurrently_left_half_made_is_broken_until_it_is_made_anew(
    asking: DirectConnection,
) -> None:
    await make_orders(asking, rows=10)
    try:
        await asking.run_script("""CREATE UNIQUE INDEX CONCURRENTLY "half" ON "Order" (status)""")
    except ScriptFailed as error:
        assert error.sqlstate == "23505"
    [fault] = await faults_of(asking)
    assert (fault.fault, fault.index) == (Fault.INVALID, "half")
    await asking.run_script("""DELETE FROM "Order" WHERE id > 1""")
    await mend(asking, [fault])
    assert await faults_of(asking) == ()


async def test_an_index_is_unused_until_it_is_read_by(asking: DirectConnection) -> None:
    await make_orders(asking, rows=5000)
    await asking.run_script("""CREATE INDEX "Order_shopId_idx" ON "Order" ("shopId")""")
    [fault] = await faults_of(asking)
    assert (fault.fault, fault.prisma) == (Fault.UNUSED, "- @@index([shopId])")
    await asking.fetch("""SELECT * FROM "Order" WHERE "shopId" = 7""")
    await asking.fetch(FLUSH)
    assert await faults_of(asking) == ()
    [used] = [one for one in await list_indexes(asking) if one.name == "Order_shopId_idx"]
    assert used.scans == 1
    by_scans = [one.name for one in await list_indexes(asking, order=IndexOrder.SCANS)]
    assert by_scans[-1] == "Order_shopId_idx"


async def test_a_big_table_that_is_read_as_a_whole_is_named(asking: DirectConnection) -> None:
    await make_orders(asking)
    await asking.fetch("""SELECT count(*) FROM "Order" WHERE status = 'NEW'""")
    await asking.fetch(FLUSH)
    [fault] = await faults_of(asking)
    assert (fault.fault, fault.table) == (Fault.SCANNED, "Order")
    assert "about 20,000 rows" in fault.told


async def test_the_time_since_which_the_server_counts_is_that_of_the_reset(asking: DirectConnection) -> None:
    assert await find_counted_since(asking) is None
    await asking.fetch("SELECT pg_stat_reset()")
    told = await asking.fetch_value("SELECT now()")
    since = await find_counted_since(asking)
    assert since is not None
    assert abs((told - since).total_seconds()) < 60


async def test_the_shop_misses_no_index_has_none_twice_and_none_of_its_list_is_called_unused(
    database_url: str,
) -> None:
    async with reading(database_url, settings=Settings()) as connection:
        indexes = await list_indexes(connection, required=INDEXED)
        keys, tables = await list_foreign_keys(connection), await list_tables(connection)
    assert len(keys) > 30
    faults = find_index_faults(indexes, keys, tables)
    assert {one.fault for one in faults} <= {Fault.UNUSED}
    assert not {one.index for one in faults} & {
        "Order_userId_idx",
        "Product_deletedAt_idx",
        "AuditLog_createdAt_idx",
    }
