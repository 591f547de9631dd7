"""A soft-deleted row gives its unique values free and takes them back on restore."""

from __future__ import annotations

import asyncpg
import pytest

from .shop_rows import Shop

UNIQUE_VALUES = [
    ("User", "email", "ada@example.com"),
    ("Product", "slug", "keten-elbise"),
    ("Product", "sku", "KE-1"),
    ("ProductVariant", "sku", "KE-1-M"),
    ("Category", "slug", "elbise"),
    ("Collection", "slug", "yaz"),
    ("Media", "assetId", "lumi/elbise"),
    ("Coupon", "code", "YAZ25"),
]
unique_values = pytest.mark.parametrize(("table", "column", "value"), UNIQUE_VALUES)
DELETE, RESTORE = '"deletedAt" = now()', '"deletedAt" = NULL'


@unique_values
async def test_a_deleted_row_does_not_block_a_new_one(
    shop: Shop, table: str, column: str, value: str
) -> None:
    old = await shop.insert(table, **{column: value})
    with pytest.raises(asyncpg.UniqueViolationError):
        await shop.insert(table, **{column: value})
    await shop.set(table, old["id"], DELETE)
    assert (await shop.get(table, old["id"]))[column] == f"{value}#{old['id']}"
    assert (await shop.insert(table, **{column: value}))[column] == value


@unique_values
async def test_a_restored_row_has_its_value_again(shop: Shop, table: str, column: str, value: str) -> None:
    row = await shop.insert(table, **{column: value})
    await shop.set(table, row["id"], DELETE)
    await shop.set(table, row["id"], DELETE)
    await shop.set(table, row["id"], RESTORE)
    assert (await shop.get(table, row["id"]))[column] == value


@unique_values
async def test_a_live_row_is_in_the_way_of_a_restore(shop: Shop, table: str, column: str, value: str) -> None:
    old = await shop.insert(table, **{column: value})
    await shop.set(table, old["id"], DELETE)
    await shop.insert(table, **{column: value})
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await shop.set(table, old["id"], RESTORE)
    assert refused.value.constraint_name == f"{table}_{column}_key"


@unique_values
async def test_a_deleted_row_cannot_take_a_value_that_blocks(
    shop: Shop, table: str, column: str, value: str
) -> None:
    old = await shop.insert(table)
    await shop.set(table, old["id"], DELETE)
    await shop.set(table, old["id"], f"\"{column}\" = '{value}'")
    assert (await shop.insert(table, **{column: value}))[column] == value


async def test_a_missing_value_stays_missing(shop: Shop) -> None:
    product = await shop.insert("Product", sku=None)
    await shop.set("Product", product["id"], DELETE)
    assert (await shop.get("Product", product["id"]))["sku"] is None


async def test_an_upsert_by_a_unique_value_makes_a_new_row_beside_a_deleted_one(shop: Shop) -> None:
    old = await shop.insert("Coupon", code="YAZ25")
    await shop.set("Coupon", old["id"], DELETE)
    for _ in range(2):
        await shop.connection.execute(
            'INSERT INTO "Coupon" ("id", "code", "type", "value", "updatedAt") '
            "VALUES ('new', 'YAZ25', 'FREE_SHIPPING', 0, now()) "
            'ON CONFLICT ("code") DO UPDATE SET "description" = excluded."code"'
        )
    assert await shop.count("Coupon") == 2


async def test_a_user_is_deleted_exactly_when_deleted_at_is_set(shop: Shop) -> None:
    user = await shop.insert("User", status="SUSPENDED")
    await shop.set("User", user["id"], DELETE)
    assert (await shop.get("User", user["id"]))["status"] == "DELETED"
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await shop.set("User", user["id"], "\"status\" = 'ACTIVE'")
    assert refused.value.constraint_name == "User_status_follows_deletedAt"
    await shop.set("User", user["id"], RESTORE)
    assert (await shop.get("User", user["id"]))["status"] == "ACTIVE"


async def test_a_restored_user_can_be_given_another_status(shop: Shop) -> None:
    user = await shop.insert("User", deletedAt=await shop.connection.fetchval("SELECT now()"))
    await shop.set("User", user["id"], RESTORE + ", \"status\" = 'SUSPENDED'")
    assert (await shop.get("User", user["id"]))["status"] == "SUSPENDED"
