"""Writes after which both clients must have answered and stored the same: creates."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from tests.compatibility.dialect import Call, Json

CASES = {
    "create minimal": [Call("User", "create", {"data": {"email": "n"}})],
    "create explicit null on nullable": [Call("User", "create", {"data": {"email": "n", "name": None}})],
    "create null with default": [Call("User", "create", {"data": {"email": "n", "mood": None}})],
    "create null updated at": [Call("User", "create", {"data": {"email": "n", "updatedAt": None}})],
    "create null list": [Call("User", "create", {"data": {"email": "n", "moods": None}})],
    "create list set": [Call("User", "create", {"data": {"email": "n", "moods": {"set": ["HAPPY", "SAD"]}}})],
    "create list": [Call("User", "create", {"data": {"email": "n", "moods": ["SAD"]}})],
    "create defaults": [Call("Defaults", "create", {"data": {}})],
    "create many defaults": [Call("Defaults", "create_many", {"data": [{}, {"word": "x"}, {}]})],
    "create many empty": [Call("User", "create_many", {"data": []})],
    "create many missing vs null": [
        Call("User", "create_many", {"data": [{"email": "a", "name": None}, {"email": "b"}]})
    ],
    "create many null default": [Call("User", "create_many", {"data": [{"email": "a", "mood": None}]})],
    "create many mixed order": [
        Call(
            "Post",
            "create_many",
            {
                "data": [
                    {"title": "a", "authorId": "u1", "views": 3},
                    {"title": "b", "authorId": "u1"},
                    {"title": "c", "authorId": "u1", "views": 3},
                ]
            },
        )
    ],
    "create many mixed ids": [
        Call("Tag", "create_many", {"data": [{"name": "a"}, {"id": 50, "name": "b"}, {"name": "c"}]})
    ],
    "create many dup": [Call("User", "create_many", {"data": [{"email": "u1@x"}]})],
    "create many skip": [
        Call(
            "User",
            "create_many",
            {"data": [{"email": "u1@x"}, {"email": "nn"}, {"email": "nn"}], "skip_duplicates": True},
        )
    ],
    "create many fk missing": [Call("Post", "create_many", {"data": [{"title": "a", "authorId": "no"}]})],
    "create fk missing": [Call("Post", "create", {"data": {"title": "a", "authorId": "no"}})],
    "create dup": [Call("User", "create", {"data": {"email": "u1@x"}})],
    "create dup compound": [Call("Post", "create", {"data": {"title": "p1", "authorId": "u1"}})],
    "create dup composite id": [Call("Like", "create", {"data": {"userId": "u1", "postId": 1}})],
    "push on empty": [
        Call("Sample", "create", {"data": {}}),
        Call(
            "Sample",
            "update",
            {"where": {"id": 1}, "data": {"words": {"push": "a"}, "ints": {"push": [1, 2]}}},
        ),
    ],
    "push on default missing create many": [
        Call("Sample", "create_many", {"data": [{}]}),
        Call("Sample", "update", {"where": {"id": 1}, "data": {"words": {"push": "a"}}}),
    ],
    "push": [
        Call("Sample", "create", {"data": {"words": ["a"], "ints": [1]}}),
        Call(
            "Sample",
            "update",
            {"where": {"id": 1}, "data": {"words": {"push": ["b", "c"]}, "ints": {"set": [9]}}},
        ),
    ],
    "push empty": [
        Call("Sample", "create", {"data": {"words": ["a"], "ints": [1]}}),
        Call("Sample", "update", {"where": {"id": 1}, "data": {"words": {"push": []}}}),
    ],
    "push json": [
        Call("Sample", "create", {"data": {"jsons": [Json(1)]}}),
        Call("Sample", "update", {"where": {"id": 1}, "data": {"jsons": {"push": Json({"a": 2})}}}),
        Call("Sample", "update", {"where": {"id": 1}, "data": {"jsons": {"push": Json([3, 4])}}}),
    ],
    "set list null": [
        Call("Sample", "create", {"data": {"words": ["a"], "ints": [1]}}),
        Call("Sample", "update", {"where": {"id": 1}, "data": {"words": None}}),
    ],
    "list direct": [
        Call("Sample", "create", {"data": {"words": ["a"], "ints": [1]}}),
        Call("Sample", "update", {"where": {"id": 1}, "data": {"words": ["z"]}}),
    ],
    "number ops": [
        Call(
            "Sample",
            "create",
            {"data": {"int": 7, "big": 7, "float": 7.5, "exact": Decimal("7.5"), "small": 3}},
        ),
        Call(
            "Sample",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "int": {"divide": 2},
                    "big": {"multiply": 3},
                    "float": {"divide": 2},
                    "exact": {"divide": Decimal(3)},
                    "small": {"decrement": 10},
                },
            },
        ),
    ],
    "int div neg": [
        Call("Sample", "create", {"data": {"int": -7}}),
        Call("Sample", "update", {"where": {"id": 1}, "data": {"int": {"divide": 2}}}),
    ],
    "overflow": [
        Call("Sample", "create", {"data": {"int": 2147483647}}),
        Call("Sample", "update", {"where": {"id": 1}, "data": {"int": {"increment": 1}}}),
    ],
    "varchar too long": [Call("Sample", "create", {"data": {"varchar": "12345678901"}})],
    "char pad": [Call("Sample", "create", {"data": {"char": "ab"}})],
    "decimal round": [Call("Sample", "create", {"data": {"exact": Decimal("1.23456789")}})],
    "decimal overflow": [Call("Sample", "create", {"data": {"exact": Decimal("123456789012345678901.5")}})],
    "json null kinds": [
        Call("Sample", "create", {"data": {"data": Json({"a": [1, None]}), "jsons": [Json(1), Json("x")]}})
    ],
    "create missing required": [Call("Post", "create", {"data": {"authorId": "u1"}})],
    "create unknown field": [Call("Post", "create", {"data": {"titel": "x", "authorId": "u1"}})],
    "create many mixed nulls": [
        Call(
            "Desk",
            "create_many",
            {"data": [{"code": "a", "room": "r"}, {"code": "b"}, {"code": "c", "room": None}]},
        )
    ],
    "sample all": [
        Call(
            "Sample",
            "create",
            {
                "data": {
                    "text": "x\"'\\",
                    "uuid": "6F8B6C1E-8C2C-4a7e-9d2f-0123456789ab",
                    "char": "ab",
                    "bigs": [1],
                    "exact": Decimal("1.5"),
                    "bytes": b"\x00\x01",
                    "data": Json([1, {"a": None}]),
                    "moment": datetime(2024, 2, 29, 12, 30, 15, 123000, tzinfo=UTC),
                    "instant": datetime(2024, 2, 29, 12, 30, 15, 123000, tzinfo=UTC),
                    "day": datetime(2024, 2, 29, tzinfo=UTC),
                    "clock": datetime(1970, 1, 1, 12, 30, 15, 123000, tzinfo=UTC),
                    "mood": "SAD",
                    "ip": "10.0.0.1",
                    "real": 1.1,
                    "float": 0.1,
                }
            },
        )
    ],
}
