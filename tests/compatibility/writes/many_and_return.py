"""Writes of many rows that return them: after each, both clients must have answered and stored the same."""

from __future__ import annotations

from typing import Any

from tests.compatibility.dialect import Call, Json


def create(model: str, *rows: dict[str, Any], **more: Any) -> Call:
    return Call(model, "create_many_and_return", {"data": list(rows), **more})


def update(model: str, data: dict[str, Any], where: dict[str, Any] | None = None) -> Call:
    return Call(model, "update_many_and_return", {"data": data, "where": where or {}})


CASES = {
    "create many and return": [create("User", {"email": "a", "name": "A"}, {"email": "b", "age": 3})],
    "create many and return none": [create("User")],
    "create many and return defaults": [create("Defaults", {}, {"word": "x"}, {})],
    "create many and return numbers": [create("Tag", {"name": "b"}, {"name": "a"}, {"name": "c"})],
    "create many and return null": [create("User", {"email": "a", "name": None}, {"email": "b"})],
    "create many and return null default": [create("User", {"email": "a", "mood": None})],
    "create many and return duplicate": [create("User", {"email": "n"}, {"email": "u1@x"})],
    "create many and return skip": [
        create("User", {"email": "n"}, {"email": "u1@x"}, {"email": "m"}, skip_duplicates=True)
    ],
    "create many and return skip all": [create("User", {"email": "u1@x"}, skip_duplicates=True)],
    "create many and return skip within": [
        create("User", {"email": "n"}, {"email": "n", "name": "second"}, skip_duplicates=True)
    ],
    "create many and return fk missing": [create("Post", {"title": "a", "authorId": "no"})],
    "create many and return composite": [create("Like", {"userId": "u3", "postId": 2, "weight": 4})],
    "create many and return lists": [
        create("Sample", {"words": ["a", 'b"c'], "ints": [1], "data": Json({"a": [1]})}, {"words": []})
    ],
    "create many and return enums": [
        create("User", {"email": "a", "mood": "SAD", "moods": ["SAD", "ANGRY"]})
    ],
    "create many and return unknown": [create("User", {"email": "a", "nam": "x"})],
    "create many and return relation": [create("Post", {"title": "a", "author": {"connect": {"id": "u1"}}})],
    "create many and return missing": [create("User", {"name": "x"})],
    "update many and return": [update("User", {"name": "x"}, {"id": "u1"})],
    "update many and return reckoned": [update("User", {"age": {"increment": 2}}, {"id": "u1"})],
    "update many and return none": [update("User", {"name": "x"}, {"id": "no"})],
    "update many and return empty": [update("User", {}, {"id": "u1"})],
    "update many and return key": [update("User", {"id": "u9"}, {"id": "u1"})],
    "update many and return by relation": [
        update("User", {"name": "x"}, {"posts": {"some": {"title": "p3"}}})
    ],
    "update many and return duplicate": [update("User", {"email": "u2@x"}, {"id": "u1"})],
    "update many and return fk missing": [update("Post", {"authorId": "no"}, {"id": 1})],
    "update many and return push": [update("User", {"moods": {"push": "SAD"}}, {"id": "u1"})],
    "update many and return unknown": [update("User", {"nam": "x"}, {"id": "u1"})],
    "update many and return nested": [update("User", {"posts": {"create": {"title": "n"}}}, {"id": "u1"})],
    "update many and return null required": [update("Post", {"title": None}, {"id": 1})],
}
