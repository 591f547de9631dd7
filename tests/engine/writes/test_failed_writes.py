"""What the database refuses comes back as prisma-client-py's own exceptions, in the schema's words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

SECRET = "do-not-show-me"


async def refused(errors: Any, call: Any) -> Any:
    with pytest.raises(errors.DataError) as caught:
        await call
    assert SECRET not in f"{caught.value} {caught.value.meta} {caught.value.data}"
    return caught.value


async def test_unique_violations_name_the_fields(db: Any, posts: None, errors: Any) -> None:
    await db.user.update(where={"id": "u3"}, data={"email": SECRET})
    error = await refused(errors, db.user.create({"email": SECRET}))
    assert isinstance(error, errors.UniqueViolationError)
    assert (error.code, error.meta["target"], error.meta["modelName"]) == ("P2002", ["email"], "User")
    assert str(error) == "Unique constraint failed on User: `email` must be unique."
    error = await refused(errors, db.post.create({"title": "p1", "authorId": "u1"}))
    assert error.meta["target"] == ["authorId", "title"]


async def test_unique_violations_name_mapped_fields_and_the_nested_model(
    db: Any, desks: None, errors: Any
) -> None:
    error = await refused(errors, db.desk.create({"code": "n", "ownerId": "u1"}))
    assert (error.meta["target"], error.meta["modelName"]) == (["ownerId"], "Desk")
    error = await refused(errors, db.user.create({"email": "n", "desk": {"create": {"code": "d1"}}}))
    assert (error.meta["target"], error.meta["modelName"]) == (["code"], "Desk")


async def test_a_composite_id_that_is_taken(db: Any, posts: None, errors: Any) -> None:
    await db.like.create({"userId": "u1", "postId": 1})
    error = await refused(errors, db.like.create({"userId": "u1", "postId": 1}))
    assert error.meta["target"] == ["userId", "postId"]


async def test_foreign_keys_that_point_nowhere(db: Any, people: None, errors: Any) -> None:
    error = await refused(errors, db.post.create({"title": "t", "authorId": SECRET}))
    assert isinstance(error, errors.ForeignKeyViolationError)
    assert (error.code, error.meta["field_name"]) == ("P2003", "authorId")
    error = await refused(errors, db.note.create({"text": "t", "userId": "u1", "postId": 9}))
    assert error.meta["field_name"] == "userId, postId"


async def test_rows_that_are_still_pointed_at(db: Any, posts: None, errors: Any) -> None:
    error = await refused(errors, db.user.delete(where={"id": "u1"}))
    assert (error.code, error.meta["modelName"], error.meta["field_name"]) == ("P2003", "Post", "authorId")


async def test_values_that_are_too_long_or_too_big(db: Any, errors: Any) -> None:
    error = await refused(errors, db.sample.create({"varchar": SECRET}))
    assert error.code == "P2000"
    await db.sample.create({"int": 2**31 - 1, "small": 2**15 - 1})
    for field in ("int", "small"):
        error = await refused(errors, db.sample.update(where={"id": 1}, data={field: {"increment": 1}}))
        assert error.code == "P2020"
    error = await refused(errors, db.sample.create({"exact": Decimal(10) ** 20}))
    assert error.code == "P2020"


async def test_null_in_a_required_column(db: Any, errors: Any) -> None:
    await db.execute_raw(
        'ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL, ALTER COLUMN "name" SET DEFAULT \'x\''
    )
    error = await refused(errors, db.user.create({"email": "n", "name": None}))
    assert (error.code, error.meta["constraint"]) == ("P2011", ["name"])


async def test_a_check_names_its_constraint(db: Any, people: None, errors: Any) -> None:
    await db.execute_raw('ALTER TABLE "users" ADD CONSTRAINT "grown" CHECK ("age" >= 0)')
    error = await refused(errors, db.user.update(where={"id": "u1"}, data={"age": {"decrement": 9}}))
    assert error.code == "P2004"
    assert "grown" in str(error)


async def test_a_missing_table(db: Any, errors: Any) -> None:
    await db.execute_raw('DROP TABLE "Flag"')
    with pytest.raises(errors.TableNotFoundError) as caught:
        await db.flag.create({"reason": "r"})
    assert caught.value.code == "P2021"
