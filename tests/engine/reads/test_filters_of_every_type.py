"""Filters on a column of every type: what is sent for it, and the rows it finds.

Every answer was compared with that of Prisma Client JS 6.19 on the same rows; where ours differs,
docs/compatibility.md says why.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from prisma.fields import Base64, Json

from .support import Reader, ids, naive

# where, the condition in SQL, its parameters, the ids found
Row = tuple[dict[str, Any], str, tuple[Any, ...], list[Any]]

SAMPLES: list[Row] = [
    ({"text": "one"}, '"t0"."text" = $1::text', ("one",), [1]),
    ({"text": {"contains": "%"}}, '"t0"."text"::text LIKE $1::text', ("%\\%%",), [5]),
    ({"char": "ab"}, '"t0"."char" = $1::bpchar', ("ab",), [1]),
    ({"char": {"endswith": "b"}}, '"t0"."char"::text LIKE $1::text', ("%b",), [1]),
    ({"varchar": {"in": ["vc", "x"]}}, '"t0"."varchar" = ANY($1::text[])', (["vc", "x"],), [1]),
    (
        {"uuid": "11111111-1111-1111-1111-111111111111"},
        '"t0"."uuid" = $1::text::uuid',
        ("11111111-1111-1111-1111-111111111111",),
        [1],
    ),
    (
        {"uuid": {"in": ["11111111111111111111111111111111"]}},
        '"t0"."uuid" = ANY($1::text[]::uuid[])',
        (["11111111-1111-1111-1111-111111111111"],),
        [1],
    ),
    ({"ip": "10.0.0.1"}, '"t0"."ip" = $1::text::inet', ("10.0.0.1",), [1]),
    ({"ip": {"not_in": ["10.0.0.1"]}}, '"t0"."ip" <> ALL($1::text[]::inet[])', (["10.0.0.1"],), [2]),
    ({"int": {"in": [1, 2]}}, '"t0"."int" = ANY($1::int4[])', ([1, 2],), [1, 2]),
    ({"small": {"lte": 1}}, '"t0"."small" <= $1::int2', (1,), [1]),
    ({"big": 9007199254740993}, '"t0"."big" = $1::int8', (9007199254740993,), [1]),
    ({"big": {"not": 5}}, '"t0"."big" <> $1::int8', (5,), [1]),
    ({"float": {"gte": 2}}, '"t0"."float" >= $1::float8', (2.0,), [4, 5]),
    ({"float": {"in": [1.5, 2]}}, '"t0"."float" = ANY($1::float8[])', ([1.5, 2.0],), [1, 4]),
    ({"real": 1.1}, '"t0"."real" = $1::float4', (1.100000023841858,), [1]),
    (
        {"exact": Decimal("12345678901234.123456")},
        '"t0"."decimal" = $1::numeric',
        (Decimal("12345678901234.123456"),),
        [1],
    ),
    (
        {"exact": {"lt": Decimal(3), "not": Decimal("1.5")}},
        '("t0"."decimal" < $1::numeric AND "t0"."decimal" <> $2::numeric)',
        (Decimal(3), Decimal("1.5")),
        [4, 5],
    ),
    ({"exact": "2"}, '"t0"."decimal" = $1::numeric', (Decimal(2),), [4, 5]),
    ({"flag": True}, '"t0"."flag" = $1::bool', (True,), [1]),
    ({"flag": {"not": True}}, '"t0"."flag" <> $1::bool', (True,), [2]),
    (
        {"data": {"equals": Json({"b": [1, 2], "a": 1})}},
        '"t0"."json" = $1::jsonb',
        ('{"b": [1, 2], "a": 1}',),
        [1],
    ),
    (
        {"data": {"not": Json({"a": 1, "b": [1, 2]})}},
        '"t0"."json" <> $1::jsonb',
        ('{"a": 1, "b": [1, 2]}',),
        [2, 4, 5],
    ),
    ({"data": {"equals": Json(None)}}, '"t0"."json" = $1::jsonb', ("null",), [2]),
    ({"data": {"not": Json(None)}}, '"t0"."json" <> $1::jsonb', ("null",), [1, 4, 5]),
    ({"data": Json("text")}, '"t0"."json" = $1::jsonb', ('"text"',), [4]),
    ({"plain": {"equals": Json({"a": 1})}}, '"t0"."plain"::jsonb = $1::json::jsonb', ('{"a": 1}',), [1]),
    (
        {"plain": {"not": {"equals": Json(5)}}},
        'NOT ("t0"."plain"::jsonb = $1::json::jsonb)',
        ("5",),
        [1, 2, 4],
    ),
    ({"data": None}, '"t0"."json" IS NULL', (), [3]),
    ({"bytes": Base64.encode(b"\x00\xff")}, '"t0"."bytes" = $1::bytea', (b"\x00\xff",), [1]),
    ({"bytes": {"in": [Base64.encode(b"")]}}, '"t0"."bytes" = ANY($1::bytea[])', ([b""],), [4, 5]),
    ({"bytes": {"not": Base64.encode(b"")}}, '"t0"."bytes" <> $1::bytea', (b"",), [1]),
    ({"bytes": b"\x00\xff"}, '"t0"."bytes" = $1::bytea', (b"\x00\xff",), [1]),
    (
        {"moment": datetime(2024, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)},
        '"t0"."moment" = $1::timestamp',
        (naive(2024, 1, 1, 0, 0, 0, 123000),),
        [1],
    ),
    (
        {"instant": datetime(2024, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)},
        '"t0"."instant" = $1::timestamptz',
        (datetime(2024, 1, 1, 0, 0, 0, 123456, tzinfo=UTC),),
        [1],
    ),
    (
        {"instant": {"lt": datetime(2024, 1, 1, tzinfo=UTC)}},
        '"t0"."instant" < $1::timestamptz',
        (datetime(2024, 1, 1, tzinfo=UTC),),
        [],
    ),
    ({"day": datetime(2024, 1, 1, tzinfo=UTC)}, '"t0"."day" = $1::text::date', ("2024-01-01",), [1]),
    (
        {"day": {"gte": datetime(2024, 1, 1, tzinfo=UTC)}},
        '"t0"."day" >= $1::text::date',
        ("2024-01-01",),
        [1],
    ),
    ({"clock": {"lt": datetime(1970, 1, 1, 12, tzinfo=UTC)}}, '"t0"."clock" < $1::time', (time(12, 0),), [1]),
    (
        {"clock": datetime(1970, 1, 1, 10, 11, 12, 123000, tzinfo=UTC)},
        '"t0"."clock" = $1::time',
        (time(10, 11, 12, 123000),),
        [1],
    ),
    ({"mood": "SAD"}, '"t0"."mood" = $1::text::"moods"', ("so-sad",), [2]),
    ({"mood": {"not": "SAD"}}, '"t0"."mood" <> $1::text::"moods"', ("so-sad",), [1]),
    ({"words": {"has": "a"}}, '"t0"."words" @> ARRAY[$1::text]', ("a",), [1, 4]),
    ({"words": {"has_every": ["a", "b"]}}, '"t0"."words" @> $1::text[]', (["a", "b"],), [1, 4]),
    ({"words": {"has_some": ["c", "x"]}}, '"t0"."words" && $1::text[]', (["c", "x"],), [5]),
    ({"words": {"equals": ["a", "b"]}}, '"t0"."words" = $1::text[]', (["a", "b"],), [1]),
    ({"words": {"is_empty": True}}, """"t0"."words" = '{}'""", (), [2]),
    ({"ints": {"has": 1}}, '"t0"."ints" @> ARRAY[$1::int4]', (1,), [1, 4]),
    ({"ints": {"equals": [1, 2]}}, '"t0"."ints" = $1::int4[]', ([1, 2],), [1]),
    ({"bigs": {"has": 9007199254740993}}, '"t0"."bigs" @> ARRAY[$1::int8]', (9007199254740993,), [1]),
    ({"floats": {"has_every": [1.5, 2]}}, '"t0"."floats" @> $1::float8[]', ([1.5, 2.0],), [1]),
    ({"decimals": {"has": Decimal("1.1")}}, '"t0"."decimals" @> ARRAY[$1::numeric]', (Decimal("1.1"),), [1]),
    ({"flags": {"has_some": [False]}}, '"t0"."flags" && $1::bool[]', ([False],), [1]),
    ({"blobs": {"has": Base64.encode(b"\x01")}}, '"t0"."blobs" @> ARRAY[$1::bytea]', (b"\x01",), [1]),
    (
        {"moments": {"has": datetime(2024, 1, 1, 0, 0, 0, 500000, tzinfo=UTC)}},
        '"t0"."moments" @> ARRAY[$1::timestamp]',
        (naive(2024, 1, 1, 0, 0, 0, 500000),),
        [1],
    ),
    ({"jsons": {"has": Json("s")}}, '"t0"."jsons" @> ARRAY[$1::jsonb]', ('"s"',), [1]),
    ({"jsons": {"equals": []}}, '"t0"."jsons" = $1::jsonb[]', ([],), [2, 4, 5]),
]


@pytest.mark.parametrize(("where", "condition", "parameters", "found"), SAMPLES)
async def test_a_filter_on_every_type_sends_what_postgresql_wants(
    reader: Reader,
    rows: Any,
    sent: list[Any],
    where: dict[str, Any],
    condition: str,
    parameters: tuple[Any, ...],
    found: list[Any],
) -> None:
    def call(client: Any) -> Any:
        return client.sample.find_many(where=where, order={"id": "asc"})

    sql, values = await reader.write(call)
    assert sql.endswith(
        f' FROM "all types" AS "t0"{condition and f" WHERE {condition}"} ORDER BY "t0"."id" ASC'
    )
    assert values == parameters
    assert ids(await call(rows)) == found
    assert [(event.sql, event.parameters) for event in sent] == [(sql, parameters)]
