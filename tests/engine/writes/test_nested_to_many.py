"""Nested writes on one-to-many and many-to-many relations, seen through what they leave behind."""

from __future__ import annotations

from typing import Any

import pytest

from lumi_db.engine import QueryEvent

from .conftest import tags_of, titles


async def edit(db: Any, **verbs: Any) -> Any:
    """Update the posts of u1 (p1 and p2) by these verbs."""
    return await db.user.update(where={"id": "u1"}, data={"posts": verbs})


async def tag(db: Any, **verbs: Any) -> Any:
    """Update the tags of post 1 (t1 and t2) by these verbs."""
    return await db.post.update(where={"id": 1}, data={"tags": verbs})


@pytest.mark.parametrize(
    ("verbs", "left"),
    [
        ({"create": [{"title": "a"}, {"title": "b"}]}, ["p1", "p2", "a", "b"]),
        ({"create_many": {"data": [{"title": "a"}, {"title": "b", "content": "x"}]}}, ["p1", "p2", "a", "b"]),
        ({"create_many": {"data": []}}, ["p1", "p2"]),
        ({"connect": [{"id": 3}]}, ["p1", "p2", "p3"]),
        ({"connect": [{"id": 3}, {"id": 3}]}, ["p1", "p2", "p3"]),
        ({"connect_or_create": {"where": {"id": 3}, "create": {"title": "no"}}}, ["p1", "p2", "p3"]),
        ({"connect_or_create": [{"where": {"id": 9}, "create": {"title": "a"}}]}, ["p1", "p2", "a"]),
        ({"set": [{"id": 1}, {"id": 2}, {"id": 3}]}, ["p1", "p2", "p3"]),
        ({"delete": [{"id": 2}]}, ["p1"]),
        ({"delete_many": [{"title": "p2"}, {"title": "p3"}]}, ["p1"]),
        ({"delete_many": {}}, []),
        ({"update": [{"where": {"id": 1}, "data": {"title": "x"}}]}, ["x", "p2"]),
        ({"update": [{"where": {"id": 99}, "data": {}}]}, ["p1", "p2"]),
        ({"update_many": {"where": {"id": {"gt": 1}}, "data": {"title": "x"}}}, ["p1", "x"]),
        ({"upsert": {"where": {"id": 1}, "create": {"title": "c"}, "update": {"title": "u"}}}, ["u", "p2"]),
        (
            {"upsert": {"where": {"id": 9}, "create": {"title": "c"}, "update": {"title": "u"}}},
            ["p1", "p2", "c"],
        ),
        (
            {"createMany": {"data": [{"title": "p1"}, {"title": "a"}], "skipDuplicates": True}},
            ["p1", "p2", "a"],
        ),
    ],
)
async def test_one_to_many(db: Any, posts: None, verbs: Any, left: list[str]) -> None:
    await edit(db, **verbs)
    assert await titles(db, authorId="u1") == left


async def test_new_rows_of_one_relation_are_one_statement(
    db: Any, posts: None, statements: list[QueryEvent]
) -> None:
    await edit(db, create=[{"title": "a"}, {"title": "b", "content": "x"}, {"title": "c"}])
    assert [one.sql.split()[0] for one in statements] == ["SELECT", "INSERT", "SELECT"]
    created = await db.post.find_many(where={"title": {"in": ["a", "b", "c"]}}, order={"id": "asc"})
    assert [(one.title, one.content, one.authorId) for one in created] == [
        ("a", None, "u1"), ("b", "x", "u1"), ("c", None, "u1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("verbs", "left"),
    [
        ({"create": [{"name": "a"}]}, ["a", "t1", "t2"]),
        ({"connect": [{"name": "t3"}, {"id": 1}]}, ["t1", "t2", "t3"]),
        (
            {
                "connect_or_create": [
                    {"where": {"name": "t3"}, "create": {"name": "t3"}},
                    {"where": {"name": "new"}, "create": {"name": "new"}},
                ]
            },
            ["new", "t1", "t2", "t3"],
        ),
        ({"disconnect": [{"id": 1}, {"id": 3}, {"id": 99}]}, ["t2"]),
        ({"set": [{"id": 2}, {"name": "t3"}]}, ["t2", "t3"]),
        ({"set": []}, []),
        ({"delete": [{"id": 1}]}, ["t2"]),
        ({"delete_many": {}}, []),
        ({"update": {"where": {"id": 1}, "data": {"name": "x", "id": 50}}}, ["t2", "x"]),
        ({"update_many": {"where": {"name": {"endswith": "1"}}, "data": {"name": "x"}}}, ["t2", "x"]),
        ({"upsert": {"where": {"id": 1}, "create": {"name": "c"}, "update": {"name": "u"}}}, ["t2", "u"]),
        (
            {"upsert": {"where": {"id": 9}, "create": {"name": "c"}, "update": {"name": "u"}}},
            ["c", "t1", "t2"],
        ),
    ],
)
async def test_many_to_many(db: Any, posts: None, verbs: Any, left: list[str]) -> None:
    await tag(db, **verbs)
    assert await tags_of(db, 1) == left


@pytest.mark.parametrize(
    ("verbs", "left"),
    [
        ({"connect": {"id": 3}, "set": [{"id": 1}]}, ["t1"]),
        ({"set": [{"id": 1}], "connect": {"id": 3}}, ["t1", "t3"]),
        ({"connect": {"id": 3}, "disconnect": {"id": 3}}, ["t1", "t2"]),
        ({"delete": {"id": 1}, "disconnect": {"id": 1}}, ["t2"]),
        ({"delete_many": {"name": "w"}, "update": {"where": {"id": 1}, "data": {"name": "w"}}}, ["t2", "w"]),
        ({"update": {"where": {"id": 1}, "data": {"name": "w"}}, "delete_many": {"name": "w"}}, ["t2"]),
    ],
)
async def test_verbs_are_carried_out_in_the_order_they_are_written(
    db: Any, posts: None, verbs: Any, left: list[str]
) -> None:
    await tag(db, **verbs)
    assert await tags_of(db, 1) == left


async def test_an_optional_relation_lets_go_of_rows(db: Any, posts: None) -> None:
    await db.user.update(where={"id": "u2"}, data={"edited": {"connect": [{"id": 2}, {"id": 3}]}})
    await db.user.update(where={"id": "u2"}, data={"edited": {"disconnect": [{"id": 1}, {"id": 99}]}})
    assert await titles(db, editorId="u2") == ["p2", "p3"]
    await db.user.update(where={"id": "u2"}, data={"edited": {"set": [{"id": 1}, {"id": 99}]}})
    assert await titles(db, editorId="u2") == ["p1"]
    await db.user.update(where={"id": "u2"}, data={"edited": {"set": []}})
    assert await titles(db, editorId="u2") == []


@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        ({"connect": [{"id": 3}, {"id": 99}]}, "P2018"),
        ({"connect": {"id": 3, "title": "other"}}, "P2018"),
        ({"delete": [{"id": 2}, {"id": 99}]}, "P2017"),
        ({"delete": {"id": 3}}, "P2017"),
        ({"update": {"where": {"id": 3}, "data": {"title": "x"}}}, "P2025"),
        ({"disconnect": [{"id": 1}]}, "P2014"),
        ({"set": [{"id": 1}]}, "P2014"),
        ({"create": [{"title": "p1"}]}, "P2002"),
        ({"upsert": {"where": {"id": 3}, "create": {"title": "p1"}, "update": {}}}, "P2002"),
    ],
)
async def test_what_cannot_be_done_undoes_everything(
    db: Any, posts: None, errors: Any, verbs: Any, code: str
) -> None:
    with pytest.raises(errors.DataError) as caught:
        await db.user.update(
            where={"id": "u1"}, data={"name": "no", "posts": {"create": [{"title": "a"}], **verbs}}
        )
    assert caught.value.code == code
    assert await titles(db, authorId="u1") == ["p1", "p2"]
    assert (await db.user.find_unique({"id": "u1"})).name is None


@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        ({"connect": [{"id": 3}, {"id": 99}]}, "P2025"),
        ({"set": [{"id": 3}, {"id": 99}]}, "P2025"),
        ({"delete": {"id": 3}}, "P2017"),
        ({"update": {"where": {"id": 3}, "data": {"name": "x"}}}, "P2025"),
    ],
)
async def test_a_missing_row_of_a_many_to_many_relation(
    db: Any, posts: None, errors: Any, verbs: Any, code: str
) -> None:
    with pytest.raises(errors.RecordNotFoundError) as caught:
        await tag(db, **verbs)
    assert (caught.value.code, caught.value.meta["relation"]) == (code, "Post.tags")
    assert await tags_of(db, 1) == ["t1", "t2"]


async def test_many_nested_rows_are_one_insert(db: Any, people: None, statements: list[QueryEvent]) -> None:
    rows = [{"title": f"n{number}"} for number in range(500)]
    await edit(db, create_many={"data": [*rows, {"title": "last", "content": "c"}]})
    assert [sent.sql[:11] for sent in statements].count("INSERT INTO") == 1
    assert await db.post.count(where={"authorId": "u1"}) == 501
    assert (await db.post.find_first(where={"title": "last"})).content == "c"


async def test_people_manage_and_befriend_each_other(db: Any, people: None) -> None:
    data = {
        "reports": {"connect": [{"id": "u2"}], "create": [{"id": "u4", "email": "r"}]},
        "friends": {"connect": [{"id": "u3"}], "create": [{"email": "f", "id": "u5"}]},
        "friendOf": {"connect": [{"id": "u2"}, {"id": "u1"}]},
    }
    by_id = {"order_by": {"id": "asc"}}
    include = {"reports": by_id, "friends": by_id, "friendOf": by_id, "manager": True}
    user = await db.user.update(where={"id": "u1"}, data=data, include=include)
    assert [one.id for one in user.reports] == ["u2", "u4"]
    assert [one.id for one in user.friends] == ["u1", "u3", "u5"]
    assert [one.id for one in user.friendOf] == ["u1", "u2"]
    await db.user.update(
        where={"id": "u1"}, data={"friendOf": {"set": [{"id": "u3"}]}, "reports": {"set": []}}
    )
    user = await db.user.find_unique({"id": "u1"}, include=include)
    assert ([one.id for one in user.friends], [one.id for one in user.friendOf]) == (["u3", "u5"], ["u3"])
    assert user.reports == []


async def test_three_levels_are_written_and_fail_as_one(db: Any, posts: None, errors: Any) -> None:
    await db.like.create({"userId": "u1", "postId": 1, "notes": {"create": [{"text": "n"}]}})

    def change(note: int) -> dict[str, Any]:
        notes = {"update": [{"where": {"id": note}, "data": {"text": "deep"}}], "create": [{"text": "new"}]}
        key = {"userId_postId": {"userId": "u1", "postId": 1}}
        likes = {"update": [{"where": key, "data": {"weight": 9, "notes": notes}}]}
        return {
            "name": "N",
            "posts": {"update": [{"where": {"id": 1}, "data": {"title": "T", "likes": likes}}]},
        }

    with pytest.raises(errors.RecordNotFoundError):
        await db.user.update(where={"id": "u1"}, data=change(99))
    assert await titles(db, authorId="u1") == ["p1", "p2"]
    assert (await db.like.find_first()).weight == 1
    await db.user.update(where={"id": "u1"}, data=change(1))
    assert [note.text for note in await db.note.find_many(order={"id": "asc"})] == ["deep", "new"]
    assert (await db.like.find_first()).weight == 9


async def test_a_composite_key_is_pointed_at_and_let_go(db: Any, posts: None) -> None:
    key = {"userId": "u1", "postId": 1}
    where = {"userId_postId": key}
    await db.like.create({**key, "flags": {"create": [{"reason": "a"}, {"reason": "b"}]}})
    await db.flag.create({"reason": "c", "like": {"connect": where}})
    await db.like.update(where=where, data={"flags": {"disconnect": [{"id": 1}], "delete": [{"id": 2}]}})
    flags = await db.flag.find_many(order={"id": "asc"})
    assert [(flag.reason, flag.userId, flag.postId) for flag in flags] == [("a", None, None), ("c", "u1", 1)]
    await db.flag.update(where={"id": 3}, data={"like": {"disconnect": True}})
    assert await db.flag.count(where={"like": None}) == 2


async def test_set_leaves_rows_that_are_linked_already_untouched(db: Any) -> None:
    await db.user.create({"id": "m", "email": "m@x"})
    await db.user.create({"id": "a", "email": "a@x", "managerId": "m", "updatedAt": "2020-01-01T00:00:00Z"})
    await db.user.create({"id": "b", "email": "b@x", "updatedAt": "2020-01-01T00:00:00Z"})
    await db.user.update(where={"id": "m"}, data={"reports": {"set": [{"id": "a"}, {"id": "b"}]}})
    reports = await db.user.find_many(where={"managerId": "m"}, order={"id": "asc"})
    assert [(user.id, user.updatedAt.year == 2020) for user in reports] == [("a", True), ("b", False)]
