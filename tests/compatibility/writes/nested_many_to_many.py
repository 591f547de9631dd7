"""Writes after which both clients must have answered and stored the same: nested many to many."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = {
    "connect m2m missing": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"connect": {"id": 99}}}})
    ],
    "connect m2m one missing": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"connect": [{"id": 3}, {"id": 99}]}}})
    ],
    "connect m2m existing": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"connect": {"id": 1}}}})
    ],
    "connect m2m dup": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"connect": [{"id": 3}, {"id": 3}]}}})
    ],
    "connect m2m by name": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"connect": {"name": "t3"}}}})
    ],
    "coc tags": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "connectOrCreate": [
                            {"where": {"name": "t3"}, "create": {"name": "t3"}},
                            {"where": {"name": "t9"}, "create": {"name": "t9"}},
                        ]
                    }
                },
            },
        )
    ],
    "coc tags same new twice": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "connectOrCreate": [
                            {"where": {"name": "t9"}, "create": {"name": "t9"}},
                            {"where": {"name": "t9"}, "create": {"name": "t9"}},
                        ]
                    }
                },
            },
        )
    ],
    "disconnect tags": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"disconnect": [{"id": 1}]}}})
    ],
    "disconnect tags nonrelated": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"disconnect": [{"id": 3}]}}})
    ],
    "disconnect tags missing": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"disconnect": [{"id": 99}]}}})
    ],
    "set tags": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"set": [{"id": 2}, {"id": 3}]}}})
    ],
    "set tags empty": [Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"set": []}}})],
    "set tags missing": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"set": [{"id": 2}, {"id": 99}]}}})
    ],
    "delete tag": [Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"delete": {"id": 1}}}})],
    "delete tag nonrelated": [
        Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"delete": {"id": 3}}}})
    ],
    "delete many tags": [Call("Post", "update", {"where": {"id": 1}, "data": {"tags": {"deleteMany": {}}}})],
    "update tags": [
        Call(
            "Post",
            "update",
            {"where": {"id": 1}, "data": {"tags": {"update": {"where": {"id": 1}, "data": {"name": "x"}}}}},
        )
    ],
    "update tags nonrelated": [
        Call(
            "Post",
            "update",
            {"where": {"id": 1}, "data": {"tags": {"update": {"where": {"id": 3}, "data": {"name": "x"}}}}},
        )
    ],
    "update tag pk": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {"tags": {"update": {"where": {"id": 1}, "data": {"id": 50}}}},
                "include": {"tags": {"orderBy": {"id": "asc"}}},
            },
        )
    ],
    "update many tags": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {"updateMany": {"where": {"name": {"contains": "t1"}}, "data": {"name": "tt"}}}
                },
            },
        )
    ],
    "nested upsert tags": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "upsert": [
                            {"where": {"id": 1}, "create": {"name": "c"}, "update": {"name": "u"}},
                            {"where": {"id": 99}, "create": {"name": "c2"}, "update": {"name": "u2"}},
                        ]
                    }
                },
            },
        )
    ],
    "tags set and create and delete": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {"tags": {"set": [{"id": 3}], "create": [{"name": "new"}], "delete": {"id": 3}}},
            },
        )
    ],
    "tags create and delete many": [
        Call(
            "Post",
            "update",
            {"where": {"id": 1}, "data": {"tags": {"create": [{"name": "new"}], "deleteMany": {}}}},
        )
    ],
    "tags connect and update many": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "connect": [{"id": 3}],
                        "updateMany": {"where": {"id": {"gt": 2}}, "data": {"name": "zz"}},
                    }
                },
            },
        )
    ],
    "tags upsert and delete many": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "upsert": [{"where": {"id": 1}, "create": {"name": "q"}, "update": {"name": "w"}}],
                        "deleteMany": {"name": "w"},
                    }
                },
            },
        )
    ],
    "tags update then delete many": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "update": [{"where": {"id": 1}, "data": {"name": "w"}}],
                        "deleteMany": {"name": "w"},
                    }
                },
            },
        )
    ],
    "tags update many then delete many": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "updateMany": [{"where": {"id": 1}, "data": {"name": "w"}}],
                        "deleteMany": {"name": "w"},
                    }
                },
            },
        )
    ],
    "tags delete many then update many unordered": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "deleteMany": {"name": "w"},
                        "updateMany": [{"where": {"id": 1}, "data": {"name": "w"}}],
                    }
                },
            },
        )
    ],
    "tags delete vs disconnect": [
        Call(
            "Post",
            "update",
            {"where": {"id": 1}, "data": {"tags": {"disconnect": {"id": 1}, "delete": {"id": 1}}}},
        )
    ],
    "tags delete first written": [
        Call(
            "Post",
            "update",
            {"where": {"id": 1}, "data": {"tags": {"delete": {"id": 1}, "disconnect": {"id": 1}}}},
        )
    ],
    "tags connect then set": [
        Call(
            "Post",
            "update",
            {"where": {"id": 1}, "data": {"tags": {"connect": {"id": 3}, "set": [{"id": 1}]}}},
        )
    ],
    "tags create then set": [
        Call(
            "Post",
            "update",
            {"where": {"id": 1}, "data": {"tags": {"create": {"name": "n"}, "set": [{"id": 1}]}}},
        )
    ],
    "tags coc then set": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "connectOrCreate": {"where": {"name": "n"}, "create": {"name": "n"}},
                        "set": [{"id": 1}],
                    }
                },
            },
        )
    ],
    "tags connect then disconnect same": [
        Call(
            "Post",
            "update",
            {"where": {"id": 1}, "data": {"tags": {"connect": {"id": 3}, "disconnect": {"id": 3}}}},
        )
    ],
    "tags create then update many": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "create": {"name": "n"},
                        "updateMany": {"where": {"name": "n"}, "data": {"name": "m"}},
                    }
                },
            },
        )
    ],
    "tags create then delete": [
        Call(
            "Post",
            "update",
            {"where": {"id": 1}, "data": {"tags": {"create": {"id": 50, "name": "n"}, "delete": {"id": 50}}}},
        )
    ],
    "tags update then delete": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {"tags": {"update": {"where": {"id": 1}, "data": {"id": 50}}, "delete": {"id": 50}}},
            },
        )
    ],
    "tags update then delete b": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {"tags": {"update": {"where": {"id": 1}, "data": {"id": 50}}, "delete": {"id": 1}}},
            },
        )
    ],
    "tags upsert vs update": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "update": {"where": {"id": 1}, "data": {"name": "u"}},
                        "upsert": {"where": {"id": 1}, "create": {"name": "c"}, "update": {"name": "us"}},
                    }
                },
            },
        )
    ],
    "tags upsert vs update many": [
        Call(
            "Post",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "tags": {
                        "upsert": {"where": {"id": 1}, "create": {"name": "c"}, "update": {"name": "us"}},
                        "updateMany": {"where": {"id": 1}, "data": {"name": "um"}},
                    }
                },
            },
        )
    ],
    "create with unchecked+m2m": [
        Call(
            "Post",
            "create",
            {
                "data": {"title": "a", "authorId": "u1", "tags": {"connect": {"id": 1}}},
                "include": {"tags": True},
            },
        )
    ],
}
