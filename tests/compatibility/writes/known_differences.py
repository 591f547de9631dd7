"""Writes on which the clients differ, each with words of its row in docs/compatibility.md."""

from __future__ import annotations

from typing import Any

from tests.compatibility.dialect import Call, Json


def _push_on_jsons(pushed: Any) -> list[Call]:
    update = {"jsons": {"push": pushed}}
    return [
        Call("Sample", "create", {"data": {"jsons": [Json(1)]}}),
        Call("Sample", "upsert", {"where": {"id": 1}, "data": {"create": {}, "update": update}}),
    ]


CASES = {
    "push a list of json": (
        "`push` with a list, on a Json list",
        _push_on_jsons([Json(2), Json(3)]),
    ),
    "push no json": ("`push` with a list, on a Json list", _push_on_jsons([])),
    "push a null of json": ("`push` with `Json(None)`", _push_on_jsons(Json(None))),
    "desk connect or create over existing creates": (
        "`connect_or_create` on a taken one-to-one relation",
        [
            Call(
                "User",
                "update",
                {
                    "where": {"id": "u1"},
                    "data": {"desk": {"connectOrCreate": {"where": {"code": "n"}, "create": {"code": "n"}}}},
                },
            )
        ],
    ),
    "profile connect or create over existing required": (
        "`connect_or_create` on a taken one-to-one relation",
        [
            Call(
                "User",
                "update",
                {
                    "where": {"id": "u1"},
                    "data": {"profile": {"connectOrCreate": {"where": {"id": 99}, "create": {"bio": "n"}}}},
                },
            )
        ],
    ),
    "disconnect owner where miss 1:n": (
        "`disconnect` with a filter",
        [Call("Post", "update", {"where": {"id": 1}, "data": {"editor": {"disconnect": {"age": 77}}}})],
    ),
    "disconnect required owner": (
        "`disconnect` of a required relation",
        [Call("Post", "update", {"where": {"id": 1}, "data": {"author": {"disconnect": True}}})],
    ),
    "nested upsert owner where miss": (
        "`upsert` with a filter",
        [
            Call(
                "Post",
                "update",
                {
                    "where": {"id": 1},
                    "data": {
                        "editor": {
                            "upsert": {
                                "where": {"age": 77},
                                "create": {"email": "c"},
                                "update": {"name": "u"},
                            }
                        }
                    },
                },
            )
        ],
    ),
    "fk manager disconnect where miss": (
        "`disconnect` with a filter",
        [Call("User", "update", {"where": {"id": "u3"}, "data": {"manager": {"disconnect": {"age": 99}}}})],
    ),
    "create both fk styles": (
        "foreign keys beside nested writes",
        [
            Call(
                "Post",
                "create",
                {"data": {"title": "a", "authorId": "u1", "editor": {"connect": {"id": "u2"}}}},
            )
        ],
    ),
    "div zero": (
        "division by zero",
        [
            Call("Sample", "create", {"data": {"int": 7}}),
            Call("Sample", "update", {"where": {"id": 1}, "data": {"int": {"divide": 0}}}),
        ],
    ),
    "small overflow create": (
        "1.5 for an Int, 40000 for a SmallInt, a malformed uuid",
        [Call("Sample", "create", {"data": {"small": 40000}})],
    ),
    "bad uuid": (
        "1.5 for an Int, 40000 for a SmallInt, a malformed uuid",
        [Call("Sample", "create", {"data": {"uuid": "nope"}})],
    ),
    "float into int": (
        "1.5 for an Int, 40000 for a SmallInt, a malformed uuid",
        [Call("Sample", "create", {"data": {"int": 1.5}})],
    ),
    "update with own delete": (
        "a nested write back over the relation it came by",
        [
            Call(
                "User",
                "update",
                {
                    "where": {"id": "u3"},
                    "data": {"name": "x", "manager": {"update": {"reports": {"delete": {"id": "u3"}}}}},
                },
            )
        ],
    ),
}
