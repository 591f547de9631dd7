"""`lumi-db demo` fills an empty database, shows it, and touches no other."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from lumi_db.config import child_environment, project_root

LUMI_DB = Path(sys.prefix) / "bin" / "lumi-db"
ROWS = re.compile(r"([\d,]+) rows in 31 models")


def demo(url: str, *, columns: int = 80, lumi_env: str = "development") -> subprocess.CompletedProcess[str]:
    environment = child_environment({"DATABASE_URL": url, "COLUMNS": str(columns), "LUMI_ENV": lumi_env})
    return subprocess.run(
        [LUMI_DB, "demo"], cwd=project_root(), env=environment, capture_output=True, text=True
    )


async def ask(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


def test_the_demo_shows_a_shop_and_twice_the_same_rows(empty_database_url: str) -> None:
    first, second = demo(empty_database_url), demo(empty_database_url)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    for word in ("Migrations", "Demo shop", "The shop, page 1", "Price (TRY)", "Categories", "Orders by status",
                 "Delivered", "ProductVariant", "Try next", "in 1 query"):  # fmt: skip
        assert word in first.stdout
    assert ROWS.findall(first.stdout) == ROWS.findall(second.stdout) != []
    assert "all applied before" in second.stdout
    assert max(len(line) for line in second.stdout.splitlines()[:-1]) <= 80


async def test_a_database_with_other_tables_is_refused_and_left_alone(empty_database_url: str) -> None:
    await ask(empty_database_url, "CREATE TABLE invoices (id int)")
    done = demo(empty_database_url)
    assert done.returncode == 1
    assert "invoices" in done.stderr
    assert "Traceback" not in done.stderr
    assert await ask(empty_database_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 1


async def test_production_is_refused_before_anything_is_migrated(empty_database_url: str) -> None:
    done = demo(empty_database_url, lumi_env="production")
    assert done.returncode == 1
    assert "LUMI_ENV is production" in done.stderr
    assert await ask(empty_database_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0


@pytest.mark.long
async def test_a_view_is_something_else_too_and_so_is_half_a_shop(empty_database_url: str) -> None:
    for sql in ("CREATE VIEW left_over AS SELECT 1 AS one", 'CREATE TABLE "User" (id int)'):
        await ask(empty_database_url, sql)
        done = demo(empty_database_url)
        assert done.returncode == 1
        assert "holds something else than the shop" in done.stderr
        assert "lumi-db db delete" in done.stderr


async def test_a_role_without_rights_is_told_and_is_no_bug(empty_database_url: str) -> None:
    name = f"poor_{urlsplit(empty_database_url).path[1:]}"
    await ask(empty_database_url, f'CREATE ROLE "{name}"')
    try:
        columns = "migration_name text, started_at date, finished_at date, rolled_back_at date"
        await ask(empty_database_url, f"CREATE TABLE _prisma_migrations ({columns})")
        done = demo(f"{empty_database_url}?options=-c%20role%3D{name}")
        assert done.returncode == 1
        assert "lacks rights on the tables" in done.stderr
    finally:
        await ask(empty_database_url, f'DROP ROLE "{name}"')


async def test_shop_rows_that_are_not_the_demos_are_refused_and_left_alone(database_url: str) -> None:
    sql = """INSERT INTO "Category" (id, name, slug, "updatedAt") VALUES ('mine', 'Mine', 'mine', now())"""
    await ask(database_url, sql)
    done = demo(database_url)
    assert done.returncode == 1
    assert "rows that are not the demo's (1 category)" in done.stderr
    assert "let DATABASE_URL name an empty database" in done.stderr
    assert await ask(database_url, 'SELECT count(*) FROM "Category"') == 1


@pytest.mark.long
@pytest.mark.parametrize("pause", [1.5, 3.0, 4.0, 4.5, 5.0])
def test_an_interrupted_demo_says_so_and_the_next_one_completes(
    empty_database_url: str, pause: float
) -> None:
    environment = child_environment({"DATABASE_URL": empty_database_url})
    program = subprocess.Popen(
        [LUMI_DB, "demo"], cwd=project_root(), env=environment, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    time.sleep(pause)
    program.send_signal(signal.SIGINT)
    _, said = program.communicate()
    assert program.returncode in (130, 0)
    if program.returncode == 130:
        assert "Interrupted" in said
        assert "Traceback" not in said
    assert demo(empty_database_url).returncode == 0
