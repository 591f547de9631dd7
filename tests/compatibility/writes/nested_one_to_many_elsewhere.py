"""Writes after which both clients must have answered and stored the same: nested one to many elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from tests.compatibility.dialect import Call

CASES = {
    "disconnect composite": [
        Call(
            "Like",
            "update",
            {
                "where": {"userId_postId": {"userId": "u1", "postId": 1}},
                "data": {"flags": {"disconnect": {"id": 1}}},
            },
        )
    ],
    "disconnect composite required": [
        Call(
            "Like",
            "update",
            {
                "where": {"userId_postId": {"userId": "u1", "postId": 1}},
                "data": {"notes": {"disconnect": {"id": 1}}},
            },
        )
    ],
    "push enum bytes json dec": [
        Call("Sample", "create", {"data": {}}),
        Call(
            "Sample",
            "update",
            {
                "where": {"id": 1},
                "data": {
                    "blobs": {"push": b"\x00\x01"},
                    "decimals": {"push": Decimal("1.5")},
                    "bigs": {"push": 7},
                    "moments": {"push": datetime(2001, 2, 3, 4, 5, 6, 0, tzinfo=UTC)},
                    "flags": {"push": True},
                    "floats": {"push": 1.5},
                },
            },
        ),
    ],
    "composite nested": [
        Call(
            "Like",
            "update",
            {
                "where": {"userId_postId": {"userId": "u1", "postId": 1}},
                "data": {"notes": {"create": {"text": "z"}}, "flags": {"connect": {"id": 3}}},
                "include": {"notes": {"orderBy": {"id": "asc"}}, "flags": {"orderBy": {"id": "asc"}}},
            },
        )
    ],
    "flag like set null by set": [
        Call(
            "Like",
            "update",
            {
                "where": {"userId_postId": {"userId": "u1", "postId": 1}},
                "data": {"flags": {"set": [{"id": 2}]}},
            },
        )
    ],
}
