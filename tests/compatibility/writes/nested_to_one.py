"""Writes after which both clients must have answered and stored the same: nested to one."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = {
    "nested update only": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"profile": {"update": {"bio": "zz"}}}})
    ],
    "nested foreign connect": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"manager": {"connect": {"id": "u2"}}}})
    ],
    "connect one-to-one free": [
        Call("User", "update", {"where": {"id": "u3"}, "data": {"desk": {"connect": {"code": "d2"}}}})
    ],
    "connect one-to-one replaces": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"connect": {"code": "d2"}}}})
    ],
    "connect one-to-one steals": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"connect": {"code": "d3"}}}})
    ],
    "connect one-to-one same": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"connect": {"code": "d1"}}}})
    ],
    "connect one-to-one missing": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"connect": {"code": "zz"}}}})
    ],
    "profile create over existing required": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"profile": {"create": {"bio": "new"}}}})
    ],
    "profile connect over existing required": [
        Call("User", "update", {"where": {"id": "u2"}, "data": {"profile": {"connect": {"id": 1}}}})
    ],
    "desk create over existing": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"create": {"code": "n"}}}})
    ],
    "desk connect or create over existing connects": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"desk": {"connectOrCreate": {"where": {"code": "d3"}, "create": {"code": "n"}}}},
            },
        )
    ],
    "desk connect or create own": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"desk": {"connectOrCreate": {"where": {"code": "d1"}, "create": {"code": "n"}}}},
            },
        )
    ],
    "profile connect or create own required": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"profile": {"connectOrCreate": {"where": {"id": 1}, "create": {"bio": "n"}}}},
            },
        )
    ],
    "disconnect to-one true inverse": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"disconnect": True}}})
    ],
    "disconnect to-one false inverse": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"disconnect": False}}})
    ],
    "disconnect to-one true inverse none": [
        Call("User", "update", {"where": {"id": "u3"}, "data": {"desk": {"disconnect": True}}})
    ],
    "disconnect to-one where hit": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"disconnect": {"code": "d1"}}}})
    ],
    "disconnect to-one where miss": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"disconnect": {"code": "zz"}}}})
    ],
    "disconnect required to-one inverse": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"profile": {"disconnect": True}}})
    ],
    "delete to-one": [Call("User", "update", {"where": {"id": "u1"}, "data": {"profile": {"delete": True}}})],
    "delete to-one none": [
        Call("User", "update", {"where": {"id": "u2"}, "data": {"profile": {"delete": True}}})
    ],
    "delete to-one where hit": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"delete": {"code": "d1"}}}})
    ],
    "delete to-one where miss": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"delete": {"code": "zz"}}}})
    ],
    "delete owner optional": [
        Call("User", "update", {"where": {"id": "u3"}, "data": {"manager": {"delete": True}}})
    ],
    "update to-one inverse": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"update": {"room": "r"}}}})
    ],
    "update to-one data": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"update": {"data": {"room": "r"}}}}})
    ],
    "update to-one where hit": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"desk": {"update": {"where": {"code": "d1"}, "data": {"room": "r"}}}},
            },
        )
    ],
    "update to-one where miss": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"desk": {"update": {"where": {"code": "zz"}, "data": {"room": "r"}}}},
            },
        )
    ],
    "update to-one none": [
        Call("User", "update", {"where": {"id": "u3"}, "data": {"desk": {"update": {"room": "r"}}}})
    ],
    "update to-one empty": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"desk": {"update": {}}}})
    ],
    "update to-one empty none": [
        Call("User", "update", {"where": {"id": "u3"}, "data": {"desk": {"update": {}}}})
    ],
    "nested upsert to-one update": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"desk": {"upsert": {"create": {"code": "c"}, "update": {"code": "u"}}}},
            },
        )
    ],
    "nested upsert to-one create": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u3"},
                "data": {"desk": {"upsert": {"create": {"code": "c"}, "update": {"code": "u"}}}},
            },
        )
    ],
    "nested upsert to-one where miss": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "desk": {
                        "upsert": {"where": {"code": "zz"}, "create": {"code": "c"}, "update": {"code": "u"}}
                    }
                },
            },
        )
    ],
    "nested upsert required to-one where miss": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "profile": {
                        "upsert": {"where": {"bio": "zz"}, "create": {"bio": "c"}, "update": {"bio": "u"}}
                    }
                },
            },
        )
    ],
    "fk manager disconnect": [
        Call("User", "update", {"where": {"id": "u3"}, "data": {"manager": {"disconnect": True}}})
    ],
    "fk manager disconnect none": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"manager": {"disconnect": True}}})
    ],
    "fk manager create": [
        Call("User", "update", {"where": {"id": "u1"}, "data": {"manager": {"create": {"email": "m"}}}})
    ],
    "fk manager update": [
        Call("User", "update", {"where": {"id": "u3"}, "data": {"manager": {"update": {"name": "m"}}}})
    ],
    "fk manager upsert update": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u3"},
                "data": {"manager": {"upsert": {"create": {"email": "m"}, "update": {"name": "m"}}}},
            },
        )
    ],
    "fk manager upsert create": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {"manager": {"upsert": {"create": {"email": "m"}, "update": {"name": "m"}}}},
            },
        )
    ],
    "fk manager upsert in where hit": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u3"},
                "data": {
                    "manager": {
                        "upsert": {"where": {"age": 1}, "create": {"email": "m"}, "update": {"name": "m"}}
                    }
                },
            },
        )
    ],
    "fk manager delete": [
        Call("User", "update", {"where": {"id": "u3"}, "data": {"manager": {"delete": True}}})
    ],
    "fk manager connect same": [
        Call("User", "update", {"where": {"id": "u3"}, "data": {"manager": {"connect": {"id": "u1"}}}})
    ],
    "fk both": [
        Call(
            "User",
            "update",
            {"where": {"id": "u3"}, "data": {"managerId": "u2", "manager": {"connect": {"id": "u2"}}}},
        )
    ],
    "profile disconnect none required": [
        Call("User", "update", {"where": {"id": "u2"}, "data": {"profile": {"disconnect": True}}})
    ],
    "create desk inverse connect taken": [
        Call(
            "User",
            "create",
            {"data": {"email": "n", "desk": {"connect": {"code": "d1"}}}, "include": {"desk": True}},
        )
    ],
    "create profile inverse connect taken": [
        Call(
            "User",
            "create",
            {"data": {"email": "n", "profile": {"connect": {"id": 1}}}, "include": {"profile": True}},
        )
    ],
    "two to-one verbs": [
        Call(
            "User",
            "update",
            {"where": {"id": "u3"}, "data": {"manager": {"create": {"email": "m"}, "update": {"name": "x"}}}},
        )
    ],
    "two to-one verbs b": [
        Call(
            "User",
            "update",
            {"where": {"id": "u3"}, "data": {"manager": {"connect": {"id": "u2"}, "update": {"name": "x"}}}},
        )
    ],
    "two to-one verbs c": [
        Call(
            "User",
            "update",
            {"where": {"id": "u3"}, "data": {"manager": {"disconnect": True, "connect": {"id": "u2"}}}},
        )
    ],
    "two to-one verbs d": [
        Call(
            "User",
            "update",
            {"where": {"id": "u3"}, "data": {"manager": {"connect": {"id": "u2"}, "disconnect": True}}},
        )
    ],
    "desk two verbs": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"desk": {"update": {"room": "x"}, "disconnect": True}}},
        )
    ],
    "desk two verbs b": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"desk": {"disconnect": True, "update": {"room": "x"}}}},
        )
    ],
    "desk two verbs c": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"desk": {"delete": True, "create": {"code": "x"}}}},
        )
    ],
}
