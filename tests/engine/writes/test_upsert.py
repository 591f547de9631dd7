"""upsert: one ON CONFLICT where that means the same, else a look and a write."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from lumi_db.engine import QueryEvent

from .conftest import THEN


async def test_equal_keys_make_one_statement(db: Any, statements: list[QueryEvent]) -> None:
    for name in ("first", "second"):
        tag = await db.tag.upsert(
            where={"name": "a"}, data={"create": {"name": "a"}, "update": {"name": name}}
        )
    assert statements[0].sql == (
        'INSERT INTO "Tag" AS "t0" ("name") VALUES ($1::text) ON CONFLICT ("name") DO UPDATE SET "name" = $2::text '
        'RETURNING "t0"."id" AS "id", "t0"."name" AS "name"'
    )
    assert statements[0].parameters == ("a", "first")
    assert not statements[0].in_transaction
    assert (len(statements), tag.name) == (2, "second")


async def test_a_composite_key_makes_one_statement(
    db: Any, posts: None, statements: list[QueryEvent]
) -> None:
    key = {"userId": "u1", "postId": 1}
    for _ in range(2):
        like = await db.like.upsert(
            where={"userId_postId": key}, data={"create": key, "update": {"weight": {"increment": 5}}}
        )
    assert '"t0" ("userId", "postId", "weight") VALUES' in statements[0].sql
    assert (
        'ON CONFLICT ("userId", "postId") DO UPDATE SET "weight" = "t0"."weight" + $4::int4'
        in statements[0].sql
    )
    assert (len(statements), like.weight) == (2, 6)


async def test_a_compound_unique_makes_one_statement(
    db: Any, posts: None, statements: list[QueryEvent]
) -> None:
    key = {"authorId": "u1", "title": "p1"}
    post = await db.post.upsert(where={"one_title": key}, data={"create": key, "update": {"content": "c"}})
    assert (len(statements), post.id, post.content) == (1, 1, "c")


async def test_an_empty_update_inserts_or_reads(db: Any, people: None, statements: list[QueryEvent]) -> None:
    found = await db.user.upsert(where={"email": "u1@x"}, data={"create": {"email": "u1@x"}, "update": {}})
    assert (found.id, found.updatedAt) == ("u1", THEN)
    assert 'ON CONFLICT ("email") DO NOTHING' in statements[0].sql
    assert statements[1].sql.startswith("SELECT ")
    made = await db.user.upsert(where={"email": "new"}, data={"create": {"email": "new"}, "update": {}})
    assert (made.email, len(statements)) == ("new", 3)


async def test_keys_that_differ_look_first(db: Any, people: None, statements: list[QueryEvent]) -> None:
    data = {"create": {"email": "other"}, "update": {"name": "U"}}
    assert (await db.user.upsert(where={"email": "u1@x"}, data=data)).name == "U"
    assert (await db.user.upsert(where={"email": "nobody"}, data=data)).email == "other"
    assert [sent.sql[:6] for sent in statements] == [
        "SELECT",
        "UPDATE",
        "SELECT",
        "SELECT",
        "INSERT",
        "SELECT",
    ]
    assert all(sent.in_transaction for sent in statements)


async def test_another_key_in_the_way_is_an_error(db: Any, people: None, errors: Any) -> None:
    data = {"create": {"id": "new", "email": "u1@x"}, "update": {"name": "U"}}
    with pytest.raises(errors.UniqueViolationError) as caught:
        await db.user.upsert(where={"id": "new"}, data=data)
    assert caught.value.meta["target"] == ["email"]


async def test_further_filters_are_looked_at_before_the_write(db: Any, people: None, errors: Any) -> None:
    data = {"create": {"id": "u1", "email": "z"}, "update": {"name": "U"}}
    assert (await db.user.upsert(where={"id": "u1", "age": 1}, data=data)).name == "U"
    with pytest.raises(errors.UniqueViolationError):
        await db.user.upsert(where={"id": "u1", "age": 7}, data=data)


async def test_both_branches_write_what_is_nested_in_them(db: Any, people: None) -> None:
    nested = {"posts": {"create": [{"title": "n"}]}}
    data = {"create": {"email": "new", **nested}, "update": nested}
    for email in ("u1@x", "new"):
        user = await db.user.upsert(where={"email": email}, data=data, include={"posts": True})
        assert [post.title for post in user.posts] == ["n"]


async def test_an_update_may_change_the_key_it_was_found_by(db: Any, people: None) -> None:
    data = {"create": {"email": "u1@x"}, "update": {"email": "changed", "id": "u9"}}
    user = await db.user.upsert(where={"email": "u1@x"}, data=data, include={"posts": True})
    assert (user.id, user.email) == ("u9", "changed")


async def test_racing_upserts_make_one_row_and_lose_none(db: Any) -> None:
    data = {"create": {"name": "a"}, "update": {"name": "a"}}
    tags = await asyncio.gather(*(db.tag.upsert(where={"name": "a"}, data=data) for _ in range(20)))
    assert {tag.id for tag in tags} == {tags[0].id}
    key = {"email": "race"}
    users = [db.user.upsert(where=key, data={"create": key, "update": {}}) for _ in range(20)]
    assert len({user.id for user in await asyncio.gather(*users)}) == 1
