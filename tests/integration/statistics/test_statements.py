"""pg_stat_statements: what a server without it is told, and what one with it shows, on both ends of the versions."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from lumi_db import embedded
from lumi_db.config import Settings
from lumi_db.embedded import programs
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.maintenance import read_catalogue
from lumi_db.statistics import (
    NotCounted,
    StatementOrder,
    enable_statements,
    explain_statement,
    list_statements,
    list_tables,
    read_connections,
    read_locks,
    reading,
)
from lumi_db.statistics.indexes import list_indexes
from lumi_db.statistics.statements import HIDDEN

DEBIAN = Path("/usr/lib/postgresql/15/bin")
COUNTING = {**embedded.FAST, "shared_preload_libraries": "pg_stat_statements"}


async def test_a_server_that_does_not_count_is_told_in_one_sentence(asking: DirectConnection) -> None:
    if await asking.fetch_value("SELECT current_setting('pg_stat_statements.max', true)"):
        # one that TEST_DATABASE_URL names may; those that the tests start do not
        pytest.skip("this server counts its statements")
    for ask in (list_statements, enable_statements):
        with pytest.raises(
            NotCounted, match=r"set shared_preload_libraries = 'pg_stat_statements'.* CREATE EXTENSION"
        ):
            await ask(asking)


@pytest.fixture(params=["the wheel's", "Debian's 15"])
def url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give a server that counts its statements."""
    if request.param != "the wheel's":
        if not (DEBIAN / "postgres").is_file():
            # .ci/run installs it, and there a skip is a failure
            pytest.skip("Debian's package postgresql-15 is not installed")
        monkeypatch.setattr(programs, "find_programs", lambda: DEBIAN)
    root = Path(tempfile.mkdtemp(prefix="lumi-counts-"))
    root.chmod(0o755)
    yield embedded.start(root, settings=COUNTING).url
    embedded.delete(root)
    shutil.rmtree(root)


async def work(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE t AS SELECT n FROM generate_series(1, 5000) AS n")
    for _ in range(7):
        await connection.fetch("SELECT n FROM t WHERE n <= $1", 3)
    await connection.execute("SELECT pg_sleep(0.05)")
    await connection.execute("CREATE ROLE shop PASSWORD 'hunter2'")
    await connection.close()


@pytest.mark.long
async def test_a_server_that_counts_says_what_is_slow_and_everything_else(url: str) -> None:
    async with reading(url, settings=Settings()) as connection:
        with pytest.raises(NotCounted, match="CREATE EXTENSION pg_stat_statements, or run"):
            await list_statements(connection)
        objects = await read_catalogue(connection)
        await enable_statements(connection)
        await enable_statements(connection)
        # it is not the migrations' matter
        assert await read_catalogue(connection) == objects
        await work(url)
        counted = await list_statements(connection)
        [often] = [one for one in counted.statements if one.sql == "SELECT n FROM t WHERE n <= $1"]
        assert (often.calls, often.rows) == (7, 21)
        assert 0 < often.mean <= often.longest <= often.total
        assert sum(one.share for one in counted.statements) == pytest.approx(1)
        assert counted.statements[0].total == max(one.total for one in counted.statements)
        assert counted.since is not None
        slow = await list_statements(connection, slower_than=50)
        assert [one.sql for one in slow.statements] == ["SELECT pg_sleep($1)"]
        assert "hunter2" not in repr(counted)
        assert "CREATE ROLE shop PASSWORD '***'" in {one.sql for one in counted.statements}
        for order in StatementOrder:
            assert (await list_statements(connection, order=order)).statements
        # the same questions on every version
        assert [one.name for one in await list_tables(connection)] == ["t"]
        assert (await list_indexes(connection), await read_locks(connection)) == ((), ())
        assert (await read_connections(connection)).used >= 1
        any_value = await explain_statement(connection, "SELECT * FROM t WHERE n = $1")
        assert (any_value.is_generic, any_value.plan["Filter"]) == (True, "(n = $1)")
        ran = await explain_statement(
            connection, "DELETE FROM t WHERE n = $1", parameters=["7"], analyze=True
        )
        assert ran.plan["Plans"][0]["Actual Rows"] == 1
        await connection.run_script("SET ROLE shop")
        await connection.run_script("RESET ROLE; DROP EXTENSION pg_stat_statements; SET ROLE shop")
        with pytest.raises(NotCounted, match="run it as a superuser, once"):
            await enable_statements(connection)
        await connection.run_script("RESET ROLE; CREATE EXTENSION pg_stat_statements; SET ROLE shop")
        hidden = [one for one in (await list_statements(connection)).statements if one.sql == HIDDEN]
        assert [one.id for one in hidden] == [None]
