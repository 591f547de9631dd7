"""Reads that both clients must answer alike: includes."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = [
    Call(
        "User",
        "find_many",
        {"include": {"posts": {"order_by": {"id": "asc"}, "take": 1}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"include": {"posts": {"order_by": {"id": "desc"}, "take": 1, "skip": 1}}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"include": {"posts": {"take": -1}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"include": {"posts": {"take": -1, "order_by": {"title": "asc"}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"include": {"posts": {"take": -2, "skip": 1, "order_by": {"title": "asc"}}}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"include": {"posts": {"cursor": {"id": 2}}}, "order": {"id": "asc"}}),
    Call(
        "User", "find_many", {"include": {"posts": {"cursor": {"id": 2}, "skip": 1}}, "order": {"id": "asc"}}
    ),
    Call(
        "User", "find_many", {"include": {"posts": {"cursor": {"id": 2}, "take": 1}}, "order": {"id": "asc"}}
    ),
    Call(
        "User", "find_many", {"include": {"posts": {"cursor": {"id": 2}, "take": -2}}, "order": {"id": "asc"}}
    ),
    Call(
        "User",
        "find_many",
        {
            "include": {"posts": {"cursor": {"id": 3}, "order_by": {"views": "asc"}, "take": 2}},
            "order": {"id": "asc"},
        },
    ),
    Call(
        "User",
        "find_many",
        {"include": {"posts": {"distinct": ["views"], "order_by": {"id": "asc"}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {
            "include": {"posts": {"distinct": ["views"], "order_by": {"id": "asc"}, "take": 1}},
            "order": {"id": "asc"},
        },
    ),
    Call(
        "User",
        "find_many",
        {
            "include": {"posts": {"distinct": ["views"], "order_by": {"id": "asc"}, "take": 1, "skip": 1}},
            "order": {"id": "asc"},
        },
    ),
    Call(
        "User",
        "find_many",
        {
            "include": {"posts": {"distinct": ["published"], "order_by": {"title": "desc"}}},
            "order": {"id": "asc"},
        },
    ),
    Call(
        "User",
        "find_many",
        {
            "include": {
                "posts": {
                    "where": {"published": True},
                    "include": {
                        "tags": {"order_by": {"name": "desc"}},
                        "editor": True,
                        "likes": {"include": {"notes": True, "user": True}},
                    },
                    "order_by": {"id": "asc"},
                }
            },
            "order": {"id": "asc"},
        },
    ),
    Call(
        "User",
        "find_many",
        {
            "include": {
                "friends": {"order_by": {"id": "asc"}},
                "friendOf": {"order_by": {"id": "asc"}},
                "manager": {"include": {"reports": {"order_by": {"id": "asc"}}, "manager": True}},
                "profile": {"include": {"user": True}},
                "reports": {"order_by": {"id": "asc"}},
            },
            "order": {"id": "asc"},
        },
    ),
    Call(
        "User",
        "find_many",
        {"include": {"friends": {"take": 1, "order_by": {"id": "desc"}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"include": {"friends": {"cursor": {"id": "u2"}, "order_by": {"id": "asc"}}}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"include": {"friends": {"take": -1}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {
            "include": {"friends": {"where": {"age": 30}, "skip": 1, "order_by": {"id": "asc"}}},
            "order": {"id": "asc"},
        },
    ),
    Call(
        "User",
        "find_many",
        {"include": {"friends": {"distinct": ["age"], "order_by": {"id": "asc"}}}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"include": {"friends": {"take": 1}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"include": {"friends": {"skip": 1}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"include": {"posts": {"take": 0}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"include": {"posts": {"take": 1}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"include": {"posts": {"skip": 1}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {
            "include": {"posts": {"where": {"author": {"is": {"age": 30}}}, "order_by": {"id": "asc"}}},
            "order": {"id": "asc"},
        },
    ),
    Call(
        "Post",
        "find_many",
        {
            "include": {
                "tags": {"where": {"name": {"in": ["x", "z"]}}},
                "author": {
                    "include": {
                        "posts": {"where": {"published": True}, "take": 1, "order_by": {"id": "desc"}}
                    }
                },
            },
            "order": {"id": "asc"},
        },
    ),
    Call(
        "Note",
        "find_many",
        {
            "include": {"like": {"include": {"post": True, "notes": {"order_by": {"id": "asc"}}}}},
            "order": {"id": "asc"},
        },
    ),
    Call(
        "Like",
        "find_unique",
        {
            "where": {"userId_postId": {"userId": "u1", "postId": 1}},
            "include": {"notes": {"order_by": {"id": "asc"}}},
        },
    ),
    Call(
        "User",
        "find_unique",
        {
            "where": {"id": "u1"},
            "include": {
                "posts": {"cursor": {"id": 2}, "where": {"id": {"not": 2}}, "order_by": {"id": "asc"}}
            },
        },
    ),
    Call(
        "User",
        "find_unique",
        {
            "where": {"id": "u1"},
            "include": {
                "posts": {
                    "cursor": {"id": 2},
                    "where": {"id": {"not": 2}},
                    "order_by": {"id": "asc"},
                    "take": 1,
                }
            },
        },
    ),
    Call(
        "User",
        "find_unique",
        {
            "where": {"id": "u1"},
            "include": {
                "posts": {
                    "cursor": {"id": 2},
                    "where": {"id": {"not": 2}},
                    "order_by": {"id": "asc"},
                    "take": -1,
                }
            },
        },
    ),
    Call(
        "User",
        "find_unique",
        {"where": {"id": "u1"}, "include": {"posts": {"cursor": {"id": 4}, "order_by": {"id": "asc"}}}},
    ),
    Call(
        "User",
        "find_unique",
        {"where": {"id": "u1"}, "include": {"posts": {"cursor": {"id": 99}, "order_by": {"id": "asc"}}}},
    ),
    Call(
        "User",
        "find_unique",
        {
            "where": {"id": "u1"},
            "include": {"posts": {"cursor": {"id": 2}, "distinct": ["published"], "order_by": {"id": "asc"}}},
        },
    ),
    Call(
        "User",
        "find_unique",
        {
            "where": {"id": "u1"},
            "include": {"posts": {"cursor": {"id": 3}, "distinct": ["published"], "order_by": {"id": "asc"}}},
        },
    ),
    Call("User", "find_many", {"include": {"manager": {"where": {"age": 30}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"include": {"manager": {"take": 1}}}),
    Call("User", "find_many", {"include": {"manager": {"order_by": {"id": "asc"}}}}),
    Call("Post", "find_many", {"include": {"author": {"where": {}}}}),
    Call("Post", "find_many", {"include": {"editor": {"where": {"age": 30}}}, "order": {"id": "asc"}}),
    Call(
        "User", "find_many", {"include": {"profile": {"where": {"bio": "bio ann"}}}, "order": {"id": "asc"}}
    ),
    Call(
        "User",
        "find_many",
        {"include": {"manager": {"include": {"manager": {"where": {"age": 30}}}}}, "order": {"id": "asc"}},
    ),
]
