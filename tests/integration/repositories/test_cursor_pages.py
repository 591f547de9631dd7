"""Pages by cursor: whole, in order, both ways, and steady while rows come in."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest

from lumi_db import CallerError, QueryError
from lumi_db.shop import Shop

from .conftest import Statements


async def fill(shop: Shop, count: int = 7) -> list[str]:
    for number in range(count):
        await shop.products.create(
            {
                "title": f"t{number % 3}",
                "slug": f"p{number}",
                "price": str(number % 2),
                "summary": None if number % 3 else f"s{number}",
                "status": ["DRAFT", "ARCHIVED"][number % 2],
            }
        )
    return [f"p{number}" for number in range(count)]


async def walk(shop: Shop, **query: Any) -> list[list[str]]:
    pages, cursor = [], None
    while True:
        page = await shop.products.cursor_page(after=cursor, **query)
        pages.append([row.slug for row in page.items])
        cursor = page.next_cursor
        if cursor is None:
            return pages


SORTS = [
    "slug",
    "-slug",
    "title",
    "-title,price",
    "price,-title",
    "summary",
    "-summary",
    "summary,-price",
    "-createdAt",
]


@pytest.mark.parametrize("sort", [*SORTS, "status", "-status", "status,-title"])
async def test_the_pages_together_are_the_whole_list_in_order(shop: Shop, sort: str) -> None:
    await fill(shop)
    whole = [row.slug for row in await shop.products.list_(sort=sort)]
    pages = await walk(shop, sort=sort, size=2)
    assert [slug for page in pages for slug in page] == whole
    assert [len(page) for page in pages] == [2, 2, 2, 1]


@pytest.mark.parametrize("sort", [*SORTS, "status"])
async def test_the_way_back_shows_the_same_pages(shop: Shop, sort: str) -> None:
    await fill(shop)
    forward, cursor = [], None
    for _ in range(3):
        page = await shop.products.cursor_page(after=cursor, size=2, sort=sort)
        forward.append([row.slug for row in page.items])
        cursor = page.next_cursor
    back = await shop.products.cursor_page(before=page.previous_cursor, size=2, sort=sort)
    assert [row.slug for row in back.items] == forward[1]
    first = await shop.products.cursor_page(before=back.previous_cursor, size=2, sort=sort)
    assert [row.slug for row in first.items] == forward[0]
    assert first.previous_cursor is None
    assert first.next_cursor is not None


async def test_rows_that_come_in_move_nothing(shop: Shop) -> None:
    await fill(shop, 4)
    page = await shop.products.cursor_page(size=2, sort="slug")
    await shop.products.create({"title": "new", "slug": "a-new", "price": "1"})
    following = await shop.products.cursor_page(after=page.next_cursor, size=2, sort="slug")
    assert [row.slug for row in following.items] == ["p2", "p3"]


async def test_a_row_that_was_deleted_does_not_break_its_cursor(shop: Shop) -> None:
    await fill(shop, 4)
    page = await shop.products.cursor_page(size=2, sort="slug")
    await shop.products.delete(page.items[-1].id)
    following = await shop.products.cursor_page(after=page.next_cursor, size=2, sort="slug")
    assert [row.slug for row in following.items] == ["p2", "p3"]


async def test_a_cursor_of_another_query_is_refused(shop: Shop) -> None:
    await fill(shop, 4)
    cursor = (await shop.products.cursor_page(size=2, sort="slug")).next_cursor
    queries: list[dict[str, Any]] = [
        {"sort": "title"},
        {"sort": "-slug"},
        {"sort": "slug", "filters": {"status": "DRAFT"}},
    ]
    for query in queries:
        with pytest.raises(QueryError, match="another query"):
            await shop.products.cursor_page(after=cursor, **query)


async def test_a_cursor_that_was_changed_is_refused(shop: Shop) -> None:
    await fill(shop, 4)
    cursor = (await shop.products.cursor_page(size=2, sort="slug")).next_cursor
    assert cursor is not None
    text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).replace(b"p1", b"p9")
    changed = base64.urlsafe_b64encode(text).decode().rstrip("=")
    for wrong in (changed, "", "x", cursor[:-3], "é", cursor + "AAAA"):
        with pytest.raises(QueryError, match="damaged"):
            await shop.products.cursor_page(after=wrong, sort="slug")


@pytest.mark.parametrize("sort", ["isActive", "-isActive"])
async def test_rows_are_paged_by_what_is_true_or_false(shop: Shop, sort: str) -> None:
    for number in range(5):
        data = {"code": f"C{number}", "type": "PERCENTAGE", "value": "1", "isActive": number % 2 == 0}
        await shop.coupons.create(data)
    page = await shop.coupons.cursor_page(size=2, sort=sort)
    seen = list(page.items)
    while page.next_cursor:
        page = await shop.coupons.cursor_page(size=2, sort=sort, after=page.next_cursor)
        seen += page.items
    assert [row.isActive for row in seen] == sorted((row.isActive for row in seen), reverse=sort[0] == "-")
    assert len({row.id for row in seen}) == 5
    back = await shop.coupons.cursor_page(size=2, sort=sort, before=page.previous_cursor)
    assert [row.id for row in back.items] == [row.id for row in seen[2:4]]


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        ("price", ["10", 5]),
        ("price", ["ten", "id"]),
        ("price", [10, "id"]),
        ("price", ["10"]),
        ("price", ["10", "id", "more"]),
        ("price", None),
        ("price", [None, "id"]),
        ("status", ["SOLD", "id"]),
        ("createdAt", ["yesterday", "id"]),
        ("createdAt", [5, "id"]),
        ("version", [True, "id"]),
        ("version", ["1", "id"]),
        ("version", [[], "id"]),
    ],
)
async def test_a_cursor_that_was_forged_with_care_is_refused(shop: Shop, sort: str, values: Any) -> None:
    await fill(shop, 2)
    cursor = (await shop.products.cursor_page(size=1, sort=sort)).next_cursor
    assert cursor is not None
    text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    query = json.loads(text[16:])[0]
    body = json.dumps([query, values])
    forged = f"{hashlib.sha256(body.encode()).hexdigest()[:16]}{body}".encode()
    with pytest.raises(QueryError, match="damaged"):
        await shop.products.cursor_page(after=base64.urlsafe_b64encode(forged).decode(), size=1, sort=sort)


async def test_one_direction_is_given_at_a_time(shop: Shop) -> None:
    with pytest.raises(QueryError, match="not both"):
        await shop.products.cursor_page(after="a", before="b")


async def test_an_empty_list_has_no_cursors(shop: Shop) -> None:
    page = await shop.products.cursor_page()
    assert (page.items, page.next_cursor, page.previous_cursor) == ([], None, None)


async def test_a_projection_reads_less_and_must_hold_what_is_sorted_by(shop: Shop) -> None:
    from pydantic import BaseModel

    class Card(BaseModel):
        __prisma_model__ = "Product"
        id: str
        slug: str

    await fill(shop, 3)
    page = await shop.products.cursor_page(size=2, sort="slug", projection=Card)
    assert [type(row) for row in page.items] == [Card, Card]
    with pytest.raises(CallerError, match="Card lacks what is sorted by: add title"):
        await shop.products.cursor_page(sort="title", projection=Card)


@pytest.mark.parametrize(
    ("sort", "bound"),
    [
        ("title", " >= $1::text"),
        ("-title,price", " <= $1::text"),
        ("-createdAt", " <= $1::timestamptz"),
        ("summary", None),
        ("status", None),
    ],
)
async def test_a_page_begins_where_its_cursor_is_and_reads_nothing_before(
    shop: Shop, statements: Statements, sort: str, bound: str | None
) -> None:
    await fill(shop, 3)
    first = await shop.products.cursor_page(size=1, sort=sort)
    with statements() as sent:
        await shop.products.cursor_page(size=1, sort=sort, after=first.next_cursor)
    field = sort.partition(",")[0].removeprefix("-")
    where = sent[0].partition(" WHERE ")[2]
    # An index can begin at a condition that stands beside the OR, not at those inside it.
    assert (f'"t0"."{field}"{bound} AND (' in where) is (bound is not None), where
