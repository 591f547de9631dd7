"""Filters over relations from a user: the condition as it is written, and the rows it finds.

Every answer was compared with that of Prisma Client JS 6.19 on the same rows, and is equal.
"""

from __future__ import annotations

from typing import Any

import pytest

from .support import Filters

# where, the condition in SQL, its parameters, the ids found
Row = tuple[dict[str, Any], str, tuple[Any, ...], list[Any]]

USERS: list[Row] = [
    # lists of related rows
    (
        {"posts": {"some": {}}},
        'EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id")',
        (),
        ["u1", "u2", "u3", "u5", "u7", "u8"],
    ),
    (
        {"posts": {"none": {}}},
        'NOT EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id")',
        (),
        ["u4", "u6"],
    ),
    ({"posts": {"every": {}}}, "", (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    (
        {"posts": {"some": {"published": True}}},
        'EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" AND "t1"."published" = $1::bool)',
        (True,),
        ["u1", "u2", "u3", "u7", "u8"],
    ),
    (
        {"posts": {"none": {"published": True}}},
        (
            'NOT EXISTS (SELECT 1 FROM "Post" AS "t1" '
            'WHERE "t1"."authorId" = "t0"."id" AND "t1"."published" = $1::bool)'
        ),
        (True,),
        ["u4", "u5", "u6"],
    ),
    (
        {"posts": {"every": {"published": True}}},
        (
            'NOT EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" '
            'AND NOT ("t1"."published" = $1::bool))'
        ),
        (True,),
        ["u3", "u4", "u6", "u7", "u8"],
    ),
    (
        {"posts": {"some": {"published": True}, "none": {"title": "d"}}},
        (
            '(EXISTS (SELECT 1 FROM "Post" AS "t1" '
            'WHERE "t1"."authorId" = "t0"."id" AND "t1"."published" = $1::bool) '
            'AND NOT EXISTS (SELECT 1 FROM "Post" AS "t2" '
            'WHERE "t2"."authorId" = "t0"."id" AND "t2"."title" = $2::text))'
        ),
        (True, "d"),
        ["u1", "u3", "u7", "u8"],
    ),
    ({"posts": {}}, "", (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    (
        {"posts": {"some": {"OR": []}}},
        'EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" AND false)',
        (),
        [],
    ),
    (
        {"posts": {"every": {"OR": []}}},
        'NOT EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" AND NOT (false))',
        (),
        ["u4", "u6"],
    ),
    # a null in a related row is neither a match nor the contrary of one
    (
        {"posts": {"every": {"content": "x"}}},
        (
            'NOT EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" '
            'AND NOT ("t1"."content" = $1::text))'
        ),
        ("x",),
        ["u4", "u6", "u7", "u8"],
    ),
    (
        {"posts": {"every": {"content": {"not": "rat"}}}},
        (
            'NOT EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" '
            'AND NOT ("t1"."content" <> $1::text))'
        ),
        ("rat",),
        ["u1", "u2", "u3", "u4", "u6", "u7", "u8"],
    ),
    (
        {"posts": {"none": {"content": "x"}}},
        (
            'NOT EXISTS (SELECT 1 FROM "Post" AS "t1" '
            'WHERE "t1"."authorId" = "t0"."id" AND "t1"."content" = $1::text)'
        ),
        ("x",),
        ["u1", "u2", "u3", "u4", "u5", "u6"],
    ),
    (
        {"NOT": [{"posts": {"every": {"content": "x"}}}]},
        (
            'EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" '
            'AND NOT ("t1"."content" = $1::text))'
        ),
        ("x",),
        ["u1", "u2", "u3", "u5"],
    ),
    (
        {"NOT": [{"posts": {"some": {"published": True}}}]},
        (
            'NOT EXISTS (SELECT 1 FROM "Post" AS "t1" '
            'WHERE "t1"."authorId" = "t0"."id" AND "t1"."published" = $1::bool)'
        ),
        (True,),
        ["u4", "u5", "u6"],
    ),
    (
        {"NOT": [{"posts": {"none": {"published": True}}}]},
        'EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" AND "t1"."published" = $1::bool)',
        (True,),
        ["u1", "u2", "u3", "u7", "u8"],
    ),
    # one related row
    (
        {"manager": {"is": {"age": 30}}},
        'EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId" AND "t1"."age" = $1::int4)',
        (30,),
        ["u2", "u3", "u4"],
    ),
    (
        {"manager": {"age": 30}},
        'EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId" AND "t1"."age" = $1::int4)',
        (30,),
        ["u2", "u3", "u4"],
    ),
    ({"manager": {"is": None}}, '"t0"."managerId" IS NULL', (), ["u1", "u5"]),
    ({"manager": None}, '"t0"."managerId" IS NULL', (), ["u1", "u5"]),
    ({"manager": {"is_not": None}}, '"t0"."managerId" IS NOT NULL', (), ["u2", "u3", "u4", "u6", "u7", "u8"]),
    (
        {"manager": {"is": {}}},
        'EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId")',
        (),
        ["u2", "u3", "u4", "u6", "u7", "u8"],
    ),
    (
        {"manager": {"is_not": {}}},
        'NOT EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId")',
        (),
        ["u1", "u5"],
    ),
    ({"manager": {}}, "", (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    (
        {"manager": {"is_not": {"age": 30}}},
        (
            'NOT EXISTS (SELECT 1 FROM "users" AS "t1" '
            'WHERE "t1"."id" = "t0"."managerId" AND ("t1"."age" = $1::int4) IS NOT FALSE)'
        ),
        (30,),
        ["u1", "u5", "u6", "u8"],
    ),
    (
        {"manager": {"is_not": {"email": "ann@x.com"}}},
        (
            'NOT EXISTS (SELECT 1 FROM "users" AS "t1" '
            'WHERE "t1"."id" = "t0"."managerId" AND "t1"."email" = $1::text)'
        ),
        ("ann@x.com",),
        ["u1", "u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"manager": {"is_not": {"age": None}}},
        'NOT EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId" AND "t1"."age" IS NULL)',
        (),
        ["u1", "u2", "u3", "u4", "u5", "u6", "u8"],
    ),
    (
        {"manager": {"is": {"age": 30}, "is_not": {"name": "Ann"}}},
        (
            '(EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId" AND "t1"."age" = $1::int4) '
            'AND NOT EXISTS (SELECT 1 FROM "users" AS "t2" '
            'WHERE "t2"."id" = "t0"."managerId" AND ("t2"."name" = $2::text) IS NOT FALSE))'
        ),
        (30, "Ann"),
        ["u4"],
    ),
    (
        {"manager": {"is": {"OR": []}}},
        'EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId" AND false)',
        (),
        [],
    ),
    (
        {"manager": {"is_not": {"OR": []}}},
        'NOT EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId" AND false)',
        (),
        ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"NOT": [{"manager": {"age": 30}}]},
        (
            'NOT EXISTS (SELECT 1 FROM "users" AS "t1" '
            'WHERE "t1"."id" = "t0"."managerId" AND ("t1"."age" = $1::int4) IS NOT FALSE)'
        ),
        (30,),
        ["u1", "u5", "u6", "u8"],
    ),
    (
        {"NOT": [{"manager": {"is_not": {"age": 30}}}]},
        'EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId" AND "t1"."age" = $1::int4)',
        (30,),
        ["u2", "u3", "u4"],
    ),
    (
        {"NOT": [{"NOT": [{"manager": {"age": 30}}]}]},
        'EXISTS (SELECT 1 FROM "users" AS "t1" WHERE "t1"."id" = "t0"."managerId" AND "t1"."age" = $1::int4)',
        (30,),
        ["u2", "u3", "u4"],
    ),
    ({"NOT": [{"manager": None}]}, '"t0"."managerId" IS NOT NULL', (), ["u2", "u3", "u4", "u6", "u7", "u8"]),
    ({"NOT": [{"manager": {"is_not": None}}]}, '"t0"."managerId" IS NULL', (), ["u1", "u5"]),
    # one related row that has the key
    (
        {"profile": None},
        'NOT EXISTS (SELECT 1 FROM "Profile" AS "t1" WHERE "t1"."userId" = "t0"."id")',
        (),
        ["u3", "u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"profile": {"is_not": None}},
        'EXISTS (SELECT 1 FROM "Profile" AS "t1" WHERE "t1"."userId" = "t0"."id")',
        (),
        ["u1", "u2"],
    ),
    (
        {"profile": {"bio": "bio ann"}},
        'EXISTS (SELECT 1 FROM "Profile" AS "t1" WHERE "t1"."userId" = "t0"."id" AND "t1"."bio" = $1::text)',
        ("bio ann",),
        ["u1"],
    ),
    (
        {"profile": {"is_not": {"bio": "bio ann"}}},
        'NOT EXISTS (SELECT 1 FROM "Profile" AS "t1" WHERE "t1"."userId" = "t0"."id" AND "t1"."bio" = $1::text)',
        ("bio ann",),
        ["u2", "u3", "u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"NOT": [{"profile": {"bio": "bio ann"}}]},
        'NOT EXISTS (SELECT 1 FROM "Profile" AS "t1" WHERE "t1"."userId" = "t0"."id" AND "t1"."bio" = $1::text)',
        ("bio ann",),
        ["u2", "u3", "u4", "u5", "u6", "u7", "u8"],
    ),
]


@pytest.mark.parametrize(("where", "condition", "parameters", "found"), USERS)
async def test_a_relation_filter_is_one_condition(
    filters: Filters, where: dict[str, Any], condition: str, parameters: tuple[Any, ...], found: list[Any]
) -> None:
    await filters.check("user", "users", where, condition, parameters, found)
