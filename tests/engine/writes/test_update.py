"""update and update_many: the exact statement, then what is in the database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lumi_db.engine import QueryEvent

from .conftest import NOW, THEN

MILLISECONDS = NOW.replace(microsecond=678000)


async def test_update_is_one_statement_that_returns_the_row(
    db: Any, people: None, statements: list[QueryEvent]
) -> None:
    user = await db.user.update(where={"email": "u1@x"}, data={"name": "Ann", "age": {"increment": 2}})
    [sent] = statements
    assert sent.sql.startswith(
        'UPDATE "users" AS "t0" SET "name" = $1::text, "age" = "t0"."age" + $2::int4, '
        '"updated_at" = $3::timestamp WHERE "t0"."email" = $4::text RETURNING "t0"."id" AS "id", '
    )
    assert sent.parameters == ("Ann", 2, MILLISECONDS.replace(tzinfo=None), "u1@x")
    assert (user.name, user.age, user.updatedAt) == ("Ann", 3, MILLISECONDS)


async def test_update_of_a_missing_row_gives_none(db: Any, statements: list[QueryEvent]) -> None:
    assert await db.user.update(where={"id": "no"}, data={"name": "x"}) is None
    assert statements[0].rows == 0


async def test_update_with_an_include_writes_and_reads_once(
    db: Any, posts: None, statements: list[QueryEvent]
) -> None:
    user = await db.user.update(where={"id": "u1"}, data={"name": "x"}, include={"posts": True})
    assert (user.name, len(user.posts), len(statements)) == ("x", 2, 2)


async def test_further_filters_narrow_the_row_that_is_meant(db: Any, people: None) -> None:
    assert await db.user.update(where={"id": "u1", "age": 9}, data={"name": "x"}) is None
    found = await db.user.update(where={"id": "u1", "OR": [{"age": 9}, {"age": 1}]}, data={"name": "y"})
    assert found.name == "y"


async def test_empty_data_only_reads_and_leaves_updated_at_alone(
    db: Any, people: None, statements: list[QueryEvent]
) -> None:
    user = await db.user.update(where={"id": "u1"}, data={})
    assert user.updatedAt == THEN
    assert [sent.sql[:6] for sent in statements] == ["SELECT"]


async def test_a_given_updated_at_wins(db: Any, people: None) -> None:
    user = await db.user.update(where={"id": "u1"}, data={"name": "x", "updatedAt": THEN})
    assert user.updatedAt == THEN


@pytest.mark.parametrize(
    ("data", "touched"),
    [
        ({"posts": {"create": [{"title": "n"}]}}, False),
        ({"friends": {"connect": [{"id": "u3"}]}}, False),
        ({"manager": {"update": {"name": "n"}}}, False),
        ({"manager": {"disconnect": True}}, False),
        ({"manager": {"connect": {"id": "u3"}}}, True),
        ({"managerId": None}, True),
    ],
)
async def test_updated_at_follows_the_row_s_own_columns_only(
    db: Any, people: None, data: Any, touched: bool
) -> None:
    await db.user.update(where={"id": "u1"}, data={"managerId": "u2", "updatedAt": THEN})
    user = await db.user.update(where={"id": "u1"}, data=data)
    assert user.updatedAt == (MILLISECONDS if touched else THEN)


async def test_numbers_are_changed_in_the_database(db: Any) -> None:
    await db.sample.create({"int": 7, "big": 7, "float": 7.5, "exact": Decimal("7.5"), "small": 3})
    changes = {
        "int": {"divide": 2},
        "big": {"multiply": 3},
        "float": {"divide": 2},
        "exact": {"divide": Decimal(3)},
        "small": {"decrement": 10},
    }
    row = await db.sample.update(where={"id": 1}, data=changes)
    assert (row.int, row.big, row.float, row.exact, row.small) == (3, 21, 3.75, Decimal("2.5"), -7)


async def test_arithmetic_on_null_stays_null_and_set_sets(db: Any) -> None:
    await db.sample.create({})
    row = await db.sample.update(where={"id": 1}, data={"int": {"increment": 1}, "big": {"set": 5}})
    assert (row.int, row.big) == (None, 5)
    row = await db.sample.update(where={"id": 1}, data={"big": {"set": None}})
    assert row.big is None


async def test_push_appends_one_or_many_even_where_the_column_is_null(db: Any) -> None:
    await db.execute_raw('INSERT INTO "all types" ("words", "ints") VALUES (NULL, ARRAY[1])')
    row = await db.sample.update(where={"id": 1}, data={"words": {"push": "a"}, "ints": {"push": [2, 3]}})
    assert (row.words, row.ints) == (["a"], [1, 2, 3])
    row = await db.sample.update(where={"id": 1}, data={"words": {"push": []}, "ints": {"set": []}})
    assert (row.words, row.ints) == (["a"], [])
    row = await db.sample.update(where={"id": 1}, data={"words": ["z"]})
    assert row.words == ["z"]


async def test_push_takes_every_type_of_list(db: Any, blog: Any) -> None:
    await db.sample.create({})
    row = await db.sample.update(
        where={"id": 1},
        data={
            "blobs": {"push": [blog.Base64.encode(b"\x01")]},
            "decimals": {"push": [Decimal("1.5")]},
            "jsons": {"push": [blog.Json({"a": 1})]},
            "moments": {"push": [MILLISECONDS]},
            "flags": {"push": [True]},
        },
    )
    assert [blob.decode() for blob in row.blobs] == [b"\x01"]
    assert (row.decimals, row.jsons, row.moments, row.flags) == (
        [Decimal("1.5")],
        [{"a": 1}],
        [MILLISECONDS],
        [True],
    )


async def test_a_changed_primary_key_is_read_again_under_its_new_value(db: Any, posts: None) -> None:
    data = {"id": "u9", "posts": {"create": [{"title": "new"}]}}
    user = await db.user.update(where={"id": "u1"}, data=data, include={"posts": {"order_by": {"id": "asc"}}})
    assert user.id == "u9"
    assert [post.title for post in user.posts] == ["p1", "p2", "new"]


async def test_a_part_of_a_composite_id_changes_with_what_points_at_it(db: Any, posts: None) -> None:
    await db.like.create({"userId": "u1", "postId": 1, "notes": {"create": [{"text": "n"}]}})
    key = {"userId_postId": {"userId": "u1", "postId": 1}}
    like = await db.like.update(where=key, data={"userId": "u3"}, include={"notes": True})
    assert (like.userId, [note.userId for note in like.notes]) == ("u3", ["u3"])


async def test_update_many_changes_and_counts(db: Any, people: None, statements: list[QueryEvent]) -> None:
    assert await db.user.update_many(where={"age": {"gt": 1}}, data={"age": {"multiply": 3}}) == 2
    assert statements[0].sql == (
        'UPDATE "users" AS "t0" SET "age" = "t0"."age" * $1::int4, "updated_at" = $2::timestamp '
        'WHERE "t0"."age" > $3::int4'
    )
    users = await db.user.find_many(order={"id": "asc"})
    assert [(user.age, user.updatedAt == MILLISECONDS) for user in users] == [
        (1, False),
        (6, True),
        (9, True),
    ]


async def test_update_many_with_no_data_counts_what_matches(
    db: Any, people: None, statements: list[QueryEvent]
) -> None:
    assert await db.user.update_many(where={"age": {"gt": 1}}, data={}) == 2
    assert statements[0].sql == 'SELECT count(*) AS "_all" FROM "users" AS "t0" WHERE "t0"."age" > $1::int4'


async def test_delete_returns_the_row_that_was(db: Any, people: None, statements: list[QueryEvent]) -> None:
    user = await db.user.delete(where={"id": "u3"})
    assert (user.id, user.age) == ("u3", 3)
    assert statements[0].sql.startswith('DELETE FROM "users" AS "t0" WHERE "t0"."id" = $1::text RETURNING ')
    assert await db.user.delete(where={"id": "u3"}) is None


async def test_delete_with_an_include_reads_before_it_deletes(db: Any, desks: None) -> None:
    user = await db.user.delete(where={"id": "u1"}, include={"desk": True, "profile": True})
    assert (user.desk.code, user.profile.bio) == ("d1", "b1")
    assert (await db.user.count(), await db.profile.count()) == (2, 0)


async def test_delete_with_a_filter_that_does_not_hold_deletes_nothing(db: Any, people: None) -> None:
    assert await db.user.delete(where={"id": "u3", "age": 9}) is None
    assert await db.user.count() == 3


async def test_delete_many_counts(db: Any, people: None, statements: list[QueryEvent]) -> None:
    assert await db.user.delete_many(where={"age": {"lt": 3}}) == 2
    assert statements[0].sql == 'DELETE FROM "users" AS "t0" WHERE "t0"."age" < $1::int4'
    assert await db.user.delete_many() == 1
