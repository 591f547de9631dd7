"""batching(): finds by a unique key in one turn of the event loop are one statement, and mean the same."""

from __future__ import annotations

import asyncio
from types import ModuleType
from typing import Any

import pytest
import pytest_asyncio
from pydantic import field_validator

from lumi_db.engine import QueryEvent


async def together(*calls: Any) -> list[Any]:
    return await asyncio.gather(*calls, return_exceptions=True)


@pytest_asyncio.fixture
async def people(db: Any) -> None:
    await db.user.create_many([{"id": f"u{number}", "email": f"e{number}"} for number in range(10)])
    await db.post.create_many([{"title": f"p{number}", "authorId": f"u{number % 3}"} for number in range(6)])
    await db.like.create_many([{"userId": f"u{number}", "postId": 1} for number in range(5)])


async def test_finds_of_one_turn_are_one_statement(
    db: Any, people: None, statements: list[QueryEvent]
) -> None:
    view = db.batching()
    users = await together(*(view.user.find_unique({"id": f"u{number}"}) for number in range(10)))
    assert [user.email for user in users] == [f"e{number}" for number in range(10)]
    assert len(statements) == 1
    assert (await view.user.find_unique({"id": "u3"})).email == "e3"
    assert len(statements) == 2


async def test_missing_rows_and_rows_asked_for_twice(
    db: Any, people: None, errors: Any, statements: list[QueryEvent]
) -> None:
    view = db.batching()
    first, again, missing, raised, found = await together(
        view.user.find_unique({"email": "e1"}),
        view.user.find_unique({"email": "e1"}),
        view.user.find_unique({"email": "no"}),
        view.user.find_unique_or_raise({"email": "no"}),
        view.user.find_unique_or_raise({"email": "e2"}),
    )
    assert (first.id, again.id, missing, found.id) == ("u1", "u1", None, "u2")
    assert first is not again
    with pytest.raises(errors.RecordNotFoundError) as alone:
        await db.user.find_unique_or_raise({"email": "no"})
    assert (type(raised), str(raised), raised.meta) == (
        errors.RecordNotFoundError,
        str(alone.value),
        alone.value.meta,
    )
    assert len(statements) == 2


async def test_each_include_and_each_model_has_a_statement_of_its_own(
    db: Any, people: None, statements: list[QueryEvent]
) -> None:
    view = db.batching()
    plain, other, with_posts, also, tag = await together(
        view.user.find_unique({"id": "u0"}),
        view.user.find_unique({"id": "u1"}),
        view.user.find_unique({"id": "u0"}, include={"posts": {"where": {"title": "p3"}}}),
        view.user.find_unique({"id": "u1"}, include={"posts": {"where": {"title": "p1"}}}),
        view.tag.find_unique({"id": 1}),
    )
    assert (plain.posts, other.posts, tag) == (None, None, None)
    assert [post.title for post in with_posts.posts] == ["p3"]
    assert [post.title for post in also.posts] == ["p1"]
    # The values of the two includes differ, so they are not one statement.
    assert len(statements) == 4


async def test_equal_includes_are_one(db: Any, people: None, statements: list[QueryEvent]) -> None:
    view = db.batching()
    users = await together(
        *(view.user.find_unique({"id": f"u{number}"}, include={"posts": True}) for number in range(4))
    )
    assert [len(user.posts) for user in users] == [2, 2, 2, 0]
    assert len(statements) == 1


async def test_keys_of_several_fields(db: Any, people: None, statements: list[QueryEvent]) -> None:
    view = db.batching()
    keys = [{"userId": f"u{number}", "postId": 1} for number in range(7)]
    likes = await together(*(view.like.find_unique({"userId_postId": key}) for key in keys))
    assert [like and like.userId for like in likes] == ["u0", "u1", "u2", "u3", "u4", None, None]
    titles = [{"authorId": "u0", "title": "p0"}, {"authorId": "u1", "title": "p1"}]
    posts = await together(*(view.post.find_unique({"one_title": key}) for key in titles))
    assert [post.title for post in posts] == ["p0", "p1"]
    assert len(statements) == 2


async def test_further_filters_are_asked_alone(db: Any, people: None, statements: list[QueryEvent]) -> None:
    view = db.batching()
    found = await together(
        view.user.find_unique({"id": "u0", "email": "e0"}),
        view.user.find_unique({"id": "u1", "email": "e0"}),
    )
    assert [user and user.id for user in found] == ["u0", None]
    assert len(statements) == 2


async def test_wrong_input_fails_only_for_whose_it_is(db: Any, people: None, errors: Any) -> None:
    view = db.batching()
    good, wrong, unknown, nul, also = await together(
        view.user.find_unique({"id": "u0"}),
        view.user.find_unique({"id": 3}),
        view.user.find_unique({"nmae": "x"}),
        view.user.find_unique({"id": "a\x00"}),
        view.user.find_unique({"id": "u1"}),
    )
    assert (good.id, also.id) == ("u0", "u1")
    assert (type(wrong), type(unknown), type(nul)) == (
        errors.InputError,
        errors.FieldNotFoundError,
        errors.InputError,
    )
    assert str(nul).startswith("`where.id`")


async def test_in_a_transaction_it_sees_what_that_wrote(
    db: Any, people: None, statements: list[QueryEvent]
) -> None:
    async with db.tx() as tx:
        await tx.user.create({"id": "new", "email": "n"})
        view = tx.batching()
        ours, old = await together(view.user.find_unique({"id": "new"}), view.user.find_unique({"id": "u1"}))
        assert (ours.email, old.email) == ("n", "e1")
        assert await db.batching().user.find_unique({"id": "new"}) is None
    assert len(statements) == 3


async def test_other_calls_are_as_on_the_client(db: Any, people: None, errors: Any) -> None:
    view = db.batching()
    assert await view.user.count() == 10
    assert (await view.user.update({"name": "x"}, {"id": "u1"})).name == "x"
    assert (await view.query_raw("SELECT 1 AS one")) == [{"one": 1}]
    async with db.tx() as tx:
        with pytest.raises(errors.InputError, match="locking"):
            tx.locking("update").batching()


async def test_a_failure_of_the_database_is_told_to_all(db: Any, people: None, errors: Any) -> None:
    await db.execute_raw('ALTER TABLE "Tag" RENAME TO "Gone"')
    view = db.batching()
    found = await together(view.tag.find_unique({"id": 1}), view.tag.find_unique({"id": 2}))
    assert [type(one) for one in found] == [errors.TableNotFoundError] * 2
    assert found[0] is not found[1]


async def test_who_is_cancelled_leaves_the_others(db: Any, people: None) -> None:
    view = db.batching()
    tasks = [asyncio.create_task(view.user.find_unique({"id": f"u{number}"})) for number in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    found = await together(*tasks)
    assert (found[0].id, type(found[1]), found[2].id) == ("u0", asyncio.CancelledError, "u2")
    tasks = [asyncio.create_task(view.user.find_unique({"id": f"u{number}"})) for number in range(3)]
    for _ in range(3):
        await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await together(*tasks)
    assert await view.user.count() == 10


async def test_a_model_that_changes_its_key_is_found_all_the_same(
    blog: ModuleType, db: Any, people: None
) -> None:
    class Loud(blog.models.User):  # type: ignore[name-defined,misc]
        @field_validator("email")
        @classmethod
        def loud(cls, value: str) -> str:
            return value.upper()

    view = db.batching()
    found = await together(*(Loud.prisma(view).find_unique({"email": email}) for email in ("e1", "e2", "no")))
    assert [row and row.email for row in found] == ["E1", "E2", None]
