"""`lumi-db stats` and `lumi-db queries explain`: each run once as people run it, and once as programs do."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import pytest

from lumi_db import embedded
from lumi_db.config import child_environment

from .test_command_line import LUMI_DB, ROOT, lumi_db
from .test_health_command import NOWHERE


async def run(*arguments: str, url: str) -> subprocess.CompletedProcess[str]:
    """Run the command beside the connections of the test."""
    return await asyncio.to_thread(lumi_db, *arguments, environment={"DATABASE_URL": url})


def keys(rows: Sequence[dict[str, object]]) -> set[str]:
    return {key for row in rows for key in row}


def test_tables_are_shown_to_people(database_url: str) -> None:
    done = lumi_db(
        "stats", "tables", "--sort", "name", "--limit", "2", environment={"DATABASE_URL": database_url}
    )
    assert (done.returncode, done.stderr) == (0, "")
    header, first, second, rest, *_ = done.stdout.splitlines()
    assert header.split()[:7] == ["Table", "Rows", "Total", "Heap", "Indexes", "Toast", "Dead"]
    assert [first.split()[0], second.split()[0]] == ["Address", "AuditLog"]
    assert rest.startswith("… and 29 more: --limit 31")


def test_indexes_are_json_for_programs(database_url: str) -> None:
    done = lumi_db("stats", "indexes", "--json", environment={"DATABASE_URL": database_url})
    answer = json.loads(done.stdout)
    assert (done.returncode, len(answer["indexes"]), answer["since"]) == (0, 20, None)
    assert {"table", "name", "size", "scans", "role", "columns"} <= keys(answer["indexes"])
    assert {one["fault"] for one in answer["faults"]} == {"unused"}
    assert all(one["sql"].startswith("DROP INDEX CONCURRENTLY ") for one in answer["faults"])


def test_statements_of_a_server_that_does_not_count_are_one_sentence(database_url: str) -> None:
    done = lumi_db("stats", "statements", environment={"DATABASE_URL": database_url})
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "pg_stat_statements" in done.stderr
    assert "CREATE EXTENSION" in done.stderr


async def test_locks_are_a_tree_and_connections_name_who_holds_them(database_url: str) -> None:
    holder, waiting = await asyncpg.connect(database_url), await asyncpg.connect(database_url)
    pid, behind = holder.get_server_pid(), waiting.get_server_pid()
    await holder.execute("""BEGIN; LOCK TABLE "Product"; SELECT 'hunter2'""")
    task = asyncio.ensure_future(waiting.execute("""SELECT 'hunter2' FROM "Product" """))
    try:
        locks, found = await asyncio.gather(
            run("stats", "locks", url=database_url),
            run("stats", "connections", "--json", "--limit", "1000", url=database_url),
        )
    finally:
        task.cancel()
        holder.terminate()
        waiting.terminate()
    assert (locks.returncode, found.returncode) == (0, 0)
    root, *_ = (line for line in locks.stdout.splitlines() if line.startswith(f"{pid} "))
    assert "idle in transaction keeps 1 session waiting" in root
    assert f"SELECT pg_terminate_backend({pid});" in locks.stdout
    assert f"└── {behind} " in locks.stdout
    assert "for AccessShareLock on Product" in locks.stdout
    answer = json.loads(found.stdout)
    assert answer["used"] >= 3
    assert answer["groups"][0]["state"].startswith("idle in transaction")
    assert pid in {one["pid"] for one in answer["sessions"]}
    assert "hunter2" not in locks.stdout + found.stdout


def test_a_plan_is_explained_from_stdin_with_its_values(database_url: str) -> None:
    done = subprocess.run(
        [LUMI_DB, "queries", "explain", "-", "-p", "a", "--parameter", "5", "--analyze"],
        input='SELECT * FROM "Product" WHERE "slug" = $1 LIMIT $2',
        cwd=ROOT, env=child_environment({"DATABASE_URL": database_url, "COLUMNS": "100"}),
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "look up Product by Product_slug_key (Index Scan)" in done.stdout
    assert "and was rolled back." in done.stdout
    assert "✓ Nothing is wrong with this plan." in done.stdout


def test_what_writes_is_not_run_in_production_without_yes(database_url: str) -> None:
    environment: dict[str, str | None] = {"DATABASE_URL": database_url, "LUMI_ENV": "production"}
    done = lumi_db("queries", "explain", "--analyze", 'DELETE FROM "Cart"', environment=environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert "add --yes if that is meant" in done.stderr
    meant = lumi_db(
        "queries", "explain", "--analyze", "--yes", "--json", 'DELETE FROM "Cart"', environment=environment
    )
    answer = json.loads(meant.stdout)
    assert (meant.returncode, answer["findings"]) == (0, [])
    assert (answer["plan"]["Node Type"], answer["is_generic"]) == ("ModifyTable", False)
    assert answer["execution_ms"] > 0


@pytest.mark.long
@pytest.mark.parametrize("command", ["tables", "indexes", "statements", "connections", "locks"])
def test_no_server_is_one_sentence_without_the_password(command: str) -> None:
    environment: dict[str, str | None] = {"DATABASE_URL": NOWHERE, "DATABASE_CONNECT_RETRY_MS": "0"}
    done = lumi_db("stats", command, environment=environment)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "Nothing answers at 127.0.0.1:1" in done.stderr
    assert "hunter2" not in done.stderr


@pytest.mark.long
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "There is no SQL to explain"),
        ("missing.sql", r"Cannot read missing.sql (No such file or directory)"),
        ("latin.sql", "latin.sql is not text in UTF-8"),
        ("SELECT * FROM nowhere", 'relation "nowhere" does not exist (line 1, column 15)'),
    ],
)
def test_sql_that_cannot_be_had_or_understood_is_one_sentence(
    database_url: str, tmp_path: Path, given: str, said: str
) -> None:
    (tmp_path / "latin.sql").write_bytes("SELECT 'ş'".encode("iso-8859-9"))
    done = lumi_db("queries", "explain", given, cwd=tmp_path, environment={"DATABASE_URL": database_url})
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert said in done.stderr


@pytest.mark.long
def test_the_demos_server_counts_its_statements_with_one_step(root: Path) -> None:
    server = embedded.start(root)
    environment: dict[str, str | None] = {"DATABASE_URL": server.url}
    assert "--enable" in lumi_db("stats", "statements", environment=environment).stderr
    done = lumi_db("stats", "statements", "--enable", "--json", environment=environment)
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert {"calls", "mean", "longest", "total", "share", "rows", "sql"} <= keys(answer["statements"])
    shown = lumi_db("stats", "statements", "--sort", "calls", "--limit", "1", environment=environment)
    assert shown.stdout.split()[:7] == ["Share", "Total", "Calls", "Mean", "Max", "Rows", "Statement"]
