"""This client: the engine without policies, and the shop's `Database` with policies, query log and repositories."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import SecretStr

from lumi_db import Database, Settings
from lumi_db.client import client_class, load_generated, options_from
from lumi_db.workflows.checkout import place_order

from .base import CONNECTIONS, PythonPeer

SOLD = ["PAID", "FULFILLED", "SHIPPED", "DELIVERED"]


class Lumi(PythonPeer):
    """The engine alone, as any client of prisma-client-py has it."""

    name: ClassVar[str] = "lumi"
    title: ClassVar[str] = "this client"
    lacks: ClassVar[dict[str, str]] = {
        "search": "it belongs to the shop, which has policies",
        "checkout": "it belongs to the shop, which has policies",
    }
    client: Any

    async def open(self, url: str) -> None:
        settings = settings_for(url, self.connections)
        self.client = client_class(options_from(settings), None)(datasource={"url": url}, use_dotenv=False)
        await self.client.connect()

    async def close(self) -> None:
        await self.client.disconnect()

    def prepare(self, method: str, inputs: Sequence[Any]) -> Sequence[Any]:
        if method != "create_many":
            return inputs
        json = load_generated().Json
        return [[{**row, "payload": json(row["payload"])} for row in rows] for rows in inputs]

    async def find_by_id(self, product_id: str) -> Any:
        return await self.client.product.find_unique(where={"id": product_id})

    async def page_of_20(self, skip: int) -> Any:
        return await self.client.product.find_many(
            where={"status": "ACTIVE"},
            order=[{"createdAt": "desc"}, {"id": "asc"}],
            take=20,
            skip=skip,
            include={"variants": True, "categories": True},
        )

    async def three_levels(self, skip: int) -> Any:
        return await self.client.order.find_many(
            order=[{"placedAt": "desc"}, {"id": "asc"}],
            take=10,
            skip=skip,
            include={"items": {"include": {"productVariant": {"include": {"product": True}}}}},
        )

    async def filtered_count(self, least: Decimal) -> Any:
        return await self.client.order.count(where={"status": {"in": SOLD}, "totalAmount": {"gte": least}})

    async def create(self, data: dict[str, Any]) -> Any:
        return await self.client.address.create(data)

    async def nested_create(self, order: dict[str, Any]) -> Any:
        total, items = order["totalAmount"], order["items"]
        return await self.client.order.create(
            {**order, "subtotalAmount": total, "items": {"create": items}}, include={"items": True}
        )

    async def update_by_id(self, change: dict[str, Any]) -> Any:
        return await self.client.address.update(
            {"city": change["city"], "phone": change["phone"]}, where={"id": change["id"]}
        )

    async def upsert(self, data: dict[str, Any]) -> Any:
        return await self.client.savedcard.upsert(
            where={"cardToken": data["cardToken"]},
            data={"create": data, "update": {"cardAlias": data["cardAlias"]}},
        )

    async def create_many(self, rows: list[dict[str, Any]]) -> Any:
        return await self.client.securityevent.create_many(rows)

    async def transaction(self, change: dict[str, Any]) -> Any:
        async with self.client.tx() as tx:
            user = await tx.user.find_unique(where={"id": change["userId"]})
            address = await tx.address.find_unique(where={"id": change["id"]})
            if address.userId != user.id:
                raise ValueError("the address is another user's")
            changed = await tx.address.update(
                {"city": change["city"], "phone": change["phone"]}, where={"id": change["id"]}
            )
            await tx.securityevent.create(
                {"userId": change["userId"], "type": "PASSWORD_CHANGED", "userAgent": "bench"}
            )
            number = await tx.securityevent.count(where={"userId": change["userId"]})
        return changed, number


class LumiWithPolicies(Lumi):
    """The shop's `Database` as an application opens it."""

    name: ClassVar[str] = "lumi_policies"
    title: ClassVar[str] = "this client with policies"
    lacks: ClassVar[dict[str, str]] = {}
    database: Database

    async def open(self, url: str) -> None:
        self.database = await Database(settings_for(url, self.connections)).open()
        self.client = self.database.client

    async def close(self) -> None:
        await self.database.close()

    async def search(self, text: str) -> Any:
        page = (await self.database.shop.products.search(text)).page
        return page.total, page.items

    async def checkout(self, data: dict[str, Any]) -> Any:
        return await place_order(self.database.shop, data)


def settings_for(url: str, connections: int = CONNECTIONS) -> Settings:
    """Return settings as in production, with all connections open from the start."""
    return Settings(
        database_url=SecretStr(url),
        database_pool_min=connections,
        database_pool_max=connections,
        lumi_env="production",
    )
