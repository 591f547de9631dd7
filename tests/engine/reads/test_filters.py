"""Filters over scalars and lists: the condition as it is written, and the rows it finds.

Every answer was compared with that of Prisma Client JS 6.19 on the same rows; where ours differs,
docs/compatibility.md says why.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from .support import Filters, naive

# where, the condition in SQL, its parameters, the ids found
Row = tuple[dict[str, Any], str, tuple[Any, ...], list[Any]]

USERS: list[Row] = [
    # null is neither equal nor different
    ({}, "", (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    ({"age": 30}, '"t0"."age" = $1::int4', (30,), ["u1", "u2"]),
    ({"age": {"equals": 30}}, '"t0"."age" = $1::int4', (30,), ["u1", "u2"]),
    ({"age": {"not": 30}}, '"t0"."age" <> $1::int4', (30,), ["u4", "u5", "u6", "u7", "u8"]),
    ({"age": None}, '"t0"."age" IS NULL', (), ["u3"]),
    ({"age": {"not": None}}, '"t0"."age" IS NOT NULL', (), ["u1", "u2", "u4", "u5", "u6", "u7", "u8"]),
    (
        {"age": {"not": {"equals": None}}},
        '"t0"."age" IS NOT NULL',
        (),
        ["u1", "u2", "u4", "u5", "u6", "u7", "u8"],
    ),
    ({"name": {"equals": None}, "age": None}, '("t0"."name" IS NULL AND "t0"."age" IS NULL)', (), ["u3"]),
    # lists of values, empty ones too
    ({"age": {"in": [30, 25]}}, '"t0"."age" = ANY($1::int4[])', ([30, 25],), ["u1", "u2", "u5"]),
    ({"age": {"in": []}}, '"t0"."age" = ANY($1::int4[])', ([],), []),
    ({"age": {"not_in": [30]}}, '"t0"."age" <> ALL($1::int4[])', ([30],), ["u4", "u5", "u6", "u7", "u8"]),
    (
        {"age": {"not_in": []}},
        '"t0"."age" <> ALL($1::int4[])',
        ([],),
        ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"],
    ),
    ({"age": {"in": None}}, '"t0"."age" IS NULL', (), ["u3"]),
    ({"age": {"not_in": None}}, '"t0"."age" IS NOT NULL', (), ["u1", "u2", "u4", "u5", "u6", "u7", "u8"]),
    (
        {"age": {"not": {"in": [30]}}},
        'NOT ("t0"."age" = ANY($1::int4[]))',
        ([30],),
        ["u4", "u5", "u6", "u7", "u8"],
    ),
    # comparisons; of several in a not, each is turned
    (
        {"age": {"gt": 26, "lt": 41}},
        '("t0"."age" > $1::int4 AND "t0"."age" < $2::int4)',
        (26, 41),
        ["u1", "u2", "u4", "u6"],
    ),
    ({"age": {"gte": 40}}, '"t0"."age" >= $1::int4', (40,), ["u4", "u6", "u7", "u8"]),
    ({"age": {"lte": 25}}, '"t0"."age" <= $1::int4', (25,), ["u5"]),
    (
        {"age": {"gt": 26, "not": 40}},
        '("t0"."age" > $1::int4 AND "t0"."age" <> $2::int4)',
        (26, 40),
        ["u1", "u2", "u7", "u8"],
    ),
    ({"age": {"not": {"lt": 35}}}, 'NOT ("t0"."age" < $1::int4)', (35,), ["u4", "u6", "u7", "u8"]),
    (
        {"age": {"not": {"gt": 26, "lt": 35}}},
        '(NOT ("t0"."age" > $1::int4) AND NOT ("t0"."age" < $2::int4))',
        (26, 35),
        [],
    ),
    ({"age": {"not": {"not": 30}}}, '"t0"."age" <> $1::int4', (30,), ["u4", "u5", "u6", "u7", "u8"]),
    (
        {"age": {"not": {"not": {"gt": 26}}}},
        '"t0"."age" > $1::int4',
        (26,),
        ["u1", "u2", "u4", "u6", "u7", "u8"],
    ),
    ({"age": {}}, "", (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    # AND, OR and NOT; empty filters are left out, an outermost empty OR finds nothing
    ({"AND": []}, "", (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    ({"OR": []}, "false", (), []),
    ({"NOT": []}, "", (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    ({"AND": [{"OR": []}]}, "", (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    ({"OR": [{}]}, "false", (), []),
    ({"OR": [{"age": 30}, {}]}, '"t0"."age" = $1::int4', (30,), ["u1", "u2"]),
    ({"NOT": [{}]}, "", (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    ({"NOT": [{"OR": []}]}, "", (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    ({"OR": [{"AND": []}]}, "false", (), []),
    ({"NOT": [{"age": {}}]}, "", (), ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"]),
    ({"AND": {"age": 30}}, '"t0"."age" = $1::int4', (30,), ["u1", "u2"]),
    ({"NOT": {"age": 30}}, 'NOT ("t0"."age" = $1::int4)', (30,), ["u4", "u5", "u6", "u7", "u8"]),
    (
        {"AND": [{"age": 30}, {"name": "Ann"}]},
        '("t0"."age" = $1::int4 AND "t0"."name" = $2::text)',
        (30, "Ann"),
        ["u1"],
    ),
    (
        {"OR": [{"age": 30}, {"name": "EVE"}]},
        '("t0"."age" = $1::int4 OR "t0"."name" = $2::text)',
        (30, "EVE"),
        ["u1", "u2", "u5"],
    ),
    (
        {"NOT": [{"age": 30}, {"name": "EVE"}]},
        '(NOT ("t0"."age" = $1::int4) AND NOT ("t0"."name" = $2::text))',
        (30, "EVE"),
        ["u4", "u6", "u7", "u8"],
    ),
    (
        {"NOT": [{"AND": [{"age": 30}, {"name": "Ann"}]}]},
        'NOT (("t0"."age" = $1::int4 AND "t0"."name" = $2::text))',
        (30, "Ann"),
        ["u2", "u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"NOT": [{"OR": [{"age": 30}, {"name": "EVE"}]}]},
        'NOT (("t0"."age" = $1::int4 OR "t0"."name" = $2::text))',
        (30, "EVE"),
        ["u4", "u6", "u7", "u8"],
    ),
    ({"NOT": [{"age": {"not": 30}}]}, 'NOT ("t0"."age" <> $1::int4)', (30,), ["u1", "u2"]),
    ({"NOT": [{"age": {"not": None}}]}, '"t0"."age" IS NULL', (), ["u3"]),
    (
        {"age": {"gt": 26}, "AND": [{"OR": [{"name": "bob"}, {"NOT": [{"mood": "HAPPY"}]}]}]},
        '("t0"."age" > $1::int4 AND ("t0"."name" = $2::text OR NOT ("t0"."mood" = $3::text::"moods")))',
        (26, "bob", "HAPPY"),
        ["u2"],
    ),
    # text; the wildcards of LIKE are the characters themselves
    ({"name": {"contains": "%"}}, '"t0"."name"::text LIKE $1::text', ("%\\%%",), ["u4"]),
    ({"name": {"contains": "_"}}, '"t0"."name"::text LIKE $1::text', ("%\\_%",), ["u4"]),
    ({"name": {"contains": "\\"}}, '"t0"."name"::text LIKE $1::text', ("%\\\\%",), ["u4"]),
    ({"name": {"startswith": "100%"}}, '"t0"."name"::text LIKE $1::text', ("100\\%%",), ["u4"]),
    ({"name": {"endswith": "_\\x"}}, '"t0"."name"::text LIKE $1::text', ("%\\_\\\\x",), ["u4"]),
    (
        {"name": {"contains": ""}},
        '"t0"."name"::text LIKE $1::text',
        ("%%",),
        ["u1", "u2", "u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"name": {"not": {"contains": "n"}}},
        'NOT ("t0"."name"::text LIKE $1::text)',
        ("%n%",),
        ["u2", "u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"name": {"not": {"startswith": "A", "endswith": "b"}}},
        '(NOT ("t0"."name"::text LIKE $1::text) AND NOT ("t0"."name"::text LIKE $2::text))',
        ("A%", "%b"),
        ["u4", "u5", "u6", "u7", "u8"],
    ),
    ({"name": {"lt": "a"}}, '"t0"."name" < $1::text', ("a",), ["u1", "u4", "u5"]),
    # upper and lower case
    (
        {"name": {"equals": "ANN", "mode": "insensitive"}},
        'lower("t0"."name") = lower($1::text)',
        ("ANN",),
        ["u1"],
    ),
    ({"name": {"equals": "a%", "mode": "insensitive"}}, 'lower("t0"."name") = lower($1::text)', ("a%",), []),
    (
        {"name": {"not": "ANN", "mode": "insensitive"}},
        'lower("t0"."name") <> lower($1::text)',
        ("ANN",),
        ["u2", "u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"name": {"in": ["ANN", "BOB"], "mode": "insensitive"}},
        'lower("t0"."name") = ANY(SELECT lower("v") FROM unnest($1::text[]) AS "v")',
        (["ANN", "BOB"],),
        ["u1", "u2"],
    ),
    (
        {"name": {"not_in": ["ANN", "BOB"], "mode": "insensitive"}},
        'lower("t0"."name") <> ALL(SELECT lower("v") FROM unnest($1::text[]) AS "v")',
        (["ANN", "BOB"],),
        ["u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"name": {"contains": "B", "mode": "insensitive"}},
        '"t0"."name"::text ILIKE $1::text',
        ("%B%",),
        ["u2"],
    ),
    (
        {"name": {"startswith": "e", "mode": "insensitive"}},
        '"t0"."name"::text ILIKE $1::text',
        ("e%",),
        ["u5"],
    ),
    ({"name": {"endswith": "E", "mode": "insensitive"}}, '"t0"."name"::text ILIKE $1::text', ("%E",), ["u5"]),
    (
        {"name": {"lt": "BOB", "mode": "insensitive"}},
        'lower("t0"."name") < lower($1::text)',
        ("BOB",),
        ["u1", "u4"],
    ),
    (
        {"name": {"gte": "gus", "mode": "insensitive"}},
        'lower("t0"."name") >= lower($1::text)',
        ("gus",),
        ["u6", "u7", "u8"],
    ),
    (
        {"name": {"not": {"contains": "A"}, "mode": "insensitive"}},
        'NOT ("t0"."name"::text ILIKE $1::text)',
        ("%A%",),
        ["u2", "u4", "u5", "u6", "u7"],
    ),
    (
        {"name": {"not": {"in": ["ANN"]}, "mode": "insensitive"}},
        'NOT (lower("t0"."name") = ANY(SELECT lower("v") FROM unnest($1::text[]) AS "v"))',
        (["ANN"],),
        ["u2", "u4", "u5", "u6", "u7", "u8"],
    ),
    ({"name": {"equals": "ANN", "mode": "default"}}, '"t0"."name" = $1::text', ("ANN",), []),
    (
        {"email": {"equals": "eve@x.COM", "mode": "insensitive"}},
        'lower("t0"."email") = lower($1::text)',
        ("eve@x.COM",),
        ["u5"],
    ),
    # enums, by their names in the schema
    ({"mood": "SAD"}, '"t0"."mood" = $1::text::"moods"', ("so-sad",), ["u2", "u5"]),
    (
        {"mood": {"in": ["SAD", "ANGRY"]}},
        '"t0"."mood" = ANY($1::text[]::text::"moods"[])',
        (["so-sad", "ANGRY"],),
        ["u2", "u3", "u5"],
    ),
    (
        {"mood": {"not": "SAD"}},
        '"t0"."mood" <> $1::text::"moods"',
        ("so-sad",),
        ["u1", "u3", "u4", "u6", "u7", "u8"],
    ),
    (
        {"mood": {"not_in": ["SAD"]}},
        '"t0"."mood" <> ALL($1::text[]::text::"moods"[])',
        (["so-sad"],),
        ["u1", "u3", "u4", "u6", "u7", "u8"],
    ),
    # lists in a column; a list that is null is not an empty one
    ({"moods": {"has": "HAPPY"}}, '"t0"."moods" @> ARRAY[$1::text::"moods"]', ("HAPPY",), ["u1", "u5", "u6"]),
    (
        {"moods": {"has_every": ["HAPPY", "SAD"]}},
        '"t0"."moods" @> $1::text[]::"moods"[]',
        (["HAPPY", "so-sad"],),
        ["u1"],
    ),
    (
        {"moods": {"has_every": []}},
        '"t0"."moods" @> $1::text[]::"moods"[]',
        ([],),
        ["u1", "u2", "u4", "u5", "u6", "u7", "u8"],
    ),
    (
        {"moods": {"has_some": ["ANGRY", "SAD"]}},
        '"t0"."moods" && $1::text[]::"moods"[]',
        (["ANGRY", "so-sad"],),
        ["u1", "u4"],
    ),
    ({"moods": {"has_some": []}}, '"t0"."moods" && $1::text[]::"moods"[]', ([],), []),
    ({"moods": {"is_empty": True}}, """"t0"."moods" = '{}'""", (), ["u2", "u7", "u8"]),
    ({"moods": {"is_empty": False}}, """NOT ("t0"."moods" = '{}')""", (), ["u1", "u4", "u5", "u6"]),
    (
        {"moods": {"equals": ["HAPPY", "SAD"]}},
        '"t0"."moods" = $1::text[]::"moods"[]',
        (["HAPPY", "so-sad"],),
        ["u1"],
    ),
    (
        {"moods": {"equals": ["SAD", "HAPPY"]}},
        '"t0"."moods" = $1::text[]::"moods"[]',
        (["so-sad", "HAPPY"],),
        [],
    ),
    ({"moods": {"equals": []}}, '"t0"."moods" = $1::text[]::"moods"[]', ([],), ["u2", "u7", "u8"]),
    ({"moods": {"equals": None}}, '"t0"."moods" IS NULL', (), ["u3"]),
    (
        {"NOT": [{"moods": {"has": "HAPPY"}}]},
        'NOT ("t0"."moods" @> ARRAY[$1::text::"moods"])',
        ("HAPPY",),
        ["u2", "u4", "u7", "u8"],
    ),
    ({"NOT": [{"moods": {"is_empty": True}}]}, """NOT ("t0"."moods" = '{}')""", (), ["u1", "u4", "u5", "u6"]),
    (
        {"createdAt": {"gt": datetime(2024, 1, 6, tzinfo=UTC)}},
        '"t0"."created_at" > $1::timestamp',
        (naive(2024, 1, 6),),
        ["u7", "u8"],
    ),
    (
        {"createdAt": datetime(2024, 1, 1, 0, 0, 0, 123999, tzinfo=UTC)},
        '"t0"."created_at" = $1::timestamp',
        (naive(2024, 1, 1, 0, 0, 0, 123000),),
        ["u1"],
    ),
    (
        {"createdAt": {"lt": naive(2024, 1, 2)}},
        '"t0"."created_at" < $1::timestamp',
        (naive(2024, 1, 2),),
        ["u1"],
    ),
]

POSTS: list[Row] = [
    (
        {"published": True, "views": {"gt": 10}},
        '("t0"."published" = $1::bool AND "t0"."views" > $2::int8)',
        (True, 10),
        [4, 6, 10],
    ),
    ({"views": 9007199254740993}, '"t0"."views" = $1::int8', (9007199254740993,), [4]),
    ({"rating": {"lt": 0}}, '"t0"."rating" < $1::float8', (0.0,), [6, 10]),
    (
        {"rating": 1.5, "published": False},
        '("t0"."published" = $1::bool AND "t0"."rating" = $2::float8)',
        (False, 1.5),
        [7],
    ),
    (
        {"createdAt": datetime(2024, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)},
        '"t0"."createdAt" = $1::timestamptz',
        (datetime(2024, 1, 1, 0, 0, 0, 123456, tzinfo=UTC),),
        [1, 8, 9, 10],
    ),
]


@pytest.mark.parametrize(("where", "condition", "parameters", "found"), USERS)
async def test_a_filter_on_a_user_is_one_condition(
    filters: Filters, where: dict[str, Any], condition: str, parameters: tuple[Any, ...], found: list[Any]
) -> None:
    await filters.check("user", "users", where, condition, parameters, found)


@pytest.mark.parametrize(("where", "condition", "parameters", "found"), POSTS)
async def test_a_filter_on_a_post_is_one_condition(
    filters: Filters, where: dict[str, Any], condition: str, parameters: tuple[Any, ...], found: list[Any]
) -> None:
    await filters.check("post", "Post", where, condition, parameters, found)
