"""A soft delete reaches what a real one would take along, and is refused where that would be."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from .shop_rows import Row, Shop

DELETE = "\"deletedAt\" = date_trunc('milliseconds', now())"
RESTORE = '"deletedAt" = NULL'


async def test_variants_and_reviews_go_and_come_back_with_their_product(shop: Shop) -> None:
    product, variant = await shop.active_product()
    review = await shop.insert("Review", productId=product["id"])
    earlier = await shop.insert("ProductVariant", productId=product["id"])
    await shop.set("ProductVariant", earlier["id"], "\"deletedAt\" = now() - interval '1 hour'")
    await shop.set("Product", product["id"], DELETE)
    for table, row in (("ProductVariant", variant), ("Review", review)):
        assert (await shop.get(table, row["id"]))["deletedAt"] is not None
    await shop.set("Product", product["id"], RESTORE)
    for table, row in (("ProductVariant", variant), ("Review", review)):
        assert (await shop.get(table, row["id"]))["deletedAt"] is None
    assert (await shop.get("ProductVariant", earlier["id"]))["deletedAt"] is not None
    assert (await shop.get("ProductVariant", variant["id"]))["version"] == variant["version"]


async def test_sessions_end_with_their_user(shop: Shop) -> None:
    session = await shop.insert("UserSession")
    await shop.set("User", session["userId"], DELETE)
    assert (await shop.get("UserSession", session["id"]))["revokedAt"] is not None


async def test_a_category_with_children_or_products_is_not_deleted(shop: Shop) -> None:
    parent = await shop.insert("Category")
    child = await shop.insert("Category", parentId=parent["id"])
    link = await shop.insert("ProductCategory", categoryId=child["id"])
    for category in (parent, child):
        with pytest.raises(asyncpg.RestrictViolationError):
            await shop.set("Category", category["id"], DELETE)
    await shop.connection.execute('DELETE FROM "ProductCategory" WHERE "productId" = $1', link["productId"])
    await shop.set("Category", child["id"], DELETE)
    await shop.set("Category", parent["id"], DELETE)


async def test_a_coupon_that_was_used_is_not_deleted(shop: Shop) -> None:
    usage = await shop.insert("CouponUsage")
    with pytest.raises(asyncpg.RestrictViolationError):
        await shop.set("Coupon", usage["couponId"], DELETE)


@pytest.mark.parametrize(
    ("parent", "child", "column"),
    [
        ("Product", "ProductVariant", "productId"),
        ("Product", "Review", "productId"),
        ("Category", "Category", "parentId"),
        ("Category", "ProductCategory", "categoryId"),
        ("Coupon", "CouponUsage", "couponId"),
    ],
)
async def test_nothing_new_points_at_a_deleted_row(shop: Shop, parent: str, child: str, column: str) -> None:
    gone = await shop.insert(parent)
    await shop.set(parent, gone["id"], DELETE)
    with pytest.raises(asyncpg.ForeignKeyViolationError) as caught:
        await shop.insert(child, **{column: gone["id"]})
    assert (caught.value.table_name, caught.value.column_name) == (child, column)


async def test_a_variant_is_not_restored_before_its_product(shop: Shop) -> None:
    _, variant = await shop.active_product()
    await shop.set("Product", variant["productId"], DELETE)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await shop.set("ProductVariant", variant["id"], RESTORE)


async def test_a_child_that_comes_in_while_its_category_is_deleted_is_refused(
    shop: Shop, other: asyncpg.Connection[Row]
) -> None:
    parent = await shop.insert("Category")
    deleting = shop.connection.transaction()
    await deleting.start()
    await shop.set("Category", parent["id"], DELETE)
    insert = asyncio.create_task(Shop(other).insert("ProductCategory", categoryId=parent["id"]))
    await asyncio.sleep(0.1)
    assert not insert.done()
    await deleting.commit()
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await insert


async def test_a_category_is_not_deleted_while_a_child_comes_in(
    shop: Shop, other: asyncpg.Connection[Row]
) -> None:
    parent = await shop.insert("Category")
    inserting = other.transaction()
    await inserting.start()
    await Shop(other).insert("Category", parentId=parent["id"])
    delete = asyncio.create_task(shop.set("Category", parent["id"], DELETE))
    await asyncio.sleep(0.1)
    assert not delete.done()
    await inserting.commit()
    with pytest.raises(asyncpg.RestrictViolationError):
        await delete


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("parent", "add"),
    [
        ("Category", """INSERT INTO "Category" ("id", "name", "slug", "parentId", "updatedAt")
                        VALUES ('new', 'New', 'new', '{id}', now())"""),
        ("Product", """INSERT INTO "ProductVariant" ("id", "title", "sku", "price", "productId", "updatedAt")
                       VALUES ('new', 'New', 'NEW', 1, '{id}', now())"""),
    ],
)  # fmt: skip
async def test_under_repeatable_read_the_second_of_deleting_and_adding_below_fails(
    shop: Shop, other: asyncpg.Connection[Row], parent: str, add: str, turned: bool
) -> None:
    key = (await shop.insert(parent))["id"]
    statements = [f'UPDATE "{parent}" SET {DELETE} WHERE "id" = \'{key}\'', add.format(id=key)]
    first, second = reversed(statements) if turned else statements
    own = other.transaction(isolation="repeatable_read")
    await own.start()
    await other.fetch(f'SELECT FROM "{parent}"')
    async with shop.connection.transaction(isolation="repeatable_read"):
        await shop.connection.execute(first)
    with pytest.raises(asyncpg.SerializationError):
        await other.execute(second)
    await own.rollback()
