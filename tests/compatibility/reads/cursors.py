"""Reads that both clients must answer alike: cursors."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = [
    Call("User", "find_many", {"cursor": {"id": "u3"}}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "take": 2}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "take": 2, "skip": 1}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "take": -2}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "take": -2, "skip": 1}),
    Call("User", "find_many", {"cursor": {"id": "zz"}}),
    Call("User", "find_many", {"cursor": {"id": "zz"}, "take": 2}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "where": {"id": {"not": "u3"}}}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "where": {"id": {"not": "u3"}}, "skip": 1}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "take": 0}),
    Call("User", "find_many", {"cursor": {"email": "cem@x.com"}}),
    Call("User", "find_many", {"cursor": {"email": "cem@x.com"}, "order": {"email": "asc"}}),
    Call("User", "find_many", {"cursor": {"email": "cem@x.com"}, "order": {"email": "desc"}, "take": 2}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "order": {"id": "desc"}}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "order": {"id": "desc"}, "take": -2}),
    Call("User", "find_many", {"cursor": {"id": "u2"}, "order": {"age": "asc"}}),
    Call("User", "find_many", {"cursor": {"id": "u2"}, "order": {"age": "asc"}, "take": 2}),
    Call("User", "find_many", {"cursor": {"id": "u2"}, "order": [{"age": "asc"}, {"id": "asc"}], "take": 3}),
    Call("User", "find_many", {"cursor": {"id": "u2"}, "order": [{"age": "asc"}, {"id": "asc"}], "take": -3}),
    Call(
        "User",
        "find_many",
        {"cursor": {"id": "u2"}, "order": [{"age": "asc"}, {"id": "asc"}], "take": -3, "skip": 1},
    ),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "order": [{"age": "asc"}, {"id": "asc"}], "take": 3}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "order": [{"age": "desc"}, {"id": "asc"}], "take": 3}),
    Call("User", "find_many", {"cursor": {"id": "u4"}, "order": [{"age": "desc"}, {"id": "asc"}], "take": 3}),
    Call("User", "find_many", {"cursor": {"id": "u4"}, "order": [{"age": "asc"}, {"id": "asc"}], "take": 6}),
    Call("User", "find_many", {"cursor": {"id": "u4"}, "order": {"age": "asc"}}),
    Call("User", "find_many", {"cursor": {"id": "u4"}, "order": {"age": "desc"}}),
    Call("User", "find_many", {"cursor": {"id": "u4"}, "order": {"age": {"sort": "asc", "nulls": "first"}}}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "order": {"age": {"sort": "asc", "nulls": "first"}}}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "order": {"age": {"sort": "desc", "nulls": "last"}}}),
    Call(
        "User",
        "find_many",
        {"cursor": {"id": "u8"}, "order": [{"age": {"sort": "desc", "nulls": "last"}}, {"id": "asc"}]},
    ),
    Call("Like", "find_many", {"cursor": {"userId_postId": {"userId": "u1", "postId": 2}}}),
    Call(
        "Like",
        "find_many",
        {"cursor": {"userId_postId": {"userId": "u1", "postId": 2}}, "take": 2, "skip": 1},
    ),
    Call(
        "Like",
        "find_many",
        {"cursor": {"userId_postId": {"userId": "u2", "postId": 1}}, "order": {"weight": "asc"}},
    ),
    Call(
        "Post",
        "find_many",
        {
            "cursor": {"one_title": {"authorId": "u1", "title": "c"}},
            "order": [{"authorId": "asc"}, {"title": "asc"}],
        },
    ),
    Call("User", "find_many", {"distinct": ["age"], "cursor": {"id": "u2"}, "order": {"id": "asc"}}),
    Call(
        "User", "find_many", {"distinct": ["age"], "cursor": {"id": "u2"}, "order": {"id": "asc"}, "skip": 1}
    ),
    Call("User", "find_first", {"cursor": {"id": "u3"}}),
    Call("User", "find_first", {"cursor": {"id": "u3"}, "skip": 1}),
    Call("User", "find_many", {"cursor": {"id": "u3"}, "where": {"id": {"not": "u3"}}, "take": 2}),
    Call(
        "User", "find_many", {"cursor": {"id": "u3"}, "where": {"id": {"not": "u3"}}, "order": {"age": "asc"}}
    ),
    Call(
        "User", "find_many", {"distinct": ["age"], "cursor": {"id": "u2"}, "order": {"id": "asc"}, "take": 1}
    ),
    Call(
        "User",
        "find_many",
        {"distinct": ["age"], "cursor": {"id": "u3"}, "order": {"id": "asc"}, "take": 2, "skip": 1},
    ),
    Call(
        "User", "find_many", {"distinct": ["age"], "cursor": {"id": "u4"}, "order": {"id": "asc"}, "take": -2}
    ),
    Call(
        "Post",
        "find_many",
        {"cursor": {"id": 3}, "order": [{"views": "asc"}, {"rating": "desc"}, {"id": "desc"}], "take": 4},
    ),
]
