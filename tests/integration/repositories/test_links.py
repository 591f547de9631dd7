"""Lists of links: pictures, categories, products of a collection; in order, with one primary, whoever sets at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from lumi_db import NotFoundError, OperationError, RelatedRecordError, ValidationError, acting_as
from lumi_db.shop import Shop

from .accounts import make_user
from .conftest import Statements


async def pictures(shop: Shop, *names: str) -> list[str]:
    made = [
        await shop.media.create(
            {"assetId": name, "url": f"https://x.example/{name}", "mimeType": "image/webp", "sizeBytes": 1}
        )
        for name in names
    ]
    return [one.id for one in made]


async def product(shop: Shop, slug: str = "dress") -> Any:
    variant = {"title": "M", "sku": slug, "price": "1"}
    return await shop.products.create(
        {"title": slug, "slug": slug, "price": "1", "variants": [variant]}, include={"variants": True}
    )


async def shown(shop: Shop, owner: str, id_: str) -> list[tuple[str, bool]]:
    """Return what a list shows, in order, and which is primary."""
    include: Any = {"media": {"order_by": {"sortOrder": "asc"}}}
    row: Any = await getattr(shop, owner).get(id_, include=include)
    return [(link.mediaId, getattr(link, "isPrimary", False)) for link in row.media]


async def owner_of(shop: Shop, owner: str) -> str:
    made = await product(shop)
    if owner == "reviews":
        user = await make_user(shop)
        return str((await shop.reviews.submit(user_id=user.id, product_id=made.id, rating=5)).id)
    return str(made.id if owner == "products" else made.variants[0].id)


@pytest.mark.parametrize("owner", ["products", "variants", "reviews"])
async def test_pictures_are_attached_put_in_order_and_taken_off(shop: Shop, owner: str) -> None:
    rows, id_ = getattr(shop, owner), await owner_of(shop, owner)
    has_primary = owner != "reviews"
    a, b, c = await pictures(shop, "a", "b", "c")
    assert await rows.set_media(id_, [b, a]) == [b, a]
    assert await shown(shop, owner, id_) == [(b, has_primary), (a, False)]
    assert await rows.add_media(id_, [c, a]) == [b, a, c]
    assert await rows.reorder_media(id_, [c, a, b]) == [c, a, b]
    assert await shown(shop, owner, id_) == [(c, has_primary), (a, False), (b, False)]
    assert await rows.remove_media(id_, [c, "nobody"]) == [a, b]
    assert await shown(shop, owner, id_) == [(a, has_primary), (b, False)]
    assert await rows.set_media(id_, []) == []
    assert await shown(shop, owner, id_) == []
    assert await shop.media.count() == 3


async def test_a_primary_picture_stays_when_others_come_and_go(shop: Shop) -> None:
    made = await product(shop)
    a, b, c = await pictures(shop, "a", "b", "c")
    await shop.client.productmedia.create_many(
        [{"productId": made.id, "mediaId": a, "sortOrder": 5},
         {"productId": made.id, "mediaId": b, "sortOrder": 9, "isPrimary": True}]
    )  # fmt: skip
    assert await shop.products.add_media(made.id, [c]) == [a, b, c]
    assert await shop.products.remove_media(made.id, [a]) == [b, c]
    assert await shown(shop, "products", made.id) == [(b, True), (c, False)]


async def test_a_deleted_picture_is_in_nobodys_way(shop: Shop) -> None:
    made = await product(shop)
    a, b, c = await pictures(shop, "a", "b", "c")
    await shop.products.set_media(made.id, [a, b])
    await shop.media.delete(a)
    with pytest.raises(RelatedRecordError):
        await shop.products.add_media(made.id, [a])
    assert await shop.products.add_media(made.id, [c]) == [b, c]
    assert await shown(shop, "products", made.id) == [(b, True), (c, False)]
    await shop.media.restore(a)
    assert await shown(shop, "products", made.id) == [(b, True), (c, False), (a, False)]
    await shop.media.delete(a)
    await shop.products.set_media(made.id, [c])
    await shop.media.restore(a)
    assert await shown(shop, "products", made.id) == [(c, True)]


async def test_new_pictures_of_a_review_wait_for_a_moderator(shop: Shop) -> None:
    id_ = await owner_of(shop, "reviews")
    a, b = await pictures(shop, "a", "b")
    await shop.reviews.set_media(id_, [a])
    await shop.reviews.moderate(id_, "APPROVED")
    await shop.reviews.set_media(id_, [a])
    assert (await shop.reviews.get(id_)).status == "APPROVED"
    await shop.reviews.add_media(id_, [b])
    assert (await shop.reviews.get(id_)).status == "PENDING"


async def test_a_product_is_in_categories_of_which_one_is_primary(shop: Shop) -> None:
    made = await product(shop)
    a, b, c = [
        str((await shop.categories.create({"name": slug, "slug": slug})).id) for slug in ("a", "b", "c")
    ]

    async def primary() -> list[str]:
        found = await shop.client.productcategory.find_many(where={"productId": made.id})
        return [link.categoryId for link in found if link.isPrimary]

    assert await shop.products.set_categories(made.id, [b, a]) == [b, a]
    assert await shop.products.add_categories(made.id, [c]) == [b, a, c]
    assert await primary() == [b]
    assert await shop.products.set_categories(made.id, [c, a]) == [c, a]
    assert await primary() == [c]
    assert await shop.products.remove_categories(made.id, [c]) == [a]
    assert await primary() == [a]
    await shop.categories.delete(b)
    with pytest.raises(RelatedRecordError) as caught:
        await shop.products.add_categories(made.id, [b])
    assert caught.value.fields == ("category_ids",)


async def test_products_come_into_a_collection_and_leave_it(shop: Shop) -> None:
    summer: Any = await shop.collections.create({"name": "Summer", "slug": "summer"})
    a, b, c = [(await product(shop, slug)).id for slug in ("a", "b", "c")]
    await shop.collections.set_products(summer.id, [a])
    assert await shop.collections.add_products(summer.id, [b, a, c]) == [a, b, c]
    assert await shop.collections.reorder_products(summer.id, [c, b, a]) == [c, b, a]
    assert await shop.collections.remove_products(summer.id, [b]) == [c, a]
    rows = await shop.client.productcollection.find_many(order={"displayOrder": "asc"})
    assert [(row.productId, row.displayOrder) for row in rows] == [(c, 0), (a, 1)]


@pytest.mark.parametrize("verb", ["set", "add", "reorder", "remove"])
@pytest.mark.parametrize(
    ("ids", "words"),
    [
        ("abc", "must be a list of ids"),
        (None, "must be a list of ids"),
        ([1], "must be a list of ids"),
        ([""], "must be a list of ids"),
        (["a\0b"], "must be a list of ids"),
        (["\ud800"], "must be a list of ids"),
        (["x" * 65], "must be a list of ids"),
        ({"a": 1}, "must be a list of ids"),
        (["a", "a"], "named twice"),
        ([str(number) for number in range(101)], "longer than 100"),
    ],
)
async def test_what_is_no_list_of_ids_is_refused_and_nothing_is_sent(
    shop: Shop, statements: Statements, verb: str, ids: Any, words: str
) -> None:
    async with shop.tx() as inside:
        with statements() as sent, pytest.raises(ValidationError, match=words) as caught:
            await getattr(inside.products, f"{verb}_media")("nobody", ids)
    assert (caught.value.fields, sent) == (("media_ids",), [])


@pytest.mark.parametrize(
    ("verb", "ids", "kind"),
    [
        ("set", ["nobody"], RelatedRecordError),
        ("add", ["nobody"], RelatedRecordError),
        ("reorder", ["nobody"], ValidationError),
        ("reorder", [], ValidationError),
    ],
)
async def test_what_cannot_be_listed_leaves_the_list_as_it_was(
    shop: Shop, verb: str, ids: list[str], kind: type[OperationError]
) -> None:
    made = await product(shop)
    [a] = await pictures(shop, "a")
    await shop.products.set_media(made.id, [a])
    with pytest.raises(kind) as caught:
        await getattr(shop.products, f"{verb}_media")(made.id, ids)
    assert caught.value.fields == ("media_ids",)
    assert await shown(shop, "products", made.id) == [(a, True)]


async def test_a_list_that_grows_too_long_is_refused(shop: Shop) -> None:
    made = await product(shop)
    first, second = await pictures(shop, *map(str, range(100))), await pictures(shop, "more")
    await shop.products.set_media(made.id, first)
    with pytest.raises(ValidationError, match="longer than 100"):
        await shop.products.add_media(made.id, second)


async def test_the_list_of_nobody_is_not_found(shop: Shop) -> None:
    for work in (
        shop.products.set_media("nobody", []),
        shop.variants.add_media("nobody", []),
        shop.reviews.remove_media("nobody", []),
        shop.products.set_categories("nobody", []),
        shop.collections.add_products("nobody", []),
    ):
        with pytest.raises(NotFoundError):
            await work


async def test_of_two_who_set_at_once_one_list_is_left_whole(shop: Shop) -> None:
    made = await product(shop)
    ids = await pictures(shop, *map(str, range(10)))
    lists = [ids[:6], ids[:3:-1], ids[2:8], ids[::-1]]
    for _ in range(5):
        await asyncio.gather(*(shop.products.set_media(made.id, one) for one in lists))
        left = await shown(shop, "products", made.id)
        assert [id_ for id_, _ in left] in lists
        assert [is_primary for _, is_primary in left] == [True] + [False] * (len(left) - 1)


async def test_all_who_add_at_once_are_there(shop: Shop) -> None:
    made = await product(shop)
    ids = await pictures(shop, *map(str, range(10)))
    await asyncio.gather(*(shop.products.add_media(made.id, [one]) for one in ids))
    left = await shown(shop, "products", made.id)
    assert sorted(id_ for id_, _ in left) == sorted(ids)
    assert [is_primary for _, is_primary in left] == [True] + [False] * 9


async def test_a_list_of_any_length_takes_the_same_statements(shop: Shop, statements: Statements) -> None:
    made = await product(shop)
    ids = await pictures(shop, *map(str, range(40)))
    await shop.products.set_media(made.id, ids[:30])
    turned = [*ids[:9:-1], ids[0]]
    with statements() as sent:
        await shop.products.set_media(made.id, turned)
    # locked, read, the new looked for, the old taken out, the primary freed, the rest written; and BEGIN, COMMIT
    assert len([sql for sql in sent if sql.split()[0] not in ("BEGIN", "COMMIT")]) == 6
    with statements() as sent:
        await shop.products.set_media(made.id, turned)
    assert len([sql for sql in sent if sql.split()[0] not in ("BEGIN", "COMMIT")]) == 2


async def test_only_what_has_changed_is_audited_and_by_whom(shop: Shop) -> None:
    made, admin = await product(shop), await make_user(shop)
    a, b, c = await pictures(shop, "a", "b", "c")
    await shop.products.set_media(made.id, [a, b])
    with acting_as(admin.id, "ADMIN"):
        await shop.products.set_media(made.id, [a, c])
    entries = (await shop.audit_log.page_of_user(admin.id)).items
    assert sorted((one.action, one.entityId) for one in entries) == [
        ("CREATE", f"{made.id}:{c}"),
        ("DELETE", f"{made.id}:{b}"),
    ]
