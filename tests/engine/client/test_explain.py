"""explain(): the plans of what an operation sends, of which nothing stays."""

from __future__ import annotations

from typing import Any

import pytest

from lumi_db.engine import QueryEvent, QueryPlan


async def test_a_find_is_explained_and_not_run(db: Any, statements: list[QueryEvent]) -> None:
    [found] = await db.explain(lambda c: c.user.find_many(where={"email": "a"}, include={"posts": True}))
    assert isinstance(found, QueryPlan)
    await db.user.find_many(where={"email": "a"}, include={"posts": True})
    assert [sent.sql for sent in statements] == [found.sql]
    assert "Index Scan using users_email_key" in found.plan
    assert "actual" not in found.plan


async def test_analyzed_it_tells_what_happened(db: Any) -> None:
    await db.tag.create_many([{"name": f"t{number}"} for number in range(5)])
    [found] = await db.explain(lambda c: c.tag.find_many(), analyze=True)
    assert "rows=5" in found.plan.splitlines()[0]
    assert "Execution Time" in found.plan


@pytest.mark.parametrize("analyze", [False, True])
async def test_of_writes_nothing_stays(db: Any, analyze: bool) -> None:
    user = await db.user.create({"id": "u", "email": "a"})
    works: list[Any] = [
        lambda c: c.user.create({"email": "b"}),
        lambda c: c.user.create_many([{"email": "b"}]),
        lambda c: c.user.create_many_and_return([{"email": "b"}]),
        lambda c: c.user.upsert_many([{"email": "a", "name": "x"}, {"email": "b"}], key=["email"]),
        lambda c: c.user.update({"name": "x"}, {"id": "u"}),
        lambda c: c.user.update_many({"name": "x"}, {}),
        lambda c: c.user.upsert({"id": "u"}, {"create": {"email": "a"}, "update": {"name": "x"}}),
        lambda c: c.user.delete({"id": "u"}),
        lambda c: c.user.delete_many(),
        lambda c: c.execute_raw("DELETE FROM users WHERE id = $1", "u"),
    ]
    for work in works:
        plans = await db.explain(work, analyze=analyze)
        assert plans
        assert all(("actual" in plan.plan) is analyze for plan in plans)
    assert await db.user.find_many() == [user]


@pytest.mark.parametrize("analyze", [False, True])
async def test_all_statements_of_an_operation_are_explained(
    db: Any, statements: list[QueryEvent], analyze: bool
) -> None:
    data = {"email": "a", "posts": {"create": [{"title": "p"}, {"title": "q"}]}}
    plans = await db.explain(lambda c: c.user.create(data, include={"posts": True}), analyze=analyze)
    assert statements == []
    assert (await db.user.count(), await db.post.count()) == (0, 0)
    statements.clear()
    await db.user.create(data, include={"posts": True})
    assert [plan.sql for plan in plans] == [sent.sql for sent in statements]


async def test_counts_groups_and_raw_sql(db: Any) -> None:
    works: list[Any] = [
        lambda c: c.user.count(),
        lambda c: c.user.group_by(["mood"], count=True),
        lambda c: c.user.find_unique({"id": "u"}),
        lambda c: c.user.find_unique_or_raise({"id": "u"}),
        lambda c: c.user.find_first(order={"email": "asc"}),
        lambda c: c.query_raw("SELECT * FROM users WHERE age = $1", "3"),
        lambda c: c.query_first("SELECT 1 AS one", exact=True),
    ]
    for work in works:
        assert len(await db.explain(work)) == 1


async def test_in_a_transaction_it_sees_that_and_lets_it_go_on(db: Any) -> None:
    async with db.tx() as tx:
        await tx.tag.create_many([{"name": f"t{number}"} for number in range(3)])
        [found] = await tx.explain(lambda c: c.tag.delete_many(), analyze=True)
        assert "actual" in found.plan
        assert await tx.tag.count() == 3
        [found] = await tx.locking("update").explain(lambda c: c.tag.find_many())
        assert "LockRows" in found.plan
    assert await db.tag.count() == 3


async def test_errors_are_those_of_the_operation(db: Any, errors: Any) -> None:
    with pytest.raises(errors.FieldNotFoundError, match=r"`where\.nmae`"):
        await db.explain(lambda c: c.user.find_many(where={"nmae": "x"}))
    with pytest.raises(errors.RecordNotFoundError):
        await db.explain(lambda c: c.post.create({"title": "t", "author": {"connect": {"id": "no"}}}))
    await db.tag.create({"name": "a"})
    with pytest.raises(errors.UniqueViolationError):
        await db.explain(lambda c: c.tag.create({"name": "a"}), analyze=True)
    with pytest.raises(errors.RawQueryError):
        await db.explain(lambda c: c.execute_raw("VACUUM"))
    assert await db.tag.count() == 1


async def test_work_that_asks_nothing_is_refused(db: Any, errors: Any) -> None:
    async def nothing(c: Any) -> None:
        """Ask nothing."""

    with pytest.raises(errors.InputError, match="the work called no operation of the client it was given"):
        await db.explain(nothing)


async def test_work_may_catch_what_it_likes(db: Any) -> None:
    async def careful(c: Any) -> None:
        try:
            await c.user.find_many()
        except Exception as error:
            raise AssertionError from error

    assert len(await db.explain(careful)) == 1


async def test_many_rows_that_would_be_copied_are_explained_as_an_insert(db: Any) -> None:
    rows = [{"name": f"t{number}"} for number in range(2_000)]
    for analyze in (False, True):
        [plan] = await db.explain(lambda c: c.tag.create_many(rows), analyze=analyze)
        assert (plan.sql[:17], plan.plan[:9]) == ('INSERT INTO "Tag"', "Insert on")
    assert await db.tag.count() == 0
