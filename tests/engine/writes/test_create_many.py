"""create_many: one statement for up to a thousand rows."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from lumi_db.engine import QueryEvent


async def test_rows_go_in_one_statement_as_one_list_a_column(db: Any, statements: list[QueryEvent]) -> None:
    assert await db.tag.create_many([{"name": "a"}, {"name": "b"}]) == 2
    [sent] = statements
    assert sent.sql == 'INSERT INTO "Tag" ("name") SELECT "c0" FROM unnest($1::text[]) AS "rows"("c0")'
    assert sent.parameters == (["a", "b"],)
    assert sent.rows == 2


async def test_a_missing_value_is_null_where_there_is_no_default(
    db: Any, statements: list[QueryEvent]
) -> None:
    await db.user.create_many([{"email": "a", "name": "A"}, {"email": "b"}, {"age": 3, "email": "c"}])
    assert len(statements) == 1
    users = await db.user.find_many(order={"email": "asc"})
    assert [(user.name, user.age, user.mood) for user in users] == [
        ("A", None, "HAPPY"),
        (None, None, "HAPPY"),
        (None, 3, "HAPPY"),
    ]


async def test_rows_keep_their_order_when_only_some_give_a_default(db: Any, people: None) -> None:
    rows = [{"title": "a", "authorId": "u1", "views": 3}, {"title": "b", "authorId": "u1"}]
    await db.post.create_many([*rows, {"title": "c", "authorId": "u1", "views": 5}])
    posts = await db.post.find_many(order={"id": "asc"})
    assert [(post.title, post.views) for post in posts] == [("a", 3), ("b", 0), ("c", 5)]


async def test_rows_that_leave_other_columns_to_the_database_are_grouped(
    db: Any, statements: list[QueryEvent]
) -> None:
    assert await db.tag.create_many([{"name": "a"}, {"id": 50, "name": "b"}, {"name": "c"}]) == 3
    assert [sent.parameters for sent in statements] == [(["a", "c"],), ([50], ["b"])]
    assert all(sent.in_transaction for sent in statements)


async def test_a_failing_group_takes_the_others_with_it(db: Any, errors: Any) -> None:
    with pytest.raises(errors.UniqueViolationError):
        await db.tag.create_many([{"name": "a"}, {"id": 50, "name": "a"}])
    assert await db.tag.count() == 0


async def test_no_rows_send_nothing(db: Any, statements: list[QueryEvent]) -> None:
    assert await db.tag.create_many([]) == 0
    assert statements == []


async def test_rows_without_values_take_the_defaults(db: Any, statements: list[QueryEvent]) -> None:
    assert await db.sample.create_many([{}, {}, {}]) == 3
    assert statements[0].sql == 'INSERT INTO "all types" SELECT FROM generate_series(1, $1::int8)'
    assert await db.sample.count() == 3


async def test_duplicates_are_skipped_and_not_counted(db: Any, statements: list[QueryEvent]) -> None:
    await db.tag.create({"name": "a"})
    rows = [{"name": "a"}, {"name": "b"}, {"name": "b"}]
    assert await db.tag.create_many(rows, skip_duplicates=True) == 1
    assert statements[-1].sql.endswith(" ON CONFLICT DO NOTHING")


async def test_generated_ids_differ_from_row_to_row(db: Any) -> None:
    await db.defaults.create_many([{}, {"word": "x"}])
    rows = await db.defaults.find_many(order={"number": "asc"})
    assert len({value for row in rows for value in (row.id, row.nano, row.ulid)}) == 6
    assert [row.word for row in rows] == ['it\'s "quoted"', "x"]


async def test_thirty_thousand_rows_are_copied_in_two_parts(db: Any, statements: list[QueryEvent]) -> None:
    assert await db.tag.create_many([{"name": f"tag {number}"} for number in range(30_000)]) == 30_000
    assert [sent.rows for sent in statements] == [1, 20_000, 10_000]
    assert all(sent.in_transaction for sent in statements)
    assert await db.tag.count() == 30_000


async def test_every_type_is_stored_exactly_with_lists_of_unequal_length(db: Any, blog: ModuleType) -> None:
    json, base64 = blog.Json, blog.Base64
    moment = datetime(2024, 2, 29, 12, 30, 15, 123456, tzinfo=UTC)
    full = {
        "text": 'quote " backslash \\ comma , brace {',
        "words": ["", "NULL", 'a"b', "c\\d", "{e,f}"],
        "int": -(2**31),
        "big": 2**63 - 1,
        "bigs": [1, -(2**63)],
        "float": 1e-300,
        "exact": Decimal("12345678901234.567891"),
        "decimals": [Decimal("1E+30"), Decimal("-0.5")],
        "flag": True,
        "flags": [True, False],
        "data": json({"a": [1, None, "é"]}),
        "jsons": [json({"x": '"'}), json([])],
        "bytes": base64.encode(b"\x00\xff"),
        "blobs": [base64.encode(b"\x00"), base64.encode(b"")],
        "instant": moment,
        "moments": [moment.replace(microsecond=123000)],
        "mood": "SAD",
        "uuid": "6f8b6c1e-8c2c-4a7e-9d2f-0123456789ab",
    }
    assert await db.sample.create_many([full, {"words": ["one"]}, {}]) == 3
    rows = await db.sample.find_many(order={"id": "asc"})
    stored = rows[0].model_dump()
    plain = {name: value for name, value in full.items() if not isinstance(value, (json, base64))}
    del plain["jsons"], plain["blobs"]
    assert {name: stored[name] for name in plain} == plain
    assert (rows[0].data, rows[0].jsons) == ({"a": [1, None, "é"]}, [{"x": '"'}, []])
    assert [blob.decode() for blob in (rows[0].bytes, *rows[0].blobs)] == [b"\x00\xff", b"\x00", b""]
    assert (rows[1].words, rows[1].ints, rows[2].words) == (["one"], [], [])
