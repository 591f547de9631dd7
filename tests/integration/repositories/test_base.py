"""What every repository can do, tried on collections, products and users."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from lumi_db import (
    CallerError,
    ConflictError,
    NotFoundError,
    OperationError,
    QueryError,
    RelatedRecordError,
    StaleRecordError,
    ValidationError,
    with_deleted,
)
from lumi_db.shop import Shop

from .conftest import BCRYPT, Statements


def collection(slug: str, **given: Any) -> dict[str, Any]:
    return {"name": slug.title(), "slug": slug, **given}


def product(slug: str, **given: Any) -> dict[str, Any]:
    return {"title": slug, "slug": slug, "price": "10", **given}


async def test_get_raises_where_find_returns_none(shop: Shop) -> None:
    assert await shop.products.find("nobody") is None
    with pytest.raises(NotFoundError, match="There is no product with this id.") as caught:
        await shop.products.get("nobody")
    assert (caught.value.status, caught.value.code, caught.value.entity) == (404, "P2025", "Product")


async def test_a_row_is_written_read_changed_and_deleted(shop: Shop) -> None:
    made = await shop.collections.create(collection("summer"))
    assert (await shop.collections.get(made.id)).name == "Summer"
    assert (await shop.collections.update(made.id, {"name": "Sun"})).name == "Sun"
    assert await shop.collections.exists(filters={"name": "Sun"})
    assert (await shop.collections.delete(made.id)).deletedAt is not None
    assert await shop.collections.count() == 0


async def test_restore_brings_a_row_back_and_a_row_in_the_way_is_a_conflict(shop: Shop) -> None:
    made = await shop.collections.create(collection("summer"))
    await shop.collections.delete(made.id)
    other = await shop.collections.create(collection("summer"))
    with pytest.raises(ConflictError, match="A collection with this slug already exists."):
        await shop.collections.restore(made.id)
    await shop.collections.purge(other.id)
    assert (await shop.collections.restore(made.id)).slug == "summer"
    assert (await shop.collections.restore(made.id)).deletedAt is None


async def test_restoring_what_has_no_soft_delete_is_the_callers_mistake(shop: Shop) -> None:
    with pytest.raises(CallerError, match="Order has no soft delete"):
        await shop.orders.restore("x")


async def test_purge_deletes_for_real(shop: Shop) -> None:
    made = await shop.collections.create(collection("summer"))
    await shop.collections.delete(made.id)
    await shop.collections.purge(made.id)
    with with_deleted():
        assert await shop.collections.count() == 0
    with pytest.raises(NotFoundError):
        await shop.collections.purge(made.id)


async def test_a_stale_version_changes_nothing(shop: Shop) -> None:
    made = await shop.products.create(product("dress"))
    await shop.products.update(made.id, {"title": "First"}, version=0)
    with pytest.raises(StaleRecordError, match="read it again"):
        await shop.products.update(made.id, {"title": "Second"}, version=0)
    with pytest.raises(StaleRecordError):
        await shop.products.delete(made.id, version=0)
    assert (await shop.products.get(made.id)).title == "First"
    with pytest.raises(NotFoundError):
        await shop.products.update("nobody", {"title": "x"}, version=0)


async def test_a_version_where_there_is_none_is_the_callers_mistake(shop: Shop) -> None:
    with pytest.raises(CallerError, match="Collection has no version"):
        await shop.collections.update("x", {"name": "x"}, version=1)


async def test_many_rows_are_written_at_once_or_none(shop: Shop) -> None:
    assert await shop.collections.create_many([collection(f"c{number}") for number in range(5)]) == 5
    with pytest.raises(ConflictError):
        await shop.collections.create_many([collection("new"), collection("c1")])
    assert await shop.collections.count() == 5


async def test_an_upsert_writes_then_changes(shop: Shop) -> None:
    for name in ("One", "Two"):
        made = await shop.collections.upsert(
            {"slug": "summer"}, create=collection("summer", name=name), update={"name": name}
        )
        assert made.name == name
    assert await shop.collections.count() == 1


@pytest.mark.parametrize(
    ("work", "kind", "code", "fields", "words"),
    [
        ("taken", ConflictError, "P2002", ("email",), "A user with this email already exists."),
        ("check", ValidationError, "P2004", ("price",), "price must not be negative."),
        ("trigger", ValidationError, "P2004", ("status",), "An ACTIVE product needs a primary variant."),
        (
            "nothing",
            RelatedRecordError,
            "P2003",
            ("productId",),
            "productId points at a row that does not exist",
        ),
        ("in the way", RelatedRecordError, "P2003", ("parentId",), "A category points at it with parentId"),
        ("required", ValidationError, "P2012", ("title",), "title"),
    ],
)
async def test_errors_are_in_the_shops_words(
    shop: Shop, work: str, kind: type[OperationError], code: str, fields: tuple[str, ...], words: str
) -> None:
    user = {"email": "ada@example.com", "passwordHash": BCRYPT}
    parent = await shop.client.category.create({"name": "a", "slug": "a"})
    await shop.client.category.create({"name": "b", "slug": "b", "parentId": parent.id})
    await shop.client.user.create(user)  # type: ignore[arg-type]
    calls: dict[str, Any] = {
        "taken": lambda: shop.client.user.create(user),  # type: ignore[arg-type]
        "check": lambda: shop.client.product.create(product("a", price="-1")),  # type: ignore[arg-type]
        "trigger": lambda: shop.client.product.create(product("a", status="ACTIVE")),  # type: ignore[arg-type]
        "nothing": lambda: shop.client.productvariant.create(
            {"productId": "x", "title": "x", "sku": "x", "price": "1"}  # type: ignore[typeddict-item]
        ),
        "in the way": lambda: shop.client.execute_raw('DELETE FROM "Category" WHERE "id" = $1', parent.id),
        "required": lambda: shop.client.product.create({"slug": "x", "price": "1"}),  # type: ignore[typeddict-item]
    }
    if work == "in the way":
        from lumi_db.scope import purging

        async def purge() -> None:
            with purging():
                await shop.client.category.delete({"id": parent.id})

        calls[work] = purge
    from lumi_db.translation import in_shop_words

    with pytest.raises(kind) as caught, in_shop_words():
        await calls[work]()
    assert words in caught.value.message
    assert (caught.value.code, caught.value.fields) == (code, fields)


async def test_an_error_at_commit_is_in_the_shops_words_too(shop: Shop) -> None:
    made = await shop.products.create(product("dress"))
    with pytest.raises(ValidationError, match="needs a primary variant"):
        async with shop.tx() as inside:
            await inside.products.update(made.id, {"status": "ACTIVE"})
    with pytest.raises(ValidationError, match="needs a primary variant"):
        await shop.run(lambda inside: inside.products.update(made.id, {"status": "ACTIVE"}))
    assert (await shop.products.get(made.id)).status == "DRAFT"


async def test_what_raises_inside_a_transaction_rolls_it_back(shop: Shop) -> None:
    with suppress(ConflictError):
        async with shop.tx() as inside:
            await inside.collections.create(collection("a"))
            await inside.collections.create(collection("a"))
    assert await shop.collections.count() == 0


async def test_an_error_makes_a_problem_document(shop: Shop) -> None:
    await shop.collections.create(collection("a"))
    with pytest.raises(ConflictError) as caught:
        await shop.collections.create(collection("a"))
    assert caught.value.problem(instance="/collections") == {
        "type": "urn:lumi:problem:conflict",
        "title": "Conflict",
        "status": 409,
        "detail": "A collection with this slug already exists.",
        "instance": "/collections",
        "code": "P2002",
        "entity": "Collection",
        "fields": ["slug"],
    }


async def test_filters_take_known_fields_and_operators_only(shop: Shop) -> None:
    await shop.products.create_many([product(f"p{number}", price=str(number)) for number in range(4)])
    found = await shop.products.list_(filters={"price": {"gte": "1", "lt": "3"}}, sort="price")
    assert [row.slug for row in found] == ["p1", "p2"]
    unknown: list[dict[str, Any]] = [{"colour": "red"}, {"price": {"near": 3}}, {"variants": {"some": {}}}]
    for filters in unknown:
        with pytest.raises(QueryError, match="use one of"):
            await shop.products.list_(filters=filters)


async def test_nobody_filters_or_sorts_by_a_secret(shop: Shop) -> None:
    with pytest.raises(QueryError):
        await shop.users.list_(filters={"passwordHash": {"startswith": "$2b"}})
    with pytest.raises(QueryError):
        await shop.users.list_(sort="passwordHash")


@pytest.mark.parametrize(
    "sort", ["colour", "-colour", "price,colour", "attributes", "title,title", "", "variants"]
)
async def test_an_unknown_sort_field_is_refused(shop: Shop, sort: str) -> None:
    with pytest.raises(QueryError) as caught:
        await shop.products.list_(sort=sort)
    assert caught.value.fields == ("sort",)


@pytest.mark.parametrize("size", [0, -1, 10_001, True, 1.5, "20"])
async def test_a_page_has_1_to_10000_rows(shop: Shop, size: Any) -> None:
    products = shop.products
    for listing in (products.page(size=size), products.cursor_page(size=size), products.list_(limit=size)):
        with pytest.raises(QueryError, match="from 1 to 10,000"):
            await listing


async def test_pages_by_number_tell_how_many_there_are(shop: Shop, statements: Statements) -> None:
    await shop.products.create_many([product(f"p{number}") for number in range(5)])
    with statements() as sent:
        page = await shop.products.page(2, size=2, sort="slug")
    assert len(sent) == 2  # the rows, and how many there are in all
    assert [row.slug for row in page.items] == ["p2", "p3"]
    assert (page.total, page.pages, page.has_next, page.has_previous) == (5, 3, True, True)
    with pytest.raises(QueryError, match="number of a page"):
        await shop.products.page(0)


async def test_a_listing_with_includes_is_one_statement(shop: Shop, statements: Statements) -> None:
    await shop.products.create_many([product(f"p{number}") for number in range(5)])
    with statements() as sent:
        await shop.products.list_(include={"variants": True, "categories": {"include": {"category": True}}})
        await shop.products.cursor_page(include={"variants": {"include": {"inventory": True}}})
    assert len(sent) == 2
