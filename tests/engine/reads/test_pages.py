"""Order, take, skip, cursor and distinct: the tail of the statement as it is written, and the rows it gives.

Every answer was compared with that of Prisma Client JS 6.19 on the same rows; where rows tie, ours adds the id.
"""

from __future__ import annotations

from typing import Any

import pytest

from .support import Reader, ids

# the arguments, the statement from FROM on, its parameters, the ids in order
Row = tuple[dict[str, Any], str, tuple[Any, ...], list[Any]]

PAGES: list[Row] = [
    # a page with no order is in the order of ids
    ({"take": 2}, '"users" AS "t0" ORDER BY "t0"."id" ASC LIMIT $1::int8', (2,), ["u1", "u2"]),
    (
        {"take": 2, "skip": 1},
        '"users" AS "t0" ORDER BY "t0"."id" ASC LIMIT $1::int8 OFFSET $2::int8',
        (2, 1),
        ["u2", "u3"],
    ),
    ({"skip": 6}, '"users" AS "t0" ORDER BY "t0"."id" ASC OFFSET $1::int8', (6,), ["u7", "u8"]),
    ({"take": 0}, '"users" AS "t0" ORDER BY "t0"."id" ASC LIMIT $1::int8', (0,), []),
    (
        {"skip": 0},
        '"users" AS "t0" ORDER BY "t0"."id" ASC OFFSET $1::int8',
        (0,),
        ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"],
    ),
    # a negative take counts from the end, and skip with it
    ({"take": -2}, '"users" AS "t0" ORDER BY "t0"."id" DESC LIMIT $1::int8', (2,), ["u7", "u8"]),
    (
        {"take": -2, "skip": 1},
        '"users" AS "t0" ORDER BY "t0"."id" DESC LIMIT $1::int8 OFFSET $2::int8',
        (2, 1),
        ["u6", "u7"],
    ),
    (
        {"take": -2, "order": {"name": "asc"}},
        '"users" AS "t0" ORDER BY "t0"."name" DESC LIMIT $1::int8',
        (2,),
        ["u6", "u3"],
    ),
    (
        {"take": -3, "skip": 2, "order": [{"age": "desc"}, {"id": "desc"}]},
        '"users" AS "t0" ORDER BY "t0"."age" ASC, "t0"."id" ASC LIMIT $1::int8 OFFSET $2::int8',
        (3, 2),
        ["u6", "u4", "u2"],
    ),
    # order by several fields, nulls where they are wanted
    (
        {"order": [{"age": "desc"}, {"name": "asc"}]},
        '"users" AS "t0" ORDER BY "t0"."age" DESC, "t0"."name" ASC',
        (),
        ["u3", "u8", "u7", "u4", "u6", "u1", "u2", "u5"],
    ),
    (
        {"order": {"age": {"sort": "asc", "nulls": "first"}}, "take": 2},
        '"users" AS "t0" ORDER BY "t0"."age" ASC NULLS FIRST LIMIT $1::int8',
        (2,),
        ["u3", "u5"],
    ),
    (
        {"order": {"age": {"sort": "desc", "nulls": "last"}}, "take": 2},
        '"users" AS "t0" ORDER BY "t0"."age" DESC NULLS LAST LIMIT $1::int8',
        (2,),
        ["u8", "u7"],
    ),
    (
        {"order": {"age": {"sort": "asc", "nulls": "first"}}, "take": -2},
        '"users" AS "t0" ORDER BY "t0"."age" DESC NULLS LAST LIMIT $1::int8',
        (2,),
        ["u7", "u8"],
    ),
    (
        {"order": {"mood": "asc"}, "take": 1},
        '"users" AS "t0" ORDER BY "t0"."mood" ASC LIMIT $1::int8',
        (1,),
        ["u1"],
    ),
    ({"order": []}, '"users" AS "t0"', (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    # a cursor begins with its row; one that names no row finds nothing
    (
        {"cursor": {"id": "u3"}},
        (
            '"users" AS "t0" WHERE "t0"."id" >= (SELECT "t1"."id" FROM "users" AS "t1" '
            'WHERE "t1"."id" = $1::text) ORDER BY "t0"."id" ASC'
        ),
        ("u3",),
        ["u3", "u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"cursor": {"id": "u3"}, "take": 2, "skip": 1},
        (
            '"users" AS "t0" WHERE "t0"."id" >= (SELECT "t1"."id" FROM "users" AS "t1" '
            'WHERE "t1"."id" = $1::text) ORDER BY "t0"."id" ASC LIMIT $2::int8 OFFSET $3::int8'
        ),
        ("u3", 2, 1),
        ["u4", "u5"],
    ),
    (
        {"cursor": {"id": "u3"}, "take": -2},
        (
            '"users" AS "t0" WHERE "t0"."id" <= (SELECT "t1"."id" FROM "users" AS "t1" '
            'WHERE "t1"."id" = $1::text) ORDER BY "t0"."id" DESC LIMIT $2::int8'
        ),
        ("u3", 2),
        ["u2", "u3"],
    ),
    (
        {"cursor": {"id": "u3"}, "take": -2, "skip": 1},
        (
            '"users" AS "t0" WHERE "t0"."id" <= (SELECT "t1"."id" FROM "users" AS "t1" '
            'WHERE "t1"."id" = $1::text) ORDER BY "t0"."id" DESC LIMIT $2::int8 OFFSET $3::int8'
        ),
        ("u3", 2, 1),
        ["u1", "u2"],
    ),
    (
        {"cursor": {"id": "zz"}, "take": 2},
        (
            '"users" AS "t0" WHERE "t0"."id" >= (SELECT "t1"."id" FROM "users" AS "t1" '
            'WHERE "t1"."id" = $1::text) ORDER BY "t0"."id" ASC LIMIT $2::int8'
        ),
        ("zz", 2),
        [],
    ),
    (
        {"cursor": {"email": "cem@x.com"}},
        (
            '"users" AS "t0" WHERE "t0"."id" >= (SELECT "t1"."id" FROM "users" AS "t1" '
            'WHERE "t1"."email" = $1::text) ORDER BY "t0"."id" ASC'
        ),
        ("cem@x.com",),
        ["u3", "u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"cursor": {"email": "cem@x.com"}, "order": {"email": "desc"}, "take": 2},
        (
            '"users" AS "t0" WHERE "t0"."email" <= (SELECT "t1"."email" FROM "users" AS "t1" '
            'WHERE "t1"."email" = $1::text) ORDER BY "t0"."email" DESC LIMIT $2::int8'
        ),
        ("cem@x.com", 2),
        ["u3", "u2"],
    ),
    (
        {"cursor": {"id": "u3"}, "take": 0},
        (
            '"users" AS "t0" WHERE "t0"."id" >= (SELECT "t1"."id" FROM "users" AS "t1" '
            'WHERE "t1"."id" = $1::text) ORDER BY "t0"."id" ASC LIMIT $2::int8'
        ),
        ("u3", 0),
        [],
    ),
    # a cursor in an order with ties and nulls
    (
        {"cursor": {"id": "u2"}, "order": {"age": "asc"}, "take": 3},
        (
            '"users" AS "t0" WHERE EXISTS (SELECT 1 FROM "users" AS "t4" WHERE "t4"."id" = $1::text) '
            'AND ((("t0"."age" > (SELECT "t1"."age" FROM "users" AS "t1" WHERE "t1"."id" = $1::text) '
            'OR ("t0"."age" IS NULL AND (SELECT "t1"."age" FROM "users" AS "t1" '
            'WHERE "t1"."id" = $1::text) IS NOT NULL))) '
            'OR ("t0"."age" IS NOT DISTINCT FROM (SELECT "t2"."age" FROM "users" AS "t2" '
            'WHERE "t2"."id" = $1::text) AND "t0"."id" >= (SELECT "t3"."id" FROM "users" AS "t3" '
            'WHERE "t3"."id" = $1::text))) ORDER BY "t0"."age" ASC, "t0"."id" ASC LIMIT $2::int8'
        ),
        ("u2", 3),
        ["u2", "u4", "u6"],
    ),
    (
        {"cursor": {"id": "u2"}, "order": {"age": "desc"}, "take": 3},
        (
            '"users" AS "t0" WHERE EXISTS (SELECT 1 FROM "users" AS "t4" WHERE "t4"."id" = $1::text) '
            'AND ((("t0"."age" < (SELECT "t1"."age" FROM "users" AS "t1" WHERE "t1"."id" = $1::text) '
            'OR ((SELECT "t1"."age" FROM "users" AS "t1" WHERE "t1"."id" = $1::text) IS NULL '
            'AND "t0"."age" IS NOT NULL))) '
            'OR ("t0"."age" IS NOT DISTINCT FROM (SELECT "t2"."age" FROM "users" AS "t2" '
            'WHERE "t2"."id" = $1::text) AND "t0"."id" >= (SELECT "t3"."id" FROM "users" AS "t3" '
            'WHERE "t3"."id" = $1::text))) ORDER BY "t0"."age" DESC, "t0"."id" ASC LIMIT $2::int8'
        ),
        ("u2", 3),
        ["u2", "u5"],
    ),
    (
        {"cursor": {"id": "u3"}, "order": {"age": "asc"}},
        (
            '"users" AS "t0" WHERE EXISTS (SELECT 1 FROM "users" AS "t4" WHERE "t4"."id" = $1::text) '
            'AND ((("t0"."age" > (SELECT "t1"."age" FROM "users" AS "t1" WHERE "t1"."id" = $1::text) '
            'OR ("t0"."age" IS NULL AND (SELECT "t1"."age" FROM "users" AS "t1" '
            'WHERE "t1"."id" = $1::text) IS NOT NULL))) '
            'OR ("t0"."age" IS NOT DISTINCT FROM (SELECT "t2"."age" FROM "users" AS "t2" '
            'WHERE "t2"."id" = $1::text) AND "t0"."id" >= (SELECT "t3"."id" FROM "users" AS "t3" '
            'WHERE "t3"."id" = $1::text))) ORDER BY "t0"."age" ASC, "t0"."id" ASC'
        ),
        ("u3",),
        ["u3"],
    ),
    (
        {"cursor": {"id": "u3"}, "order": {"age": "desc"}, "take": 3},
        (
            '"users" AS "t0" WHERE EXISTS (SELECT 1 FROM "users" AS "t4" WHERE "t4"."id" = $1::text) '
            'AND ((("t0"."age" < (SELECT "t1"."age" FROM "users" AS "t1" WHERE "t1"."id" = $1::text) '
            'OR ((SELECT "t1"."age" FROM "users" AS "t1" WHERE "t1"."id" = $1::text) IS NULL '
            'AND "t0"."age" IS NOT NULL))) '
            'OR ("t0"."age" IS NOT DISTINCT FROM (SELECT "t2"."age" FROM "users" AS "t2" '
            'WHERE "t2"."id" = $1::text) AND "t0"."id" >= (SELECT "t3"."id" FROM "users" AS "t3" '
            'WHERE "t3"."id" = $1::text))) ORDER BY "t0"."age" DESC, "t0"."id" ASC LIMIT $2::int8'
        ),
        ("u3", 3),
        ["u3", "u8", "u7"],
    ),
    (
        {
            "cursor": {"id": "u4"},
            "order": [{"age": {"sort": "asc", "nulls": "first"}}, {"id": "desc"}],
            "take": -3,
        },
        (
            '"users" AS "t0" WHERE EXISTS (SELECT 1 FROM "users" AS "t4" WHERE "t4"."id" = $1::text) '
            'AND ((("t0"."age" < (SELECT "t1"."age" FROM "users" AS "t1" WHERE "t1"."id" = $1::text) '
            'OR ("t0"."age" IS NULL AND (SELECT "t1"."age" FROM "users" AS "t1" '
            'WHERE "t1"."id" = $1::text) IS NOT NULL))) '
            'OR ("t0"."age" IS NOT DISTINCT FROM (SELECT "t2"."age" FROM "users" AS "t2" '
            'WHERE "t2"."id" = $1::text) AND "t0"."id" >= (SELECT "t3"."id" FROM "users" AS "t3" '
            'WHERE "t3"."id" = $1::text))) ORDER BY "t0"."age" DESC NULLS LAST, "t0"."id" ASC LIMIT $2::int8'
        ),
        ("u4", 3),
        ["u1", "u6", "u4"],
    ),
    (
        {"cursor": {"id": "u2"}, "order": [{"mood": "asc"}, {"createdAt": "desc"}, {"id": "asc"}], "take": 3},
        (
            '"users" AS "t0" WHERE "t0"."mood" >= (SELECT "t7"."mood" FROM "users" AS "t7" '
            'WHERE "t7"."id" = $1::text) AND (("t0"."mood" > (SELECT "t1"."mood" FROM "users" AS "t1" '
            'WHERE "t1"."id" = $1::text)) OR ("t0"."mood" = (SELECT "t2"."mood" FROM "users" AS "t2" '
            'WHERE "t2"."id" = $1::text) AND "t0"."created_at" < (SELECT "t3"."created_at" FROM "users" AS "t3" '
            'WHERE "t3"."id" = $1::text)) OR ("t0"."mood" = (SELECT "t4"."mood" FROM "users" AS "t4" '
            'WHERE "t4"."id" = $1::text) AND "t0"."created_at" = (SELECT "t5"."created_at" FROM "users" AS "t5" '
            'WHERE "t5"."id" = $1::text) AND "t0"."id" >= (SELECT "t6"."id" FROM "users" AS "t6" '
            'WHERE "t6"."id" = $1::text))) '
            'ORDER BY "t0"."mood" ASC, "t0"."created_at" DESC, "t0"."id" ASC LIMIT $2::int8'
        ),
        ("u2", 3),
        ["u2", "u3"],
    ),
    # distinct keeps the first row of each, before skip and take
    (
        {"distinct": ["age"]},
        (
            '(SELECT "t0".*, row_number() OVER (PARTITION BY "t0"."age" '
            'ORDER BY "t0"."id" ASC) AS "distinct" FROM "users" AS "t0") AS "t0" WHERE "t0"."distinct" = 1 '
            'ORDER BY "t0"."id" ASC'
        ),
        (),
        ["u1", "u3", "u4", "u5", "u7", "u8"],
    ),
    (
        {"distinct": ["age"], "take": 2, "skip": 1, "order": {"id": "asc"}},
        (
            '(SELECT "t0".*, row_number() OVER (PARTITION BY "t0"."age" '
            'ORDER BY "t0"."id" ASC) AS "distinct" FROM "users" AS "t0") AS "t0" WHERE "t0"."distinct" = 1 '
            'ORDER BY "t0"."id" ASC LIMIT $1::int8 OFFSET $2::int8'
        ),
        (2, 1),
        ["u3", "u4"],
    ),
    (
        {"distinct": ["age", "mood"], "order": {"id": "desc"}},
        (
            '(SELECT "t0".*, row_number() OVER (PARTITION BY "t0"."age", "t0"."mood" '
            'ORDER BY "t0"."id" DESC) AS "distinct" FROM "users" AS "t0") AS "t0" WHERE "t0"."distinct" = 1 '
            'ORDER BY "t0"."id" DESC'
        ),
        (),
        ["u8", "u7", "u6", "u5", "u3", "u2", "u1"],
    ),
    (
        {"distinct": ["mood"], "order": {"age": "desc"}, "take": 2},
        (
            '(SELECT "t0".*, row_number() OVER (PARTITION BY "t0"."mood" '
            'ORDER BY "t0"."age" DESC, "t0"."id" ASC) AS "distinct" FROM "users" AS "t0") AS "t0" '
            'WHERE "t0"."distinct" = 1 ORDER BY "t0"."age" DESC, "t0"."id" ASC LIMIT $1::int8'
        ),
        (2,),
        ["u3", "u8"],
    ),
    (
        {"distinct": ["age"], "take": -2, "order": {"id": "asc"}},
        (
            '(SELECT "t0".*, row_number() OVER (PARTITION BY "t0"."age" '
            'ORDER BY "t0"."id" DESC) AS "distinct" FROM "users" AS "t0") AS "t0" WHERE "t0"."distinct" = 1 '
            'ORDER BY "t0"."id" DESC LIMIT $1::int8'
        ),
        (2,),
        ["u7", "u8"],
    ),
    (
        {"distinct": ["age"], "cursor": {"id": "u2"}, "order": {"id": "asc"}},
        (
            '(SELECT "t0".*, row_number() OVER (PARTITION BY "t0"."age" '
            'ORDER BY "t0"."id" ASC) AS "distinct" FROM "users" AS "t0" '
            'WHERE "t0"."id" >= (SELECT "t1"."id" FROM "users" AS "t1" WHERE "t1"."id" = $1::text)) AS "t0" '
            'WHERE "t0"."distinct" = 1 ORDER BY "t0"."id" ASC'
        ),
        ("u2",),
        ["u2", "u3", "u4", "u5", "u7", "u8"],
    ),
    (
        {"distinct": ["age"], "where": {"mood": "HAPPY"}},
        (
            '(SELECT "t0".*, row_number() OVER (PARTITION BY "t0"."age" '
            'ORDER BY "t0"."id" ASC) AS "distinct" FROM "users" AS "t0" '
            'WHERE "t0"."mood" = $1::text::"moods") AS "t0" WHERE "t0"."distinct" = 1 ORDER BY "t0"."id" ASC'
        ),
        ("HAPPY",),
        ["u1", "u4", "u7", "u8"],
    ),
    (
        {"distinct": ["moods"]},
        (
            '(SELECT "t0".*, row_number() OVER (PARTITION BY "t0"."moods" '
            'ORDER BY "t0"."id" ASC) AS "distinct" FROM "users" AS "t0") AS "t0" WHERE "t0"."distinct" = 1 '
            'ORDER BY "t0"."id" ASC'
        ),
        (),
        ["u1", "u2", "u3", "u4", "u5", "u6"],
    ),
    ({"distinct": [], "take": 1}, '"users" AS "t0" ORDER BY "t0"."id" ASC LIMIT $1::int8', (1,), ["u1"]),
]


@pytest.mark.parametrize(("arguments", "tail", "parameters", "found"), PAGES)
async def test_a_page_is_one_statement(
    reader: Reader,
    rows: Any,
    sent: list[Any],
    arguments: dict[str, Any],
    tail: str,
    parameters: tuple[Any, ...],
    found: list[Any],
) -> None:
    def call(client: Any) -> Any:
        return client.user.find_many(**arguments)

    sql, values = await reader.write(call)
    assert sql.endswith(f' AS "managerId" FROM {tail}')
    assert values == parameters
    assert ids(await call(rows)) == found
    assert [(event.sql, event.parameters) for event in sent] == [(sql, parameters)]


async def test_a_list_that_is_null_stands_among_the_others_under_a_cursor(db: Any) -> None:
    await db.user.create({"id": "u1", "email": "a@x", "moods": ["SAD"]})
    await db.user.create({"id": "u2", "email": "b@x"})  # the column stays null
    order = [{"moods": "asc"}, {"id": "asc"}]
    assert [user.id for user in await db.user.find_many(cursor={"id": "u1"}, order=order)] == ["u1", "u2"]
    assert [user.id for user in await db.user.find_many(cursor={"id": "u2"}, order=order)] == ["u2"]
