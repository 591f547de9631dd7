"""Every migration can be undone, and together they are the schema."""

from __future__ import annotations

import subprocess
from pathlib import Path

import asyncpg
import pytest

from lumi_db.cli.prisma import prisma_command, prisma_environment
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.maintenance import read_catalogue

from .shop_rows import VALUES, Row, Shop

ROOT = Path(__file__).parents[3]
MIGRATIONS = sorted(path.parent for path in (ROOT / "prisma" / "migrations").glob("*/migration.sql"))


def _up(migration: Path) -> str:
    return (migration / "migration.sql").read_text(encoding="utf-8")


def _down(migration: Path) -> str:
    return (migration / "down.sql").read_text(encoding="utf-8")


def _prisma(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = prisma_environment(ROOT) | {"DATABASE_URL": url}
    command = prisma_command(ROOT, list(arguments))
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


async def test_all_migrations_can_be_undone_on_a_shop_with_rows(shop: Shop, empty_database_url: str) -> None:
    for table in VALUES:
        await shop.insert(table)
    for migration in reversed(MIGRATIONS):
        await shop.connection.execute(_down(migration))
    empty: asyncpg.Connection[Row] = await asyncpg.connect(empty_database_url)
    assert await read_catalogue(DirectConnection(shop.connection)) == await read_catalogue(
        DirectConnection(empty)
    )
    await empty.close()


async def test_all_migrations_can_be_applied_to_a_shop_with_rows(empty_database_url: str) -> None:
    connection: asyncpg.Connection[Row] = await asyncpg.connect(empty_database_url)
    await connection.execute(_up(MIGRATIONS[0]))
    shop = Shop(connection)
    await shop.insert("Category", id="women", slug="women")
    await shop.insert("Category", id="women-boots", slug="women-boots", parentId="women")
    for migration in MIGRATIONS[1:]:
        await connection.execute(_up(migration))
    assert (await shop.get("Category", "women-boots"))["path"] == "/women/women-boots"
    await connection.close()


def test_the_migrations_together_are_the_schema(empty_database_url: str) -> None:
    diff = ("migrate", "diff", "--exit-code", "--from-migrations", "prisma/migrations")
    result = _prisma(empty_database_url, *diff, "--to-schema-datamodel", "schema.prisma")
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_migrated_database_is_up_to_date_and_without_drift(empty_database_url: str) -> None:
    deployed = _prisma(empty_database_url, "migrate", "deploy")
    assert deployed.returncode == 0, deployed.stderr
    status = _prisma(empty_database_url, "migrate", "status")
    assert status.returncode == 0
    assert "up to date" in status.stdout
    made = _prisma(empty_database_url, "migrate", "dev", "--skip-generate", "--skip-seed")
    assert "Already in sync" in made.stdout, made.stdout + made.stderr
    assert (
        sorted(path.parent for path in (ROOT / "prisma" / "migrations").glob("*/migration.sql")) == MIGRATIONS
    )


@pytest.mark.parametrize("arguments", [("validate",), ("format", "--check")])
def test_the_schema_is_valid_and_formatted(empty_database_url: str, arguments: tuple[str, ...]) -> None:
    result = _prisma(empty_database_url, *arguments)
    assert result.returncode == 0, result.stderr
    assert "warn" not in (result.stdout + result.stderr).lower()
