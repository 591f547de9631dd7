"""Products come in whole, are found, published and reviewed."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from lumi_db import (
    ConflictError,
    NotFoundError,
    OperationError,
    QueryError,
    RelatedRecordError,
    StatusError,
    ValidationError,
)
from lumi_db.dto.orders import Checkout
from lumi_db.repositories.product_search import Wanted
from lumi_db.shop import Shop
from lumi_db.workflows.catalogue import create_product
from lumi_db.workflows.checkout import place_order
from lumi_db.workflows.orders import settle_payment
from lumi_db.workflows.reviews import submit_review

from .stage import Stage


async def make(shop: Shop, title: str, slug: str, **given: Any) -> Any:
    values: dict[str, Any] = {"title": title, "slug": slug, "price": "100.00", "status": "ACTIVE"}
    values["variants"] = [{"title": "M", "sku": f"{slug}-m", "price": "100.00", "quantity": 3}]
    return await create_product(shop, {**values, **given})


async def test_a_product_comes_in_with_variants_stock_shelf_and_picture(shop: Shop) -> None:
    shelf: Any = await shop.categories.create({"name": "Women", "slug": "women"})
    media: Any = await shop.media.create(
        {"assetId": "a", "url": "https://example.com/a", "mimeType": "image/webp", "sizeBytes": 1}
    )
    variants = [
        {"title": "S", "sku": "d-s", "price": "90.00"},
        {"title": "M", "sku": "d-m", "price": "95.00", "quantity": 4, "isPrimary": True},
    ]
    made = await make(shop, "Dress", "dress", variants=variants, categoryIds=[shelf.id], mediaIds=[media.id])
    assert [(one.sku, one.isPrimary, one.inventory.quantityAvailable) for one in made.variants] == [
        ("d-s", False, 0),
        ("d-m", True, 4),
    ]
    assert [one.isPrimary for one in made.categories] == [True]
    assert made.media[0].media.assetId == "a"


@pytest.mark.parametrize(
    ("given", "kind", "field"),
    [
        ({"variants": []}, ValidationError, "variants"),
        (
            {"variants": [{"title": "S", "sku": "s", "price": "1", "quantity": -1}]},
            ValidationError,
            "variants.0.quantity",
        ),
        ({"variants": [{"title": "S", "sku": "s", "price": "-1"}]}, ValidationError, "variants.0.price"),
        ({"variants": [{"title": "S", "sku": "taken", "price": "1"}]}, ConflictError, "sku"),
        ({"categoryIds": ["nobody"]}, RelatedRecordError, "categoryId"),
        ({"currency": "try"}, ValidationError, "currency"),
    ],
)
async def test_what_is_wrong_in_a_product_leaves_nothing(
    shop: Shop, given: dict[str, Any], kind: type[OperationError], field: str
) -> None:
    await make(shop, "Other", "other", variants=[{"title": "S", "sku": "taken", "price": "1"}])
    with pytest.raises(kind) as caught:
        await make(shop, "Dress", "dress", **given)
    assert caught.value.fields == (field,)
    assert (await shop.products.count(), await shop.variants.count(), await shop.inventory.count()) == (
        1,
        1,
        1,
    )


async def test_words_are_found_in_turkish_with_the_best_first_and_typing_errors_are_guessed(
    shop: Shop,
) -> None:
    await make(shop, "Keten Elbise", "keten-elbise", description="Yazlık")
    await make(shop, "Gömlek", "gomlek", description="Elbise üstüne giyilir")
    await make(shop, "Elbise taslağı", "taslak", status="DRAFT")
    found = await shop.products.search("elbise")
    assert [row.slug for row in found.page.items] == ["keten-elbise", "gomlek"]
    assert (found.page.total, found.is_guess) == (2, False)
    guessed = await shop.products.search("elbize")
    assert [row.slug for row in guessed.page.items] == ["keten-elbise"]
    assert guessed.is_guess
    assert (await shop.products.search("ELBİSE", number=2, size=1)).page.items[0].slug == "gomlek"
    assert (await shop.products.search("uzayaracı")).page.items == []


async def test_a_search_is_narrowed_and_says_what_it_could_be_narrowed_by(shop: Shop) -> None:
    shelf: Any = await shop.categories.create({"name": "Women", "slug": "women"})
    below: Any = await shop.categories.create({"name": "Dresses", "slug": "dresses", "parentId": shelf.id})
    await make(
        shop, "Elbise bir", "e1", attributes={"material": "linen"}, price="50.00", categoryIds=[below.id]
    )
    await make(shop, "Elbise iki", "e2", price="80.00")
    every = await shop.products.search("elbise", with_facets=True)
    assert every.facets is not None
    assert every.facets.categories == {below.id: 1}
    assert every.facets.attributes == {"material": {"linen": 1}}
    assert (every.facets.lowest_price, every.facets.highest_price) == (Decimal("50.00"), Decimal("80.00"))
    for wanted in (
        Wanted(category_path="/women"),
        Wanted(highest_price=Decimal(60)),
        Wanted(attributes=(("material", "linen"),)),
    ):
        assert [row.slug for row in (await shop.products.search("elbise", wanted=wanted)).page.items] == [
            "e1"
        ]
    listed = await shop.products.list_in_category("/women")
    assert [row.slug for row in listed.items] == ["e1"]


async def test_a_cursor_of_a_category_outlives_a_change_of_what_lies_below(shop: Shop, stage: Stage) -> None:
    women = await shop.categories.create({"name": "Women", "slug": "women"})
    products = [(await stage.variant(price="10")).productId for _ in range(3)]
    for product in products:
        await shop.products.set_categories(product, [women.id])
    first = await shop.products.list_in_category("/women", size=1)
    await shop.categories.create({"name": "Shoes", "slug": "shoes", "parentId": women.id})
    second = await shop.products.list_in_category("/women", size=2, after=first.next_cursor)
    assert [row.id for row in (*first.items, *second.items)] == products[::-1]
    assert (await shop.products.list_in_category("/nowhere")).items == []


@pytest.mark.parametrize("text", ["", "  ", "x" * 201, "a\0b", None])
async def test_a_text_to_search_for_is_1_to_200_characters(shop: Shop, text: Any) -> None:
    with pytest.raises(QueryError):
        await shop.products.search(text)


@pytest.mark.parametrize("text", ["'", "&|!", "a:*b", "%_\\", "\"'; DROP TABLE", "ı" * 200, "🧥"])
async def test_hostile_texts_find_nothing_and_break_nothing(shop: Shop, text: str) -> None:
    assert (await shop.products.search(text, with_facets=True)).page.items == []


async def test_a_product_without_primary_variant_is_not_published(shop: Shop) -> None:
    made: Any = await shop.products.create({"title": "x", "slug": "x", "price": "1"})
    with pytest.raises(ValidationError, match="needs a primary variant"):
        await shop.products.publish(made.id)
    with pytest.raises(NotFoundError):
        await shop.products.publish("nobody")
    await shop.variants.create(
        {"productId": made.id, "title": "S", "sku": "s", "price": "1", "isPrimary": True}
    )
    assert (await shop.products.publish(made.id)).status == "ACTIVE"
    assert (await shop.products.archive(made.id)).status == "ARCHIVED"


async def test_one_variant_is_primary_however_many_are_made_so_at_once(shop: Shop) -> None:
    variants = [{"title": str(number), "sku": f"s{number}", "price": "1"} for number in range(4)]
    made = await make(shop, "Dress", "dress", variants=variants)
    await asyncio.gather(*(shop.products.set_primary_variant(one.id) for one in made.variants))
    assert await shop.variants.count(where={"isPrimary": True}) == 1


async def tree_of(shop: Shop) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for slug, parent in (("women", None), ("shoes", "women"), ("boots", "shoes"), ("men", None)):
        given = {"name": slug, "slug": slug, "parentId": made[parent].id if parent else None}
        made[slug] = await shop.categories.create(given)
    return made


async def test_the_tree_its_ancestors_and_its_descendants(shop: Shop) -> None:
    made = await tree_of(shop)
    roots = await shop.categories.tree()
    assert [branch.category.slug for branch in roots] == ["men", "women"]
    assert roots[1].children[0].children[0].category.path == "/women/shoes/boots"
    assert [one.slug for one in await shop.categories.list_ancestors(made["boots"].id)] == ["women", "shoes"]
    assert [one.slug for one in await shop.categories.list_descendants(made["women"].id)] == [
        "shoes",
        "boots",
    ]


async def test_a_move_takes_the_subtree_along_and_never_makes_a_cycle(shop: Shop) -> None:
    made = await tree_of(shop)
    assert (await shop.categories.move(made["shoes"].id, made["men"].id)).path == "/men/shoes"
    assert (await shop.categories.get(made["boots"].id)).path == "/men/shoes/boots"
    for parent in ("shoes", "boots"):
        with pytest.raises(ValidationError, match="cannot be its own ancestor"):
            await shop.categories.move(made["shoes"].id, made[parent].id)
    assert (await shop.categories.get(made["shoes"].id)).path == "/men/shoes"


async def test_two_moves_at_once_never_make_a_cycle(shop: Shop) -> None:
    made = await tree_of(shop)
    answers = await asyncio.gather(
        shop.categories.move(made["women"].id, made["men"].id),
        shop.categories.move(made["men"].id, made["women"].id),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, ValidationError) for answer in answers) == 1


async def test_children_are_put_into_an_order(shop: Shop) -> None:
    made = await tree_of(shop)
    await shop.categories.reorder(None, [made["women"].id, made["men"].id])
    assert [one.slug for one in await shop.categories.list_children(None)] == ["women", "men"]
    with pytest.raises(ValidationError, match="all children"):
        await shop.categories.reorder(None, [made["women"].id])


async def test_a_review_of_a_buyer_is_verified_and_waits_for_a_moderator(shop: Shop, stage: Stage) -> None:
    variant, user = await stage.variant(), await stage.user()
    review = {"user_id": user.id, "product_id": variant.productId}
    cart = await stage.cart((variant, 1), user=user)
    order = await place_order(shop, Checkout(cartId=cart.id, idempotencyKey="k"))
    await settle_payment(shop, order.payments[0].id)
    made = await submit_review(shop, **review, rating=4)
    assert (made.isVerifiedPurchase, made.orderId, made.status) == (True, order.id, "PENDING")
    with pytest.raises(ConflictError, match="reviewed this product already"):
        await submit_review(shop, **review, rating=5)
    assert (await shop.reviews.moderate(made.id, "APPROVED")).status == "APPROVED"
    with pytest.raises(StatusError):
        await shop.reviews.moderate(made.id, "APPROVED")
    stranger = await submit_review(
        shop, user_id=(await stage.user()).id, product_id=variant.productId, rating=1
    )
    assert not stranger.isVerifiedPurchase


async def test_a_review_that_was_deleted_is_written_anew_in_its_row(shop: Shop, stage: Stage) -> None:
    variant, user = await stage.variant(), await stage.user()
    first = await submit_review(shop, user_id=user.id, product_id=variant.productId, rating=1)
    await shop.reviews.delete(first.id)
    second = await submit_review(shop, user_id=user.id, product_id=variant.productId, rating=5)
    assert (second.id, second.rating, second.deletedAt) == (first.id, 5, None)


async def test_ratings_are_summed_up_and_votes_at_once_all_count(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant()
    for rating in (5, 5, 2):
        made = await submit_review(
            shop, user_id=(await stage.user()).id, product_id=variant.productId, rating=rating
        )
        await shop.reviews.moderate(made.id, "APPROVED")
    summary = await shop.reviews.rating_summary(variant.productId)
    assert (summary.count, summary.average) == (3, Decimal("4.00"))
    assert summary.by_rating == {1: 0, 2: 1, 3: 0, 4: 0, 5: 2}
    await asyncio.gather(*(shop.reviews.vote(made.id, is_helpful=True) for _ in range(10)))
    assert (await shop.reviews.get(made.id)).helpfulCount == 10
    assert len((await shop.reviews.list_approved(variant.productId)).items) == 3


@pytest.mark.parametrize("rating", [0, 6, True, 4.5])
async def test_a_rating_is_from_1_to_5(shop: Shop, stage: Stage, rating: Any) -> None:
    with pytest.raises(ValidationError, match="from 1 to 5"):
        await submit_review(shop, user_id="u", product_id="p", rating=rating)


async def test_a_collections_products_are_set_in_order(shop: Shop, stage: Stage) -> None:
    made: Any = await shop.collections.create({"name": "Summer", "slug": "summer", "status": "ACTIVE"})
    one, two = await stage.variant(), await stage.variant()
    await shop.collections.set_products(made.id, [one.productId, two.productId])
    await shop.collections.set_products(made.id, [two.productId, one.productId])
    first = await shop.products.list_in_collection("summer", size=1)
    rest = await shop.products.list_in_collection("summer", size=1, after=first.next_cursor)
    back = await shop.products.list_in_collection("summer", size=1, before=rest.previous_cursor)
    assert [row.id for row in first.items + rest.items] == [two.productId, one.productId]
    assert (back.items, rest.next_cursor) == (first.items, None)
    with pytest.raises(ValidationError, match="named twice"):
        await shop.collections.set_products(made.id, [one.productId, one.productId])
    assert [row.slug for row in await shop.collections.list_active()] == ["summer"]
