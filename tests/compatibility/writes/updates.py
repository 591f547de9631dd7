"""Writes after which both clients must have answered and stored the same: updates."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = {
    "update empty data": [Call("User", "update", {"where": {"id": "u1"}, "data": {}})],
    "update scalar": [Call("User", "update", {"where": {"id": "u1"}, "data": {"name": "x"}})],
    "update undefined where missing": [
        Call("User", "update", {"where": {"id": "nope"}, "data": {"name": "x"}})
    ],
    "update where extra filter hit": [
        Call("User", "update", {"where": {"id": "u1", "age": 1}, "data": {"name": "x"}})
    ],
    "update where extra filter miss": [
        Call("User", "update", {"where": {"id": "u1", "age": 5}, "data": {"name": "x"}})
    ],
    "update where OR": [
        Call("User", "update", {"where": {"id": "u1", "OR": [{"age": 5}, {"age": 1}]}, "data": {"name": "x"}})
    ],
    "update pk": [Call("User", "update", {"where": {"id": "u1"}, "data": {"id": "u9"}})],
    "update pk with include": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"id": "u9"}, "include": {"posts": True, "profile": True}},
        )
    ],
    "update unique conflict": [Call("User", "update", {"where": {"id": "u1"}, "data": {"email": "u2@x"}})],
    "update null on nullable": [Call("User", "update", {"where": {"id": "u1"}, "data": {"age": None}})],
    "update set null": [Call("User", "update", {"where": {"id": "u1"}, "data": {"age": {"set": None}}})],
    "update increment": [Call("User", "update", {"where": {"id": "u1"}, "data": {"age": {"increment": 2}}})],
    "update increment null": [
        Call("User", "update", {"where": {"id": "u2"}, "data": {"age": {"increment": 2}}})
    ],
    "update many empty": [Call("User", "update_many", {"data": {}, "where": {}})],
    "update many where none": [Call("User", "update_many", {"where": {"id": "no"}, "data": {"name": "x"}})],
    "update many": [
        Call(
            "User",
            "update_many",
            {"where": {"age": {"gt": 1}}, "data": {"name": "x", "age": {"multiply": 3}}},
        )
    ],
    "update many fk": [Call("Post", "update_many", {"where": {}, "data": {"authorId": "u3"}})],
    "update many fk missing": [Call("Post", "update_many", {"where": {}, "data": {"authorId": "no"}})],
    "fk manager set scalar": [Call("User", "update", {"where": {"id": "u3"}, "data": {"managerId": "u2"}})],
    "fk scalar null": [Call("User", "update", {"where": {"id": "u3"}, "data": {"managerId": None}})],
    "set desk by scalar": [Call("Desk", "update", {"where": {"code": "d1"}, "data": {"ownerId": "u2"}})],
    "push enum": [Call("User", "update", {"where": {"id": "u1"}, "data": {"moods": {"push": "SAD"}}})],
    "update unknown field": [Call("Post", "update", {"where": {"id": 1}, "data": {"titel": "x"}})],
    "update null required": [Call("Post", "update", {"where": {"id": 1}, "data": {"title": None}})],
    "update set undefined relation null": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": None}})
    ],
    "update id where null": [Call("User", "update", {"where": {"id": None}, "data": {"name": "x"}})],
    "composite pk change": [
        Call(
            "Like",
            "update",
            {
                "where": {"userId_postId": {"userId": "u1", "postId": 1}},
                "data": {"userId": "u3"},
                "include": {"notes": {"orderBy": {"id": "asc"}}},
            },
        )
    ],
    "update like by compound + filter": [
        Call(
            "Like",
            "update",
            {"where": {"userId_postId": {"userId": "u1", "postId": 1}, "weight": 1}, "data": {"weight": 3}},
        )
    ],
    "update where relation filter": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1", "posts": {"some": {"title": "p1"}}}, "data": {"name": "x"}},
        )
    ],
    "update many relation filter": [
        Call("User", "update_many", {"where": {"posts": {"none": {}}}, "data": {"name": "x"}})
    ],
    "update pk to existing": [Call("User", "update", {"where": {"id": "u1"}, "data": {"id": "u2"}})],
}
