"""A row that is missing is told apart from one that a nested write misses, at any depth."""

from __future__ import annotations

from typing import Any

import pytest

from .support import MARKER, refused

GONE = {"id": 99}


async def test_a_missing_root_row(db: Any, author: None, errors: Any) -> None:
    where = {"id": MARKER}
    assert await db.user.update(where=where, data={"name": "x"}) is None
    assert await db.user.delete(where=where) is None
    made = await db.user.upsert(where=where, data={"create": {"email": "new"}, "update": {"name": "x"}})
    assert made.email == "new"
    error = await refused(errors, db.user.find_unique_or_raise(where=where))
    assert type(error) is errors.RecordNotFoundError
    assert (error.code, error.meta["modelName"], "relation" in error.meta) == ("P2025", "User", False)
    assert error.meta["cause"] in str(error)


NESTED: list[tuple[dict[str, Any], str, str]] = [
    # a nested write below User, at depth 1 and 2, its code and the relation that it misses a row on
    ({"posts": {"connect": GONE}}, "P2018", "User.posts"),
    ({"posts": {"delete": GONE}}, "P2017", "User.posts"),
    ({"posts": {"update": {"where": GONE, "data": {"title": MARKER}}}}, "P2025", "User.posts"),
    ({"desk": {"update": {"room": MARKER}}}, "P2025", "User.desk"),
    ({"desk": {"delete": True}}, "P2025", "User.desk"),
    ({"desk": {"connect": {"code": MARKER}}}, "P2025", "User.desk"),
    ({"manager": {"connect": {"id": MARKER}}}, "P2025", "User.manager"),
    ({"manager": {"update": {"name": MARKER}}}, "P2025", "User.manager"),
    ({"friends": {"connect": {"id": MARKER}}}, "P2025", "User.friends"),
]


def below(data: dict[str, Any]) -> dict[str, Any]:
    """Put an update of a user one relation deeper: below the author of u1's only post."""
    return {"posts": {"update": {"where": {"id": 1}, "data": {"author": {"update": data}}}}}


@pytest.mark.parametrize("depth", [1, 3])
@pytest.mark.parametrize(("data", "code", "relation"), NESTED)
async def test_a_row_that_a_nested_write_misses(
    db: Any, author: None, errors: Any, data: dict[str, Any], code: str, relation: str, depth: int
) -> None:
    wanted = data if depth == 1 else below(data)
    update = {"where": {"id": "u1"}, "data": wanted}
    upsert = {"where": {"id": "u1"}, "data": {"create": {"email": "n"}, "update": wanted}}
    for call in (db.user.update(**update), db.user.upsert(**upsert)):
        error = await refused(errors, call)
        assert type(error) is errors.RecordNotFoundError
        assert (error.code, error.meta["relation"]) == (code, relation)
        assert relation in error.meta["cause"]
    assert await db.post.count(where={"title": "p1"}) == 1


@pytest.mark.parametrize("depth", [1, 3])
async def test_letting_go_of_a_row_that_is_not_held_is_nothing(db: Any, author: None, depth: int) -> None:
    data = {
        "edited": {"disconnect": GONE},
        "friends": {"disconnect": {"id": MARKER}},
        "desk": {"disconnect": True},
    }
    assert await db.user.update(where={"id": "u1"}, data=data if depth == 1 else below(data)) is not None


async def test_a_required_relation_that_would_break(db: Any, author: None, errors: Any) -> None:
    await db.user.update(where={"id": "u1"}, data={"profile": {"create": {"bio": MARKER}}})
    error = await refused(errors, db.user.update(where={"id": "u1"}, data={"profile": {"disconnect": True}}))
    assert error.code == "P2014"
    assert {error.meta["model_a_name"], error.meta["model_b_name"]} == {"User", "Profile"}
