"""Reads that both clients must answer alike: filters."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.compatibility.dialect import Call

CASES = [
    Call("User", "find_many", {"where": {}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": 30}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not": 30}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not": {"equals": 30}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not": {"in": [30]}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not_in": [30]}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"in": []}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not_in": []}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": None}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"equals": None}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not": None}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not": {"equals": None}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"age": 30}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"age": 30}, {"name": "Ann"}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": []}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"OR": []}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"AND": []}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"OR": [{}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"OR": [{"age": 30}, {}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"OR": []}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"age": {"not": 30}}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not": {"not": 30}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not": {"lt": 35}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not": {"gt": 26, "lt": 35}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"gt": 26, "not": 40}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"age": {"not": None}}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"age": {"in": [30]}}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"age": {"not_in": [30]}}]}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"NOT": [{"AND": [{"age": 30}, {"name": "Ann"}]}]}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"NOT": [{"OR": [{"age": 30}, {"name": "Ann"}]}]}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"where": {"name": {"startswith": "1"}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"name": {"endswith": "\\x"}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"name": {"contains": ""}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"name": {"contains": "B", "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"name": {"equals": "ANN", "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"name": {"in": ["ANN", "BOB"], "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"name": {"not_in": ["ANN", "BOB"], "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"name": {"not": "ANN", "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call(
        "User", "find_many", {"where": {"name": {"lt": "BOB", "mode": "insensitive"}}, "order": {"id": "asc"}}
    ),
    Call(
        "User",
        "find_many",
        {"where": {"name": {"gte": "bob", "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"name": {"not": {"contains": "A"}, "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"name": {"not": {"in": ["ANN"]}, "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"name": {"equals": "100%_\\X", "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"where": {"name": {"not": {"contains": "n"}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"name": {"contains": "n"}}]}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"name": {"equals": "şık", "mode": "insensitive"}}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"where": {"mood": "SAD"}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"mood": {"in": ["SAD", "ANGRY"]}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"mood": {"not": "SAD"}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"mood": {"not_in": ["SAD"]}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"moods": {"has": "HAPPY"}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"moods": {"has_every": ["HAPPY", "SAD"]}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"moods": {"has_some": ["ANGRY", "SAD"]}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"moods": {"is_empty": True}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"moods": {"is_empty": False}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"moods": {"equals": ["HAPPY", "SAD"]}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"moods": {"equals": ["SAD", "HAPPY"]}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"moods": {"equals": []}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"moods": {"has_every": []}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"moods": {"has_some": []}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"moods": {"has": "HAPPY"}}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"moods": {"is_empty": True}}]}, "order": {"id": "asc"}}),
    Call(
        "User", "find_many", {"where": {"NOT": [{"moods": {"has_every": ["HAPPY"]}}]}, "order": {"id": "asc"}}
    ),
    Call(
        "User", "find_many", {"where": {"NOT": [{"moods": {"has_some": ["HAPPY"]}}]}, "order": {"id": "asc"}}
    ),
    Call("User", "find_many", {"where": {"NOT": [{"moods": {"equals": ["HAPPY"]}}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"moods": {"equals": None}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"AND": [{"OR": []}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"AND": [{"OR": [{}]}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"OR": [{"AND": []}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"OR": [{"age": {}}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"age": {}}]}, "order": {"id": "asc"}}),
    Call(
        "User", "find_many", {"where": {"NOT": [{"OR": [{"age": {}}, {"age": 30}]}]}, "order": {"id": "asc"}}
    ),
    Call("User", "find_many", {"where": {"AND": {"age": 30}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"OR": {"age": 30}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": {"age": 30}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"AND": [{"age": 30}, {"OR": []}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"OR": [{"OR": []}, {"age": 30}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"OR": [{"NOT": []}, {"age": 30}]}, "order": {"id": "asc"}}),
    Call(
        "User", "find_many", {"where": {"age": {"not": {"in": [30, 40], "gt": 20}}}, "order": {"id": "asc"}}
    ),
    Call("User", "find_many", {"where": {"age": {"not": {"not": {"in": [30]}}}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"age": {"not": {"not": {"gt": 26, "lt": 35}}}}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"where": {"age": {"not": {"not": None}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not": {"not": {"not": 30}}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"age": {"gt": 26, "lt": 35}}]}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"name": {"not": {"startswith": "A", "endswith": "b"}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User", "find_many", {"where": {"name": {"not": {"not": {"contains": "A"}}}}, "order": {"id": "asc"}}
    ),
    Call("User", "find_many", {"where": {"age": {"in": None}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not_in": None}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"not": {"in": None}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"name": {"contains": None}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"age": {"lt": None}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"name": {"not": "ANN", "mode": "default"}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"name": {"mode": "insensitive"}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"createdAt": {"gt": datetime(2024, 1, 3, tzinfo=UTC)}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"createdAt": datetime(2024, 1, 1, 0, 0, 0, 123000, tzinfo=UTC)}, "order": {"id": "asc"}},
    ),
]
