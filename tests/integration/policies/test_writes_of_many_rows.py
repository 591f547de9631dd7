"""The shop's policies hold for the writes of many rows: version, timestamps, deleted rows, who acts."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from lumi_db import Database, acting_as, with_deleted
from lumi_db.client import errors
from lumi_db.engine.plan.create_many import COPIED_FROM

from .test_soft_delete import delete, make_product


def row(name: str, **more: Any) -> dict[str, Any]:
    return {"slug": name, "title": name, "price": "10", **more}


async def actors(db: Any) -> set[str | None]:
    return {one.actorId for one in await db.auditlog.find_many(where={"entity": "Product"})}


async def test_updates_of_many_count_the_version(db: Any) -> None:
    await make_product(db, "dress")
    [product] = await db.product.update_many_and_return({"title": "x"}, {})
    assert product.version == 1
    old, new = await db.product.upsert_many([row("dress"), row("skirt")], key=["slug"])
    assert (old.version, new.version) == (2, 0)
    assert old.updatedAt > product.updatedAt
    old, _ = await db.product.upsert_many([row("dress"), row("skirt")], key=["slug"], update=[])
    assert old.version == 2


@pytest.mark.parametrize("field", ["version", "updatedAt", "createdAt"])
async def test_what_is_not_the_callers_is_refused(db: Any, field: str) -> None:
    given = {"version": 5, "updatedAt": "2020-01-01T00:00:00Z", "createdAt": "2020-01-01T00:00:00Z"}
    with pytest.raises(errors.InputError, match=rf"`data\.{field}`"):
        await db.product.update_many_and_return({field: given[field]}, {})
    with pytest.raises(errors.InputError, match=rf"`update\.{field}`"):
        await db.product.upsert_many([row("a")], key=["slug"], update=[field])
    if field != "createdAt":
        with pytest.raises(errors.InputError, match=rf"`data\.0\.{field}`"):
            await db.product.create_many_and_return([row("a", **{field: given[field]})])
        with pytest.raises(errors.InputError, match=rf"`data\.0\.{field}`"):
            await db.product.upsert_many([row("a", **{field: given[field]})], key=["slug"])
        with pytest.raises(errors.InputError, match=rf"`rows\.1\.{field}`"):
            await db.product.load_many([row("a"), row("b", **{field: given[field]})], chunk=1)
    assert await db.product.count() == 0


async def test_when_a_row_was_created_stays(db: Any) -> None:
    product = await make_product(db, "dress")
    data = [row("dress", createdAt="2020-01-01T00:00:00Z", version=0)]
    [found] = await db.product.upsert_many(data, key=["slug"])
    assert (found.createdAt, found.version) == (product.createdAt, 1)


async def test_deleted_rows_are_not_updated(db: Any) -> None:
    gone, _ = await make_product(db, "dress"), await make_product(db, "skirt")
    await delete(db, "Product", gone.id)
    [found] = await db.product.update_many_and_return({"title": "x"}, {})
    assert found.slug == "skirt"


@pytest.mark.parametrize("update", [None, []])
async def test_a_deleted_row_in_the_way_is_named_and_nothing_is_written(db: Any, update: Any) -> None:
    gone = await make_product(db, "dress")
    await delete(db, "Product", gone.id)
    data = [row("a", id="a"), row("b", id=gone.id), row("c", id="c")]
    with pytest.raises(errors.UniqueViolationError, match=r"in the way of `data\.1` is a row") as caught:
        await db.product.upsert_many(data, key=["id"], update=update)
    assert caught.value.meta["rows"] == [1]
    assert await db.product.count() == 0
    with with_deleted():
        assert (await db.product.find_unique({"id": gone.id})).title == gone.title


async def test_in_a_transaction_too_and_that_goes_on(database: Database, db: Any) -> None:
    gone = await make_product(db, "dress")
    await delete(db, "Product", gone.id)
    async with database.tx() as tx:
        client: Any = tx
        await client.product.create(row("first"))
        with pytest.raises(errors.UniqueViolationError):
            await client.product.upsert_many([row("a", id="a"), row("b", id=gone.id)], key=["id"])
        await client.product.upsert_many([row("last")], key=["slug"])
    found = await db.product.find_many(order={"slug": "asc"})
    assert [one.slug for one in found] == ["first", "last"]


async def test_who_acts_is_told(db: Any) -> None:
    with acting_as("ada", "ADMIN"):
        await db.product.create_many_and_return([row("a")])
    with acting_as("bob", "ADMIN"):
        await db.product.update_many_and_return({"title": "x"}, {})
    with acting_as("eve", "ADMIN"):
        await db.product.upsert_many([row("b"), row("a", title="z")], key=["slug"])
    with acting_as("kim", "ADMIN"):
        await db.product.load_many([row("c"), row("d")], chunk=1)
    await db.product.load_many([row("e")])
    assert await actors(db) == {"ada", "bob", "eve", "kim", None}


async def test_who_acts_is_told_of_loads_that_share_a_transaction(database: Database, db: Any) -> None:
    async def load(client: Any, name: str) -> None:
        with acting_as(name, "ADMIN"):
            await client.product.load_many((row(f"{name}{number}") for number in range(20)), chunk=3)

    async with database.tx() as tx:
        await asyncio.gather(load(tx, "ada"), load(tx, "bob"), tx.product.count())
    rows = await db.auditlog.find_many(where={"entity": "Product"})
    assert len(rows) == 40
    assert all(one.after["slug"].startswith(one.actorId) for one in rows)


async def test_streams_and_views_see_no_deleted_rows(db: Any) -> None:
    gone, _ = await make_product(db, "dress"), await make_product(db, "skirt")
    await delete(db, "Product", gone.id)
    assert [one.slug async for one in db.product.stream()] == ["skirt"]
    with with_deleted():
        assert len([one async for one in db.product.stream(include={"variants": True})]) == 2


async def test_finds_of_other_scopes_are_not_asked_together(db: Any) -> None:
    gone, live = await make_product(db, "dress"), await make_product(db, "skirt")
    await delete(db, "Product", gone.id)
    view = db.batching()

    async def deleted_too(slug: str) -> Any:
        with with_deleted():
            return await view.product.find_unique({"id": slug})

    found = await asyncio.gather(
        *(view.product.find_unique({"id": one.id}) for one in (gone, live)),
        *(deleted_too(one.id) for one in (gone, live)),
    )
    assert [one and one.id for one in found] == [None, live.id, gone.id, live.id]


async def test_explained_writes_know_who_acts_and_leave_no_trail(db: Any) -> None:
    product = await make_product(db, "dress")
    with acting_as("ada", "ADMIN"):
        [found] = await db.explain(
            lambda c: c.product.update({"title": "x"}, {"id": product.id}), analyze=True
        )
    assert "actual" in found.plan
    assert "ada" not in await actors(db)
    assert (await db.product.find_unique({"id": product.id})).version == 0


async def test_copied_rows_are_in_the_audit_log_with_the_actor_of_their_task(db: Any) -> None:
    async def create(actor: str) -> None:
        with acting_as(actor, "ADMIN"):
            rows = [row(f"{actor}-{number}") for number in range(COPIED_FROM)]
            assert await db.product.create_many(rows) == COPIED_FROM

    await asyncio.gather(create("ada"), create("bob"))
    logged = await db.auditlog.group_by(by=["actorId", "action"], count=True, order={"actorId": "asc"})
    assert [(one["actorId"], one["action"], one["_count"]["_all"]) for one in logged] == [
        ("ada", "CREATE", COPIED_FROM),
        ("bob", "CREATE", COPIED_FROM),
    ]
    assert await db.product.count(where={"version": 0}) == 2 * COPIED_FROM
