"""`select` and `omit`: dictionaries of just what was asked for, in one statement for any depth."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from .support import Reader

Call = Callable[[Any], Awaitable[Any]]

CALLS: list[tuple[Call, str | None, Any]] = [
    (
        lambda client: client.user.find_unique({"id": "u1"}, select={"age": True, "id": True, "name": False}),
        'SELECT "t0"."id" AS "id", "t0"."age" AS "age" FROM "users" AS "t0" WHERE "t0"."id" = $1::text',
        {"id": "u1", "age": 30},
    ),
    (
        lambda client: client.tag.find_many(omit={"id": True}, order={"id": "asc"}, take=-2),
        'SELECT "t0"."name" AS "name" FROM "Tag" AS "t0" ORDER BY "t0"."id" DESC LIMIT $1::int8',
        [{"name": "z"}, {"name": "w"}],
    ),
    (
        lambda client: client.note.find_unique({"id": 4}, select={"like": {"select": {"weight": True}}}),
        (
            'SELECT (SELECT row_to_json("t2".*) FROM (SELECT "t1"."weight" AS "weight" FROM "Like" AS "t1" WHERE '
            '"t1"."userId" = "t0"."userId" AND "t1"."postId" = "t0"."postId") AS "t2") AS "like" FROM "Note" AS "t0" '
            'WHERE "t0"."id" = $1::int4'
        ),
        {"like": {"weight": 5}},
    ),
    (
        lambda client: client.user.find_unique(
            {"id": "u1"},
            select={"_count": {"select": {"posts": {"where": {"published": True}}, "friends": True}}},
        ),
        (
            'SELECT (SELECT count(*) FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" AND "t1"."published" = '
            '$1::bool) AS "_count.posts", (SELECT count(*) FROM "_friendship" AS "t3" JOIN "users" AS "t2" ON '
            '"t2"."id" = "t3"."A" WHERE "t3"."B" = "t0"."id") AS "_count.friends" FROM "users" AS "t0" WHERE '
            '"t0"."id" = $2::text'
        ),
        {"_count": {"posts": 2, "friends": 2}},
    ),
    (
        lambda client: client.profile.find_first(
            order={"id": "asc"}, select={"user": {"select": {"name": True, "_count": True}}}
        ),
        None,
        {
            "user": {
                "name": "Ann",
                "_count": {"posts": 3, "edited": 1, "likes": 2, "reports": 2, "friends": 2, "friendOf": 2},
            }
        },
    ),
]


@pytest.mark.parametrize(("call", "sql", "answer"), CALLS)
async def test_what_is_selected_is_read_by_one_statement(
    reader: Reader, rows: Any, sent: list[Any], call: Call, sql: str | None, answer: Any
) -> None:
    written = (await reader.write(call))[0]
    assert sql in (written, None)
    assert await call(rows) == answer
    assert [event.sql for event in sent] == [written]


async def test_relations_of_any_depth_are_one_statement(rows: Any, sent: list[Any]) -> None:
    tags = {"select": {"name": True, "_count": True}, "order_by": {"name": "asc"}}
    posts = {
        "select": {"title": True, "tags": tags},
        "where": {"published": True},
        "order_by": {"id": "asc"},
        "take": -2,
    }
    found = await rows.user.find_unique_or_raise({"id": "u1"}, select={"id": True, "posts": posts})
    assert found == {
        "id": "u1",
        "posts": [
            {
                "title": "a",
                "tags": [{"name": "x", "_count": {"posts": 2}}, {"name": "y", "_count": {"posts": 3}}],
            },
            {"title": "c", "tags": [{"name": "z", "_count": {"posts": 2}}]},
        ],
    }
    assert len(sent) == 1


async def test_a_relation_that_leads_nowhere_is_none_or_empty(rows: Any) -> None:
    found = await rows.user.find_unique(
        {"id": "u5"}, select={"manager": True, "profile": True, "likes": True}
    )
    assert found == {"manager": None, "profile": None, "likes": []}


async def test_values_are_those_of_models_flat_and_below_a_relation(rows: Any, blog: ModuleType) -> None:
    model = await rows.sample.find_unique({"id": 1})
    expected = {name: getattr(model, name) for name in type(model).model_fields if name != "boxes"}
    flat = await rows.sample.find_unique({"id": 1}, omit={})
    nested = await rows.box.find_first(where={"sampleId": 1}, select={"sample": True})
    for row in (flat, nested["sample"]):
        blobs = [one.decode() for one in row.pop("blobs")]
        assert row.pop("bytes").decode() == expected["bytes"].decode() == b"\x00\xff"
        assert blobs == [one.decode() for one in expected["blobs"]]
        assert row == {name: one for name, one in expected.items() if name not in ("bytes", "blobs")}
        assert {name: type(row[name]) for name in ("exact", "float", "big", "mood")} == {
            "exact": Decimal,
            "float": float,
            "big": int,
            "mood": str,
        }
        assert row["instant"] == datetime(2024, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)
        assert row["data"] == {"a": 1, "b": [1, 2]}
        assert row["jsons"] == [1, "s", None]


async def test_nulls_are_none_and_null_lists_are_empty_as_in_models(rows: Any) -> None:
    flat = await rows.sample.find_unique({"id": 3}, omit={"id": True})
    nested = await rows.box.find_first(where={"sampleId": 3}, select={"sample": {"omit": {"id": True}}})
    assert flat == nested["sample"]
    lists = {name for name, value in flat.items() if value == []}
    assert lists == {"words", "ints", "bigs", "floats", "decimals", "flags", "jsons", "blobs", "moments"}
    assert {value for name, value in flat.items() if name not in lists} == {None}


async def test_without_them_rows_are_models_and_nothing_else_is_sent(
    rows: Any, sent: list[Any], blog: ModuleType
) -> None:
    assert isinstance(await rows.user.find_unique({"id": "u1"}, select=None, omit=None), blog.models.User)
    assert isinstance((await rows.user.find_many())[0], blog.models.User)
    assert await rows.user.find_first(where={"id": "nobody"}, select={"id": True}) is None
    assert len(sent) == 3


async def test_a_missing_row_is_an_error_where_it_must_exist(rows: Any, blog: ModuleType) -> None:
    for call in (rows.user.find_unique_or_raise, rows.user.find_first_or_raise):
        with pytest.raises(blog.errors.RecordNotFoundError):
            await call(where={"id": "nobody"}, select={"id": True})


async def test_rows_that_are_selected_can_be_locked_in_an_order_through_a_relation(db: Any) -> None:
    await db.user.create({"id": "u", "email": "a", "reports": {"create": [{"id": "v", "email": "b"}]}})
    order = [{"manager": {"email": "asc"}}, {"reports": {"_count": "asc"}}]
    async with db.tx() as tx:
        found = await tx.locking("update").user.find_many(select={"id": True, "_count": True}, order=order)
    assert [(one["id"], one["_count"]["reports"]) for one in found] == [("v", 0), ("u", 1)]


async def test_values_do_not_stay_in_a_kept_plan(rows: Any) -> None:
    counts = []
    for published in (True, False):
        chosen = {"_count": {"select": {"posts": {"where": {"published": published}}}}}
        counts.append((await rows.user.find_unique({"id": "u1"}, select=chosen))["_count"]["posts"])
    assert counts == [2, 1]
