"""Reads that both clients must answer alike: numbers over all rows."""

from __future__ import annotations

from tests.compatibility.dialect import Call

NUMBERS = {"exact": True, "float": True, "big": True, "int": True, "real": True, "small": True}

CASES = [
    Call("User", "aggregate", {"count": True}),
    Call("User", "aggregate", {"count": {"_all": True, "name": True, "age": True, "mood": False}}),
    Call("User", "aggregate", {"count": {"moods": True, "createdAt": True, "managerId": True}}),
    Call("User", "aggregate", {"count": True, "where": {"id": "nobody"}}),
    Call(
        "User",
        "aggregate",
        {
            "sum": {"age": True},
            "avg": {"age": True},
            "min": {"age": True, "name": True, "mood": True},
            "max": {"createdAt": True, "email": True, "mood": True},
        },
    ),
    Call("User", "aggregate", {"sum": {"age": True}, "avg": {"age": True}, "where": {"id": "nobody"}}),
    Call("User", "aggregate", {"count": True, "take": 3}),
    Call("User", "aggregate", {"count": True, "skip": 3}),
    Call("User", "aggregate", {"count": True, "skip": 30}),
    Call("User", "aggregate", {"min": {"age": True}, "take": 0}),
    Call("User", "aggregate", {"sum": {"age": True}, "take": 3, "skip": 1, "order": {"id": "desc"}}),
    Call("User", "aggregate", {"sum": {"age": True}, "take": -3, "order": [{"age": "asc"}, {"id": "asc"}]}),
    Call("User", "aggregate", {"count": True, "order": {"name": "asc"}}),
    Call("User", "aggregate", {"count": True, "cursor": {"id": "u3"}}),
    Call("User", "aggregate", {"sum": {"age": True}, "cursor": {"id": "u3"}, "take": 2, "skip": 1}),
    Call("User", "aggregate", {"sum": {"age": True}, "where": {"posts": {"some": {"published": True}}}}),
    Call(
        "User",
        "aggregate",
        {
            "min": {"age": True},
            "take": 2,
            "order": [{"manager": {"name": {"sort": "asc", "nulls": "last"}}}, {"id": "asc"}],
        },
    ),
    Call("Sample", "aggregate", {"sum": NUMBERS}),
    Call("Sample", "aggregate", {"sum": NUMBERS, "where": {"id": 1}}),
    Call(
        "Sample",
        "aggregate",
        {"avg": {"exact": True, "big": True, "int": True, "float": True, "small": True}},
    ),
    Call("Sample", "aggregate", {"min": NUMBERS, "max": NUMBERS}),
    Call(
        "Sample",
        "aggregate",
        {"min": {"day": True, "clock": True, "moment": True, "instant": True, "ip": True, "text": True}},
    ),
    Call("User", "aggregate", {}),
    Call("User", "aggregate", {"where": {"age": {"gt": 20}}}),
    Call("User", "aggregate", {"count": {}}),
    Call("User", "aggregate", {"count": {"name": False}}),
    Call("User", "aggregate", {"count": {"nmae": True}}),
    Call("User", "aggregate", {"count": False}),
    Call("User", "aggregate", {"sum": True}),
    Call("User", "aggregate", {"sum": {}}),
    Call("User", "aggregate", {"sum": {"name": True}}),
    Call("User", "aggregate", {"sum": {"age": False}, "count": True}),
    Call("User", "aggregate", {"max": {"moods": True}}),
    Call("Sample", "aggregate", {"min": {"data": True}}),
]
