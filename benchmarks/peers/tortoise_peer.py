"""Tortoise ORM: `prefetch_related` for relations, `bulk_create`, `update_or_create`, `in_transaction`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from tortoise import Tortoise
from tortoise.transactions import in_transaction

from .base import PythonPeer, socket_of
from .lumi import SOLD
from .tortoise_models import Address, Order, OrderItem, Product, SavedCard, SecurityEvent, User


class TortoisePeer(PythonPeer):
    name: ClassVar[str] = "tortoise"
    title: ClassVar[str] = "Tortoise ORM"
    lacks: ClassVar[dict[str, str]] = {
        "search": "its full-text search has no ranking by a column of the database; it would be SQL by hand",
        "checkout": "a workflow of the shop, written here only for this client and by hand",
    }

    async def open(self, url: str) -> None:
        place = socket_of(url)
        credentials = {
            "host": place.host,
            "port": 5432,
            "user": place.user,
            "password": None,
            "database": place.database,
            "minsize": self.connections,
            "maxsize": self.connections,
            "server_settings": {"jit": "off", "timezone": "UTC"},
        }
        await Tortoise.init(
            {
                "connections": {
                    "default": {"engine": "tortoise.backends.asyncpg", "credentials": credentials}
                },
                "apps": {
                    "models": {
                        "models": ["benchmarks.peers.tortoise_models"],
                        "default_connection": "default",
                    }
                },
                "use_tz": True,
                "timezone": "UTC",
            },
            _enable_global_fallback=True,
        )

    async def close(self) -> None:
        await Tortoise.close_connections()

    async def find_by_id(self, product_id: str) -> Any:
        return await Product.get_or_none(id=product_id)

    async def page_of_20(self, skip: int) -> Any:
        page = Product.filter(status="ACTIVE").order_by("-createdAt", "id").limit(20).offset(skip)
        return await page.prefetch_related("variants", "categories")

    async def three_levels(self, skip: int) -> Any:
        page = Order.all().order_by("-placedAt", "id").limit(10).offset(skip)
        return await page.prefetch_related("items__productVariant__product")

    async def filtered_count(self, least: Decimal) -> Any:
        return await Order.filter(status__in=SOLD, totalAmount__gte=least).count()

    async def create(self, data: dict[str, Any]) -> Any:
        return await Address.create(**data)

    async def nested_create(self, given: dict[str, Any]) -> Any:
        rest = {name: value for name, value in given.items() if name != "items"}
        async with in_transaction():
            order = await Order.create(**rest, subtotalAmount=rest["totalAmount"])
            await OrderItem.bulk_create([_item(order, item) for item in given["items"]])
            await order.fetch_related("items")
        return order

    async def update_by_id(self, change: dict[str, Any]) -> Any:
        address = await Address.get(id=change["id"])
        address.city, address.phone = change["city"], change["phone"]
        await address.save(update_fields=["city", "phone", "updatedAt"])
        return address

    async def upsert(self, data: dict[str, Any]) -> Any:
        rest = {name: value for name, value in data.items() if name != "cardToken"}
        card, _ = await SavedCard.update_or_create(rest, cardToken=data["cardToken"])
        return card

    async def create_many(self, rows: list[dict[str, Any]]) -> Any:
        await SecurityEvent.bulk_create([SecurityEvent(**row) for row in rows])
        return len(rows)

    async def transaction(self, change: dict[str, Any]) -> Any:
        async with in_transaction():
            user = await User.get(id=change["userId"])
            address = await Address.get(id=change["id"])
            if address.userId != user.id:
                raise ValueError("the address is another user's")
            address.city, address.phone = change["city"], change["phone"]
            await address.save(update_fields=["city", "phone", "updatedAt"])
            await SecurityEvent.create(userId=user.id, type="PASSWORD_CHANGED", userAgent="bench")
            number = await SecurityEvent.filter(userId=user.id).count()
        return address, number


def _item(order: Order, item: dict[str, Any]) -> OrderItem:
    rest = {name: value for name, value in item.items() if name != "productVariantId"}
    return OrderItem(**rest, order=order, productVariant_id=item["productVariantId"])
