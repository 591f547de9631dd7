"""Right and wrong uses of the shop's typed client, for `test_uses`: what ends in `# wrong` must be an error."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, assert_type

from lumi_db import Prisma
from lumi_db.engine import after_commit, locking, run
from lumi_db.types import ProductInclude, ProductWhereInput

if TYPE_CHECKING:
    from lumi_db.generated.fields import Json
    from lumi_db.types import (
        Order,
        OrderAggregate,
        Product,
        ProductCreateWithoutRelationsInput,
        ProductRow,
        ProductVariant,
        ProductWhere,
    )


async def finds(db: Prisma) -> None:
    assert_type(await db.product.find_many(), list[Product])
    assert_type(await db.product.find_unique({"slug": "dress"}), Product | None)
    assert_type(await db.product.find_many(5, 0, {"title": "a"}), list[Product])
    await db.product.find_many(where={"status": {"in": ["ACTIVE", "DRAFT"]}, "sku": {"not": None}})
    await db.product.find_many(where={"deletedAt": {"not": None}, "OR": [{"title": {"contains": "a"}}, {"price": Decimal(1)}]})
    await db.product.find_many(where={"variants": {"some": {"price": {"gt": Decimal(1)}, "product": {"is": {"status": "ACTIVE"}}}}})
    await db.product.find_many(where={"titel": "a"})  # wrong
    await db.product.find_many(where={"variants": {"some": {"prise": Decimal(1)}}})  # wrong
    await db.product.find_many(where={"status": "ACTIV"})  # wrong
    await db.product.find_many(where={"price": {"gt": "many"}})  # wrong
    await db.product.find_many(where={"title": {"not": None}})  # wrong
    await db.product.find_first(include={"variants": {"where": {"isPrimary": True}, "order_by": {"price": "asc"}}})
    await db.product.find_first(include={"variant": True})  # wrong
    await db.product.find_first(include={"variants": {"select": {"id": True}}})  # wrong
    await db.product.find_first(include={"_count": True})  # wrong
    await db.product.find_many(distinct=["status", "currency"])
    await db.product.find_many(distinct=["state"])  # wrong


async def selections(db: Prisma) -> None:
    rows = await db.product.find_many(
        select={
            "id": True,
            "_count": {"select": {"variants": {"where": {"isPrimary": True}}, "reviews": True}},
            "variants": {"select": {"price": True, "inventory": {"omit": {"version": True}}}, "take": 3},
        }
    )
    assert_type(rows, list[ProductRow])
    assert_type(rows[0].get("price"), Decimal | None)
    assert_type(rows[0].get("attributes"), Any | None)
    if "variants" in rows[0] and "_count" in rows[0]:
        assert_type(rows[0]["variants"][0].get("price"), Decimal | None)
        assert_type(rows[0]["_count"].get("variants"), int | None)
    assert_type(await db.product.find_unique({"id": "a"}, select={"title": True}), ProductRow | None)
    assert_type(await db.product.find_unique_or_raise({"id": "a"}, omit={"title": True}), ProductRow)
    assert_type(await db.product.find_first_or_raise(omit={"title": True}, include={"_count": True}), ProductRow)
    print(rows[0].get("titel") is None, rows[0]["titel"])  # wrong
    await db.product.find_many(select={"titel": True})  # wrong
    await db.product.find_first(select={"variants": {"select": {"prise": True}}})  # wrong
    await db.product.find_many(select={"_count": {"select": {"title": True}}})  # wrong
    await db.product.find_many(select={"id": True}, include={"variants": True})  # wrong
    await db.product.find_many(select={"id": True}, omit={"id": True})  # wrong
    await db.product.find_many(omit={"variants": True})  # wrong
    found = await db.product.find_many(select={"id": True})
    print(found[0].title)  # wrong


async def orders(db: Prisma) -> None:
    await db.product.find_many(order={"title": "asc"})
    await db.product.find_many(order=[{"sku": {"sort": "desc", "nulls": "last"}}, {"variants": {"_count": "desc"}}])
    await db.productvariant.find_many(order={"product": {"title": "asc"}})
    await db.inventory.find_many(order={"productVariant": {"product": {"sku": {"sort": "asc", "nulls": "first"}}}})
    await db.product.find_many(order={"_relevance": {"fields": ["title"], "search": "cat & dog", "sort": "desc"}})
    await db.product.find_many(order={"titel": "asc"})  # wrong
    await db.product.find_many(order={"title": "up"})  # wrong
    await db.product.find_many(order={"sku": {"sort": "asc", "nulls": "middle"}})  # wrong
    await db.product.find_many(order={"variants": {"title": "asc"}})  # wrong
    await db.productvariant.find_many(order={"product": {"titel": "asc"}})  # wrong
    await db.product.find_many(order={"_relevance": {"fields": ["prise"], "search": "cat", "sort": "desc"}})  # wrong


async def json_paths(db: Prisma, json: Json) -> None:
    await db.product.find_many(where={"attributes": {"path": ["a", "b"], "equals": "x"}})
    await db.product.find_many(where={"AND": [{"attributes": {"path": ["a"], "array_contains": ["x"]}}]})
    await db.productvariant.find_many(where={"product": {"is": {"attributes": {"path": ["a"], "string_contains": "x"}}}})
    await db.product.find_many(where={"attributes": json})
    await db.product.find_many(where={"attributes": {"equals": json}})
    await db.product.find_many(where={"attributes": {"path": "a", "equals": 1}})  # wrong
    await db.product.find_many(where={"attributes": {"path": ["a"], "contains": 1}})  # wrong


async def unique_filters(db: Prisma) -> None:
    assert_type(await db.product.update({"title": "a"}, {"id": "a", "version": 3}), Product | None)
    await db.product.delete(where={"slug": "a", "version": {"lt": 3}, "variants": {"some": {"isPrimary": True}}})
    await db.cartitem.find_unique({"cartId_productVariantId": {"cartId": "a", "productVariantId": "b"}, "quantity": 1})
    await db.order.upsert({"id": "a", "version": 1}, {"create": {"subtotalAmount": Decimal(1), "totalAmount": Decimal(1), "billingAddressSnapshot": {}, "shippingAddressSnapshot": {}}, "update": {}})  # wrong
    await db.product.update({"title": "a"}, {"version": 3})  # wrong
    await db.product.update({"title": "a"}, {"id": "a", "vesrion": 3})  # wrong
    await db.product.update({"title": "a"}, {"id": {"in": ["a"]}})  # wrong
    await db.cartitem.find_unique({"cartId_productVariantId": {"cartId": "a"}})  # wrong


async def numbers(db: Prisma) -> None:
    assert_type(await db.order.aggregate(count=True, sum={"totalAmount": True}), OrderAggregate)
    found = await db.order.aggregate(where={"status": "PAID"}, sum={"totalAmount": True}, avg={"totalAmount": True, "version": True})
    assert_type(found.get("_count"), int | None)
    if "_sum" in found and "_avg" in found:
        assert_type(found["_sum"].get("totalAmount"), Decimal | None)
        assert_type(found["_avg"].get("totalAmount"), Decimal | None)
        assert_type(found["_avg"].get("version"), float | None)
    counted = await db.order.aggregate(count={"_all": True, "notes": True}, max={"createdAt": True}, order={"createdAt": "asc"}, take=3)
    if "_count" in counted and "_max" in counted:
        assert_type(counted["_count"].get("notes"), int | None)
        assert_type(counted["_max"].get("createdAt"), datetime | None)
    await db.order.aggregate(sum={"status": True})  # wrong
    await db.order.aggregate(sum={"total": True})  # wrong
    await db.order.aggregate(min={"metadata": True})  # wrong
    print(found["_summ"])  # wrong
    groups = await db.order.group_by(["status"], sum={"totalAmount": True}, count=True, order={"status": "asc"})
    if "_sum" in groups[0]:
        assert_type(groups[0]["_sum"].get("totalAmount"), Decimal | None)
    await db.order.group_by(["status"], count=True, order={"_count": {"status": "desc"}})
    await db.order.group_by(["state"])  # wrong
    assert_type(await db.order.count(where={"status": "PAID"}), int)


async def many_rows(db: Prisma, given: list[ProductCreateWithoutRelationsInput]) -> None:
    new: ProductCreateWithoutRelationsInput = {"title": "a", "slug": "a", "price": Decimal(1)}
    assert_type(await db.product.create_many_and_return([new], skip_duplicates=True), list[Product])
    assert_type(await db.product.update_many_and_return({"title": "a"}, {"status": "DRAFT"}), list[Product])
    assert_type(await db.product.upsert_many(given, key=["slug"], update=["title", "price"]), list[Product])
    await db.cartitem.upsert_many([], key=["cartId", "productVariantId"], update=[])
    assert_type(await db.product.load_many(new for _ in range(3)), int)
    await db.product.load_many(arriving(), chunk=100)
    await db.product.create_many_and_return([{"titel": "a"}])  # wrong
    await db.product.update_many_and_return({"titel": "a"}, {})  # wrong
    await db.product.upsert_many(given, key=["title"])  # wrong
    await db.product.upsert_many(given, key=["slug"], update=["titel"])  # wrong
    await db.product.load_many([{"titel": "a"}])  # wrong


async def arriving() -> AsyncIterator[ProductCreateWithoutRelationsInput]:
    yield {"title": "a", "slug": "a", "price": Decimal(1)}


async def streams(db: Prisma) -> None:
    async for product in db.product.stream(where={"status": "ACTIVE"}, order={"title": "asc"}, batch=100):
        assert_type(product, Product)
    async with aclosing(db.product.stream(include={"variants": True})) as products:
        async for product in products:
            assert_type(product.variants, list[ProductVariant] | None)
    db.product.stream(where={"titel": "a"})  # wrong


async def transactions(db: Prisma) -> None:
    async with db.tx(isolation_level="Serializable", read_only=True, timeout=timedelta(seconds=5)) as tx:
        assert_type(tx, Prisma)
        assert_type(await tx.locking("update", skip_locked=True).order.find_first(), Order | None)
        assert_type(locking(tx, "no key update"), Prisma)
        tx.after_commit(lambda: None)
        after_commit(tx, lambda: None)
        async with tx.tx() as inner:
            assert_type(inner, Prisma)
    assert_type(await db.run(count_products, retries=1, isolation_level="RepeatableRead"), int)
    assert_type(await run(db, count_products), int)
    db.tx(isolation_level="Strict")  # wrong
    db.locking("hard")  # wrong
    await db.run(count_products, tries=1)  # wrong


async def count_products(tx: Prisma) -> int:
    return await tx.product.count()


async def clients(db: Prisma) -> None:
    assert_type(await db.batching().product.find_unique({"id": "a"}), Product | None)
    plans = await db.explain(lambda c: c.product.find_many(where={"status": "ACTIVE"}), analyze=True)
    print(plans[0].sql, plans[0].plan)
    db.on_query(lambda event: print(event.sql))()
    db.on_operation(lambda event: print(event.model))()
    db.on_leak(lambda event: print(event.caller))()
    assert_type(await db.query_raw("SELECT 1 AS one", exact=True), list[dict[str, Any]])
    assert_type(await db.query_raw("SELECT * FROM $1", 1, model=Product, exact=True), list[Product])
    db.on_query(lambda: None)  # wrong
    await db.explain(lambda c: c.produkt.find_many())  # wrong
    await db.query_raw("SELECT 1", exakt=True)  # wrong
    db.produkt.find_many()  # wrong


async def as_before(db: Prisma, where: ProductWhereInput, include: ProductInclude, wider: ProductWhere) -> None:
    """Values that are annotated with the names of prisma-client-py fit, too."""
    await db.product.find_many(where=where, include=include)
    await db.product.find_many(where=wider, select={"id": True})
    await db.product.count(where=wider)
