"""Writes after which both clients must have answered and stored the same: upserts."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = {
    "upsert update": [
        Call(
            "User",
            "upsert",
            {"where": {"email": "u1@x"}, "data": {"create": {"email": "u1@x"}, "update": {"name": "U"}}},
        )
    ],
    "upsert create": [
        Call(
            "User",
            "upsert",
            {"where": {"email": "n"}, "data": {"create": {"email": "n"}, "update": {"name": "U"}}},
        )
    ],
    "upsert empty update": [
        Call(
            "User",
            "upsert",
            {"where": {"email": "u1@x"}, "data": {"create": {"email": "u1@x"}, "update": {}}},
        )
    ],
    "upsert empty update create": [
        Call("User", "upsert", {"where": {"email": "n"}, "data": {"create": {"email": "n"}, "update": {}}})
    ],
    "upsert keys differ existing": [
        Call(
            "User",
            "upsert",
            {"where": {"email": "u1@x"}, "data": {"create": {"email": "other"}, "update": {"name": "U"}}},
        )
    ],
    "upsert keys differ new": [
        Call(
            "User",
            "upsert",
            {"where": {"email": "n"}, "data": {"create": {"email": "other"}, "update": {"name": "U"}}},
        )
    ],
    "upsert keys differ conflict": [
        Call(
            "User",
            "upsert",
            {"where": {"email": "n"}, "data": {"create": {"email": "u1@x"}, "update": {"name": "U"}}},
        )
    ],
    "upsert by id other unique conflict": [
        Call(
            "User",
            "upsert",
            {"where": {"id": "n"}, "data": {"create": {"id": "n", "email": "u1@x"}, "update": {"name": "U"}}},
        )
    ],
    "upsert two keys in where": [
        Call(
            "User",
            "upsert",
            {
                "where": {"id": "u1", "email": "u1@x"},
                "data": {"create": {"id": "u1", "email": "u1@x"}, "update": {"name": "U"}},
            },
        )
    ],
    "upsert extra filter hit": [
        Call(
            "User",
            "upsert",
            {
                "where": {"id": "u1", "age": 1},
                "data": {"create": {"id": "u1", "email": "zz"}, "update": {"name": "U"}},
            },
        )
    ],
    "upsert extra filter miss": [
        Call(
            "User",
            "upsert",
            {
                "where": {"id": "u1", "age": 7},
                "data": {"create": {"id": "u1", "email": "zz"}, "update": {"name": "U"}},
            },
        )
    ],
    "upsert compound": [
        Call(
            "Post",
            "upsert",
            {
                "where": {"one_title": {"authorId": "u1", "title": "p1"}},
                "data": {"create": {"authorId": "u1", "title": "p1"}, "update": {"content": "c"}},
            },
        )
    ],
    "upsert compound new": [
        Call(
            "Post",
            "upsert",
            {
                "where": {"one_title": {"authorId": "u1", "title": "p7"}},
                "data": {"create": {"authorId": "u1", "title": "p7"}, "update": {"content": "c"}},
            },
        )
    ],
    "upsert composite id": [
        Call(
            "Like",
            "upsert",
            {
                "where": {"userId_postId": {"userId": "u1", "postId": 1}},
                "data": {"create": {"userId": "u1", "postId": 1}, "update": {"weight": {"increment": 5}}},
            },
        )
    ],
    "upsert update changes key": [
        Call(
            "User",
            "upsert",
            {
                "where": {"email": "u1@x"},
                "data": {"create": {"email": "u1@x"}, "update": {"email": "changed"}},
            },
        )
    ],
    "upsert update pk include": [
        Call(
            "User",
            "upsert",
            {
                "where": {"email": "u1@x"},
                "data": {"create": {"email": "u1@x"}, "update": {"id": "u9"}},
                "include": {"posts": True},
            },
        )
    ],
    "upsert desk by unique mapped": [
        Call(
            "Desk",
            "upsert",
            {
                "where": {"ownerId": "u1"},
                "data": {"create": {"code": "x", "ownerId": "u1"}, "update": {"room": "r"}},
            },
        )
    ],
    "upsert desk by unique mapped new": [
        Call(
            "Desk",
            "upsert",
            {
                "where": {"ownerId": "u3"},
                "data": {"create": {"code": "x", "ownerId": "u3"}, "update": {"room": "r"}},
            },
        )
    ],
    "upsert update empties unique": [
        Call(
            "Desk",
            "upsert",
            {
                "where": {"ownerId": "u1"},
                "data": {"create": {"code": "x", "ownerId": "u1"}, "update": {"ownerId": None}},
            },
        )
    ],
}
