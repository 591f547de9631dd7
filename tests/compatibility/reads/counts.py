"""Reads that both clients must answer alike: counts."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = [
    Call("User", "count", {}),
    Call("User", "count", {"where": {"age": 30}}),
    Call("User", "count", {"take": 3}),
    Call("User", "count", {"skip": 3}),
    Call("User", "count", {"skip": 30}),
    Call("User", "count", {"take": 3, "skip": 7}),
    Call("User", "count", {"cursor": {"id": "u3"}}),
    Call("User", "count", {"cursor": {"id": "u3"}, "take": 2}),
    Call("User", "count", {"select": {"_all": True, "name": True, "age": True}}),
    Call("User", "count", {"select": {"age": True}, "where": {"mood": "HAPPY"}}),
    Call("User", "count", {"select": {"age": True}, "take": 3}),
    Call("User", "count", {"take": -2}),
    Call("User", "count", {"cursor": {"id": "zz"}}),
    Call("User", "count", {"cursor": {"id": "u3"}, "where": {"id": {"not": "u3"}}}),
    Call("User", "count", {"select": {"createdAt": True, "mood": True, "moods": True, "managerId": True}}),
    Call("User", "count", {"select": {"_all": False, "age": True}}),
    Call("User", "count", {"cursor": {"id": "u3"}, "skip": 1}),
    Call("User", "count", {"take": 0}),
]
