"""Reads that both clients must answer alike: search."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = [
    Call("Sample", "find_many", {"where": {"text": {"search": "two"}}, "order": {"id": "asc"}}),
    Call("Post", "find_many", {"where": {"content": {"search": "cat"}}, "order": {"id": "asc"}}),
    Call("Post", "find_many", {"where": {"content": {"search": "cat | rat"}}, "order": {"id": "asc"}}),
    Call("Post", "find_many", {"where": {"content": {"search": "fat & cat"}}, "order": {"id": "asc"}}),
    Call("Post", "find_many", {"where": {"content": {"search": "!cat"}}, "order": {"id": "asc"}}),
    Call(
        "Post",
        "find_many",
        {"where": {"content": {"search": "hello"}, "title": {"search": "hello"}}, "order": {"id": "asc"}},
    ),
    Call(
        "Post",
        "find_many",
        {"where": {"content": {"search": "fat"}, "title": {"search": "d"}}, "order": {"id": "asc"}},
    ),
    Call(
        "Post",
        "find_many",
        {
            "where": {"OR": [{"content": {"search": "cat"}}, {"title": {"search": "cat"}}]},
            "order": {"id": "asc"},
        },
    ),
    Call("Post", "find_many", {"where": {"content": {"not": {"search": "cat"}}}, "order": {"id": "asc"}}),
    Call("Post", "find_many", {"where": {"NOT": [{"content": {"search": "cat"}}]}, "order": {"id": "asc"}}),
    Call(
        "Post",
        "find_many",
        {"where": {"content": {"search": "cat", "contains": "fat"}}, "order": {"id": "asc"}},
    ),
]
