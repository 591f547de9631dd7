"""Reads that both clients must answer alike: chosen fields, and counts of related rows."""

from __future__ import annotations

from typing import Any

from tests.compatibility.dialect import Call

BY_ID = {"id": "asc"}
COUNT_ALL = {"_count": True}


def users(**arguments: Any) -> Call:
    return Call("User", "find_many", {"order": BY_ID, **arguments})


def tags(**arguments: Any) -> Call:
    return Call("Tag", "find_many", {"order": BY_ID, **arguments})


def counted(**relations: Any) -> dict[str, Any]:
    return {"_count": {"select": relations}}


CASES = [
    users(select={"id": True}),
    users(select={"id": True, "name": False, "age": True, "mood": True, "moods": True, "createdAt": True}),
    users(select={"posts": True}),
    users(select={"name": True, "profile": True, "manager": True}),
    users(select={"id": True, "posts": {"select": {"title": True}, "order_by": BY_ID, "take": 2}}),
    users(select={"id": True, "posts": {"select": {"title": True}, "order_by": BY_ID, "take": -1}}),
    users(select={"posts": {"where": {"published": True}, "order_by": BY_ID, "skip": 1}}),
    users(select={"posts": {"omit": {"content": True, "views": True}, "order_by": BY_ID}}),
    users(select={"posts": {"include": {"tags": {"order_by": BY_ID}}, "order_by": BY_ID}}),
    users(select={"posts": {"include": {"author": True}, "omit": {"id": True}, "order_by": BY_ID}}),
    users(select={"manager": {"select": {"manager": {"select": {"name": True}}}}}),
    users(select={"manager": {"where": {"age": 30}, "select": {"name": True}}}),
    users(select={"friends": {"select": {"id": True}, "order_by": BY_ID}}),
    users(select={"posts": {"select": {"tags": {"select": {"name": True}, "order_by": BY_ID}}}}),
    users(select={"id": True}, take=2, skip=1),
    users(select={"id": True}, take=-2),
    users(select={"name": True}, cursor={"id": "u3"}, take=2),
    users(select={"name": True}, distinct=["age"]),
    users(select={"name": True}, where={"age": {"gt": 30}}),
    users(omit={"email": True, "updatedAt": True}),
    users(omit={"email": True}, include={"profile": True}),
    users(omit={"email": False}),
    users(omit={}),
    users(omit={"email": True}, include={"posts": {"select": {"id": True}, "order_by": BY_ID}}),
    users(select=COUNT_ALL),
    users(select={"id": True, **COUNT_ALL}),
    users(select=counted(posts=True)),
    users(select=counted(posts=True, friends=True, likes=False)),
    users(select=counted(posts={"where": {"published": True}}, likes={"where": {"weight": {"gt": 1}}})),
    users(select=counted(posts={"where": {"tags": {"some": {"name": "x"}}}})),
    users(select=counted(posts={"where": {}})),
    users(select=counted(posts={})),
    users(select={"id": True, "posts": {"select": {"id": True, **COUNT_ALL}, "order_by": BY_ID}}),
    users(select={"manager": {"select": counted(posts={"where": {"published": True}})}}),
    users(omit={"id": True}, include={"_count": True}),
    users(omit={"id": True}, include=counted(reports=True)),
    tags(select={"name": True, **counted(posts={"where": {"author": {"is": {"name": "Ann"}}}})}),
    tags(omit={"id": True}, include={"_count": True, "posts": {"select": {"id": True}, "order_by": BY_ID}}),
    Call("Sample", "find_many", {"order": BY_ID, "omit": {"id": True}}),
    Call("Sample", "find_first", {"order": BY_ID, "select": {"data": True, "bytes": True, "exact": True}}),
    Call("Box", "find_many", {"order": BY_ID, "select": {"sample": True}}),
    Call(
        "Note", "find_many", {"order": BY_ID, "select": {"like": {"select": {"weight": True, **COUNT_ALL}}}}
    ),
    Call("User", "find_unique", {"where": {"id": "u1"}, "select": {"name": True, **COUNT_ALL}}),
    Call("User", "find_unique", {"where": {"id": "nobody"}, "select": {"name": True}}),
    Call("User", "find_unique_or_raise", {"where": {"email": "bob@x.com"}, "omit": {"email": True}}),
    Call("User", "find_unique_or_raise", {"where": {"id": "nobody"}, "select": {"id": True}}),
    Call(
        "User", "find_first", {"order": {"age": "desc"}, "where": {"age": {"lt": 42}}, "select": {"id": True}}
    ),
    Call("User", "find_first_or_raise", {"where": {"id": "nobody"}, "select": {"id": True}}),
    users(select={}),
    users(select={"id": False}),
    users(select={"nmae": True}),
    users(select={"id": True}, omit={"id": True}),
    users(select={"id": True}, include={"posts": True}),
    users(select={"posts": {"select": {}}}),
    users(select={"posts": {"select": {"id": True}, "include": {"tags": True}}}),
    users(select={"posts": {"select": {"id": True}, "omit": {"id": True}}}),
    users(select={"posts": {"select": {"nmae": True}}}),
    users(select={"manager": {"take": 1}}),
    users(select=counted()),
    users(select=counted(posts=False)),
    users(select=counted(manager=True)),
    users(select=counted(posts={"take": 1})),
    users(omit={"nmae": True}),
    tags(omit={"id": True, "name": True}),
    Call("Note", "find_many", {"select": {"_count": True}}),
]
