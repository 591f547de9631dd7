"""The lists of models, indexes and unique values, against what the database holds."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from lumi_db.config import project_root
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.migrations.required import FOREIGN_KEYS_SQL, KEYS_SQL, find_missing

from .shop_rows import VALUES, Shop

SCHEMA = (Path(__file__).parents[3] / "schema.prisma").read_text(encoding="utf-8")


async def _keys(shop: Shop, *, unique: bool) -> set[tuple[str, ...]]:
    rows = await shop.connection.fetch(KEYS_SQL)
    return {(row["table"], *row["columns"]) for row in rows if row["unique"] or not unique}


async def test_nothing_that_the_specification_lists_is_missing(shop: Shop) -> None:
    assert await find_missing(DirectConnection(shop.connection)) == []


async def test_what_is_taken_away_is_missed(shop: Shop) -> None:
    await shop.connection.execute(
        'DROP INDEX "Order_userId_status_createdAt_idx", "Coupon_code_key", "OrderItem_productVariantId_idx"; '
        'ALTER TABLE "Role" DROP COLUMN "updatedAt"'
    )
    assert await find_missing(DirectConnection(shop.connection)) == [
        "Foreign key OrderItem (productVariantId) has no index.",
        "Coupon (code) has no index.",
        "Order (userId, status, createdAt) has no index.",
        "Coupon (code) is not unique.",
        "Role has no updatedAt that is never null.",
    ]


async def test_there_are_43_foreign_keys(shop: Shop) -> None:
    assert len(await shop.connection.fetch(FOREIGN_KEYS_SQL)) == 43


async def test_the_completion_report_counts_the_indexes_that_there_are(shop: Shop) -> None:
    count = await shop.connection.fetchval(
        "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'"
    )
    report = (project_root() / "docs" / "PHASE-2-COMPLETION-REPORT.md").read_text(encoding="utf-8")
    assert f"| Indexes, keys and unique values among them | {count} |" in report


async def test_no_index_is_the_beginning_of_another(shop: Shop) -> None:
    keys = await _keys(shop, unique=False)
    plain = keys - await _keys(shop, unique=True)
    twice = {key for key in plain if any(other != key and other[: len(key)] == key for other in keys)}
    assert twice == set()


async def test_there_are_31_models_and_each_has_its_table(shop: Shop) -> None:
    rows = await shop.connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    models = re.findall(r"^model (\w+)", SCHEMA, re.MULTILINE)
    assert len(models) == 31
    assert {row["tablename"] for row in rows} == set(models) == set(VALUES)


@pytest.mark.parametrize("column", ["createdAt", "updatedAt"])
async def test_every_table_has_its_timestamps(shop: Shop, column: str) -> None:
    rows = await shop.connection.fetch(
        "SELECT table_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND column_name = $1 AND is_nullable = 'NO'",
        column,
    )
    assert {row["table_name"] for row in rows} == set(VALUES)


async def test_every_instant_has_a_time_zone_and_all_money_two_decimals(shop: Shop) -> None:
    rows = await shop.connection.fetch(
        """
        SELECT DISTINCT format_type(atttypid, atttypmod) AS type FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r' AND relnamespace = 'public'::regnamespace
        WHERE attnum > 0 AND format_type(atttypid, NULL) ~ 'time|date|numeric|real|double|money'
        """
    )
    assert {row["type"] for row in rows} == {"timestamp(3) with time zone", "numeric(12,2)"}


async def test_every_function_fixes_its_search_path_or_names_its_schema(shop: Shop) -> None:
    rows = await shop.connection.fetch(
        """
        SELECT proname FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
        WHERE pronamespace = 'public'::regnamespace AND lanname = 'plpgsql'
          AND NOT coalesce(proconfig::text LIKE '%search_path=public, pg_temp%', false)
        """
    )
    assert rows == []


def test_every_model_enum_and_value_is_documented() -> None:
    lines = [line.strip() for line in SCHEMA.splitlines()]
    declared = re.compile(r"(model|enum|generator) \w+ \{|[A-Z0-9_]+")
    undocumented = [
        line for before, line in pairwise(lines) if declared.fullmatch(line) and not before.startswith("///")
    ]
    assert undocumented == []
