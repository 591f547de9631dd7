"""upsert_many: one INSERT … ON CONFLICT, and every row comes back in the order of the call."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from lumi_db.engine import QueryEvent

from .conftest import NOW, THEN


async def test_new_rows_are_created_and_old_ones_updated_by_one_statement(
    db: Any, people: None, statements: list[QueryEvent]
) -> None:
    data = [{"email": "new", "name": "N"}, {"email": "u2@x", "name": "B"}]
    users = await db.user.upsert_many(data, key=["email"])
    assert [(user.email, user.name, user.age) for user in users] == [("new", "N", None), ("u2@x", "B", 2)]
    [sent] = statements
    assert sent.sql.startswith(
        'INSERT INTO "users" AS "t0" ("id", "email", "name", "mood", "created_at", "updated_at")'
    )
    assert (
        ' ON CONFLICT ("email") DO UPDATE SET "name" = EXCLUDED."name", "updated_at" = EXCLUDED."updated_at"'
        ' RETURNING "t0"."id" AS "id"' in sent.sql
    )


async def test_what_an_update_leaves_and_what_it_touches(db: Any, people: None) -> None:
    [user] = await db.user.upsert_many([{"id": "other", "email": "u1@x", "name": "A"}], key=["email"])
    assert (user.id, user.createdAt, user.name) == ("u1", THEN, "A")
    assert user.updatedAt == NOW.replace(microsecond=678000)


async def test_the_caller_may_say_what_is_overwritten(db: Any, people: None) -> None:
    data = [{"email": "u1@x", "name": "A", "age": 90}, {"email": "new", "name": "N", "age": 91}]
    users = await db.user.upsert_many(data, key=["email"], update=["name"])
    assert [(user.name, user.age) for user in users] == [("A", 1), ("N", 91)]


async def test_with_nothing_to_overwrite_rows_stay_as_they_are(
    db: Any, people: None, statements: list[QueryEvent]
) -> None:
    data = [{"email": "u3@x", "name": "C"}, {"email": "new"}, {"email": "u1@x"}]
    users = await db.user.upsert_many(data, key=["email"], update=[])
    assert [(user.email, user.name) for user in users] == [("u3@x", None), ("new", None), ("u1@x", None)]
    assert users[0].updatedAt == THEN
    assert [sent.sql.split()[0] for sent in statements] == ["INSERT", "SELECT"] * 2
    assert await db.user.count() == 4


async def test_rows_that_give_other_fields_keep_what_they_do_not_give(
    db: Any, people: None, statements: list[QueryEvent]
) -> None:
    data = [{"email": "u1@x", "name": "A"}, {"email": "u2@x", "age": 7}, {"email": "u3@x", "name": "C"}]
    users = await db.user.upsert_many(data, key=["email"])
    assert [(user.id, user.name, user.age) for user in users] == [
        ("u1", "A", 1),
        ("u2", None, 7),
        ("u3", "C", 3),
    ]
    assert [sent.in_transaction for sent in statements] == [True, True]


async def test_keys_of_several_fields_in_any_order(db: Any, posts: None) -> None:
    data = [{"title": "p1", "authorId": "u1", "content": "x"}, {"title": "p1", "authorId": "u2"}]
    rows = await db.post.upsert_many(data, key=["title", "authorId"])
    assert [(row.id == 1, row.authorId, row.content) for row in rows] == [
        (True, "u1", "x"),
        (False, "u2", None),
    ]
    likes = [{"userId": "u1", "postId": 1, "weight": 5}]
    assert [one.weight for one in await db.like.upsert_many(likes, key=["userId", "postId"])] == [5]
    [like] = await db.like.upsert_many([{"userId": "u1", "postId": 1, "weight": 6}], key=["userId", "postId"])
    assert like.weight == 6


async def test_no_rows_send_nothing(db: Any, statements: list[QueryEvent]) -> None:
    assert await db.user.upsert_many([], key=["email"]) == []
    assert statements == []


@pytest.mark.parametrize("update", [None, []])
async def test_a_key_given_twice_is_refused_with_both_places(
    db: Any, errors: Any, statements: list[QueryEvent], update: Any
) -> None:
    data = [{"email": "secret"}, {"email": "b"}, {"email": "secret", "name": "x"}]
    with pytest.raises(errors.InputError) as caught:
        await db.user.upsert_many(data, key=["email"], update=update)
    assert str(caught.value) == "`data.2` has the same `email` as `data.0`; give each key once."
    assert statements == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"key": ["name"]}, r"`key` must be a unique key of User: \['id'\] or \['email'\]"),
        ({"key": []}, r"`key` must be a unique key of User"),
        ({"key": "email"}, r"`key` must be a list of names of fields, not str"),
        ({"key": ["emial"]}, r"`key\.emial` does not exist"),
        ({"key": None}, r"`key` of the model User"),
        ({"key": ["email"], "update": "name"}, r"`update` must be a list of names of fields"),
        ({"key": ["email"], "update": ["nmae"]}, r"`update\.nmae` does not exist"),
        ({"key": ["email"], "update": ["age"]}, r"required but not set: `data\.0\.age`"),
        ({"key": ["id"]}, r"required but not set: `data\.0\.id`"),
        ({"key": ["email"], "data": [{"email": "a"}, {"email": None}]}, r"`data\.1\.email` must be a str"),
        ({"key": ["email"], "data": [{"email": "a"}, {"email": "b", "age": "x"}]}, r"`data\.1\.age` must be"),
        ({"key": ["email"], "data": [{"email": "a", "agee": 1}]}, r"`data\.0\.agee` does not exist"),
        ({"key": ["email"], "data": [3]}, r"`data\.0` must be a dict"),
    ],
)
async def test_wrong_input_is_named_by_row_and_field(
    db: Any, errors: Any, statements: list[QueryEvent], arguments: Any, message: str
) -> None:
    with pytest.raises(errors.PrismaError, match=message):
        await db.user.upsert_many(**{"data": [{"email": "a", "name": "A"}], **arguments})
    assert statements == []


async def test_a_null_in_a_key_that_may_be_null_is_refused(db: Any, errors: Any) -> None:
    with pytest.raises(errors.InputError, match=r"`data\.0\.ownerId` must be a str, not None"):
        await db.desk.upsert_many([{"code": "a", "ownerId": None}], key=["ownerId"])


async def test_another_key_that_is_taken_fails_and_nothing_is_written(
    db: Any, people: None, errors: Any
) -> None:
    data = [{"id": "u9", "email": "n"}, {"id": "u8", "email": "u1@x", "name": "x"}]
    with pytest.raises(errors.UniqueViolationError, match="`email` must be unique"):
        await db.user.upsert_many(data, key=["id"])
    assert await db.user.count() == 3


async def test_it_joins_a_transaction(db: Any, people: None) -> None:
    manager = db.tx()
    tx = await manager.start()
    await tx.user.upsert_many([{"email": "n"}, {"email": "u1@x", "name": "A"}], key=["email"])
    await tx.user.upsert_many([{"email": "m"}, {"email": "u1@x"}], key=["email"], update=[])
    assert await tx.user.count() == 5
    await manager.rollback()
    assert await db.user.count() == await db.user.count(where={"name": None}) == 3


async def test_many_tasks_upsert_the_same_rows(db: Any) -> None:
    data = [{"name": f"t{number}"} for number in range(50)]
    found = await asyncio.gather(*(db.tag.upsert_many(data, key=["name"], update=[]) for _ in range(8)))
    assert await db.tag.count() == 50
    assert all(tags == found[0] for tags in found)


async def test_thirty_thousand_rows_come_back_in_order(db: Any) -> None:
    await db.tag.create_many([{"name": f"t{number}"} for number in range(0, 30_000, 2)])
    names = [f"t{number}" for number in range(30_000)]
    tags = await db.tag.upsert_many([{"name": name} for name in names], key=["name"])
    assert [tag.name for tag in tags] == names
    assert await db.tag.count() == 30_000


async def test_every_kind_of_key_can_be_found_again(db: Any) -> None:
    data = [{"number": 3, "id": "6f8b6c1e-8c2c-4a7e-9d2f-0123456789ab", "word": "a"}]
    for word in ("b", "c"):
        [row] = await db.defaults.upsert_many([{**data[0], "word": word}], key=["id"])
        assert row.word == word
    [row] = await db.defaults.upsert_many(data, key=["id"], update=[])
    assert row.word == "c"
