"""Nested writes on one-to-one relations from both sides, and on the to-one side of a one-to-many relation."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import owners

OWN = {"d1": "u1", "d2": None, "d3": "u2"}


async def of_user(db: Any, user: str, **verbs: Any) -> Any:
    """Update the desk of a user: the side without the foreign key."""
    return await db.user.update(where={"id": user}, data={"desk": verbs}, include={"desk": True})


async def of_desk(db: Any, desk: str, **verbs: Any) -> Any:
    """Update the owner of a desk: the side with the foreign key."""
    return await db.desk.update(where={"code": desk}, data={"owner": verbs}, include={"owner": True})


@pytest.mark.parametrize(
    ("user", "verbs", "changed"),
    [
        ("u3", {"connect": {"code": "d2"}}, {"d2": "u3"}),
        ("u1", {"connect": {"code": "d2"}}, {"d1": None, "d2": "u1"}),
        ("u1", {"connect": {"code": "d3"}}, {"d1": None, "d3": "u1"}),
        ("u1", {"connect": {"code": "d1"}}, {}),
        ("u3", {"create": {"code": "n"}}, {"n": "u3"}),
        ("u1", {"create": {"code": "n"}}, {"d1": None, "n": "u1"}),
        (
            "u1",
            {"connect_or_create": {"where": {"code": "d3"}, "create": {"code": "n"}}},
            {"d1": None, "d3": "u1"},
        ),
        ("u1", {"connect_or_create": {"where": {"code": "d1"}, "create": {"code": "n"}}}, {}),
        (
            "u1",
            {"connect_or_create": {"where": {"code": "n"}, "create": {"code": "n"}}},
            {"d1": None, "n": "u1"},
        ),
        ("u1", {"disconnect": True}, {"d1": None}),
        ("u1", {"disconnect": False}, {}),
        ("u3", {"disconnect": True}, {}),
        ("u1", {"disconnect": {"code": "d1"}}, {"d1": None}),
        ("u1", {"disconnect": {"code": "d2"}}, {}),
        ("u3", {"upsert": {"create": {"code": "n"}, "update": {"code": "x"}}}, {"n": "u3"}),
    ],
)
async def test_from_the_side_without_the_key(
    db: Any, desks: None, user: str, verbs: Any, changed: Any
) -> None:
    found = await of_user(db, user, **verbs)
    now = OWN | changed
    assert await owners(db) == now
    assert (found.desk.code if found.desk else None) == next(
        (desk for desk in now if now[desk] == user), None
    )


@pytest.mark.parametrize(
    ("desk", "verbs", "changed"),
    [
        ("d2", {"connect": {"id": "u3"}}, {"d2": "u3"}),
        ("d2", {"connect": {"id": "u1"}}, {"d1": None, "d2": "u1"}),
        ("d1", {"connect": {"id": "u2"}}, {"d1": "u2", "d3": None}),
        ("d1", {"connect": {"id": "u1"}}, {}),
        ("d1", {"create": {"email": "n", "id": "u9"}}, {"d1": "u9"}),
        (
            "d2",
            {"connect_or_create": {"where": {"id": "u1"}, "create": {"email": "n"}}},
            {"d1": None, "d2": "u1"},
        ),
        (
            "d1",
            {"connect_or_create": {"where": {"id": "u9"}, "create": {"email": "n", "id": "u9"}}},
            {"d1": "u9"},
        ),
        ("d1", {"disconnect": True}, {"d1": None}),
        ("d2", {"disconnect": True}, {}),
        ("d1", {"disconnect": {"age": 1}}, {"d1": None}),
        ("d1", {"disconnect": {"age": 2}}, {}),
        ("d1", {"delete": True}, {"d1": None}),
        ("d1", {"delete": {"age": 1}}, {"d1": None}),
        ("d2", {"upsert": {"create": {"email": "n", "id": "u9"}, "update": {}}}, {"d2": "u9"}),
        ("d1", {"upsert": {"create": {"email": "n"}, "update": {"id": "u9"}}}, {"d1": "u9"}),
    ],
)
async def test_from_the_side_with_the_key(db: Any, desks: None, desk: str, verbs: Any, changed: Any) -> None:
    await db.profile.delete_many()
    found = await of_desk(db, desk, **verbs)
    now = OWN | changed
    assert await owners(db) == now
    assert (found.owner.id if found.owner else None) == now[desk]


@pytest.mark.parametrize(
    "verbs",
    [
        {"update": {"room": "r"}},
        {"update": {"data": {"room": "r"}}},
        {"update": {"where": {"code": "d1"}, "data": {"room": "r"}}},
        {"upsert": {"create": {"code": "n"}, "update": {"room": "r"}}},
    ],
)
async def test_the_row_at_the_other_end_is_changed(db: Any, desks: None, verbs: Any) -> None:
    assert (await of_user(db, "u1", **verbs)).desk.room == "r"
    assert await owners(db) == OWN


@pytest.mark.parametrize(
    ("verbs", "manager", "named"),
    [
        ({"connect": {"id": "u2"}, "update": {"name": "x"}}, "u2", ["u2"]),
        ({"update": {"name": "x"}, "connect": {"id": "u2"}}, "u2", ["u2"]),
        ({"connect": {"id": "u2"}, "disconnect": True}, None, []),
        ({"disconnect": True, "connect": {"id": "u2"}}, None, []),
    ],
)
async def test_changes_meet_the_row_that_is_pointed_at_in_the_end(
    db: Any, people: None, verbs: Any, manager: str | None, named: list[str]
) -> None:
    await db.user.update(where={"id": "u3"}, data={"managerId": "u1"})
    user = await db.user.update(where={"id": "u3"}, data={"manager": verbs})
    assert user.managerId == manager
    assert [one.id for one in await db.user.find_many(where={"name": "x"})] == named


async def test_an_empty_update_does_not_even_need_a_row(db: Any, desks: None) -> None:
    assert (await of_user(db, "u3", update={})).desk is None


async def test_deleting_the_row_at_the_other_end(db: Any, desks: None) -> None:
    await of_user(db, "u1", delete=True)
    assert await owners(db) == {"d2": None, "d3": "u2"}


@pytest.mark.parametrize(
    ("verbs", "relation"),
    [
        ({"desk": {"connect": {"code": "no"}}}, "User.desk"),
        ({"desk": {"update": {"where": {"code": "d2"}, "data": {"room": "r"}}}}, "User.desk"),
        ({"desk": {"delete": {"code": "d2"}}}, "User.desk"),
        ({"manager": {"connect": {"id": "no"}}}, "User.manager"),
        ({"manager": {"update": {"name": "x"}}}, "User.manager"),
        ({"manager": {"delete": True}}, "User.manager"),
    ],
)
async def test_a_missing_row_is_told_apart_from_a_missing_root(
    db: Any, desks: None, errors: Any, verbs: Any, relation: str
) -> None:
    with pytest.raises(errors.RecordNotFoundError) as caught:
        await db.user.update(where={"id": "u1"}, data={"name": "no", **verbs})
    assert (caught.value.code, caught.value.meta["relation"]) == ("P2025", relation)
    assert await owners(db) == OWN
    assert (await db.user.find_unique({"id": "u1"})).name is None
    assert await db.user.update(where={"id": "no"}, data=verbs) is None


@pytest.mark.parametrize(
    "data",
    [
        {"profile": {"disconnect": True}},
        {"profile": {"create": {"bio": "new"}}},
        {"profile": {"connect": {"id": 2}}},
        {"profile": {"connect_or_create": {"where": {"id": 99}, "create": {"bio": "n"}}}},
    ],
)
async def test_a_row_cannot_lose_what_it_requires(db: Any, desks: None, errors: Any, data: Any) -> None:
    await db.profile.create({"bio": "b2", "userId": "u2"})
    with pytest.raises(errors.DataError) as caught:
        await db.user.update(where={"id": "u1"}, data=data)
    assert caught.value.code == "P2014"
    assert [row.userId for row in await db.profile.find_many(order={"id": "asc"})] == ["u1", "u2"]


async def test_nor_from_the_side_with_the_key(db: Any, desks: None, errors: Any) -> None:
    await db.profile.create({"bio": "b2", "userId": "u2"})
    with pytest.raises(errors.DataError, match="Profile without its required user") as caught:
        await db.profile.update(where={"id": 2}, data={"user": {"connect": {"id": "u1"}}})
    assert caught.value.code == "P2014"
    with pytest.raises(errors.DataError) as caught:
        await db.profile.create({"bio": "b3", "user": {"connect": {"id": "u1"}}})
    assert caught.value.code == "P2014"
    with pytest.raises(errors.DataError) as caught:
        await db.profile.update(where={"id": 2}, data={"user": {"disconnect": True}})
    assert caught.value.code == "P2014"


async def test_a_required_row_moves_where_nothing_is_lost(db: Any, desks: None) -> None:
    await db.user.update(where={"id": "u3"}, data={"profile": {"connect": {"id": 1}}})
    assert (await db.profile.find_first()).userId == "u3"
    await db.user.update(
        where={"id": "u3"}, data={"profile": {"upsert": {"create": {"bio": "c"}, "update": {"bio": "u"}}}}
    )
    assert (await db.profile.find_first()).bio == "u"
    await db.user.update(where={"id": "u3"}, data={"profile": {"delete": True}})
    assert await db.profile.count() == 0


async def test_a_new_row_takes_and_makes_what_stands_on_both_sides(db: Any, desks: None) -> None:
    user = await db.user.create(
        {
            "email": "n",
            "manager": {"create": {"email": "m", "manager": {"connect": {"id": "u2"}}}},
            "desk": {"connect": {"code": "d1"}},
            "profile": {"create": {"bio": "n"}},
        },
        include={"manager": {"include": {"manager": True}}, "desk": True, "profile": True},
    )
    assert (user.manager.email, user.manager.manager.id) == ("m", "u2")
    assert (user.desk.code, user.profile.bio) == ("d1", "n")
    assert (await owners(db))["d1"] == user.id
