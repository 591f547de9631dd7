"""One row by its key or as the first of an order, and pages by cursor one after another."""

from __future__ import annotations

from typing import Any

import pytest

from .support import Reader, ids


async def test_the_first_row_is_the_one_with_the_lowest_id(rows: Any) -> None:
    assert ids(await rows.user.find_first()) == "u1"
    assert ids(await rows.user.find_first(where={"age": 30}, order={"id": "desc"})) == "u2"
    assert ids(await rows.user.find_first(skip=1)) == "u2"
    assert ids(await rows.user.find_first(cursor={"id": "u3"}, skip=1)) == "u4"
    assert ids(await rows.user.find_first(distinct=["age"], skip=1, order={"id": "asc"})) == "u3"


async def test_a_cursor_may_be_a_composite_key(rows: Any) -> None:
    cursor = {"userId_postId": {"userId": "u1", "postId": 2}}
    found = await rows.like.find_many(cursor=cursor, take=2, skip=1)
    assert [(like.userId, like.postId) for like in found] == [("u2", 1), ("u2", 4)]
    found = await rows.like.find_many(cursor=cursor, take=-2)
    assert [(like.userId, like.postId) for like in found] == [("u1", 1), ("u1", 2)]


async def test_pages_by_cursor_together_are_all_rows(rows: Any) -> None:
    order = [{"age": "asc"}, {"mood": "desc"}]
    everyone = ids(await rows.user.find_many(order=[*order, {"id": "asc"}]))
    for size in (1, 2, 3, 5):
        pages = ids(await rows.user.find_many(order=[*order, {"id": "asc"}], take=size))
        while len(pages) < len(everyone):
            page = await rows.user.find_many(order=order, cursor={"id": pages[-1]}, skip=1, take=size)
            pages += ids(page)
        assert pages == everyone


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"id": "u1"}, "u1"),
        ({"email": "bob@x.com"}, "u2"),
        ({"id": "u1", "email": "ann@x.com"}, "u1"),
        ({"id": "u1", "email": "bob@x.com"}, None),
        ({"id": "u1", "age": 31}, None),
        ({"id": "u1", "age": {"gt": 29}, "posts": {"some": {"published": True}}}, "u1"),
        ({"id": "u1", "OR": []}, None),
    ],
)
async def test_a_unique_row_may_be_narrowed(rows: Any, where: dict[str, Any], found: str | None) -> None:
    assert ids(await rows.user.find_unique(where)) == found


async def test_a_row_is_found_by_a_composite_id_and_a_named_composite_unique(
    reader: Reader, rows: Any
) -> None:
    like = {"userId_postId": {"userId": "u1", "postId": 2}}
    sql, parameters = await reader.write(lambda client: client.like.find_unique(like))
    assert sql == (
        'SELECT "t0"."userId" AS "userId", "t0"."postId" AS "postId", "t0"."weight" AS "weight" FROM "Like" AS "t0" '
        'WHERE ("t0"."userId" = $1::text AND "t0"."postId" = $2::int4)'
    )
    assert parameters == ("u1", 2)
    assert (await rows.like.find_unique(like)).weight == 5
    post = {"one_title": {"authorId": "u1", "title": "c"}}
    assert ids(await rows.post.find_unique(post)) == 3
    assert await rows.post.find_unique({**post, "published": False}) is None
