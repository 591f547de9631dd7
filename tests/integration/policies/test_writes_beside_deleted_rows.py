"""Nested writes, upserts, batches and locks see live rows only, and leave deleted ones as they are."""

from __future__ import annotations

from typing import Any

import pytest

from lumi_db import Database, with_deleted
from lumi_db.client import errors
from lumi_db.scope import purging

from .test_soft_delete import delete, make_product, make_user


async def make_variant(db: Any, product: Any, sku: str) -> Any:
    return await db.productvariant.create({"productId": product.id, "title": sku, "sku": sku, "price": "10"})


async def make_order(db: Any, user: Any) -> Any:
    return await db.order.create({"userId": user.id, "subtotalAmount": "10", "totalAmount": "10"})


async def make_review(db: Any, order: Any, name: str) -> Any:
    product, user = await make_product(db, name), await make_user(db, name)
    return await db.review.create(
        {"productId": product.id, "userId": user.id, "orderId": order.id, "rating": 5}
    )


async def test_set_leaves_the_links_of_deleted_rows(db: Any) -> None:
    order = await make_order(db, await make_user(db, "ada"))
    gone, let_go, kept = [await make_review(db, order, name) for name in ("gone", "let-go", "kept")]
    await delete(db, "Review", gone.id)
    await db.order.update({"reviews": {"set": [{"id": kept.id}]}}, {"id": order.id})
    with with_deleted():
        found = await db.review.find_many(where={"orderId": order.id}, order={"createdAt": "asc"})
    assert {one.id for one in found} == {gone.id, kept.id}
    assert (await db.review.find_unique({"id": let_go.id})).orderId is None


async def test_set_does_not_stumble_over_a_deleted_row_that_must_keep_its_link(db: Any) -> None:
    product = await make_product(db, "dress")
    gone, kept = await make_variant(db, product, "S"), await make_variant(db, product, "M")
    await delete(db, "ProductVariant", gone.id)
    found = await db.product.update(
        {"variants": {"set": [{"id": kept.id}]}}, {"id": product.id}, include={"variants": True}
    )
    assert [one.sku for one in found.variants] == ["M"]


async def test_disconnect_empties_the_key_though_it_leads_to_a_deleted_row(db: Any) -> None:
    product = await make_product(db, "dress")
    item = {"quantity": 1, "unitPrice": "10", "titleSnapshot": "S", "productId": product.id}
    order = await make_order(db, await make_user(db, "ada"))
    made = await db.orderitem.create({**item, "orderId": order.id})
    await delete(db, "Product", product.id)
    await db.orderitem.update({"product": {"disconnect": True}}, {"id": made.id})
    assert (await db.orderitem.find_unique({"id": made.id})).productId is None


async def test_nested_verbs_do_not_find_a_deleted_row(db: Any) -> None:
    product, other = await make_product(db, "dress"), await make_product(db, "skirt")
    gone = await make_variant(db, product, "S")
    await delete(db, "ProductVariant", gone.id)
    where = {"id": gone.id}
    verbs: list[tuple[Any, Any, Any]] = [
        (product, {"update": [{"where": where, "data": {"title": "x"}}]}, errors.RecordNotFoundError),
        (product, {"delete": [where]}, errors.DataError),
        (other, {"connect": [where]}, errors.DataError),
    ]
    for row, verb, error in verbs:
        with pytest.raises(error):
            await db.product.update({"variants": verb}, {"id": row.id})
    await db.product.update(
        {"variants": {"update_many": [{"where": {}, "data": {"title": "x"}}], "delete_many": [{}]}},
        {"id": product.id},
    )
    with with_deleted():
        kept = await db.productvariant.find_unique(where)
    assert (kept.title, kept.version, kept.productId) == ("S", gone.version, product.id)


async def test_connect_or_create_makes_a_new_row_beside_a_deleted_one(db: Any) -> None:
    product = await make_product(db, "dress")
    gone = await make_variant(db, product, "S")
    await delete(db, "ProductVariant", gone.id)
    new = {"title": "new", "sku": "S", "price": "1"}
    found = await db.product.update(
        {"variants": {"connect_or_create": [{"where": {"sku": "S"}, "create": new}]}},
        {"id": product.id},
        include={"variants": True},
    )
    assert [one.title for one in found.variants] == ["new"]


async def test_a_nested_upsert_does_not_revive_a_deleted_row(db: Any) -> None:
    product = await make_product(db, "dress")
    gone = await make_variant(db, product, "S")
    await delete(db, "ProductVariant", gone.id)
    upsert = {
        "where": {"sku": "S"},
        "create": {"title": "new", "sku": "S", "price": "1"},
        "update": {"title": "x"},
    }
    await db.product.update({"variants": {"upsert": [upsert]}}, {"id": product.id})
    assert (await db.productvariant.find_unique({"sku": "S"})).title == "new"


async def test_an_upsert_by_the_id_of_a_deleted_row_is_refused(db: Any) -> None:
    gone = await make_product(db, "gone")
    await db.product.delete({"id": gone.id})
    data = {
        "create": {"id": gone.id, "title": "x", "slug": "x", "price": "1"},
        "update": {"title": "x"},
    }
    with pytest.raises(errors.UniqueViolationError, match="`id`"):
        await db.product.upsert({"id": gone.id}, data)
    with with_deleted():
        assert (await db.product.find_unique({"id": gone.id})).title == "gone"


async def test_an_upsert_that_changes_nothing_ends_beside_a_deleted_row(db: Any) -> None:
    gone = await make_product(db, "gone")
    await db.product.delete({"id": gone.id})
    data: Any = {"create": {"id": gone.id, "title": "x", "slug": "x", "price": "1"}, "update": {}}
    with pytest.raises(errors.UniqueViolationError):
        await db.product.upsert({"id": gone.id}, data)


async def test_a_row_hidden_with_its_row_is_not_upserted(db: Any) -> None:
    variant = await make_variant(db, await make_product(db, "dress"), "S")
    await db.inventory.create({"productVariantId": variant.id})
    await delete(db, "ProductVariant", variant.id)
    key = {"productVariantId": variant.id}
    with pytest.raises(errors.UniqueViolationError):
        await db.inventory.upsert(key, {"create": key, "update": {"lowStockThreshold": 1}})


async def test_an_upsert_is_still_one_statement(database: Database, db: Any) -> None:
    variant = await make_variant(db, await make_product(db, "dress"), "S")
    seen: list[str] = []
    database.on_query(lambda event: seen.append(event.sql))
    key = {"productVariantId": variant.id}
    for threshold in (5, 7):
        made = await db.inventory.upsert(key, {"create": key, "update": {"lowStockThreshold": threshold}})
    assert (len(seen), made.lowStockThreshold, made.version) == (2, 7, 1)


async def test_a_deleted_row_comes_back_as_it_is_now(db: Any) -> None:
    product = await make_product(db, "dress")
    await make_variant(db, product, "S")
    gone = await db.product.delete({"id": product.id}, include={"variants": True, "reviews": True})
    assert gone.deletedAt is not None
    assert gone.slug == f"dress#{product.id}"


async def test_a_batch_and_a_lock_see_live_rows_only(database: Database, db: Any) -> None:
    gone, kept = await make_product(db, "gone"), await make_product(db, "kept")
    await delete(db, "Product", gone.id)
    async with db.batch_() as batch:
        batch.product.update_many({"title": "changed"}, {})
        batch.product.delete_many(where={"id": kept.id})
    async with database.tx() as tx:
        assert await tx.locking("update").product.find_many() == []
    with with_deleted():
        rows = await db.product.find_many(order={"slug": "asc"})
    assert [row.title for row in rows] == ["gone", "changed"]


async def test_a_delete_that_finds_nothing_says_so_in_a_transaction_too(database: Database, db: Any) -> None:
    gone = await make_product(db, "gone")
    await db.product.delete({"id": gone.id})
    async with database.tx() as tx:
        assert await tx.product.delete({"id": gone.id}) is None
        assert await tx.product.delete({"id": gone.id}, include={"variants": True}) is None


async def test_purging_a_nested_delete_deletes_for_real(db: Any) -> None:
    product = await make_product(db, "dress")
    variant = await make_variant(db, product, "S")
    with purging():
        await db.product.update({"variants": {"delete": [{"id": variant.id}]}}, {"id": product.id})
        assert await db.productvariant.count() == 0


async def test_a_unique_key_is_still_found_by_its_index(db: Any) -> None:
    product = await make_product(db, "dress")
    seen: list[str] = []
    db.on_query(lambda event: seen.append(event.sql))
    await db.product.find_unique({"slug": "dress"})
    await db.execute_raw("SET enable_seqscan = off")
    for sql, value in ((seen[0], product.slug),):
        plan = await db.query_raw(f"EXPLAIN {sql}", value)
        assert "Product_slug_key" in str(plan)
