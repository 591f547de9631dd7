"""Includes: one statement for any depth, each level with its own filter, order and page."""

from __future__ import annotations

from typing import Any

import pytest

from .support import Reader, ids, tree

TAGS = (
    """SELECT "t0"."id" AS "id", "t0"."name" AS "name", (SELECT coalesce(json_agg("t3".*), '[]'::json) FROM ("""
    'SELECT "t1"."id" AS "id", "t1"."title" AS "title", "t1"."content" AS "content", '
    '"t1"."published" AS "published", "t1"."views" AS "views", "t1"."rating"::text AS "rating", '
    '"t1"."authorId" AS "authorId", "t1"."editorId" AS "editorId", "t1"."createdAt" AS "createdAt" '
    'FROM "_PostToTag" AS "t2" JOIN "Post" AS "t1" ON "t1"."id" = "t2"."A" '
    'WHERE "t2"."B" = "t0"."id" AND "t1"."published" = $1::bool '
    'ORDER BY "t1"."id" ASC LIMIT $2::int8 OFFSET $3::int8) AS "t3") AS "posts" '
    'FROM "Tag" AS "t0" ORDER BY "t0"."id" ASC'
)

NOTES = (
    'SELECT "t0"."id" AS "id", "t0"."text" AS "text", "t0"."userId" AS "userId", "t0"."postId" AS "postId", '
    '(SELECT row_to_json("t2".*) FROM (SELECT "t1"."userId" AS "userId", "t1"."postId" AS "postId", '
    '"t1"."weight" AS "weight" FROM "Like" AS "t1" WHERE "t1"."userId" = "t0"."userId" AND '
    '"t1"."postId" = "t0"."postId") AS "t2") AS "like" FROM "Note" AS "t0" WHERE "t0"."id" = $1::int4'
)


async def test_a_many_to_many_include_is_written_as_one_subquery(
    reader: Reader, rows: Any, sent: list[Any]
) -> None:
    def call(client: Any) -> Any:
        posts = {"where": {"published": True}, "order_by": {"id": "asc"}, "take": 2, "skip": 1}
        return client.tag.find_many(include={"posts": posts}, order={"id": "asc"})

    assert await reader.write(call) == (TAGS, (True, 2, 1))
    assert [(tag.name, ids(tag.posts)) for tag in await call(rows)] == [
        ("x", [4]),
        ("y", [6]),
        ("z", [4]),
        ("w", []),
    ]
    assert [event.sql for event in sent] == [TAGS]


async def test_an_include_over_a_composite_key_is_written_as_one_subquery(reader: Reader, rows: Any) -> None:
    def call(client: Any) -> Any:
        return client.note.find_unique({"id": 4}, include={"like": True})

    sql, parameters = await reader.write(call)
    assert sql.replace(', "t1"."flags" AS "flags"', "") == NOTES
    assert parameters == (4,)
    assert (await call(rows)).like.weight == 5


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"take": 1}, [[1], [4], [6], [], [7], [], [8], [9]]),
        ({"take": 1, "order_by": {"id": "desc"}}, [[3], [5], [6], [], [7], [], [8], [10]]),
        ({"take": -1}, [[3], [5], [6], [], [7], [], [8], [10]]),
        ({"take": -2, "skip": 1, "order_by": {"title": "asc"}}, [[1, 2], [4], [], [], [], [], [], [9]]),
        ({"skip": 1}, [[2, 3], [5], [], [], [], [], [], [10]]),
        ({"take": 0}, [[], [], [], [], [], [], [], []]),
        ({"where": {"published": False}}, [[2], [5], [], [], [7], [], [], []]),
        ({"where": {"author": {"is": {"age": 30}}}, "take": 9}, [[1, 2, 3], [4, 5], [], [], [], [], [], []]),
        ({"cursor": {"id": 2}}, [[2, 3], [], [], [], [], [], [], []]),
        ({"cursor": {"id": 2}, "skip": 1}, [[3], [], [], [], [], [], [], []]),
        ({"cursor": {"id": 2}, "take": -2}, [[1, 2], [], [], [], [], [], [], []]),
        (
            {"cursor": {"id": 3}, "order_by": {"views": "asc"}, "take": 2},
            [[3, 2], [], [], [], [], [], [], []],
        ),
        ({"cursor": {"id": 99}}, [[], [], [], [], [], [], [], []]),
        (
            {"distinct": ["published"], "order_by": {"id": "asc"}},
            [[1, 2], [4, 5], [6], [], [7], [], [8], [9]],
        ),
        (
            {"distinct": ["published"], "order_by": {"id": "asc"}, "take": 1, "skip": 1},
            [[2], [5], [], [], [], [], [], []],
        ),
        (
            {"order_by": [{"views": "desc"}, {"id": "asc"}]},
            [[2, 1, 3], [4, 5], [6], [], [7], [], [8], [10, 9]],
        ),
    ],
)
async def test_every_level_has_a_page_of_its_own(
    rows: Any, sent: list[Any], arguments: dict[str, Any], found: list[list[int]]
) -> None:
    users = await rows.user.find_many(include={"posts": arguments}, order={"id": "asc"})
    assert [ids(user.posts) for user in users] == found
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"order_by": {"id": "asc"}}, [["u2", "u8"], ["u1"], ["u1", "u7", "u8"]]),
        ({"take": 1, "order_by": {"id": "desc"}}, [["u8"], ["u1"], ["u8"]]),
        ({"take": -2}, [["u2", "u8"], ["u1"], ["u7", "u8"]]),
        ({"cursor": {"id": "u7"}, "order_by": {"id": "asc"}}, [[], [], ["u7", "u8"]]),
        ({"where": {"age": 30}}, [["u2"], ["u1"], ["u1"]]),
        ({"distinct": ["mood"], "order_by": {"id": "asc"}}, [["u2", "u8"], ["u1"], ["u1"]]),
    ],
)
async def test_a_self_relation_of_many_has_pages_too(
    rows: Any, sent: list[Any], arguments: dict[str, Any], found: list[list[str]]
) -> None:
    users = await rows.user.find_many(include={"friends": arguments}, order={"id": "asc"}, take=3)
    assert [ids(user.friends) for user in users] == found
    assert len(sent) == 1


async def test_any_depth_is_one_statement(rows: Any, sent: list[Any]) -> None:
    user = await rows.user.find_unique(
        {"id": "u2"},
        include={
            "posts": {
                "where": {"published": True},
                "include": {
                    "tags": {"order_by": {"name": "desc"}, "include": {"posts": {"order_by": {"id": "asc"}}}},
                    "editor": {"include": {"profile": True, "manager": {"include": {"reports": True}}}},
                    "likes": {"include": {"notes": True, "user": {"include": {"friends": True}}}},
                },
            },
            "manager": {"include": {"posts": {"take": 1, "order_by": {"id": "desc"}}}},
            "profile": {"include": {"user": True}},
        },
    )
    assert len(sent) == 1
    assert tree(user, "posts", "tags", "name", "id", "manager", "profile", "bio", "user", "editor") == {
        "posts": [
            {
                "id": 4,
                "tags": [
                    {"name": "z", "id": 3, "posts": [{"id": 3}, {"id": 4}]},
                    {"name": "x", "id": 1, "posts": [{"id": 1}, {"id": 4}]},
                ],
                "editor": {"id": "u1", "name": "Ann", "profile": {"id": 1, "bio": "bio ann"}},
            }
        ],
        "name": "bob",
        "id": "u2",
        "manager": {"id": "u1", "name": "Ann", "posts": [{"id": 3}]},
        "profile": {"bio": "bio bob", "id": 2, "user": {"id": "u2", "name": "bob"}},
    }


async def test_a_related_row_that_may_be_missing_can_be_filtered(rows: Any) -> None:
    users = await rows.user.find_many(include={"manager": {"where": {"age": 30}}}, order={"id": "asc"})
    assert [ids(user.manager) for user in users] == [None, "u1", "u1", "u2", None, None, None, None]


async def test_what_is_not_included_is_none_and_what_is_empty_is_not(rows: Any) -> None:
    user = await rows.user.find_unique(
        {"id": "u4"}, include={"posts": True, "profile": True, "friends": False}
    )
    assert user.posts == []
    assert user.profile is None
    assert user.friends is None


async def test_a_depth_of_twenty_is_one_statement(rows: Any, sent: list[Any]) -> None:
    include: dict[str, Any] = {"manager": True}
    for _ in range(19):
        include = {"manager": {"include": include}}
    user = await rows.user.find_unique({"id": "u6"}, include=include)
    for _ in range(20):
        user = user.manager
        assert user.id == "u6"
    assert user.manager is None
    assert len(sent) == 1


async def test_calls_of_one_shape_give_one_text(reader: Reader) -> None:
    def call(age: int, title: str, size: int) -> Any:
        posts = {"where": {"title": title}, "take": size}
        return lambda client: client.user.find_many(
            where={"age": {"in": [age] * size}}, include={"posts": posts}
        )

    first, second = await reader.write(call(1, "a", 1)), await reader.write(call(2, "b'\"", 7))
    assert first[0] == second[0]
    assert (first[1], second[1]) == (("a", 1, [1]), ("b'\"", 7, [2] * 7))
