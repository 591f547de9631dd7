"""Writes after which both clients must have answered and stored the same: chosen fields of what was written."""

from __future__ import annotations

from tests.compatibility.dialect import Call

NAMES = {"name": True, "mood": True}
COUNTED = {"id": True, "_count": {"select": {"posts": {"where": {"published": True}}, "likes": True}}}
POSTS = {"posts": {"select": {"title": True}, "order_by": {"title": "asc"}}}

CASES = {
    "create with select": [Call("User", "create", {"data": {"email": "n"}, "select": NAMES})],
    "create with nested rows and a count of them": [
        Call(
            "User",
            "create",
            {
                "data": {"email": "n", "posts": {"create": [{"title": "t", "published": True}]}},
                "select": {"email": True, **POSTS, "_count": True},
            },
        )
    ],
    "create with omit and include": [
        Call(
            "User",
            "create",
            {"data": {"email": "n"}, "omit": {"id": True, "createdAt": True}, "include": {"posts": True}},
        )
    ],
    "update with select": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"name": "x"}, "select": NAMES})
    ],
    "update with a count": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"name": "x"}, "select": COUNTED})
    ],
    "update of nothing with select": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {}, "select": NAMES | POSTS})
    ],
    "update of a missing row with select": [
        Call("User", "update", {"where": {"id": "nobody"}, "data": {"name": "x"}, "select": NAMES})
    ],
    "upsert that creates with select": [
        Call(
            "Tag",
            "upsert",
            {
                "where": {"name": "new"},
                "data": {"create": {"name": "new"}, "update": {}},
                "select": {"name": True, "_count": True},
            },
        )
    ],
    "upsert that updates with select": [
        Call(
            "User",
            "upsert",
            {
                "where": {"id": "u1"},
                "data": {"create": {"email": "n"}, "update": {"name": "y"}},
                "select": NAMES,
            },
        )
    ],
    "delete with select": [
        Call(
            "Note",
            "delete",
            {"where": {"id": 1}, "select": {"text": True, "like": {"select": {"weight": True}}}},
        )
    ],
    "delete of a missing row with select": [
        Call("Note", "delete", {"where": {"id": 99}, "select": {"text": True}})
    ],
    "create with an empty select": [Call("User", "create", {"data": {"email": "n"}, "select": {}})],
}
