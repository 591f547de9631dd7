"""count and group_by: the statement as it is written, and the numbers it gives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from .support import Reader

Call = Callable[[Any], Awaitable[Any]]
ALL = 'SELECT count(*) AS "_all" FROM '
MOOD = """CASE "t0"."mood"::text WHEN 'HAPPY' THEN 'HAPPY' WHEN 'so-sad' THEN 'SAD' WHEN 'ANGRY' THEN 'ANGRY' END"""


def groups(*by: str, **arguments: Any) -> Call:
    return lambda client: client.user.group_by(list(by), **arguments)


COUNTS: list[tuple[dict[str, Any], str, Any]] = [
    ({}, f'{ALL}"users" AS "t0"', 8),
    ({"where": {"age": 30}}, f'{ALL}"users" AS "t0" WHERE "t0"."age" = $1::int4', 2),
    (
        {"take": 3, "skip": 6},
        f'{ALL}(SELECT "t1".* FROM "users" AS "t1" ORDER BY "t1"."id" ASC LIMIT $1::int8 OFFSET $2::int8) AS "t0"',
        2,
    ),
    (
        {"cursor": {"id": "u3"}, "take": -2},
        (
            f'{ALL}(SELECT "t1".* FROM "users" AS "t1" WHERE "t1"."id" <= (SELECT "t2"."id" FROM "users" AS "t2" '
            'WHERE "t2"."id" = $1::text) ORDER BY "t1"."id" DESC LIMIT $2::int8) AS "t0"'
        ),
        2,
    ),
    (
        {"select": {"_all": True, "name": True, "moods": True, "age": False}},
        'SELECT count(*) AS "_all", count("t0"."name") AS "name", count("t0"."moods") AS "moods" FROM "users" AS "t0"',
        {"_all": 8, "name": 7, "moods": 7},
    ),
    (
        {"select": {"age": True}, "take": 3},
        (
            'SELECT count("t0"."age") AS "age" FROM (SELECT "t1".* FROM "users" AS "t1" ORDER BY "t1"."id" ASC '
            'LIMIT $1::int8) AS "t0"'
        ),
        {"age": 2},
    ),
]


@pytest.mark.parametrize(("arguments", "sql", "answer"), COUNTS)
async def test_a_count_is_one_statement(
    reader: Reader, rows: Any, sent: list[Any], arguments: dict[str, Any], sql: str, answer: Any
) -> None:
    assert (await reader.write(lambda client: client.user.count(**arguments)))[0] == sql
    assert await rows.user.count(**arguments) == answer
    assert [event.sql for event in sent] == [sql]


async def test_a_count_of_a_page_beyond_the_end_is_zero(rows: Any) -> None:
    assert await rows.user.count(skip=30) == 0
    assert await rows.user.count(take=0) == 0
    assert await rows.user.count(cursor={"id": "nobody"}) == 0


GROUPS: list[tuple[Call, str, Any]] = [
    (
        groups("age", order={"age": "asc"}, where={"age": {"gt": 30}}),
        (
            'SELECT "t0"."age" AS "age" FROM "users" AS "t0" WHERE "t0"."age" > $1::int4 GROUP BY "t0"."age" '
            'ORDER BY "t0"."age" ASC'
        ),
        [{"age": 40}, {"age": 41}, {"age": 42}],
    ),
    (
        groups("mood", count=True, order={"mood": "asc"}),
        (
            f'SELECT {MOOD} AS "mood", count(*) AS "_count._all" FROM "users" AS "t0" GROUP BY "t0"."mood" '
            'ORDER BY "t0"."mood" ASC'
        ),
        [
            {"mood": "HAPPY", "_count": {"_all": 5}},
            {"mood": "SAD", "_count": {"_all": 2}},
            {"mood": "ANGRY", "_count": {"_all": 1}},
        ],
    ),
    (
        groups("age", having={"age": {"_count": {"gt": 1}}}, order={"age": "asc"}),
        (
            'SELECT "t0"."age" AS "age" FROM "users" AS "t0" GROUP BY "t0"."age" HAVING count("t0"."age") > $1::int8 '
            'ORDER BY "t0"."age" ASC'
        ),
        [{"age": 30}, {"age": 40}],
    ),
    (
        groups("mood", having={"age": {"_count": {"in": [1, 2]}}}, order={"mood": "asc"}),
        (
            f'SELECT {MOOD} AS "mood" FROM "users" AS "t0" GROUP BY "t0"."mood" HAVING count("t0"."age") = '
            'ANY($1::int8[]) ORDER BY "t0"."mood" ASC'
        ),
        [{"mood": "SAD"}],
    ),
    (
        groups("mood", having={"age": {"_avg": {"equals": None}}}, order={"mood": "asc"}),
        (
            f'SELECT {MOOD} AS "mood" FROM "users" AS "t0" GROUP BY "t0"."mood" HAVING avg("t0"."age") IS NULL '
            'ORDER BY "t0"."mood" ASC'
        ),
        [{"mood": "ANGRY"}],
    ),
    (
        groups(
            "mood",
            having={"OR": [{"age": {"_max": {"lt": 31}}}, {"NOT": [{"mood": {"not": "HAPPY"}}]}]},
            order={"mood": "desc"},
            take=1,
            skip=1,
        ),
        (
            f'SELECT {MOOD} AS "mood" FROM "users" AS "t0" GROUP BY "t0"."mood" HAVING (max("t0"."age") < $1::int4 OR '
            'NOT ("t0"."mood" <> $2::text::"moods")) ORDER BY "t0"."mood" DESC LIMIT $3::int8 OFFSET $4::int8'
        ),
        [{"mood": "HAPPY"}],
    ),
    (
        groups("mood", having={"age": {"_max": {"not": {"in": [42]}}}}, order={"mood": "asc"}),
        (
            f'SELECT {MOOD} AS "mood" FROM "users" AS "t0" GROUP BY "t0"."mood" HAVING NOT (max("t0"."age") = '
            'ANY($1::int4[])) ORDER BY "t0"."mood" ASC'
        ),
        [{"mood": "SAD"}],
    ),
    (
        groups("mood", order={"mood": "asc"}, take=-2),
        f'SELECT {MOOD} AS "mood" FROM "users" AS "t0" GROUP BY "t0"."mood" ORDER BY "t0"."mood" DESC LIMIT $1::int8',
        [{"mood": "ANGRY"}, {"mood": "SAD"}],
    ),
    (
        groups("mood", count=True, order={"_count": {"mood": "desc"}}),
        (
            f'SELECT {MOOD} AS "mood", count(*) AS "_count._all" FROM "users" AS "t0" GROUP BY "t0"."mood" '
            'ORDER BY count("t0"."mood") DESC'
        ),
        [
            {"mood": "HAPPY", "_count": {"_all": 5}},
            {"mood": "SAD", "_count": {"_all": 2}},
            {"mood": "ANGRY", "_count": {"_all": 1}},
        ],
    ),
]


@pytest.mark.parametrize(("call", "sql", "answer"), GROUPS)
async def test_groups_are_one_statement(
    reader: Reader, rows: Any, sent: list[Any], call: Call, sql: str, answer: Any
) -> None:
    assert (await reader.write(call))[0] == sql
    assert await call(rows) == answer
    assert [event.sql for event in sent] == [sql]


async def test_groups_hold_every_function_in_the_types_of_the_client(rows: Any) -> None:
    found = await rows.user.group_by(
        ["mood"],
        count={"_all": True, "name": True},
        sum={"age": True},
        avg={"age": True},
        min={"age": True, "name": True, "createdAt": True, "mood": True},
        max={"age": True, "mood": True},
        where={"mood": "SAD"},
    )
    assert found == [
        {
            "mood": "SAD",
            "_count": {"_all": 2, "name": 2},
            "_sum": {"age": 55},
            "_avg": {"age": 27.5},
            "_min": {"age": 25, "name": "EVE", "createdAt": datetime(2024, 1, 2, tzinfo=UTC), "mood": "SAD"},
            "_max": {"age": 30, "mood": "SAD"},
        }
    ]
    assert type(found[0]["_sum"]["age"]) is int
    assert type(found[0]["_avg"]["age"]) is float


async def test_sums_are_exact(rows: Any) -> None:
    numbers = {"exact": True, "big": True, "float": True, "real": True}
    found = await rows.sample.group_by(
        ["flag"], sum=numbers, max={"day": True, "clock": True}, where={"id": 1}
    )
    assert found == [
        {
            "flag": True,
            "_sum": {
                "exact": Decimal("12345678901234.123456"),
                "big": 9007199254740993,
                "float": 1.5,
                "real": 1.1,
            },
            "_max": {
                "day": datetime(2024, 1, 1, tzinfo=UTC),
                "clock": datetime(1970, 1, 1, 10, 11, 12, 123000, tzinfo=UTC),
            },
        }
    ]
    totals = await rows.post.group_by(["authorId"], sum={"views": True}, where={"authorId": "u2"})
    assert totals == [{"authorId": "u2", "_sum": {"views": 9007199254741013}}]
