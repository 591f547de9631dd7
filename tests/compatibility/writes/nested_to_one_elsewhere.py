"""Writes after which both clients must have answered and stored the same: nested to one elsewhere."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = {
    "connect missing": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"author": {"connect": {"id": "no"}}}})
    ],
    "connect from owner side replaces": [
        Call("Desk", "update", {"where": {"code": "d1"}, "data": {"owner": {"connect": {"id": "u2"}}}})
    ],
    "connect from owner side same": [
        Call("Desk", "update", {"where": {"code": "d1"}, "data": {"owner": {"connect": {"id": "u1"}}}})
    ],
    "connect from owner free": [
        Call("Desk", "update", {"where": {"code": "d2"}, "data": {"owner": {"connect": {"id": "u1"}}}})
    ],
    "create desk connecting taken owner": [
        Call("Desk", "create", {"data": {"code": "new", "owner": {"connect": {"id": "u1"}}}})
    ],
    "create profile connecting taken required": [
        Call("Profile", "create", {"data": {"bio": "new", "user": {"connect": {"id": "u1"}}}})
    ],
    "profile connect steals required": [
        Call("Profile", "create", {"data": {"bio": "two", "userId": "u2"}}),
        Call("User", "update", {"where": {"id": "u1"}, "data": {"profile": {"connect": {"id": 2}}}}),
    ],
    "owner connect or create": [
        Call(
            "Desk",
            "update",
            {
                "where": {"code": "d1"},
                "data": {"owner": {"connectOrCreate": {"where": {"id": "u2"}, "create": {"email": "n"}}}},
            },
        )
    ],
    "owner connect or create new": [
        Call(
            "Desk",
            "update",
            {
                "where": {"code": "d1"},
                "data": {"owner": {"connectOrCreate": {"where": {"id": "no"}, "create": {"email": "n"}}}},
            },
        )
    ],
    "disconnect owner": [
        Call("Desk", "update", {"where": {"code": "d1"}, "data": {"owner": {"disconnect": True}}})
    ],
    "disconnect owner none": [
        Call("Desk", "update", {"where": {"code": "d2"}, "data": {"owner": {"disconnect": True}}})
    ],
    "disconnect owner where miss": [
        Call("Desk", "update", {"where": {"code": "d1"}, "data": {"owner": {"disconnect": {"age": 77}}}})
    ],
    "disconnect owner where hit": [
        Call("Desk", "update", {"where": {"code": "d1"}, "data": {"owner": {"disconnect": {"age": 1}}}})
    ],
    "disconnect like from flag": [
        Call("Flag", "update", {"where": {"id": 1}, "data": {"like": {"disconnect": True}}})
    ],
    "delete editor": [Call("Post", "update", {"where": {"id": 1}, "data": {"editor": {"delete": True}}})],
    "delete owner desk": [
        Call("Desk", "update", {"where": {"code": "d3"}, "data": {"owner": {"delete": True}}})
    ],
    "delete owner none": [
        Call("Desk", "update", {"where": {"code": "d2"}, "data": {"owner": {"delete": True}}})
    ],
    "update owner": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"author": {"update": {"name": "N"}}}})
    ],
    "update owner none": [
        Call("Post", "update", {"where": {"id": 2}, "data": {"editor": {"update": {"name": "N"}}}})
    ],
    "update owner where miss": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {"author": {"update": {"where": {"age": 77}, "data": {"name": "N"}}}},
            },
        )
    ],
    "update owner pk": [
        Call(
            "Post",
            "update",
            {"where": {"id": 1}, "data": {"author": {"update": {"id": "u9"}}}, "include": {"author": True}},
        )
    ],
    "nested upsert owner update": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {"editor": {"upsert": {"create": {"email": "c"}, "update": {"name": "u"}}}},
            },
        )
    ],
    "nested upsert owner create": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 2},
                "data": {"editor": {"upsert": {"create": {"email": "c"}, "update": {"name": "u"}}}},
            },
        )
    ],
    "editor delete where miss": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"editor": {"delete": {"age": 77}}}})
    ],
    "profile user connect taken": [
        Call("Profile", "update", {"where": {"id": 1}, "data": {"user": {"connect": {"id": "u2"}}}})
    ],
    "profile user connect taken2": [
        Call("Profile", "create", {"data": {"bio": "2", "userId": "u2"}}),
        Call("Profile", "update", {"where": {"id": 1}, "data": {"user": {"connect": {"id": "u2"}}}}),
    ],
    "create fk both": [
        Call(
            "Post", "create", {"data": {"title": "a", "authorId": "u1", "author": {"connect": {"id": "u1"}}}}
        )
    ],
    "create connect missing": [
        Call("Post", "create", {"data": {"title": "a", "author": {"connect": {"id": "no"}}}})
    ],
    "create with composite connect": [
        Call(
            "Note",
            "create",
            {"data": {"text": "x", "like": {"connect": {"userId_postId": {"userId": "u2", "postId": 1}}}}},
        )
    ],
    "create composite via create": [
        Call(
            "Note",
            "create",
            {
                "data": {
                    "text": "x",
                    "like": {"create": {"user": {"connect": {"id": "u3"}}, "post": {"connect": {"id": 3}}}},
                }
            },
        )
    ],
    "upsert connect relation": [
        Call(
            "Post",
            "upsert",
            {
                "where": {"id": 99},
                "data": {
                    "create": {"title": "x", "author": {"connect": {"id": "u1"}}},
                    "update": {"author": {"connect": {"id": "u2"}}},
                },
            },
        )
    ],
    "post create with two foreign": [
        Call(
            "Post",
            "create",
            {
                "data": {
                    "title": "z",
                    "author": {"connect": {"email": "u3@x"}},
                    "editor": {"create": {"email": "ed"}},
                },
                "include": {"author": True, "editor": True},
            },
        )
    ],
    "create coc foreign new": [
        Call(
            "Post",
            "create",
            {
                "data": {
                    "title": "z",
                    "author": {"connectOrCreate": {"where": {"email": "u9@x"}, "create": {"email": "u9@x"}}},
                },
                "include": {"author": True},
            },
        )
    ],
    "create coc foreign old": [
        Call(
            "Post",
            "create",
            {
                "data": {
                    "title": "z",
                    "author": {"connectOrCreate": {"where": {"email": "u2@x"}, "create": {"email": "u2@x"}}},
                },
                "include": {"author": True},
            },
        )
    ],
    "upsert desk by unique via connect": [
        Call(
            "Desk",
            "upsert",
            {
                "where": {"ownerId": "u1"},
                "data": {
                    "create": {"code": "x", "owner": {"connect": {"id": "u1"}}},
                    "update": {"room": "r"},
                },
            },
        )
    ],
}
