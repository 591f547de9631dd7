"""What is wrong with a plan, judged on plans that PostgreSQL has just made; and gone once it is mended."""

from __future__ import annotations

import pytest

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.statistics import Explained, PlanFinding, Problem, explain_statement, find_plan_findings
from lumi_db.statistics.plan_nodes import walk
from lumi_db.statistics.plan_words import describe_cost, describe_node, list_details

from .support import make_orders


async def judge(
    connection: DirectConnection, sql: str, *, analyze: bool = True
) -> tuple[Explained, tuple[PlanFinding, ...]]:
    found = await explain_statement(connection, sql, analyze=analyze)
    return found, find_plan_findings(found.plan, rows=found.rows)


@pytest.mark.parametrize(
    ("rest", "columns"),
    [
        ("""status = 'NEW' AND "shopId" = 50""", "status, shopId"),
        (""""createdAt" < '2026-01-01 03:00Z' AND "shopId" = 50""", "shopId, createdAt"),
        ('"deletedAt" IS NULL AND "isPaid" AND "shopId" = 5', "shopId, isPaid, deletedAt"),
        ('"shopId" = 5 AND id > 7 ORDER BY "createdAt" DESC LIMIT 5', "shopId, createdAt, id"),
        ('"shopId" = 5 ORDER BY "createdAt"', "shopId"),
        ("status = 'PAID' ORDER BY \"createdAt\" LIMIT 5", "status, createdAt"),
        ('"isPaid" IS NOT NULL ORDER BY "createdAt" DESC, id DESC LIMIT 5', "createdAt, id"),
        ("lower(email) = 'buyer7@example.com'", "(lower(email))"),
        ("\"shopId\" IN (4, 5) AND email <> ''", "shopId"),
    ],
)
async def test_the_index_that_is_missing_is_named_and_once_made_it_is_used(
    asking: DirectConnection, rest: str, columns: str
) -> None:
    await make_orders(asking)
    # the server has no statistics on an expression of itself, which makes its guess a bad one
    await asking.run_script('CREATE STATISTICS by_lower ON lower(email) FROM "Order"; ANALYZE "Order"')
    sql = f'SELECT * FROM "Order" WHERE {rest}'
    for analyze in (False, True):
        before, [finding] = await judge(asking, sql, analyze=analyze)
        assert (finding.problem, finding.table) == (Problem.MISSING_INDEX, "Order")
        assert finding.sql.replace('"', "").endswith(f" ON Order ({columns});")
    await asking.run_script(finding.sql)
    await asking.run_script('ANALYZE "Order"')
    for analyze in (False, True):
        after, findings = await judge(asking, sql, analyze=analyze)
        assert findings == ()
        assert finding.sql.split('"')[1] in {node.get("Index Name") for node, _ in walk(after.plan)}
        assert before.plan["Total Cost"] > after.plan["Total Cost"]


async def test_where_no_index_on_columns_helps_none_is_proposed(asking: DirectConnection) -> None:
    await make_orders(asking)
    for rest in (
        "\"shopId\" = 5 OR email = 'a'",
        "email LIKE '%77%'",
        '"shopId" % 1000 = id % 999',
        "md5(email || status) = 'a'",
    ):
        _, findings = await judge(asking, f'SELECT * FROM "Order" WHERE {rest}')
        [finding] = [one for one in findings if one.problem is Problem.MISSING_INDEX]
        assert (finding.sql, finding.prisma) == ("", ""), rest
        assert "No index on columns serves this" in finding.remedy


async def test_with_a_plan_that_is_as_it_should_be_nothing_is_wrong(asking: DirectConnection) -> None:
    await make_orders(asking)
    for sql in (
        "SELECT * FROM \"Shop\" WHERE name = 'shop 7'",
        "SELECT * FROM \"Order\" WHERE status = 'PAID'",
        "SELECT * FROM \"Order\" WHERE status = 'PAID' LIMIT 3",
        'SELECT count(*) FROM "Order"',
        'SELECT * FROM "Order" ORDER BY email LIMIT 15000',
        'SELECT * FROM "Order" ORDER BY email',
        'SELECT status, count(*) FROM "Order" GROUP BY status ORDER BY 2 LIMIT 1',
        'SELECT * FROM "Order" WHERE id = 7',
        'SELECT * FROM "Order" ORDER BY id LIMIT 5',
        "SELECT 1",
    ):
        for analyze in (False, True):
            assert (await judge(asking, sql, analyze=analyze))[1] == (), sql


async def test_a_parallel_scan_is_judged_as_a_whole(asking: DirectConnection) -> None:
    await make_orders(asking)
    await asking.run_script(
        "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0"
    )
    found, findings = await judge(asking, 'SELECT * FROM "Order" WHERE "shopId" = 5')
    assert "Gather" in {node["Node Type"] for node, _ in walk(found.plan)}
    [finding] = findings
    assert finding.problem is Problem.MISSING_INDEX
    assert "and the filter keeps 20" in finding.told


async def test_a_sort_that_goes_to_disk_is_named_until_it_has_the_memory(asking: DirectConnection) -> None:
    await make_orders(asking)
    await asking.run_script("SET work_mem = '256kB'")
    sql = 'SELECT * FROM "Order" ORDER BY email'
    assert (await judge(asking, sql, analyze=False))[1] == ()
    _, [finding] = await judge(asking, sql)
    assert finding.problem is Problem.SPILL
    assert "sort by email" in finding.told
    await asking.run_script(finding.sql.replace("LOCAL ", ""))
    assert (await judge(asking, sql))[1] == ()


async def test_a_table_read_again_for_each_row_is_named_with_the_index_that_ends_it(
    asking: DirectConnection,
) -> None:
    await make_orders(asking)
    await asking.run_script(
        "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_material = off"
    )
    sql = 'SELECT * FROM "Shop" s LEFT JOIN "Order" o ON o."shopId" = s.id WHERE s.id BETWEEN 100 AND 250'
    for analyze in (False, True):
        _, findings = await judge(asking, sql, analyze=analyze)
        [loop] = [one for one in findings if one.problem is Problem.LOOP]
        assert loop.sql == 'CREATE INDEX CONCURRENTLY "Order_shopId_idx" ON "Order" ("shopId");'
    await asking.run_script(loop.sql)
    assert (await judge(asking, sql))[1] == ()


async def test_a_subquery_that_reads_a_table_for_each_row_is_named(asking: DirectConnection) -> None:
    await make_orders(asking)
    sql = 'SELECT (SELECT count(*) FROM "Order" o WHERE o."shopId" = s.id + 0) FROM "Shop" s WHERE s.id < 150'
    _, findings = await judge(asking, sql)
    [loop] = [one for one in findings if one.problem is Problem.LOOP]
    assert "is read 150 times" in loop.told
    assert '("shopId")' in loop.sql


async def test_rows_kept_in_memory_and_compared_one_by_one_are_named(asking: DirectConnection) -> None:
    await make_orders(asking)
    await asking.run_script("SET enable_hashjoin = off; SET enable_mergejoin = off")
    sql = 'SELECT count(*) FROM "Order" o LEFT JOIN "Shop" s ON s.name = o.email WHERE o.id < 500'
    _, findings = await judge(asking, sql)
    [loop] = [one for one in findings if one.problem is Problem.LOOP]
    assert (loop.table, loop.prisma) == ("Shop", "@@index([name])")


async def test_an_estimate_that_is_far_off_is_named_until_analyze(asking: DirectConnection) -> None:
    await make_orders(asking)
    await asking.run_script("""UPDATE "Order" SET status = 'GONE' WHERE id <= 15000""")
    sql = """SELECT * FROM "Order" WHERE status = 'GONE'"""
    assert Problem.ESTIMATE not in {one.problem for one in (await judge(asking, sql, analyze=False))[1]}
    _, [finding] = await judge(asking, sql)
    assert (finding.problem, finding.table, finding.sql) == (Problem.ESTIMATE, "Order", 'ANALYZE "Order";')
    assert "15,000 came" in finding.told
    await asking.run_script(finding.sql)
    assert (await judge(asking, sql))[1] == ()


async def test_only_the_lowest_of_wrong_estimates_is_named(asking: DirectConnection) -> None:
    await make_orders(asking)
    await asking.run_script("""UPDATE "Order" SET status = 'GONE' WHERE id <= 15000""")
    sql = """SELECT * FROM "Order" o JOIN "Shop" s ON s.id = o."shopId" WHERE o.status = 'GONE' ORDER BY s.name"""
    _, findings = await judge(asking, sql)
    assert [(one.problem, one.table) for one in findings if one.problem is Problem.ESTIMATE] == [
        (Problem.ESTIMATE, "Order")
    ]


async def test_reading_rows_only_to_see_whether_they_are_visible_is_named_until_vacuum(
    asking: DirectConnection,
) -> None:
    # rows of a commit that is not on disk yet are not known to be visible to all
    await asking.run_script("SET synchronous_commit = on")
    await make_orders(asking)
    await asking.run_script(
        'CREATE INDEX by_shop ON "Order" ("shopId"); SET enable_seqscan = off; SET enable_bitmapscan = off'
    )
    sql = 'SELECT "shopId" FROM "Order" WHERE "shopId" < 500'
    _, [finding] = await judge(asking, sql)
    assert (finding.problem, finding.sql) == (Problem.HEAP_FETCHES, 'VACUUM "Order";')
    await asking.run_script(finding.sql)
    assert (await judge(asking, sql))[1] == ()


async def test_a_filter_that_throws_away_what_the_index_found_is_named_with_the_wider_index(
    asking: DirectConnection,
) -> None:
    await make_orders(asking)
    await asking.run_script('CREATE INDEX by_status ON "Order" (status); SET enable_seqscan = off')
    sql = """SELECT * FROM "Order" WHERE status = 'PAID' AND email = 'Buyer7@example.com'"""
    _, findings = await judge(asking, sql)
    [finding] = findings
    assert finding.problem is Problem.WIDE_FILTER
    assert finding.sql.endswith('("status", "email");')
    await asking.run_script(finding.sql)
    assert (await judge(asking, sql))[1] == ()


async def test_a_plan_is_said_in_words(asking: DirectConnection) -> None:
    await make_orders(asking, rows=500)
    sql = 'SELECT * FROM "Order" o WHERE "shopId" = 5 ORDER BY email LIMIT 1'
    found, _ = await judge(asking, sql)
    words = [describe_node(node) for node, _ in walk(found.plan)]
    assert words == [
        "stop after the first rows (Limit)",
        "sort by email (Sort)",
        "read all of Order o (Seq Scan)",
    ]
    scan = list(walk(found.plan))[-1][0]
    assert list_details(scan) == ('Filter: ("shopId" = 5)', "Rows Removed by Filter: 499")
    assert describe_cost(scan).startswith("1 row (1 expected), cost ")
    expected, _ = await judge(asking, sql, analyze=False)
    assert describe_cost(expected.plan).startswith("1 row expected, cost ")
    assert "ms" not in describe_cost(expected.plan)
