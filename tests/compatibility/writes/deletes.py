"""Writes after which both clients must have answered and stored the same: deletes."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = {
    "delete many": [Call("Post", "delete_many", {"where": {"authorId": "u2"}})],
    "delete many all restricted": [Call("User", "delete_many", {})],
    "delete missing": [Call("User", "delete", {"where": {"id": "no"}})],
    "delete restricted": [Call("User", "delete", {"where": {"id": "u1"}})],
    "delete include": [
        Call("User", "delete", {"where": {"id": "u3"}, "include": {"posts": True, "manager": True}})
    ],
    "delete extra filter": [Call("User", "delete", {"where": {"id": "u3", "age": 7}})],
    "delete cascades": [
        Call("Post", "delete_many", {"where": {}}),
        Call("User", "delete", {"where": {"id": "u1"}}),
    ],
    "delete by compound": [
        Call("Like", "delete", {"where": {"userId_postId": {"userId": "u2", "postId": 1}}})
    ],
    "delete where relation filter": [Call("User", "delete", {"where": {"id": "u3", "posts": {"none": {}}}})],
    "delete many relation filter": [Call("Tag", "delete_many", {"where": {"posts": {"none": {}}}})],
}
