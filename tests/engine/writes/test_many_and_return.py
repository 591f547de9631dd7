"""create_many_and_return and update_many_and_return: one statement, and the rows it wrote."""

from __future__ import annotations

from typing import Any

import pytest

from lumi_db.engine import QueryEvent


async def test_new_rows_come_back_from_the_statement_that_made_them(
    db: Any, statements: list[QueryEvent]
) -> None:
    tags = await db.tag.create_many_and_return([{"name": "b"}, {"name": "a"}])
    assert [(tag.id, tag.name) for tag in tags] == [(1, "b"), (2, "a")]
    [sent] = statements
    assert sent.sql == (
        'INSERT INTO "Tag" AS "t0" ("name") SELECT "c0" FROM unnest($1::text[]) AS "rows"("c0")'
        ' RETURNING "t0"."id" AS "id", "t0"."name" AS "name"'
    )


async def test_rows_of_several_statements_come_in_the_order_of_the_call(
    db: Any, statements: list[QueryEvent]
) -> None:
    tags = await db.tag.create_many_and_return([{"name": "a"}, {"id": 50, "name": "b"}, {"name": "c"}])
    assert [tag.name for tag in tags] == ["a", "b", "c"]
    assert [sent.in_transaction for sent in statements] == [True, True]


async def test_skipped_rows_are_not_returned(db: Any) -> None:
    await db.tag.create({"name": "a"})
    rows = [{"name": "a"}, {"id": 50, "name": "b"}, {"name": "c"}]
    tags = await db.tag.create_many_and_return(rows, skip_duplicates=True)
    assert sorted(tag.name for tag in tags) == ["b", "c"]


async def test_rows_without_values_come_back_with_their_defaults(db: Any) -> None:
    assert [row.id for row in await db.sample.create_many_and_return([{}, {}])] == [1, 2]


async def test_no_rows_send_and_return_nothing(db: Any, statements: list[QueryEvent]) -> None:
    assert await db.tag.create_many_and_return([]) == []
    assert statements == []


async def test_a_bad_row_is_named_and_nothing_is_sent(
    db: Any, statements: list[QueryEvent], errors: Any
) -> None:
    with pytest.raises(errors.InputError, match=r"`data\.1\.name` must be a str, not int"):
        await db.tag.create_many_and_return([{"name": "a"}, {"name": 1}])
    with pytest.raises(errors.FieldNotFoundError, match=r"`data\.1\.nmae` does not exist"):
        await db.tag.create_many_and_return([{"name": "a"}, {"nmae": "b"}])
    with pytest.raises(errors.MissingRequiredValueError, match=r"`data\.0\.name`"):
        await db.tag.create_many_and_return([{}])
    assert statements == []


async def test_updated_rows_come_back_as_they_are_now(
    db: Any, people: None, statements: list[QueryEvent]
) -> None:
    users = await db.user.update_many_and_return({"age": {"increment": 10}}, {"age": {"gte": 2}})
    assert sorted((user.id, user.age) for user in users) == [("u2", 12), ("u3", 13)]
    assert len(statements) == 1
    assert statements[0].sql.startswith('UPDATE "users"')


async def test_an_update_of_nothing_only_reads(db: Any, people: None, statements: list[QueryEvent]) -> None:
    assert len(await db.user.update_many_and_return({}, {"age": {"gte": 2}})) == 2
    assert [sent.sql.split()[0] for sent in statements] == ["SELECT"]


async def test_a_transaction_that_is_rolled_back_takes_the_rows_with_it(db: Any) -> None:
    manager = db.tx()
    tx = await manager.start()
    await tx.tag.create_many_and_return([{"name": "a"}])
    await tx.tag.update_many_and_return({"name": "b"}, {})
    await manager.rollback()
    assert await db.tag.count() == 0
