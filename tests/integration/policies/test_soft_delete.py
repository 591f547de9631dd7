"""A soft-deleted row is not there, wherever an operation refers to its model."""

from __future__ import annotations

from typing import Any

import pytest

from lumi_db import Database, with_deleted
from lumi_db.client import errors
from lumi_db.scope import purging

from .conftest import BCRYPT


async def make_product(db: Any, slug: str, **given: Any) -> Any:
    return await db.product.create({"title": slug, "slug": slug, "price": "10", **given})


async def make_user(db: Any, name: str) -> Any:
    return await db.user.create({"email": f"{name}@example.com", "passwordHash": BCRYPT})


async def delete(db: Any, model: str, id_: str) -> None:
    """Set `deletedAt` by SQL: the row is deleted by somebody else."""
    await db.execute_raw(f'UPDATE "{model}" SET "deletedAt" = now() WHERE "id" = $1', id_)


async def test_finds_and_counts_do_not_see_a_deleted_row(db: Any) -> None:
    gone, kept = await make_product(db, "gone"), await make_product(db, "kept")
    await delete(db, "Product", gone.id)
    assert await db.product.find_unique({"id": gone.id}) is None
    assert await db.product.find_first(where={"id": gone.id}) is None
    assert [row.id for row in await db.product.find_many()] == [kept.id]
    assert await db.product.count() == 1
    assert [row["_count"]["_all"] for row in await db.product.group_by(["status"], count=True)] == [1]


async def test_or_and_not_do_not_bring_a_deleted_row_back(db: Any) -> None:
    gone = await make_product(db, "gone")
    await delete(db, "Product", gone.id)
    either = {"OR": [{"id": gone.id}, {"title": "gone"}]}
    assert await db.product.find_many(where=either) == []
    assert await db.product.find_many(where={"NOT": [{"title": "other"}]}) == []
    assert await db.product.find_many(where={"deletedAt": {"not": None}}) == []


async def test_includes_at_any_depth_leave_deleted_rows_out(db: Any) -> None:
    product = await make_product(db, "dress")
    for sku in ("S", "M"):
        await db.productvariant.create({"productId": product.id, "title": sku, "sku": sku, "price": "10"})
    gone = await db.productvariant.find_unique({"sku": "S"})
    await delete(db, "ProductVariant", gone.id)
    user = await make_user(db, "ada")
    order = await db.order.create({"userId": user.id, "subtotalAmount": "10", "totalAmount": "10"})
    item = {
        "orderId": order.id,
        "quantity": 1,
        "unitPrice": "10",
        "titleSnapshot": "S",
        "productId": product.id,
    }
    await db.orderitem.create({**item, "productVariantId": gone.id})
    found = await db.order.find_unique(
        {"id": order.id},
        include={"items": {"include": {"productVariant": True, "product": {"include": {"variants": True}}}}},
    )
    assert found.items[0].productVariant is None
    assert [one.sku for one in found.items[0].product.variants] == ["M"]


async def test_an_optional_relation_to_a_deleted_row_reads_as_none(db: Any) -> None:
    user = await make_user(db, "ada")
    order = await db.order.create({"userId": user.id, "subtotalAmount": "10", "totalAmount": "10"})
    await delete(db, "User", user.id)
    found = await db.order.find_unique({"id": order.id}, include={"user": True})
    assert found.user is None
    assert found.userId == user.id


async def test_relation_filters_do_not_see_deleted_rows(db: Any) -> None:
    product = await make_product(db, "dress")
    variant = await db.productvariant.create(
        {"productId": product.id, "title": "S", "sku": "S", "price": "10", "stock": 1}
    )
    await delete(db, "ProductVariant", variant.id)
    assert await db.product.count(where={"variants": {"some": {}}}) == 0
    assert await db.product.count(where={"variants": {"none": {}}}) == 1
    assert await db.product.count(where={"variants": {"every": {"stock": 0}}}) == 1


async def test_rows_that_a_delete_would_take_along_are_hidden_with_their_row(db: Any) -> None:
    product = await make_product(db, "dress")
    media = await db.media.create({"assetId": "a", "url": "/a", "mimeType": "image/webp", "sizeBytes": 1})
    await db.productmedia.create({"productId": product.id, "mediaId": media.id})
    await delete(db, "Media", media.id)
    assert await db.productmedia.find_many() == []
    found = await db.product.find_unique({"id": product.id}, include={"media": {"include": {"media": True}}})
    assert found.media == []


async def test_writes_do_not_reach_a_deleted_row(db: Any) -> None:
    gone = await make_product(db, "gone")
    await delete(db, "Product", gone.id)
    assert await db.product.update({"title": "x"}, {"id": gone.id}) is None
    assert await db.product.delete({"id": gone.id}) is None
    assert await db.product.update_many({"title": "x"}, {}) == 0
    assert await db.product.delete_many() == 0
    with with_deleted():
        assert (await db.product.find_unique({"id": gone.id})).title == "gone"


async def test_a_deleted_row_cannot_be_connected(db: Any) -> None:
    gone = await make_product(db, "gone")
    await delete(db, "Product", gone.id)
    variant = {"title": "S", "sku": "S", "price": "10", "product": {"connect": {"id": gone.id}}}
    with pytest.raises(errors.RecordNotFoundError):
        await db.productvariant.create(variant)
    assert await db.productvariant.count() == 0


async def test_a_delete_sets_deleted_at_and_frees_the_unique_values(db: Any) -> None:
    first = await make_product(db, "dress")
    gone = await db.product.delete({"id": first.id})
    assert gone.deletedAt is not None
    assert gone.slug == f"dress#{first.id}"
    assert (await make_product(db, "dress")).id != first.id
    with with_deleted():
        assert await db.product.count() == 2


async def test_nested_deletes_are_soft_too(db: Any) -> None:
    product = await make_product(db, "dress")
    await db.productvariant.create({"productId": product.id, "title": "S", "sku": "S", "price": "10"})
    await db.product.update({"variants": {"delete": [{"sku": "S"}]}}, {"id": product.id})
    assert await db.productvariant.count() == 0
    with with_deleted():
        assert await db.productvariant.count() == 1
    await db.productvariant.create({"productId": product.id, "title": "S", "sku": "S", "price": "10"})
    await db.product.update({"variants": {"delete_many": [{}]}}, {"id": product.id})
    with with_deleted():
        assert await db.productvariant.count() == 2


async def test_a_second_delete_does_not_change_when_it_was_deleted(db: Any) -> None:
    product = await make_product(db, "dress")
    gone = await db.product.delete({"id": product.id})
    with with_deleted():
        assert await db.product.delete({"id": product.id}) is None
        assert (await db.product.find_unique({"id": product.id})).deletedAt == gone.deletedAt


async def test_purging_deletes_for_real_dead_or_alive(db: Any) -> None:
    alive, dead = await make_product(db, "alive"), await make_product(db, "dead")
    await db.product.delete({"id": dead.id})
    with purging():
        assert await db.product.delete_many(where={"id": {"in": [alive.id, dead.id]}}) == 2
    with with_deleted():
        assert await db.product.count() == 0


async def test_an_upsert_makes_a_new_row_beside_a_deleted_one(db: Any) -> None:
    gone = await make_product(db, "dress")
    await db.product.delete({"id": gone.id})
    data = {"create": {"title": "new", "slug": "dress", "price": "1"}, "update": {"title": "changed"}}
    assert (await db.product.upsert({"slug": "dress"}, data)).title == "new"
    assert (await db.product.upsert({"slug": "dress"}, data)).title == "changed"


async def test_an_upsert_by_a_key_of_several_fields_does_not_change_a_deleted_row(db: Any) -> None:
    product, user = await make_product(db, "dress"), await make_user(db, "ada")
    key = {"userId": user.id, "productId": product.id}
    review = await db.review.create({**key, "rating": 1})
    await db.review.delete({"id": review.id})
    with pytest.raises(errors.UniqueViolationError):
        await db.review.upsert(
            {"userId_productId": key}, {"create": {**key, "rating": 5}, "update": {"rating": 5}}
        )


async def test_a_cursor_on_a_deleted_row_is_on_no_row(db: Any) -> None:
    rows = [await make_product(db, f"p{number}") for number in range(3)]
    await db.product.delete({"id": rows[1].id})
    assert await db.product.find_many(cursor={"id": rows[1].id}, order={"slug": "asc"}) == []


async def test_the_policies_add_no_statement(database: Database, db: Any) -> None:
    product = await make_product(db, "dress")
    seen: list[str] = []
    database.on_query(lambda event: seen.append(event.sql))
    await db.product.find_unique({"id": product.id}, include={"variants": True})
    await db.product.update({"title": "x"}, {"id": product.id})
    await db.product.delete({"id": product.id})
    assert len(seen) == 3


async def test_counts_of_relations_and_selects_leave_deleted_rows_out(db: Any) -> None:
    product = await make_product(db, "dress")
    for sku in ("S", "M"):
        await db.productvariant.create({"productId": product.id, "title": sku, "sku": sku, "price": "10"})
    gone = await db.productvariant.find_unique({"sku": "S"})
    await delete(db, "ProductVariant", gone.id)
    chosen = {
        "_count": {"select": {"variants": {"where": {"price": 10}}}},
        "variants": {"select": {"sku": True, "product": {"select": {"_count": True}}}},
    }
    found = await db.product.find_unique({"id": product.id}, select=chosen)
    assert found["_count"] == {"variants": 1}
    assert [one["sku"] for one in found["variants"]] == ["M"]
    assert found["variants"][0]["product"]["_count"]["variants"] == 1
    with with_deleted():
        found = await db.product.find_unique({"id": product.id}, select=chosen)
    assert found["_count"] == {"variants": 2}


async def test_an_order_through_a_relation_does_not_see_a_deleted_row(db: Any) -> None:
    ada, bob = await make_user(db, "ada"), await make_user(db, "bob")
    orders = [
        await db.order.create({"userId": user.id, "subtotalAmount": "10", "totalAmount": "10"})
        for user in (bob, ada)
    ]
    by_user = [{"user": {"email": {"sort": "asc", "nulls": "last"}}}, {"id": "asc"}]
    by_number = [{"user": {"orders": {"_count": "desc"}}}, {"id": "asc"}]
    assert [one.id for one in await db.order.find_many(order=by_user)] == [orders[1].id, orders[0].id]
    await delete(db, "User", ada.id)
    assert [one.id for one in await db.order.find_many(order=by_user)] == [orders[0].id, orders[1].id]
    assert [one.id for one in await db.order.find_many(order=by_number)] == [orders[0].id, orders[1].id]
    pages = [await db.order.find_many(order=by_user, take=1, cursor={"id": one.id}) for one in orders]
    assert [[one.id for one in page] for page in pages] == [[one.id] for one in orders]


async def test_an_order_by_number_does_not_count_deleted_rows(db: Any) -> None:
    many, few = await make_product(db, "many"), await make_product(db, "few")
    for product, sku in ((many, "A"), (many, "B"), (few, "C")):
        await db.productvariant.create({"productId": product.id, "title": sku, "sku": sku, "price": "10"})
    order = [{"variants": {"_count": "desc"}}, {"slug": "asc"}]
    assert [one.slug for one in await db.product.find_many(order=order)] == ["many", "few"]
    await db.execute_raw("""UPDATE "ProductVariant" SET "deletedAt" = now() WHERE "sku" IN ('A', 'B')""")
    assert [one.slug for one in await db.product.find_many(order=order)] == ["few", "many"]


async def test_an_aggregate_does_not_see_a_deleted_row(db: Any) -> None:
    gone, _ = await make_product(db, "gone", price="99"), await make_product(db, "kept")
    await delete(db, "Product", gone.id)
    found = await db.product.aggregate(count=True, sum={"price": True}, max={"slug": True})
    assert found == {"_count": 1, "_sum": {"price": 10}, "_max": {"slug": "kept"}}
