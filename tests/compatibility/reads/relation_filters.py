"""Reads that both clients must answer alike: relation filters."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = [
    Call("User", "find_many", {"where": {"posts": {"some": {}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"posts": {"none": {}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"posts": {"every": {}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"posts": {"some": {"published": True}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"posts": {"none": {"published": True}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"posts": {"every": {"published": True}}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"posts": {"every": {"content": {"not": "rat"}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"posts": {"every": {"content": {"contains": "hello"}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"posts": {"none": {"content": {"contains": "hello"}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"NOT": [{"posts": {"every": {"published": True}}}]}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"NOT": [{"posts": {"some": {"published": True}}}]}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"posts": {"some": {"published": True}, "none": {"title": "d"}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"posts": {"some": {"tags": {"some": {"name": "x"}}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User", "find_many", {"where": {"posts": {"every": {"tags": {"some": {}}}}}, "order": {"id": "asc"}}
    ),
    Call("User", "find_many", {"where": {"friends": {"some": {"name": "bob"}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"friends": {"none": {}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"friends": {"every": {"age": 30}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"friendOf": {"some": {"age": 30}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"reports": {"some": {"age": 30}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"reports": {"none": {"age": 30}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"reports": {"every": {"age": 30}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": None}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": {"is": None}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": {"is_not": None}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": {"is": {"age": 30}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": {"is_not": {"age": 30}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": {"age": 30}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": {"is": {}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": {"is_not": {}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": {"is": {"age": None}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"manager": {"is": {"age": 30}}}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": {"manager": {"name": "Ann"}}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"manager": {"is_not": {"name": {"contains": "A"}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"manager": {"is_not": {"name": {"not": "Ann"}}}}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"where": {"profile": None}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"profile": {"is": None}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"profile": {"is_not": None}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"profile": {"bio": "bio ann"}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"profile": {"is_not": {"bio": "bio ann"}}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"profile": {"is": {}, "is_not": {"bio": "x"}}}, "order": {"id": "asc"}},
    ),
    Call("Post", "find_many", {"where": {"author": {"is": {"name": "Ann"}}}, "order": {"id": "asc"}}),
    Call("Post", "find_many", {"where": {"author": {"is_not": {"name": "Ann"}}}, "order": {"id": "asc"}}),
    Call("Post", "find_many", {"where": {"editor": {"is_not": {"name": "Ann"}}}, "order": {"id": "asc"}}),
    Call(
        "Post", "find_many", {"where": {"editor": {"is": {"manager": {"is": None}}}}, "order": {"id": "asc"}}
    ),
    Call(
        "Post",
        "find_many",
        {"where": {"tags": {"some": {"posts": {"some": {"title": "d"}}}}}, "order": {"id": "asc"}},
    ),
    Call("Post", "find_many", {"where": {"tags": {"none": {"name": "x"}}}, "order": {"id": "asc"}}),
    Call(
        "Post",
        "find_many",
        {"where": {"tags": {"every": {"name": {"in": ["x", "y"]}}}}, "order": {"id": "asc"}},
    ),
    Call("Note", "find_many", {"where": {"like": {"is": {"weight": 1}}}, "order": {"id": "asc"}}),
    Call("Note", "find_many", {"where": {"like": {"is_not": {"weight": 1}}}, "order": {"id": "asc"}}),
    Call(
        "Like",
        "find_many",
        {"where": {"notes": {"some": {}}}, "order": [{"userId": "asc"}, {"postId": "asc"}]},
    ),
    Call(
        "Like",
        "find_many",
        {"where": {"notes": {"none": {"text": "n2"}}}, "order": [{"userId": "asc"}, {"postId": "asc"}]},
    ),
    Call(
        "Like",
        "find_many",
        {"where": {"notes": {"every": {"text": "n4"}}}, "order": [{"userId": "asc"}, {"postId": "asc"}]},
    ),
    Call("User", "find_many", {"where": {"NOT": [{"manager": {"age": 30}}]}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"NOT": [{"manager": {"is_not": {"age": 30}}}]}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"NOT": [{"NOT": [{"manager": {"is": {"age": 30}}}]}]}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"where": {"NOT": [{"manager": {"is": None}}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"manager": {"is_not": None}}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"manager": {}}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"profile": {"bio": "bio ann"}}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"NOT": [{"profile": None}]}, "order": {"id": "asc"}}),
    Call(
        "User", "find_many", {"where": {"friends": {"every": {"age": {"not": 30}}}}, "order": {"id": "asc"}}
    ),
    Call("User", "find_many", {"where": {"friends": {"none": {"age": 30}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"friends": {"none": {"age": {"not": 30}}}}, "order": {"id": "asc"}}),
    Call(
        "User", "find_many", {"where": {"NOT": [{"friends": {"every": {"age": 30}}}]}, "order": {"id": "asc"}}
    ),
    Call(
        "User", "find_many", {"where": {"NOT": [{"friends": {"none": {"age": 30}}}]}, "order": {"id": "asc"}}
    ),
    Call(
        "User", "find_many", {"where": {"NOT": [{"friends": {"some": {"age": 30}}}]}, "order": {"id": "asc"}}
    ),
    Call(
        "User", "find_many", {"where": {"NOT": [{"reports": {"every": {"age": 30}}}]}, "order": {"id": "asc"}}
    ),
    Call(
        "User", "find_many", {"where": {"reports": {"every": {"NOT": [{"age": 30}]}}}, "order": {"id": "asc"}}
    ),
    Call("User", "find_many", {"where": {"posts": {"every": {"content": "x"}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"posts": {"none": {"content": "x"}}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"posts": {"every": {"editor": {"is": {"name": "hal"}}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"posts": {"every": {"editor": {"is_not": {"name": "hal"}}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"posts": {"none": {"editor": {"is_not": {"name": "hal"}}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User", "find_many", {"where": {"posts": {"every": {"editor": {"is": None}}}}, "order": {"id": "asc"}}
    ),
    Call(
        "User",
        "find_many",
        {"where": {"manager": {"is_not": {"AND": [{"age": 30}, {"name": "Ann"}]}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"manager": {"is_not": {"OR": [{"age": 30}, {"name": "gus"}]}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User", "find_many", {"where": {"manager": {"is_not": {"age": {"not": 30}}}}, "order": {"id": "asc"}}
    ),
    Call("User", "find_many", {"where": {"manager": {"is_not": {"age": None}}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"manager": {"is_not": {"manager": {"is_not": {"age": 30}}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"manager": {"is_not": {"posts": {"some": {"content": "x"}}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"manager": {"is_not": {"posts": {"every": {"content": "x"}}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"manager": {"is": {"manager": {"is_not": {"age": 30}}}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User", "find_many", {"where": {"manager": {"is": {"manager": {"is": None}}}}, "order": {"id": "asc"}}
    ),
    Call(
        "User",
        "find_many",
        {"where": {"manager": {"is_not": {"manager": {"is": None}}}}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"where": {"posts": {"some": {"OR": []}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"posts": {"every": {"OR": []}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"posts": {"none": {"OR": []}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": {"is": {"OR": []}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"manager": {"is_not": {"OR": []}}}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"posts": {}}, "order": {"id": "asc"}}),
    Call(
        "User", "find_many", {"where": {"OR": [{"posts": {"some": {}}}, {"age": 25}]}, "order": {"id": "asc"}}
    ),
    Call("Sample", "find_many", {"where": {"flags": {"has": True}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"NOT": [{"posts": {"every": {"content": "x"}}}]}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"NOT": [{"posts": {"none": {"published": True}}}]}, "order": {"id": "asc"}},
    ),
    Call("User", "find_many", {"where": {"manager": {}}, "order": {"id": "asc"}}),
    Call(
        "User",
        "find_many",
        {"where": {"manager": {"is_not": {"email": "ann@x.com"}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User",
        "find_many",
        {"where": {"manager": {"is": {"age": 30}, "is_not": {"name": "Ann"}}}, "order": {"id": "asc"}},
    ),
    Call(
        "User", "find_many", {"where": {"NOT": [{"NOT": [{"manager": {"age": 30}}]}]}, "order": {"id": "asc"}}
    ),
    Call("User", "find_many", {"where": {"NOT": [{"manager": None}]}, "order": {"id": "asc"}}),
    Call("User", "find_many", {"where": {"reports": {"none": {}}}, "order": {"id": "asc"}}),
    Call(
        "User", "find_many", {"where": {"OR": [{"posts": {"some": {}}}, {"age": 40}]}, "order": {"id": "asc"}}
    ),
    Call(
        "Post", "find_many", {"where": {"author": {"is_not": {"email": "ann@x.com"}}}, "order": {"id": "asc"}}
    ),
    Call("Post", "find_many", {"where": {"likes": {"some": {"weight": {"gt": 1}}}}, "order": {"id": "asc"}}),
    Call("Note", "find_many", {"where": {"like": {"user": {"is": {"name": "Ann"}}}}, "order": {"id": "asc"}}),
    Call(
        "Note",
        "find_many",
        {"where": {"like": {"is": {"notes": {"some": {"text": "n2"}}}}}, "order": {"id": "asc"}},
    ),
]
