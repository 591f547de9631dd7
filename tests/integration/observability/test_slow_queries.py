"""The worst slow queries are kept by shape, in a file that outlives the program."""

from __future__ import annotations

import json
from pathlib import Path
from time import time
from typing import Any

from lumi_db import Database, QueryEvent
from lumi_db.observability.slow_queries import MOST_SHAPES, SlowQueries, read_slow_queries
from tests.integration.application.support import settings_for
from tests.tooling.test_command_line import lumi_db

SLEEP = "SELECT pg_sleep($1::float8)::text AS slept"


def slow(sql: str, duration: float, *, rows: int = 1) -> QueryEvent:
    return QueryEvent("User", "find_many", sql, duration, rows, 2)


async def test_what_was_slow_is_there_after_the_program(database_url: str, tmp_path: Path) -> None:
    settings = settings_for(database_url, slow_query_ms=20, slow_query_dir=tmp_path / "slow")
    async with Database(settings) as db:
        for seconds in (0.05, 0.06):
            await db.client.query_raw(SLEEP, seconds)
    [found] = [one for one in read_slow_queries(tmp_path / "slow") if one.sql == SLEEP]
    assert (found.action, found.count, found.model) == ("query_raw", 2, None)
    assert 0.05 <= found.worst <= found.total
    assert str(found.caller).startswith("tests/integration/observability/test_slow_queries.py:")


async def test_the_command_shows_them_the_worst_first(tmp_path: Path) -> None:
    for number, seconds in ((1, 0.3), (2, 0.9)):
        queries = SlowQueries(tmp_path, clock=lambda: time() + number)  # noqa: B023 - called in this round only
        queries.on_query(slow("SELECT little", seconds / 3))
        queries.on_query(slow(f"SELECT {number}", seconds, rows=number))
        queries.save()
    environment: dict[str, str | None] = {"SLOW_QUERY_DIR": str(tmp_path), "COLUMNS": "200"}
    shown = lumi_db("queries", "slow", environment=environment)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.index("SELECT 2") < shown.stdout.index("SELECT 1")
    told = json.loads(lumi_db("queries", "slow", "--json", "--limit", "2", environment=environment).stdout)
    assert [(one["sql"], one["count"]) for one in told] == [("SELECT 2", 1), ("SELECT little", 2)]


def test_the_command_says_where_it_looked_when_nothing_is_there(tmp_path: Path) -> None:
    shown = lumi_db("queries", "slow", environment={"SLOW_QUERY_DIR": str(tmp_path / "nowhere")})
    assert shown.returncode == 0
    assert "SLOW_QUERY_DIR" in shown.stdout


def test_of_too_many_shapes_the_least_is_forgotten(tmp_path: Path) -> None:
    queries = SlowQueries(tmp_path)
    for number in range(MOST_SHAPES + 5):
        queries.on_query(slow(f"SELECT {number}", 1 + number))
    kept = {one.sql for one in queries.worst()}
    assert len(kept) == MOST_SHAPES
    assert "SELECT 0" not in kept


def test_a_folder_that_cannot_be_written_or_holds_rubbish_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    queries = SlowQueries(file / "below")
    queries.on_query(slow("SELECT 1", 1))
    (tmp_path / "1.json").write_text("{")
    (tmp_path / "2.json").write_text(json.dumps([{"another": "version"}]))
    assert read_slow_queries(tmp_path) == ()


def test_old_files_are_deleted(tmp_path: Path) -> None:
    times: dict[str, Any] = {"now": 1_000_000.0}
    old = SlowQueries(tmp_path, clock=lambda: times["now"])
    old.on_query(slow("SELECT 1", 1))
    assert len(list(tmp_path.iterdir())) == 1
    later = SlowQueries(tmp_path)
    later.on_query(slow("SELECT 2", 1))
    (tmp_path / "3.json").write_text("[]")
    times["now"] = 4_000_000_000.0
    old.save()
    assert [path.name for path in tmp_path.iterdir()] == [f"{old._name}"]
