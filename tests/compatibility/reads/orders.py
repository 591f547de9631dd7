"""Reads that both clients must answer alike: orders by what related rows have, and by relevance."""

from __future__ import annotations

from typing import Any

from tests.compatibility.dialect import Call

BY_ID = {"id": "asc"}


def posts(*order: dict[str, Any], **page: Any) -> Call:
    return Call("Post", "find_many", {**page, "order": [*order, BY_ID]})


def users(*order: dict[str, Any], **page: Any) -> Call:
    return Call("User", "find_many", {**page, "order": [*order, BY_ID]})


def by_relevance(fields: Any, search: str, sort: str = "desc") -> dict[str, Any]:
    return {"_relevance": {"fields": fields, "search": search, "sort": sort}}


CASES = [
    posts({"author": {"name": "asc"}}),
    posts({"author": {"name": "desc"}}),
    posts({"author": {"name": {"sort": "desc", "nulls": "last"}}}),
    posts({"author": {"name": {"sort": "asc", "nulls": "first"}}}),
    posts({"editor": {"name": "asc"}}),
    posts({"editor": {"email": "desc"}}),
    posts({"editor": {"manager": {"name": "desc"}}}),
    posts({"editor": {"manager": {"age": {"sort": "asc", "nulls": "first"}}}}),
    posts({"author": {"manager": {"manager": {"email": "asc"}}}}, {"title": "desc"}),
    posts({"author": {"mood": "asc"}}, {"editor": {"createdAt": "desc"}}),
    posts({"author": {"profile": {"bio": "desc"}}}),
    posts({"author": {}}),
    users({"profile": {"bio": "asc"}}),
    users({"profile": {"bio": "desc"}}),
    users({"desk": {"code": "asc"}}, {"manager": {"email": "asc"}}),
    Call("Note", "find_many", {"order": [{"like": {"weight": "desc"}}, BY_ID]}),
    Call("Note", "find_many", {"order": [{"like": {"post": {"author": {"name": "asc"}}}}, BY_ID]}),
    Call("Box", "find_many", {"order": [{"sample": {"exact": {"sort": "desc", "nulls": "last"}}}, BY_ID]}),
    users({"posts": {"_count": "desc"}}),
    users({"posts": {"_count": "asc"}}, {"likes": {"_count": "desc"}}),
    users({"friends": {"_count": "asc"}}),
    users({"friendOf": {"_count": "desc"}}),
    users({"reports": {"_count": "desc"}}),
    posts({"tags": {"_count": "desc"}}),
    posts({"editor": {"posts": {"_count": "desc"}}}),
    posts({"editor": {"posts": {"_count": "asc"}}}, {"author": {"name": "asc"}}),
    Call(
        "Like", "find_many", {"order": [{"notes": {"_count": "desc"}}, {"userId": "asc"}, {"postId": "asc"}]}
    ),
    posts(by_relevance(["title", "content"], "hello")),
    posts(by_relevance(["content", "title"], "hello | cat", "asc")),
    posts(by_relevance("content", "cats & fat")),
    posts(by_relevance(["content"], "!hello"), {"views": "desc"}),
    posts({"editor": by_relevance(["name"], "ann")}),
    posts({"editor": by_relevance(["name"], "ann", "asc")}),
    posts(by_relevance(["content"], "hello"), where={"content": {"search": "hello"}}),
    posts({"author": {"name": "asc"}}, take=3),
    posts({"author": {"name": "asc"}}, take=-2),
    posts({"author": {"name": "asc"}}, take=3, skip=4),
    posts({"author": {"name": "asc"}}, distinct=["views"]),
    posts({"author": {"email": "asc"}}, cursor={"id": 4}, take=3),
    posts({"author": {"email": "desc"}}, cursor={"id": 4}, take=-3),
    posts({"author": {"posts": {"_count": "desc"}}}, cursor={"id": 7}, take=3),
    users({"posts": {"_count": "desc"}}, cursor={"id": "u3"}, take=3),
    users({"posts": {"_count": "desc"}}, take=-3),
    users({"posts": {"_count": "asc"}}, distinct=["mood"]),
    Call("Post", "find_first", {"order": [{"author": {"name": "desc"}}, BY_ID]}),
    Call("User", "find_many", {"include": {"posts": {"order_by": [{"editor": {"name": "asc"}}, BY_ID]}}}),
    Call("User", "find_many", {"include": {"posts": {"order_by": [{"tags": {"_count": "desc"}}, BY_ID]}}}),
    Call("User", "count", {"take": 3}),
    users({"posts": {"title": "asc"}}),
    users({"profile": {"_count": "asc"}}),
    posts({"author": None}),
    posts({"author": "asc"}),
    posts({"author": {"nmae": "asc"}}),
    posts(by_relevance(["nmae"], "a")),
    posts(by_relevance(["views"], "a")),
    posts(by_relevance(["title"], "a", "up")),
    posts({"_relevance": {"fields": ["title"], "search": "a"}}),
    posts({"_relevance": {"fields": ["title"], "sort": "asc"}}),
]
