"""Every action and every place of an argument: what is wrong is named by its path, and nothing is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from lumi_db.engine import QueryEvent
from lumi_db.testing.databases import Databases

from .support import MARKER, refused

Call = Callable[[Any], Any]
BAD = {"nmae": MARKER}
WRONG = {"age": MARKER}
POST = {"title": "t"}


def wheres(action: str) -> list[tuple[Call, str]]:
    """Cases of an action whose `where` is any filter."""
    return [
        (lambda db: getattr(db.user, action)(where=BAD), "where.nmae"),
        (lambda db: getattr(db.user, action)(where={"OR": [{}, {"NOT": [WRONG]}]}), "where.OR.1.NOT.0.age"),
        (
            lambda db: getattr(db.user, action)(where={"posts": {"some": {"author": {"is": WRONG}}}}),
            "where.posts.some.author.is.age",
        ),
        (lambda db: getattr(db.user, action)(where={"age": {"in": [1, MARKER]}}), "where.age.in"),
    ]


def nested(data: Any) -> Any:
    """Put an update of a user three relations deep."""
    author = {"author": {"update": data}}
    return {"posts": {"update": [{"where": {"id": 1}, "data": author}]}}


DEEP = "data.posts.update.0.data.author.update"
CASES: list[tuple[Call, str]] = [
    *(
        case
        for action in ("find_many", "find_first", "find_first_or_raise", "count", "delete_many")
        for case in wheres(action)
    ),
    (lambda db: db.user.find_unique(where={"id": 5}), "where.id"),
    (lambda db: db.user.find_unique_or_raise(where=BAD), "where"),
    (lambda db: db.user.find_many(order={"nmae": "asc"}), "order_by.nmae"),
    (lambda db: db.user.find_many(order=[{"name": "asc"}, {"name": "up"}]), "order_by.1.name"),
    (lambda db: db.user.find_many(cursor={"id": 5}), "cursor.id"),
    (lambda db: db.user.find_many(distinct=["nmae"]), "distinct.nmae"),
    (lambda db: db.user.find_many(take=MARKER), "take"),
    (lambda db: db.user.find_many(skip=-1), "skip"),
    (
        lambda db: db.user.find_many(include={"posts": {"include": {"author": {"include": {"x": True}}}}}),
        "include.posts.include.author.include.x",
    ),
    (
        lambda db: db.user.find_many(include={"posts": {"where": {"views": MARKER}}}),
        "include.posts.where.views",
    ),
    (lambda db: db.user.find_many(include={"posts": {"order_by": {"x": "asc"}}}), "include.posts.order_by.x"),
    (lambda db: db.user.find_many(include={"posts": {"cursor": {"id": MARKER}}}), "include.posts.cursor.id"),
    (lambda db: db.user.group_by(["mood"], having={"age": {"_avg": {"gt": MARKER}}}), "having.age._avg.gt"),
    (lambda db: db.user.group_by(["mood"], order={"nmae": "asc"}), "order_by.nmae"),
    (lambda db: db.user.group_by(["mood"], where=BAD), "where.nmae"),
    (lambda db: db.user.create(BAD), "data."),
    (
        lambda db: db.user.create({"email": "a", "posts": {"create": [POST, {"title": 5}]}}),
        "data.posts.create.1.title",
    ),
    (lambda db: db.user.create({"email": "a", "moods": ["SAD", MARKER]}), "data.moods"),
    (lambda db: db.user.create({"email": "a"}, include={"x": True}), "include.x"),
    (lambda db: db.sample.create({"ints": [1, MARKER]}), "data.ints"),
    (lambda db: db.tag.create_many([{"name": "a"}, {"name": 5}]), "data.1.name"),
    (lambda db: db.tag.create_many([{"name": "a"}, {"name": "b", "x": MARKER}]), "data.1.x"),
    (lambda db: db.sample.create_many([{}, {"ints": [1, MARKER]}]), "data.1.ints"),
    (lambda db: db.user.update(where={"id": "a"}, data=WRONG), "data.age"),
    (lambda db: db.user.update(where={"id": "a"}, data=nested(BAD)), f"{DEEP}.nmae"),
    (
        lambda db: db.user.update(where={"id": "a"}, data=nested({"moods": {"push": [MARKER]}})),
        f"{DEEP}.moods",
    ),
    (lambda db: db.user.update(where={"id": "a"}, data=nested(WRONG)), f"{DEEP}.age"),
    (lambda db: db.user.update(where={"id": "a"}, data=nested({"age": {"add": MARKER}})), f"{DEEP}.age.add"),
    (
        lambda db: db.user.update(
            where={"id": "a"}, data=nested({"friends": {"connect": [{"id": "b"}, WRONG]}})
        ),
        f"{DEEP}.friends.connect.1",
    ),
    (
        lambda db: db.user.update(
            where={"id": "a"}, data=nested({"likes": {"delete_many": [{"weight": MARKER}]}})
        ),
        f"{DEEP}.likes.delete_many.0.weight",
    ),
    (
        lambda db: db.user.upsert(where={"id": "a"}, data={"create": {"email": "a"}, "update": nested(BAD)}),
        f"{DEEP}.nmae".replace("data", "update", 1),
    ),
    (lambda db: db.user.upsert(where={"id": "a"}, data={"create": BAD, "update": {}}), "create."),
    (lambda db: db.user.update_many(where={}, data=WRONG), "data.age"),
    (lambda db: db.user.update_many(where=BAD, data={}), "where.nmae"),
    (lambda db: db.user.delete(where={"id": 5}), "where.id"),
    (lambda db: db.user.delete(where={"id": "a"}, include={"x": True}), "include.x"),
]


@pytest.fixture(scope="module")
def blog_url(blog_databases: Databases) -> Iterator[str]:
    """Give one database for all: nothing is ever sent to it."""
    with blog_databases.migrated() as url:
        yield url


@pytest.mark.parametrize(("call", "path"), CASES)
async def test_it_is_named_by_its_path_before_anything_is_sent(
    db: Any, errors: Any, statements: list[QueryEvent], call: Call, path: str
) -> None:
    error = await refused(errors, call(db))
    assert error.code in ("P2009", "P2012", "P2019")
    assert f"`{path}" in str(error)
    assert error.meta["path"].startswith(path)
    assert statements == []


async def test_a_batch_is_checked_whole_before_its_first_call_is_sent(
    db: Any, errors: Any, statements: list[QueryEvent]
) -> None:
    batch = db.batch_()
    batch.tag.create({"name": "a"})
    batch.tag.create_many([{"name": "b"}])
    batch.user.update(where={"id": "a"}, data=nested({"moods": {"push": [MARKER]}}))
    error = await refused(errors, batch.commit())
    assert error.meta["path"].startswith(f"{DEEP}.moods")
    assert statements == []
