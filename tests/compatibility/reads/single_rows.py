"""Reads that both clients must answer alike: single rows."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = [
    Call("User", "find_first", {"where": {"age": 30}}),
    Call("User", "find_first", {"where": {"age": 30}, "order": {"name": "desc"}}),
    Call("User", "find_first", {"where": {"id": "zz"}}),
    Call("User", "find_first_or_raise", {"where": {"id": "zz"}}),
    Call("User", "find_unique_or_raise", {"where": {"id": "zz"}}),
    Call("User", "find_unique", {"where": {"id": "u1"}}),
    Call("User", "find_unique", {"where": {"id": "u1", "email": "ann@x.com"}}),
    Call("User", "find_unique", {"where": {"id": "u1", "age": 31}}),
    Call("User", "find_unique", {"where": {"id": "u1", "OR": []}}),
    Call("User", "find_unique", {"where": {"id": "u1", "AND": [{"age": {"gt": 3}}]}}),
    Call("User", "find_unique", {"where": {"age": 30}}),
    Call("Post", "find_unique", {"where": {"one_title": {"authorId": "u1", "title": "a"}}}),
    Call(
        "Post", "find_unique", {"where": {"one_title": {"authorId": "u1", "title": "a"}, "published": False}}
    ),
    Call("User", "find_unique", {"where": {"id": {"equals": "u1"}}}),
    Call("User", "find_unique", {"where": {}}),
    Call("User", "find_unique", {"where": {"id": None}}),
]
