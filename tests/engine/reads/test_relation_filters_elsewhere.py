"""Filters over self-relations, many-to-many relations and composite keys, and at any depth.

Every answer was compared with that of Prisma Client JS 6.19 on the same rows, and is equal.
"""

from __future__ import annotations

from typing import Any

import pytest

from .support import Filters

# where, the condition in SQL, its parameters, the ids found
Row = tuple[dict[str, Any], str, tuple[Any, ...], list[Any]]

USERS: list[Row] = [
    # self-relations, to one, to many and many-to-many in both directions
    (
        {"reports": {"some": {"age": 30}}},
        'EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."managerId" = "t0"."id" AND "t1"."age" = $1::int4)',
        (30,),
        ["u1"],
    ),
    (
        {"reports": {"every": {"age": 30}}},
        (
            'NOT EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."managerId" = "t0"."id" '
            'AND NOT ("t1"."age" = $1::int4))'
        ),
        (30,),
        ["u1", "u4", "u5", "u8"],
    ),
    (
        {"reports": {"none": {}}},
        'NOT EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."managerId" = "t0"."id")',
        (),
        ["u4", "u5", "u8"],
    ),
    (
        {"friends": {"some": {"name": "bob"}}},
        (
            'EXISTS (SELECT 1 FROM "_friendship" AS "t2" JOIN "users" AS "t1" ON "t1"."id" = "t2"."A" '
            'WHERE "t2"."B" = "t0"."id" AND "t1"."name" = $1::text)'
        ),
        ("bob",),
        ["u1"],
    ),
    (
        {"friends": {"every": {"age": 30}}},
        (
            'NOT EXISTS (SELECT 1 FROM "_friendship" AS "t2" JOIN "users" AS "t1" ON "t1"."id" = "t2"."A" '
            'WHERE "t2"."B" = "t0"."id" AND NOT ("t1"."age" = $1::int4))'
        ),
        (30,),
        ["u2", "u4", "u7", "u8"],
    ),
    (
        {"friends": {"none": {"age": 30}}},
        (
            'NOT EXISTS (SELECT 1 FROM "_friendship" AS "t2" JOIN "users" AS "t1" ON "t1"."id" = "t2"."A" '
            'WHERE "t2"."B" = "t0"."id" AND "t1"."age" = $1::int4)'
        ),
        (30,),
        ["u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"friendOf": {"some": {"age": 30}}},
        (
            'EXISTS (SELECT 1 FROM "_friendship" AS "t2" JOIN "users" AS "t1" ON "t1"."id" = "t2"."B" '
            'WHERE "t2"."A" = "t0"."id" AND "t1"."age" = $1::int4)'
        ),
        (30,),
        ["u1", "u2", "u8"],
    ),
    (
        {"NOT": [{"friends": {"every": {"age": 30}}}]},
        (
            'EXISTS (SELECT 1 FROM "_friendship" AS "t2" JOIN "users" AS "t1" ON "t1"."id" = "t2"."A" '
            'WHERE "t2"."B" = "t0"."id" AND NOT ("t1"."age" = $1::int4))'
        ),
        (30,),
        ["u1", "u3", "u5", "u6"],
    ),
    # to any depth
    (
        {"manager": {"manager": {"name": "Ann"}}},
        (
            'EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId" '
            'AND EXISTS (SELECT 1 FROM "users" AS "t2" '
            'WHERE "t2"."id" = "t1"."managerId" AND "t2"."name" = $1::text))'
        ),
        ("Ann",),
        ["u4", "u7"],
    ),
    (
        {"manager": {"is_not": {"manager": {"is_not": {"age": 30}}}}},
        (
            'NOT EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId" '
            'AND NOT EXISTS (SELECT 1 FROM "users" AS "t2" '
            'WHERE "t2"."id" = "t1"."managerId" AND "t2"."age" = $1::int4))'
        ),
        (30,),
        ["u1", "u4", "u5", "u7"],
    ),
    (
        {"manager": {"is_not": {"posts": {"some": {"content": "x"}}}}},
        (
            'NOT EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId" '
            'AND EXISTS (SELECT 1 FROM "Post" AS "t2" '
            'WHERE "t2"."authorId" = "t1"."id" AND "t2"."content" = $1::text))'
        ),
        ("x",),
        ["u1", "u2", "u3", "u4", "u5", "u6", "u7"],
    ),
    (
        {"posts": {"some": {"tags": {"some": {"name": "x"}}}}},
        (
            'EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" '
            'AND EXISTS (SELECT 1 FROM "_PostToTag" AS "t3" JOIN "Tag" AS "t2" ON "t2"."id" = "t3"."B" '
            'WHERE "t3"."A" = "t1"."id" AND "t2"."name" = $1::text))'
        ),
        ("x",),
        ["u1", "u2"],
    ),
    (
        {"posts": {"every": {"tags": {"some": {}}}}},
        (
            'NOT EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" '
            'AND NOT EXISTS (SELECT 1 FROM "_PostToTag" AS "t3" JOIN "Tag" AS "t2" ON "t2"."id" = "t3"."B" '
            'WHERE "t3"."A" = "t1"."id"))'
        ),
        (),
        ["u1", "u3", "u4", "u6"],
    ),
    (
        {"posts": {"every": {"editor": {"is": {"name": "hal"}}}}},
        (
            'NOT EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" '
            'AND NOT EXISTS (SELECT 1 FROM "users" AS "t2" '
            'WHERE "t2"."id" = "t1"."editorId" AND ("t2"."name" = $1::text) IS NOT FALSE))'
        ),
        ("hal",),
        ["u3", "u4", "u6"],
    ),
    (
        {"posts": {"none": {"editor": {"is_not": {"name": "hal"}}}}},
        (
            'NOT EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" '
            'AND NOT EXISTS (SELECT 1 FROM "users" AS "t2" '
            'WHERE "t2"."id" = "t1"."editorId" AND ("t2"."name" = $1::text) IS NOT FALSE))'
        ),
        ("hal",),
        ["u3", "u4", "u6"],
    ),
    (
        {"OR": [{"posts": {"some": {}}}, {"age": 40}]},
        '(EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id") OR "t0"."age" = $1::int4)',
        (40,),
        ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"],
    ),
]

POSTS: list[Row] = [
    (
        {"author": {"is": {"name": "Ann"}}},
        'EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."authorId" AND "t1"."name" = $1::text)',
        ("Ann",),
        [1, 2, 3],
    ),
    (
        {"author": {"is_not": {"name": "Ann"}}},
        (
            'NOT EXISTS (SELECT 1 FROM "users" AS "t1" '
            'WHERE "t1"."id" = "t0"."authorId" AND ("t1"."name" = $1::text) IS NOT FALSE)'
        ),
        ("Ann",),
        [4, 5, 7, 8, 9, 10],
    ),
    (
        {"author": {"is_not": {"email": "ann@x.com"}}},
        'NOT EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."authorId" AND "t1"."email" = $1::text)',
        ("ann@x.com",),
        [4, 5, 6, 7, 8, 9, 10],
    ),
    (
        {"editor": {"is_not": {"name": "Ann"}}},
        (
            'NOT EXISTS (SELECT 1 FROM "users" AS "t1" '
            'WHERE "t1"."id" = "t0"."editorId" AND ("t1"."name" = $1::text) IS NOT FALSE)'
        ),
        ("Ann",),
        [1, 2, 5, 7, 8, 9, 10],
    ),
    (
        {"editor": {"is": {"manager": {"is": None}}}},
        'EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."editorId" AND "t1"."managerId" IS NULL)',
        (),
        [4],
    ),
    (
        {"tags": {"some": {"posts": {"some": {"title": "d"}}}}},
        (
            'EXISTS (SELECT 1 FROM "_PostToTag" AS "t2" JOIN "Tag" AS "t1" ON "t1"."id" = "t2"."B" '
            'WHERE "t2"."A" = "t0"."id" AND EXISTS (SELECT 1 FROM "_PostToTag" AS "t4" '
            'JOIN "Post" AS "t3" ON "t3"."id" = "t4"."A" WHERE "t4"."B" = "t1"."id" AND "t3"."title" = $1::text))'
        ),
        ("d",),
        [1, 3, 4],
    ),
    (
        {"tags": {"none": {"name": "x"}}},
        (
            'NOT EXISTS (SELECT 1 FROM "_PostToTag" AS "t2" JOIN "Tag" AS "t1" ON "t1"."id" = "t2"."B" '
            'WHERE "t2"."A" = "t0"."id" AND "t1"."name" = $1::text)'
        ),
        ("x",),
        [2, 3, 5, 6, 7, 8, 9, 10],
    ),
    (
        {"tags": {"every": {"name": {"in": ["x", "y"]}}}},
        (
            'NOT EXISTS (SELECT 1 FROM "_PostToTag" AS "t2" JOIN "Tag" AS "t1" ON "t1"."id" = "t2"."B" '
            'WHERE "t2"."A" = "t0"."id" AND NOT ("t1"."name" = ANY($1::text[])))'
        ),
        (["x", "y"],),
        [1, 2, 5, 6, 7, 8, 9, 10],
    ),
    (
        {"likes": {"some": {"weight": {"gt": 1}}}},
        'EXISTS (SELECT 1 FROM "Like" AS "t1" WHERE "t1"."postId" = "t0"."id" AND "t1"."weight" > $1::int4)',
        (1,),
        [1, 2],
    ),
]

NOTES: list[Row] = [
    (
        {"like": {"is": {"weight": 1}}},
        (
            'EXISTS (SELECT 1 FROM "Like" AS "t1" '
            'WHERE "t1"."userId" = "t0"."userId" AND "t1"."postId" = "t0"."postId" AND "t1"."weight" = $1::int4)'
        ),
        (1,),
        [1, 2],
    ),
    (
        {"like": {"is_not": {"weight": 1}}},
        (
            'NOT EXISTS (SELECT 1 FROM "Like" AS "t1" '
            'WHERE "t1"."userId" = "t0"."userId" AND "t1"."postId" = "t0"."postId" AND "t1"."weight" = $1::int4)'
        ),
        (1,),
        [3, 4],
    ),
    (
        {"like": {"user": {"is": {"name": "Ann"}}}},
        (
            'EXISTS (SELECT 1 FROM "Like" AS "t1" '
            'WHERE "t1"."userId" = "t0"."userId" AND "t1"."postId" = "t0"."postId" '
            'AND EXISTS (SELECT 1 FROM "users" AS "t2" WHERE "t2"."id" = "t1"."userId" AND "t2"."name" = $1::text))'
        ),
        ("Ann",),
        [1, 2, 4],
    ),
    (
        {"like": {"is": {"notes": {"some": {"text": "n2"}}}}},
        (
            'EXISTS (SELECT 1 FROM "Like" AS "t1" '
            'WHERE "t1"."userId" = "t0"."userId" AND "t1"."postId" = "t0"."postId" '
            'AND EXISTS (SELECT 1 FROM "Note" AS "t2" '
            'WHERE "t2"."userId" = "t1"."userId" AND "t2"."postId" = "t1"."postId" AND "t2"."text" = $1::text))'
        ),
        ("n2",),
        [1, 2],
    ),
]


@pytest.mark.parametrize(("where", "condition", "parameters", "found"), USERS)
async def test_a_filter_over_a_self_relation_or_at_any_depth_is_one_condition(
    filters: Filters, where: dict[str, Any], condition: str, parameters: tuple[Any, ...], found: list[Any]
) -> None:
    await filters.check("user", "users", where, condition, parameters, found)


@pytest.mark.parametrize(("where", "condition", "parameters", "found"), POSTS)
async def test_a_relation_filter_on_a_post_is_one_condition(
    filters: Filters, where: dict[str, Any], condition: str, parameters: tuple[Any, ...], found: list[Any]
) -> None:
    await filters.check("post", "Post", where, condition, parameters, found)


@pytest.mark.parametrize(("where", "condition", "parameters", "found"), NOTES)
async def test_a_filter_over_a_composite_key_is_one_condition(
    filters: Filters, where: dict[str, Any], condition: str, parameters: tuple[Any, ...], found: list[Any]
) -> None:
    await filters.check("note", "Note", where, condition, parameters, found)
