"""Writes after which both clients must have answered and stored the same: nested one to many, the other half."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = {
    "nested upsert update": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "upsert": {"where": {"id": 1}, "create": {"title": "c"}, "update": {"title": "u"}}
                    }
                },
            },
        )
    ],
    "nested upsert create": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "upsert": {"where": {"id": 99}, "create": {"title": "c"}, "update": {"title": "u"}}
                    }
                },
            },
        )
    ],
    "nested upsert nonrelated": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "upsert": {"where": {"id": 3}, "create": {"title": "c"}, "update": {"title": "u"}}
                    }
                },
            },
        )
    ],
    "posts update empty data missing": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"posts": {"update": {"where": {"id": 99}, "data": {}}}}},
        )
    ],
    "posts update empty data": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"posts": {"update": {"where": {"id": 1}, "data": {}}}}},
        )
    ],
    "posts upsert empty update": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"posts": {"upsert": {"where": {"id": 1}, "create": {"title": "x"}, "update": {}}}},
            },
        )
    ],
    "several verbs order": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "create": {"title": "n"},
                        "updateMany": {"where": {}, "data": {"published": True}},
                        "deleteMany": {"title": "p2"},
                        "connect": {"id": 3},
                        "update": {"where": {"id": 1}, "data": {"title": "changed"}},
                    }
                },
            },
        )
    ],
    "set and connect": [
        Call("User", "update", {"where": {"id": "u2"}, "data": {"edited": {"set": [], "connect": {"id": 3}}}})
    ],
    "set and disconnect and connect": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u2"},
                "data": {"edited": {"set": [{"id": 2}], "disconnect": [{"id": 2}], "connect": [{"id": 3}]}},
            },
        )
    ],
    "posts create many and update many": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "createMany": {"data": [{"title": "a"}]},
                        "updateMany": {"where": {}, "data": {"published": True}},
                    }
                },
            },
        )
    ],
    "posts connect and update many": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "connect": {"id": 3},
                        "updateMany": {"where": {"id": 3}, "data": {"published": True}},
                    }
                },
            },
        )
    ],
    "posts create many dup": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"posts": {"createMany": {"data": [{"title": "p1"}]}}}},
        )
    ],
    "posts create many skip dup": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "createMany": {
                            "data": [{"title": "p1"}, {"title": "q"}, {"title": "q"}],
                            "skipDuplicates": True,
                        }
                    }
                },
            },
        )
    ],
    "posts create many empty": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"createMany": {"data": []}}}})
    ],
    "posts create many single obj": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"posts": {"createMany": {"data": {"title": "q"}}}}},
        )
    ],
    "create inverse coc": [
        Call(
            "User",
            "create",
            {
                "data": {
                    "email": "n",
                    "posts": {
                        "connectOrCreate": [
                            {"where": {"id": 1}, "create": {"title": "z"}},
                            {"where": {"id": 77}, "create": {"title": "z"}},
                        ]
                    },
                },
                "include": {"posts": {"orderBy": {"id": "asc"}}},
            },
        )
    ],
    "upsert update nested": [
        Call(
            "User",
            "upsert",
            {
                "where": {"email": "u1@x"},
                "data": {"create": {"email": "u1@x"}, "update": {"posts": {"create": {"title": "n"}}}},
                "include": {"posts": {"orderBy": {"id": "asc"}}},
            },
        )
    ],
    "upsert create nested": [
        Call(
            "User",
            "upsert",
            {
                "where": {"email": "n"},
                "data": {"create": {"email": "n", "posts": {"create": {"title": "n"}}}, "update": {}},
                "include": {"posts": True},
            },
        )
    ],
    "composite connect via user": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u3"},
                "data": {"likes": {"create": {"post": {"connect": {"id": 3}}}}},
                "include": {"likes": True},
            },
        )
    ],
    "composite connect existing moves pk": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u3"},
                "data": {"likes": {"connect": {"userId_postId": {"userId": "u1", "postId": 1}}}},
                "include": {"likes": True},
            },
        )
    ],
    "update deep 3": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "update": {
                            "where": {"id": 1},
                            "data": {
                                "likes": {
                                    "update": {
                                        "where": {"userId_postId": {"userId": "u1", "postId": 1}},
                                        "data": {
                                            "weight": 9,
                                            "notes": {
                                                "update": {"where": {"id": 1}, "data": {"text": "deep"}},
                                                "create": {"text": "new"},
                                            },
                                        },
                                    }
                                }
                            },
                        }
                    }
                },
            },
        )
    ],
    "update deep 3 fail": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "name": "no",
                    "posts": {
                        "update": {
                            "where": {"id": 1},
                            "data": {
                                "title": "no",
                                "likes": {
                                    "update": {
                                        "where": {"userId_postId": {"userId": "u1", "postId": 1}},
                                        "data": {
                                            "weight": 9,
                                            "notes": {
                                                "update": {"where": {"id": 77}, "data": {"text": "deep"}}
                                            },
                                        },
                                    }
                                },
                            },
                        }
                    },
                },
            },
        )
    ],
    "nested create fk conflict": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"create": {"title": "p1"}}}})
    ],
    "reports connect touches child": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"reports": {"connect": {"id": "u2"}}}})
    ],
    "reports disconnect touches child": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"reports": {"disconnect": {"id": "u3"}}}})
    ],
    "reports set": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"reports": {"set": [{"id": "u2"}]}}})
    ],
    "reports coc": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"reports": {"connectOrCreate": {"where": {"id": "u2"}, "create": {"email": "zz"}}}},
            },
        )
    ],
    "reports update many": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"reports": {"updateMany": {"where": {}, "data": {"age": 9}}}}},
        )
    ],
    "reports update nested only": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "reports": {
                        "update": {"where": {"id": "u3"}, "data": {"posts": {"create": {"title": "x"}}}}
                    }
                },
            },
        )
    ],
    "manager create nested": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"manager": {"create": {"email": "m", "posts": {"create": {"title": "q"}}}}},
            },
        )
    ],
    "same rows two relations": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {"updateMany": {"where": {}, "data": {"title": "a"}}},
                    "edited": {"connect": {"id": 2}},
                },
            },
        )
    ],
    "include in update after nested delete": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"posts": {"deleteMany": {}}},
                "include": {"posts": True, "profile": True},
            },
        )
    ],
    "nested create many mixed": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "createMany": {
                            "data": [
                                {"title": "a", "content": "x"},
                                {"title": "b", "views": 4},
                                {"title": "c"},
                            ]
                        }
                    }
                },
            },
        )
    ],
}
