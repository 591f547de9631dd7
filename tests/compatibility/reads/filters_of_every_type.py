"""Reads that both clients must answer alike: filters of every type."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from tests.compatibility.dialect import Call, Json

CASES = [
    Call(
        "Sample",
        "find_many",
        {"where": {"data": {"equals": Json({"b": [1, 2], "a": 1})}}, "order": {"id": "asc"}},
    ),
    Call(
        "Sample",
        "find_many",
        {"where": {"data": {"not": Json({"a": 1, "b": [1, 2]})}}, "order": {"id": "asc"}},
    ),
    Call("Sample", "find_many", {"where": {"data": {"equals": Json(None)}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"data": {"not": Json(None)}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"data": {"equals": Json("text")}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"plain": {"equals": Json({"a": 1})}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"plain": {"equals": Json(5)}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"words": {"has": "a"}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"words": {"has_every": ["a", "b"]}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"words": {"has_every": ["a", "a"]}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"words": {"equals": ["a", "b"]}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"words": {"equals": []}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"ints": {"has": 1}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"ints": {"has_some": [3, 5]}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"ints": {"equals": [1, 2]}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"bigs": {"has": 9007199254740993}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"floats": {"has": 1.5}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"decimals": {"has": Decimal("1.1")}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"blobs": {"has": b"\x01"}}, "order": {"id": "asc"}}),
    Call(
        "Sample",
        "find_many",
        {
            "where": {"moments": {"has": datetime(2024, 1, 1, 0, 0, 0, 500000, tzinfo=UTC)}},
            "order": {"id": "asc"},
        },
    ),
    Call("Sample", "find_many", {"where": {"jsons": {"has": Json(1)}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"jsons": {"equals": []}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"words": {"is_empty": True}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"words": {"is_empty": False}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"NOT": [{"words": {"is_empty": True}}]}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"bytes": b"\x00\xff"}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"bytes": {"in": [b"\x00\xff"]}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"bytes": {"not": b""}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"bytes": {"not_in": [b""]}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"big": 9007199254740993}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"big": {"gt": 5}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"float": {"gte": 2}}, "order": {"id": "asc"}}),
    Call(
        "Sample", "find_many", {"where": {"exact": Decimal("12345678901234.123456")}, "order": {"id": "asc"}}
    ),
    Call("Sample", "find_many", {"where": {"exact": {"lt": Decimal(3)}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"flag": True}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"flag": {"not": True}}, "order": {"id": "asc"}}),
    Call(
        "Sample",
        "find_many",
        {"where": {"uuid": "11111111-1111-1111-1111-111111111111"}, "order": {"id": "asc"}},
    ),
    Call(
        "Sample",
        "find_many",
        {"where": {"uuid": {"in": ["11111111-1111-1111-1111-111111111111"]}}, "order": {"id": "asc"}},
    ),
    Call(
        "Sample",
        "find_many",
        {"where": {"uuid": {"not_in": ["11111111-1111-1111-1111-111111111111"]}}, "order": {"id": "asc"}},
    ),
    Call("Sample", "find_many", {"where": {"char": "ab"}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"char": "ab  "}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"char": {"contains": "b "}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"char": {"endswith": "b"}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"char": {"in": ["ab"]}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"ip": "10.0.0.1"}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"ip": {"in": ["10.0.0.1"]}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"small": 1}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"real": 1.1}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"real": {"gt": 1.0}}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"day": datetime(2024, 1, 1, tzinfo=UTC)}, "order": {"id": "asc"}}),
    Call(
        "Sample",
        "find_many",
        {"where": {"day": {"gte": datetime(2024, 1, 1, tzinfo=UTC)}}, "order": {"id": "asc"}},
    ),
    Call(
        "Sample",
        "find_many",
        {"where": {"clock": datetime(1970, 1, 1, 10, 11, 12, 123000, tzinfo=UTC)}, "order": {"id": "asc"}},
    ),
    Call(
        "Sample",
        "find_many",
        {"where": {"clock": {"lt": datetime(1970, 1, 1, 12, 0, 0, 0, tzinfo=UTC)}}, "order": {"id": "asc"}},
    ),
    Call("Sample", "find_many", {"where": {"mood": "SAD"}, "order": {"id": "asc"}}),
    Call("Sample", "find_many", {"where": {"mood": None}, "order": {"id": "asc"}}),
    Call(
        "Sample",
        "find_many",
        {"where": {"instant": {"lte": datetime(2024, 2, 1, tzinfo=UTC)}}, "order": {"id": "asc"}},
    ),
    Call("Sample", "find_many", {"where": {"uuid": {"contains": "111"}}, "order": {"id": "asc"}}),
    Call(
        "Sample",
        "find_many",
        {"where": {"text": {"equals": "TWO", "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call(
        "Sample",
        "find_many",
        {"where": {"text": {"in": ["TWO"], "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call(
        "Sample",
        "find_many",
        {"where": {"varchar": {"equals": "VC", "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call("Sample", "find_many", {"where": {}, "order": {"id": "asc"}}),
]
