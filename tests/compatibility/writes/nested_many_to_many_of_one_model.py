"""Writes after which both clients must have answered and stored the same: nested many to many of one model."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = {
    "update pk and nested m2m": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"id": "u9", "friends": {"connect": {"id": "u3"}}},
                "include": {"friends": {"orderBy": {"id": "asc"}}},
            },
        )
    ],
    "m2m connect touches?": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"friends": {"connect": {"id": "u3"}}}})
    ],
    "set friends": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"friends": {"set": [{"id": "u3"}]}}})
    ],
    "set friend of": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"friendOf": {"set": [{"id": "u3"}]}}})
    ],
    "create deep": [
        Call(
            "User",
            "create",
            {
                "data": {
                    "email": "n",
                    "posts": {
                        "create": [
                            {
                                "title": "a",
                                "likes": {
                                    "create": {
                                        "user": {"connect": {"id": "u1"}},
                                        "notes": {"create": [{"text": "1"}, {"text": "2"}]},
                                    }
                                },
                                "tags": {"create": {"name": "zz"}, "connect": {"id": 1}},
                            }
                        ]
                    },
                },
                "include": {"posts": {"include": {"likes": {"include": {"notes": True}}, "tags": True}}},
            },
        )
    ],
    "create deep fail rolls back": [
        Call(
            "User",
            "create",
            {"data": {"email": "n", "posts": {"create": [{"title": "a", "tags": {"connect": {"id": 99}}}]}}},
        )
    ],
    "create self nested": [
        Call(
            "User",
            "create",
            {
                "data": {
                    "email": "n",
                    "reports": {"create": [{"email": "r1", "reports": {"create": {"email": "r2"}}}]},
                    "manager": {"create": {"email": "m"}},
                    "friends": {"create": {"email": "f"}},
                    "friendOf": {"connect": {"id": "u1"}},
                },
                "include": {"reports": True, "manager": True, "friends": True, "friendOf": True},
            },
        )
    ],
    "friends both sides": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"friendOf": {"connect": {"id": "u1"}}, "friends": {"connect": {"id": "u1"}}},
                "include": {"friends": {"orderBy": {"id": "asc"}}, "friendOf": {"orderBy": {"id": "asc"}}},
            },
        )
    ],
    "friends update": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"friends": {"update": {"where": {"id": "u2"}, "data": {"name": "x"}}}},
            },
        )
    ],
    "relation order across": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "reports": {"updateMany": {"where": {}, "data": {"age": 50}}},
                    "friends": {"updateMany": {"where": {}, "data": {"age": 60}}},
                },
            },
        )
    ],
}
