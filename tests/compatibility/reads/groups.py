"""Reads that both clients must answer alike: groups."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = [
    Call("User", "group_by", {"by": ["age"], "order": {"age": "asc"}}),
    Call(
        "User", "group_by", {"by": ["age", "mood"], "count": True, "order": [{"age": "asc"}, {"mood": "asc"}]}
    ),
    Call(
        "User",
        "group_by",
        {
            "by": ["mood"],
            "count": {"_all": True, "name": True},
            "sum": {"age": True},
            "avg": {"age": True},
            "min": {"age": True, "name": True, "createdAt": True},
            "max": {"age": True, "mood": True},
            "order": {"mood": "asc"},
        },
    ),
    Call(
        "Post",
        "group_by",
        {
            "by": ["authorId"],
            "sum": {"views": True, "rating": True},
            "avg": {"views": True, "rating": True},
            "min": {"views": True, "createdAt": True},
            "order": {"authorId": "asc"},
        },
    ),
    Call(
        "User",
        "group_by",
        {"by": ["age"], "count": True, "having": {"age": {"_count": {"gt": 1}}}, "order": {"age": "asc"}},
    ),
    Call("User", "group_by", {"by": ["age"], "having": {"age": {"gt": 30}}, "order": {"age": "asc"}}),
    Call("User", "group_by", {"by": ["age"], "having": {"age": 30}, "order": {"age": "asc"}}),
    Call(
        "User", "group_by", {"by": ["age"], "having": {"age": {"_avg": {"gt": 30}}}, "order": {"age": "asc"}}
    ),
    Call(
        "User",
        "group_by",
        {"by": ["mood"], "having": {"age": {"_sum": {"gte": 100}}}, "order": {"mood": "asc"}},
    ),
    Call(
        "User",
        "group_by",
        {"by": ["mood"], "having": {"age": {"_min": {"equals": 25}}}, "order": {"mood": "asc"}},
    ),
    Call(
        "User",
        "group_by",
        {"by": ["mood"], "having": {"age": {"_max": {"not": 42}}}, "order": {"mood": "asc"}},
    ),
    Call(
        "User",
        "group_by",
        {
            "by": ["mood"],
            "having": {"AND": [{"age": {"_max": {"lt": 50}}}, {"age": {"_min": {"gt": 10}}}]},
            "order": {"mood": "asc"},
        },
    ),
    Call(
        "User",
        "group_by",
        {
            "by": ["mood"],
            "having": {"OR": [{"age": {"_max": {"lt": 31}}}, {"mood": {"equals": "HAPPY"}}]},
            "order": {"mood": "asc"},
        },
    ),
    Call(
        "User",
        "group_by",
        {"by": ["mood"], "having": {"NOT": [{"age": {"_max": {"lt": 31}}}]}, "order": {"mood": "asc"}},
    ),
    Call("User", "group_by", {"by": ["mood"], "count": True, "order": {"mood": "desc"}, "take": 2}),
    Call("User", "group_by", {"by": ["mood"], "order": {"mood": "asc"}, "take": 1, "skip": 1}),
    Call("User", "group_by", {"by": ["mood"], "order": {"mood": "asc"}, "skip": 1}),
    Call("User", "group_by", {"by": ["mood"], "order": {"mood": "asc"}, "take": -1}),
    Call("User", "group_by", {"by": ["mood"], "where": {"age": {"gt": 30}}, "order": {"mood": "asc"}}),
    Call(
        "User",
        "group_by",
        {"by": ["mood"], "having": {"age": {"_count": {"in": [2, 1]}}}, "order": {"mood": "asc"}},
    ),
    Call(
        "User",
        "group_by",
        {"by": ["mood"], "having": {"age": {"_avg": {"equals": None}}}, "order": {"mood": "asc"}},
    ),
    Call("User", "group_by", {"by": ["age"], "having": {"age": None}, "order": {"age": "asc"}}),
    Call("User", "group_by", {"by": ["age"], "having": {"age": {"in": [30, 40]}}, "order": {"age": "asc"}}),
    Call(
        "User", "group_by", {"by": ["name"], "having": {"name": {"contains": "a"}}, "order": {"name": "asc"}}
    ),
    Call(
        "User",
        "group_by",
        {"by": ["mood"], "having": {"name": {"_min": {"contains": "A"}}}, "order": {"mood": "asc"}},
    ),
    Call(
        "User",
        "group_by",
        {"by": ["mood"], "having": {"age": {"_max": {"not": {"in": [42]}}}}, "order": {"mood": "asc"}},
    ),
    Call("User", "group_by", {"by": ["mood"], "having": {"age": {"_count": 2}}, "order": {"mood": "asc"}}),
    Call("User", "group_by", {"by": ["mood"], "having": {"age": {"gt": 30}}, "order": {"mood": "asc"}}),
    Call("User", "group_by", {"by": ["mood"], "having": {"OR": []}, "order": {"mood": "asc"}}),
    Call(
        "User",
        "group_by",
        {"by": ["age"], "having": {"age": {"not": {"_count": {"gt": 1}}}}, "order": {"age": "asc"}},
    ),
    Call("User", "group_by", {"by": ["moods"], "count": True, "order": {"moods": "asc"}}),
    Call("User", "group_by", {"by": ["mood"], "order": {"age": "asc"}}),
    Call("User", "group_by", {"by": [], "count": True}),
    Call(
        "Sample",
        "group_by",
        {
            "by": ["exact"],
            "sum": {"exact": True, "float": True, "big": True, "int": True},
            "avg": {"exact": True, "big": True},
            "order": {"exact": "asc"},
        },
    ),
    Call(
        "Sample",
        "group_by",
        {"by": ["flag"], "max": {"day": True, "instant": True, "text": True}, "order": {"flag": "asc"}},
    ),
    Call("Sample", "group_by", {"by": ["bytes"], "order": {"bytes": "asc"}}),
    Call("Sample", "group_by", {"by": ["uuid"], "count": {"uuid": True}, "order": {"uuid": "asc"}}),
    Call("Sample", "group_by", {"by": ["day"], "order": {"day": "asc"}}),
]
