"""create: the exact statement, then what is in the database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lumi_db.engine import QueryEvent

from .conftest import NOW

MILLISECONDS = NOW.replace(microsecond=678000)
NAIVE = MILLISECONDS.replace(tzinfo=None)


async def test_create_is_one_insert_with_defaults_in_schema_order(
    db: Any, statements: list[QueryEvent]
) -> None:
    tag = await db.tag.create({"name": "new"})
    assert (tag.id, tag.name) == (1, "new")
    [sent] = statements
    assert sent.sql == (
        'INSERT INTO "Tag" AS "t0" ("name") VALUES ($1::text) RETURNING "t0"."id" AS "id", "t0"."name" AS "name"'
    )
    assert sent.parameters == ("new",)
    assert not sent.in_transaction


async def test_create_fills_ids_and_instants_from_the_injected_sources(
    db: Any, statements: list[QueryEvent]
) -> None:
    user = await db.user.create({"email": "ann@x"})
    assert statements[0].sql.startswith(
        'INSERT INTO "users" AS "t0" ("id", "email", "mood", "created_at", "updated_at") '
        'VALUES ($1::text, $2::text, $3::text::"moods", $4::timestamp, $5::timestamp) RETURNING '
    )
    assert statements[0].parameters == ("id1", "ann@x", "HAPPY", NAIVE, NAIVE)
    assert (user.id, user.mood, user.moods) == ("id1", "HAPPY", [])
    assert user.createdAt == user.updatedAt == MILLISECONDS


async def test_calls_that_differ_in_key_order_send_equal_text(db: Any, statements: list[QueryEvent]) -> None:
    await db.user.create({"email": "a", "name": "A"})
    await db.user.create({"name": "B", "email": "b"})
    assert statements[0].sql == statements[1].sql


async def test_create_with_an_include_inserts_and_reads_once(db: Any, statements: list[QueryEvent]) -> None:
    user = await db.user.create({"email": "a"}, include={"posts": True, "manager": True})
    assert (user.posts, user.manager) == ([], None)
    assert len(statements) == 2
    assert all(sent.in_transaction for sent in statements)


async def test_every_default_is_filled(db: Any) -> None:
    row = await db.defaults.create({})
    assert [row.id, row.nano, row.ulid, row.second, row.seventh] == ["id1", "id2", "id3", "id4", "id5"]
    assert (row.number, row.word, row.price, row.tags) == (1, 'it\'s "quoted"', Decimal("1.1"), ["a", "b"])
    assert (row.mood, row.on, len(row.token)) == ("SAD", True, 32)


async def test_an_explicit_value_wins_over_its_default(db: Any) -> None:
    row = await db.defaults.create({"id": "mine", "number": 7, "tags": [], "mood": "ANGRY", "on": False})
    assert (row.id, row.number, row.tags, row.mood, row.on) == ("mine", 7, [], "ANGRY", False)


async def test_a_row_with_no_values_takes_the_defaults(db: Any, statements: list[QueryEvent]) -> None:
    row = await db.sample.create({})
    assert (row.id, row.words, row.int) == (1, [], None)
    assert statements[0].sql.startswith('INSERT INTO "all types" AS "t0" DEFAULT VALUES RETURNING ')


async def test_an_explicit_null_is_stored_and_a_list_may_be_given_as_set(db: Any) -> None:
    user = await db.user.create({"email": "a", "name": None, "moods": {"set": ["SAD", "HAPPY"]}})
    assert (user.name, user.moods) == (None, ["SAD", "HAPPY"])


@pytest.mark.parametrize("field", ["mood", "moods", "updatedAt", "createdAt", "id"])
async def test_null_for_a_required_field_is_refused_even_if_it_has_a_default(
    db: Any, errors: Any, statements: list[QueryEvent], field: str
) -> None:
    with pytest.raises(errors.InputError, match=f"`data.{field}` must be .*never null"):
        await db.user.create({"email": "a", field: None})
    assert statements == []


async def test_a_foreign_key_may_be_given_plainly_beside_other_relations(db: Any, people: None) -> None:
    post = await db.post.create({"title": "a", "authorId": "u1", "editor": {"connect": {"id": "u2"}}})
    assert (post.authorId, post.editorId) == ("u1", "u2")
