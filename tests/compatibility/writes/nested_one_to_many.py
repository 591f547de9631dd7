"""Writes after which both clients must have answered and stored the same: nested one to many."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = {
    "update pk and nested": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "id": "u9",
                    "posts": {"create": {"title": "new"}},
                    "desk": {"update": {"room": "r"}},
                },
                "include": {"posts": {"orderBy": {"id": "asc"}}, "desk": True},
            },
        )
    ],
    "nested only touches updated at?": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"create": {"title": "q"}}}})
    ],
    "nested connect inverse only": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"connect": {"id": 3}}}})
    ],
    "nested empty create list": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"create": []}}})
    ],
    "nested empty obj": [Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {}}})],
    "connect missing inverse": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"connect": {"id": 99}}}})
    ],
    "connect one missing of two": [
        Call(
            "User", "update", {"where": {"id": "u1"}, "data": {"posts": {"connect": [{"id": 3}, {"id": 99}]}}}
        )
    ],
    "connect same twice": [
        Call(
            "User", "update", {"where": {"id": "u1"}, "data": {"posts": {"connect": [{"id": 3}, {"id": 3}]}}}
        )
    ],
    "connect extra filter": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"posts": {"connect": {"id": 3, "title": "p3"}}}},
        )
    ],
    "connect extra filter miss": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"posts": {"connect": {"id": 3, "title": "no"}}}},
        )
    ],
    "coc posts": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "connectOrCreate": [
                            {"where": {"id": 3}, "create": {"title": "a"}},
                            {"where": {"id": 99}, "create": {"title": "b"}},
                        ]
                    }
                },
            },
        )
    ],
    "coc posts compound": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "connectOrCreate": {
                            "where": {"one_title": {"authorId": "u1", "title": "p1"}},
                            "create": {"title": "p1"},
                        }
                    }
                },
            },
        )
    ],
    "disconnect required": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"disconnect": {"id": 1}}}})
    ],
    "disconnect required non-related": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"disconnect": {"id": 3}}}})
    ],
    "disconnect required missing": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"disconnect": {"id": 99}}}})
    ],
    "disconnect optional": [
        Call("User", "update", {"where": {"id": "u2"}, "data": {"edited": {"disconnect": {"id": 1}}}})
    ],
    "disconnect optional non-related": [
        Call("User", "update", {"where": {"id": "u2"}, "data": {"edited": {"disconnect": {"id": 2}}}})
    ],
    "set edited": [
        Call("User", "update", {"where": {"id": "u2"}, "data": {"edited": {"set": [{"id": 2}, {"id": 3}]}}})
    ],
    "set edited empty": [Call("User", "update", {"where": {"id": "u2"}, "data": {"edited": {"set": []}}})],
    "set edited missing": [
        Call("User", "update", {"where": {"id": "u2"}, "data": {"edited": {"set": [{"id": 99}]}}})
    ],
    "set required keeps": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"posts": {"set": [{"id": 1}, {"id": 2}, {"id": 3}]}}},
        )
    ],
    "set required drops": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"set": [{"id": 1}]}}})
    ],
    "set required empty": [Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"set": []}}})],
    "set reports self": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"reports": {"set": [{"id": "u1"}]}}})
    ],
    "delete related": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"delete": {"id": 2}}}})
    ],
    "delete non-related": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"delete": {"id": 3}}}})
    ],
    "delete missing nested": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"delete": {"id": 99}}}})
    ],
    "delete one of two missing": [
        Call(
            "User", "update", {"where": {"id": "u1"}, "data": {"posts": {"delete": [{"id": 2}, {"id": 99}]}}}
        )
    ],
    "delete many nested": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"posts": {"deleteMany": {"title": "p2"}}}})
    ],
    "delete many nested all": [
        Call("User", "update", {"where": {"id": "u2"}, "data": {"posts": {"deleteMany": {}}}})
    ],
    "delete many list": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"posts": {"deleteMany": [{"title": "p2"}, {"title": "zz"}]}}},
        )
    ],
    "update list": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"posts": {"update": {"where": {"id": 1}, "data": {"title": "x"}}}},
            },
        )
    ],
    "update list non-related": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"posts": {"update": {"where": {"id": 3}, "data": {"title": "x"}}}},
            },
        )
    ],
    "update list missing": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"posts": {"update": {"where": {"id": 99}, "data": {"title": "x"}}}},
            },
        )
    ],
    "update many nested": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"posts": {"updateMany": {"where": {"title": "p1"}, "data": {"published": True}}}},
            },
        )
    ],
    "update many nested list": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "posts": {
                        "updateMany": [
                            {"where": {"title": "p1"}, "data": {"published": True}},
                            {"where": {}, "data": {"rating": {"increment": 1}}},
                        ]
                    }
                },
            },
        )
    ],
    "update many nested empty": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"posts": {"updateMany": {"where": {}, "data": {}}}}},
        )
    ],
    "update many nested updated at": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"reports": {"updateMany": {"where": {}, "data": {"name": "x"}}}},
            },
        )
    ],
}
