"""The database that is measured on: a server of its own, with the demo shop and rows to work with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from time import perf_counter
from typing import Any

import asyncpg
from pydantic import SecretStr

from lumi_db import Database, Settings, embedded
from lumi_db.config import project_root
from lumi_db.testing.admin import connect
from seed.data.customers import LOCKED_PASSWORD_HASH

NAME = "bench"
DATABASE = "lumi_bench"
CUSTOMERS = 40
COUPON = "BENCH10"
ROWS_OF_ONE_CALL = 10_000

_CUSTOMERS = """
INSERT INTO "User" ("id", "email", "passwordHash", "firstName", "updatedAt")
SELECT 'bench-user-' || n, 'bench-' || n || '@example.com', $2, 'Bench', now() FROM generate_series(1, $1::int) n
"""
_ADDRESSES = """
INSERT INTO "Address" ("id", "userId", "label", "fullName", "line1", "city", "updatedAt")
SELECT 'bench-address-' || n, 'bench-user-' || n, 'Home', 'Bench Person', 'Bench Street ' || n, 'İzmir', now()
FROM generate_series(1, $1::int) n
"""
_CARDS = """
INSERT INTO "SavedCard" ("id", "userId", "cardToken", "lastFourDigits", "expiryMonth", "expiryYear", "updatedAt")
SELECT 'bench-card-' || n, 'bench-user-' || n, 'bench-token-' || n, '4242', 12, 2030, now()
FROM generate_series(1, $1::int) n
"""
_COUPON = """
INSERT INTO "Coupon" ("id", "code", "type", "value", "updatedAt") VALUES ('bench-coupon', $1, 'PERCENTAGE', 10, now())
"""
# What a round has made is taken away before the next, so that every peer finds the same.
_CLEANING = """
DELETE FROM "CouponUsage" WHERE "userId" LIKE 'bench-%';
DELETE FROM "Payment" WHERE "userId" LIKE 'bench-%';
DELETE FROM "OrderItem" WHERE "orderId" IN (SELECT "id" FROM "Order" WHERE "userId" LIKE 'bench-%');
DELETE FROM "Order" WHERE "userId" LIKE 'bench-%';
DELETE FROM "CartItem" WHERE "cartId" LIKE 'bench-%';
DELETE FROM "Cart" WHERE "id" LIKE 'bench-%';
DELETE FROM "SavedCard" WHERE "cardToken" LIKE 'bench-new-%';
DELETE FROM "Address" WHERE "label" = 'bench-new';
DELETE FROM "SecurityEvent" WHERE "userAgent" = 'bench';
"""
_CARTS = """
INSERT INTO "Cart" ("id", "userId", "updatedAt")
SELECT 'bench-cart-' || n, 'bench-user-' || n, now() FROM generate_series(1, $1::int) n
"""
_CART_ITEMS = """
INSERT INTO "CartItem" ("id", "cartId", "productVariantId", "quantity", "unitPrice", "updatedAt")
SELECT 'bench-item-' || n || '-' || v.place, 'bench-cart-' || n, v."id", v.place, 1, now()
FROM generate_series(1, $1::int) n, unnest($2::text[]) WITH ORDINALITY AS v ("id", place)
"""
_STOCK = """
UPDATE "Inventory" SET "quantityAvailable" = 10000, "quantityReserved" = 0, "quantityOnHand" = 10000
WHERE "productVariantId" = ANY ($1::text[])
"""
_VARIANTS = """
SELECT variant."id", product."id" AS "productId", variant."price", product."title"
FROM "ProductVariant" variant JOIN "Product" product ON product."id" = variant."productId"
WHERE product."status" = 'ACTIVE' AND product."inventoryPolicy" = 'TRACK' AND variant."deletedAt" IS NULL
    AND product."deletedAt" IS NULL AND product."currency" = 'TRY'
ORDER BY variant."id" LIMIT 5
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an order to be."""

    productVariantId: str  # noqa: N815 - the schema's names
    productId: str  # noqa: N815
    unitPrice: Decimal  # noqa: N815
    titleSnapshot: str  # noqa: N815


class World:
    """What is there to be read and written, and a connection to tidy up with."""

    def __init__(self, url: str, admin: asyncpg.Connection[Any]) -> None:
        self.url = url
        self.server_pid = 0
        self.seconds: dict[str, float] = {}
        self.products: list[str] = []
        self.lines: list[Line] = []
        self._admin = admin
        self._numbers = count(1)

    async def load(self) -> None:
        """Add the rows of the measured writes, and remember the ids that inputs are made of."""
        # As a replica: what triggers and foreign keys see to is not what is measured here.
        await self._admin.execute("SET session_replication_role = replica")
        if not await self._admin.fetchval('SELECT count(*) FROM "User" WHERE "id" LIKE \'bench-%\''):
            await self._admin.execute(_CUSTOMERS, CUSTOMERS, LOCKED_PASSWORD_HASH)
            for sql in (_ADDRESSES, _CARDS):
                await self._admin.execute(sql, CUSTOMERS)
            await self._admin.execute(_COUPON, COUPON)
        products = 'SELECT "id" FROM "Product" WHERE "deletedAt" IS NULL ORDER BY "id"'
        self.products = [row[0] for row in await self._admin.fetch(products)]
        self.lines = [
            Line(row["id"], row["productId"], row["price"], row["title"])
            for row in await self._admin.fetch(_VARIANTS)
        ]
        await self.clean()
        await self.settle()

    async def clean(self) -> None:
        """Take away what measured writes have made."""
        await self._admin.execute(_CLEANING)

    async def settle(self) -> None:
        """Let the planner know the tables, and write to disk now what would be written while something is measured."""
        await self._admin.execute("VACUUM (ANALYZE)")
        await self._admin.execute("CHECKPOINT")

    async def fill_carts(self) -> None:
        """Give every customer an active cart of three variants, all in stock."""
        variants = [line.productVariantId for line in self.lines[:3]]
        await self._admin.execute(_STOCK, variants)
        await self._admin.execute(_CARTS, CUSTOMERS)
        await self._admin.execute(_CART_ITEMS, CUSTOMERS, variants)

    def number(self) -> int:
        """Return a number that no input has had before."""
        return next(self._numbers)

    async def fetch(self, sql: str, *values: object) -> Sequence[Any]:
        return await self._admin.fetch(sql, *values)


@asynccontextmanager
async def open_world() -> AsyncIterator[World]:
    """Give the world on a server of its own, made anew; it is stopped at the end and its data are left."""
    server = embedded.start(project_root(), name=NAME, settings=embedded.FAST)
    try:
        url = server.url_of(DATABASE)
        seconds = await _make_database(server.url_of("postgres"), url)
        async with on_database(url) as world:
            world.seconds, world.server_pid = seconds, server.pid
            yield world
    finally:
        embedded.stop(project_root(), name=NAME)


@asynccontextmanager
async def on_database(url: str) -> AsyncIterator[World]:
    """Give the world on a database that is migrated and seeded."""
    admin = await connect(url)
    try:
        world = World(url, admin)
        await world.load()
        yield world
    finally:
        await admin.close()


async def _make_database(maintenance: str, url: str) -> dict[str, float]:
    """Make, migrate and seed the database, and return how many seconds each took."""
    from lumi_db.cli.migrate import deploy_migrations
    from seed.runner import run_seed

    admin = await connect(maintenance)
    try:
        await admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        await admin.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        await admin.close()
    started = perf_counter()
    await asyncio.to_thread(deploy_migrations, url, Settings(database_url=SecretStr(url)))
    migrated = perf_counter() - started
    async with Database(Settings(database_url=SecretStr(url))) as db:
        result = await run_seed(db, profile="demo")
    return {"migrations": migrated, "seed": result.seconds}


__all__ = ["COUPON", "CUSTOMERS", "ROWS_OF_ONE_CALL", "Line", "World", "on_database", "open_world"]
