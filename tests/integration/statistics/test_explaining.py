"""A person's statement is explained, nothing of it stays, and what is wrong with it is one sentence."""

from __future__ import annotations

import pytest

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.statistics import Explained, ExplainRefused, explain_statement
from lumi_db.statistics.explaining import NULL

from .support import make_orders

BY_SHOP = 'SELECT * FROM "Order" WHERE "shopId" = $1 AND email = $2'


async def count(connection: DirectConnection) -> int:
    return int(await connection.fetch_value('SELECT count(*) FROM "Order"'))


async def test_without_analyze_nothing_runs(asking: DirectConnection) -> None:
    await make_orders(asking, rows=10)
    found = await explain_statement(asking, 'DELETE FROM "Order" WHERE 1 / (id - 5) > 9')
    assert (found.execution_ms, found.plan["Node Type"]) == (None, "ModifyTable")
    assert found.planning_ms > 0
    assert found.rows == {"Order": 10}


async def test_with_analyze_it_runs_and_is_rolled_back_also_where_it_fails(asking: DirectConnection) -> None:
    await make_orders(asking, rows=10)
    found = await explain_statement(asking, 'DELETE FROM "Order" -- all', analyze=True)
    assert found.execution_ms is not None
    assert found.plan["Plans"][0]["Actual Rows"] == 10
    assert await count(asking) == 10
    with pytest.raises(ExplainRefused, match="A value does not fit|division by zero"):
        await explain_statement(
            asking,
            'WITH gone AS (DELETE FROM "Order" RETURNING id) SELECT 1 / (id - 5) FROM gone',
            analyze=True,
        )
    assert (await count(asking), asking.is_in_transaction) == (10, False)


async def test_values_are_of_the_types_that_the_server_finds(asking: DirectConnection) -> None:
    await make_orders(asking, rows=10)
    found = await explain_statement(asking, f"{BY_SHOP};", parameters=["5", "it's"])
    assert not found.is_generic
    assert """('it''s'::text = email)""" in found.plan["Filter"] or "email = 'it''s'" in found.plan["Filter"]
    empty = await explain_statement(asking, 'SELECT * FROM "Order" WHERE "shopId" = $1', parameters=[NULL])
    assert empty.plan["Node Type"] == "Result"


async def test_without_values_the_plan_is_one_for_any(asking: DirectConnection) -> None:
    await make_orders(asking, rows=10)
    found = await explain_statement(asking, BY_SHOP)
    assert found.is_generic
    assert "$1" in found.plan["Filter"]


REFUSED = {
    "": "There is no SQL to explain: give one statement, a file, or - for stdin.",
    " ; -- nothing\n /* at all */ ": "There is no SQL to explain",
    'SELECT 1; DELETE FROM "Order"': "These are several statements: explain them one by one.",
    "SELECT *\nFROM  Ordr": r'relation "ordr" does not exist \(line 2, column 7\)\.$',
    "SELECT 1 FROM": "syntax error at end of input",
    "SELEC 1": r'syntax error at or near "SELEC" \(line 1, column 1\)\.$',
    "EXPLAIN SELECT 1": "begins with EXPLAIN: give it without",
    'DROP TABLE "Order"': "DROP is not a SELECT, .* only these have a plan",
    "SELECT $2::int": r"could not determine data type of parameter \$1",
}


async def test_what_cannot_be_explained_is_one_sentence(asking: DirectConnection) -> None:
    await make_orders(asking, rows=10)
    for sql, said in REFUSED.items():
        with pytest.raises(ExplainRefused, match=said) as caught:
            await explain_statement(asking, sql)
        assert "\n" not in str(caught.value)
    assert await count(asking) == 10


async def test_values_that_do_not_fit_are_one_sentence(asking: DirectConnection) -> None:
    await make_orders(asking, rows=10)
    cases: list[tuple[list[str], bool, str]] = [
        (
            ["5"],
            False,
            r"has 2 parameters \(\$1 integer, \$2 text\) and 1 was given: give each by --parameter",
        ),
        (["5", "a", "b"], False, "has 2 parameters .* and 3 were given"),
        ([], True, "has 2 parameters .* and 0 were given"),
        (["five", "a"], False, "A value does not fit: invalid input syntax for type integer."),
        (["5", "a\0"], False, "zero byte"),
    ]
    for values, analyze, said in cases:
        with pytest.raises(ExplainRefused, match=said):
            await explain_statement(asking, BY_SHOP, parameters=values, analyze=analyze)


async def test_a_statement_that_takes_too_long_ends_and_the_next_one_can_be_explained(
    asking: DirectConnection,
) -> None:
    with pytest.raises(ExplainRefused, match=r"did not end within 0\.05 s and was rolled back"):
        await explain_statement(asking, "SELECT pg_sleep(60)", analyze=True, timeout=0.05)
    assert isinstance(await explain_statement(asking, "SELECT 1", analyze=True), Explained)


async def test_what_may_not_write_is_refused_before_it_does(asking: DirectConnection) -> None:
    await make_orders(asking, rows=10)
    await asking.run_script(
        """
        CREATE SEQUENCE number;
        CREATE FUNCTION empty_it() RETURNS void LANGUAGE sql AS 'DELETE FROM "Order"';
        """
    )
    for sql in (
        'DELETE FROM "Order"',
        'WITH gone AS (DELETE FROM "Order" RETURNING *) SELECT * FROM gone',
        'SELECT * FROM "Order" FOR UPDATE',
        "SELECT empty_it()",
        "SELECT nextval('number')",
    ):
        with pytest.raises(ExplainRefused, match="production and the statement writes or locks rows"):
            await explain_statement(asking, sql, analyze=True, may_write=False)
        assert (await explain_statement(asking, sql, may_write=False)).execution_ms is None
        assert await asking.fetch_value("SELECT is_called FROM number") is False
        assert (await explain_statement(asking, sql, analyze=True)).execution_ms is not None
        assert await count(asking) == 10
