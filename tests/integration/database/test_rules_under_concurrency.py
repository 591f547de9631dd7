"""Two transactions at once, each right by itself, do not break a rule across rows together."""

from __future__ import annotations

import asyncio
from typing import Literal, TypeAlias

import asyncpg
import pytest

from .shop_rows import Row, Shop

Isolation = Literal["read_committed", "repeatable_read"]
Connection: TypeAlias = "asyncpg.Connection[Row]"
LOST = (asyncpg.CheckViolationError, asyncpg.SerializationError)

isolation_levels = pytest.mark.parametrize("isolation", ["read_committed", "repeatable_read"])
both_orders = pytest.mark.parametrize("turned", [False, True])


async def _run(connection: Connection, isolation: Isolation, statement: str, begun: asyncio.Barrier) -> None:
    """Take a snapshot together with the other transaction, then write and commit."""
    async with connection.transaction(isolation=isolation):
        await connection.fetchval('SELECT count(*) FROM "Product", "Order"')
        await begun.wait()
        await connection.execute(statement)


async def _one_loses(first: Connection, second: Connection, isolation: Isolation, *statements: str) -> None:
    begun = asyncio.Barrier(2)
    runs = [
        _run(connection, isolation, statement, begun)
        for connection, statement in zip((first, second), statements, strict=True)
    ]
    results = await asyncio.gather(*runs, return_exceptions=True)
    assert [type(result) for result in results if not isinstance(result, LOST)] == [type(None)]


@both_orders
@isolation_levels
async def test_publishing_while_the_primary_variant_goes(
    shop: Shop, other: Connection, isolation: Isolation, turned: bool
) -> None:
    product = await shop.insert("Product")
    variant = await shop.insert("ProductVariant", productId=product["id"], isPrimary=True)
    publish = f'UPDATE "Product" SET "status" = \'ACTIVE\' WHERE "id" = \'{product["id"]}\''
    retire = f'UPDATE "ProductVariant" SET "isPrimary" = false WHERE "id" = \'{variant["id"]}\''
    statements = (retire, publish) if turned else (publish, retire)
    await _one_loses(shop.connection, other, isolation, *statements)


@both_orders
@isolation_levels
async def test_paying_while_the_total_changes(
    shop: Shop, other: Connection, isolation: Isolation, turned: bool
) -> None:
    order = await shop.insert("Order")
    change = f'UPDATE "Order" SET "shippingAmount" = 10, "totalAmount" = 110 WHERE "id" = \'{order["id"]}\''
    pay = (
        'INSERT INTO "Payment" ("id", "orderId", "provider", "amount", "updatedAt") '
        f"VALUES ('p', '{order['id']}', 'MANUAL', 100, now())"
    )
    statements = (pay, change) if turned else (change, pay)
    await _one_loses(shop.connection, other, isolation, *statements)


@isolation_levels
async def test_refunding_twice_above_the_payment(shop: Shop, other: Connection, isolation: Isolation) -> None:
    payment = await shop.insert("Payment")
    refunds = [
        'INSERT INTO "PaymentRefund" ("id", "paymentId", "amount", "updatedAt") '
        f"VALUES ('{name}', '{payment['id']}', 60, now())"
        for name in ("first", "second")
    ]
    await _one_loses(shop.connection, other, isolation, *refunds)


@isolation_levels
async def test_moving_two_categories_below_each_other(
    shop: Shop, other: Connection, isolation: Isolation
) -> None:
    for slug in ("women", "men"):
        await shop.insert("Category", id=slug, slug=slug)
    moves = [
        f'UPDATE "Category" SET "parentId" = \'{parent}\' WHERE "id" = \'{slug}\''
        for slug, parent in (("women", "men"), ("men", "women"))
    ]
    await _one_loses(shop.connection, other, isolation, *moves)


@isolation_levels
async def test_making_two_variants_primary(shop: Shop, other: Connection, isolation: Isolation) -> None:
    product = await shop.insert("Product")
    variants = [await shop.insert("ProductVariant", productId=product["id"]) for _ in range(2)]
    changes = [
        f'UPDATE "ProductVariant" SET "isPrimary" = true WHERE "id" = \'{row["id"]}\'' for row in variants
    ]
    begun = asyncio.Barrier(2)
    results = await asyncio.gather(
        _run(shop.connection, isolation, changes[0], begun),
        _run(other, isolation, changes[1], begun),
        return_exceptions=True,
    )
    assert [type(result) for result in results if result is not None] == [asyncpg.UniqueViolationError]
