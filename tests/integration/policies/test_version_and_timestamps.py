"""Every update through the client counts the version; timestamps are not the caller's."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from lumi_db import Database
from lumi_db.client import errors
from lumi_db.scope import importing

MODELS = ("Order", "Product", "ProductVariant", "Inventory", "Cart", "Coupon")


async def make_product(db: Any) -> Any:
    return await db.product.create({"title": "x", "slug": "x", "price": "10"})


async def version_of(db: Any, id_: str) -> int:
    found: int = (await db.product.find_unique({"id": id_})).version
    return found


async def test_every_way_to_update_counts(db: Any) -> None:
    product = await make_product(db)
    assert product.version == 0
    assert (await db.product.update({"title": "a"}, {"id": product.id})).version == 1
    await db.product.update_many({"title": "b"}, {})
    assert await version_of(db, product.id) == 2
    data = {"create": {"title": "c", "slug": "x", "price": "1"}, "update": {"title": "c"}}
    assert (await db.product.upsert({"slug": "x"}, data)).version == 3
    assert (await db.product.delete({"id": product.id})).version == 4


async def test_nested_updates_count(db: Any) -> None:
    product = await make_product(db)
    await db.productvariant.create({"productId": product.id, "title": "S", "sku": "S", "price": "1"})
    await db.product.update(
        {"variants": {"update": [{"where": {"sku": "S"}, "data": {"title": "T"}}]}}, {"id": product.id}
    )
    assert (await db.productvariant.find_unique({"sku": "S"})).version == 1
    await db.product.update(
        {"variants": {"update_many": [{"where": {}, "data": {"title": "U"}}]}}, {"id": product.id}
    )
    assert (await db.productvariant.find_unique({"sku": "S"})).version == 2


async def test_a_version_in_where_compares(db: Any) -> None:
    product = await make_product(db)
    assert await db.product.update({"title": "a"}, {"id": product.id, "version": 7}) is None
    assert (await db.product.update({"title": "a"}, {"id": product.id, "version": 0})).version == 1
    assert await db.product.delete({"id": product.id, "version": 0}) is None


async def test_an_upsert_compares_a_version_too_and_does_not_make_a_second_row(db: Any) -> None:
    product = await make_product(db)
    data = {"create": {"title": "c", "slug": "x", "price": "1"}, "update": {"title": "u"}}
    assert (await db.product.upsert({"id": product.id, "version": 0}, data)).version == 1
    with pytest.raises(errors.UniqueViolationError):
        await db.product.upsert({"id": product.id, "version": 0}, data)
    with pytest.raises(errors.UniqueViolationError):
        await db.product.upsert({"slug": "x", "version": 0}, data)
    assert await db.product.count() == 1
    found = await db.product.upsert({"slug": "x", "version": 1}, data)
    assert (found.title, found.version) == ("u", 2)


async def test_a_version_is_compared_by_every_other_way_to_write_one_row(db: Any) -> None:
    product = await make_product(db)
    await db.product.update_many({"title": "a"}, {"id": product.id, "version": 0})
    assert await db.product.update_many({"title": "b"}, {"id": product.id, "version": 0}) == 0
    assert await db.product.update_many_and_return({"title": "b"}, {"id": product.id, "version": 0}) == []
    nested = {"variants": {"create": [{"title": "S", "sku": "S", "price": "1"}]}}
    assert await db.product.update(nested, {"id": product.id, "version": 0}) is None
    assert await db.productvariant.count() == 0
    assert await db.product.find_unique({"id": product.id, "version": 0}) is None
    deleted = await db.product.delete({"id": product.id, "version": 1}, include={"variants": True})
    assert (deleted.version, deleted.variants) == (2, [])
    assert await db.product.count() == 0


async def test_of_two_that_compare_the_same_version_one_writes(db: Any) -> None:
    product = await make_product(db)
    where = {"id": product.id, "version": 0}
    found = await asyncio.gather(*(db.product.update({"title": str(one)}, where) for one in range(8)))
    assert [one.version for one in found if one is not None] == [1]


@pytest.mark.parametrize(
    ("field", "value"),
    [("version", 5), ("updatedAt", "2020-01-01T00:00:00Z"), ("createdAt", "2020-01-01T00:00:00Z")],
)
async def test_what_is_not_the_callers_is_refused_by_its_path(db: Any, field: str, value: object) -> None:
    product = await make_product(db)
    with pytest.raises(
        errors.InputError, match=rf"`data.{field}`: .*leave it out|`data.{field}`: .*in `where`"
    ):
        await db.product.update({field: value}, {"id": product.id})
    with pytest.raises(errors.InputError):
        await db.product.update_many({field: value}, {})
    assert await version_of(db, product.id) == 0


async def test_updated_at_is_refused_in_new_rows_one_or_many(db: Any) -> None:
    row = {"title": "y", "slug": "y", "price": "1", "updatedAt": "2020-01-01T00:00:00Z"}
    with pytest.raises(errors.InputError, match=r"`data\.updatedAt`"):
        await db.product.create(row)
    with pytest.raises(errors.InputError, match=r"`data\.0\.updatedAt`"):
        await db.product.create_many([row])
    assert await db.product.count() == 0


def test_the_models_with_a_version_are_those_of_the_rulings() -> None:
    from lumi_db.client import load_datamodel

    models = load_datamodel().models.values()
    assert sorted(model.name for model in models if "version" in model.fields) == sorted(MODELS)


async def test_updates_that_only_move_a_foreign_key_count_too(db: Any) -> None:
    first = await make_product(db)
    second = await db.product.create({"title": "y", "slug": "y", "price": "10"})
    variant = await db.productvariant.create({"productId": first.id, "title": "S", "sku": "S", "price": "1"})
    await db.product.update({"variants": {"connect": [{"id": variant.id}]}}, {"id": second.id})
    assert (await db.productvariant.find_unique({"sku": "S"})).version == 1
    await db.productvariant.update({"product": {"connect": {"id": first.id}}}, {"id": variant.id})
    assert (await db.productvariant.find_unique({"sku": "S"})).version == 2


async def test_a_version_is_compared_and_counted_as_one_where_rows_are_nested(
    database: Database, db: Any
) -> None:
    product = await make_product(db)
    data: Any = {"title": "a", "variants": {"create": [{"title": "S", "sku": "S", "price": "1"}]}}

    async def second() -> Any:
        return await db.product.update(data, {"id": product.id, "version": 0})

    async with database.tx() as tx:
        await tx.product.update({"title": "b"}, {"id": product.id, "version": 0})
        other = asyncio.create_task(second())
        await somebody_waits(db)
    assert await other is None
    assert await db.productvariant.count() == 0


async def somebody_waits(db: Any) -> None:
    """Return once some session waits for a row."""
    sql = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    while not await db.query_raw(sql):  # noqa: ASYNC110 - the other session has no event to wait for
        await asyncio.sleep(0)


async def test_a_new_row_may_be_given_the_version_that_it_gets(db: Any) -> None:
    row = {"title": "y", "slug": "y", "price": "1"}
    assert (await db.product.create({**row, "version": 0})).version == 0
    with pytest.raises(errors.InputError, match=r"`data\.version`: a new row has 0 here; leave it out"):
        await db.product.create({**row, "slug": "z", "version": 3})
    with pytest.raises(errors.InputError, match=r"`data\.1\.version`: a new row has 0 here; leave it out"):
        await db.product.create_many([{**row, "slug": "z", "version": 0}, {**row, "slug": "w", "version": 1}])
    assert await db.product.count() == 1


async def test_nested_data_is_checked_as_well(db: Any) -> None:
    product = await make_product(db)
    await db.productvariant.create({"productId": product.id, "title": "S", "sku": "S", "price": "1"})
    update = {"where": {"sku": "S"}, "data": {"version": 4}}
    new = {"title": "T", "sku": "T", "price": "1", "version": 4}
    for verb, path in (
        ({"update": [update]}, r"`data\.variants\.update\.0\.data\.version`"),
        ({"create": [new]}, r"`data\.variants\.create\.0\.version`"),
        ({"create_many": {"data": [new]}}, r"`data\.variants\.create_many\.data\.0\.version`"),
    ):
        with pytest.raises(errors.InputError, match=path):
            await db.product.update({"variants": verb}, {"id": product.id})


async def test_an_import_writes_versions_and_timestamps_as_they_are(db: Any) -> None:
    then = datetime(2020, 1, 1, tzinfo=UTC)
    row = {"title": "y", "slug": "y", "price": "1", "createdAt": then, "updatedAt": then, "version": 3}
    with importing():
        made = await db.product.create(row)
        assert (made.version, made.updatedAt) == (3, then)
        changed = await db.product.update({"version": 9, "updatedAt": then}, {"id": made.id})
        assert (changed.version, changed.updatedAt) == (9, then)
    assert (await db.product.update({"title": "z"}, {"id": made.id})).version == 10
