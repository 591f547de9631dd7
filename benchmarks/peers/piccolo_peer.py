"""Piccolo: `objects()` and `where`; related rows are asked for by their keys.

It has no way from one row to many, and the joins of its prefetching fail with capitals in names (the alias
`OrderItem$productVariantId` goes unquoted).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from piccolo.engine.postgres import PostgresEngine
from piccolo.table import Table

from .base import PythonPeer, socket_of
from .lumi import SOLD
from .piccolo_models import (
    Address,
    Order,
    OrderItem,
    Product,
    ProductCategory,
    ProductVariant,
    SavedCard,
    SecurityEvent,
    User,
    bind_tables,
)

_ROWS_A_STATEMENT = 4_000
"""PostgreSQL takes 32,767 parameters a statement, and Piccolo does not cut its own."""


class PiccoloPeer(PythonPeer):
    name: ClassVar[str] = "piccolo"
    title: ClassVar[str] = "Piccolo"
    lacks: ClassVar[dict[str, str]] = {
        "search": "it has no full-text search; it would be SQL by hand",
        "checkout": "a workflow of the shop, written here only for this client and by hand",
    }

    async def open(self, url: str) -> None:
        place = socket_of(url)
        self._engine = PostgresEngine(
            {
                "host": place.host,
                "user": place.user,
                "database": place.database,
                "server_settings": {"jit": "off", "timezone": "UTC"},
            }
        )
        await self._engine.start_connection_pool(min_size=self.connections, max_size=self.connections)
        bind_tables(self._engine)

    async def close(self) -> None:
        await self._engine.close_connection_pool()

    async def answer(self, method: str, given: Any) -> Any:
        return _plain(await super().answer(method, given))

    async def find_by_id(self, product_id: str) -> Any:
        return await Product.objects().get(Product.id == product_id)

    async def page_of_20(self, skip: int) -> Any:
        page = Product.objects().where(Product.status == "ACTIVE")
        page = page.order_by(Product.createdAt, ascending=False).order_by(Product.id)
        products = await page.limit(20).offset(skip)
        ids = [one.id for one in products]
        variants = await ProductVariant.objects().where(ProductVariant.productId.is_in(ids))
        categories = await ProductCategory.objects().where(ProductCategory.productId.is_in(ids))
        _hang(products, "variants", variants, "productId")
        _hang(products, "categories", categories, "productId")
        return products

    async def three_levels(self, skip: int) -> Any:
        page = Order.objects().order_by(Order.placedAt, ascending=False).order_by(Order.id)
        orders = await page.limit(10).offset(skip)
        items = await OrderItem.objects().where(OrderItem.orderId.is_in([one.id for one in orders]))
        variant_ids = {item.productVariantId for item in items}
        variants = await ProductVariant.objects().where(ProductVariant.id.is_in(list(variant_ids)))
        product_ids = {variant.productId for variant in variants}
        products = await Product.objects().where(Product.id.is_in(list(product_ids)))
        _hang(orders, "items", items, "orderId")
        _refer(items, "productVariant", variants, "productVariantId")
        _refer(variants, "product", products, "productId")
        return orders

    async def filtered_count(self, least: Decimal) -> Any:
        return await Order.count().where(Order.status.is_in(SOLD), Order.totalAmount >= least)

    async def create(self, data: dict[str, Any]) -> Any:
        return await Address.objects().create(**data)

    async def nested_create(self, given: dict[str, Any]) -> Any:
        rest = {name: value for name, value in given.items() if name != "items"}
        async with self._engine.transaction():
            order = await Order.objects().create(**rest, subtotalAmount=rest["totalAmount"])
            items = [OrderItem(**item, orderId=order.id) for item in given["items"]]
            await OrderItem.insert(*items)
        order.items = items
        return order

    async def update_by_id(self, change: dict[str, Any]) -> Any:
        values = {Address.city: change["city"], Address.phone: change["phone"]}
        updating = Address.update(values).where(Address.id == change["id"])
        (row,) = await updating.returning(*Address.all_columns())
        return Address(**row, _exists_in_db=True)

    async def upsert(self, data: dict[str, Any]) -> Any:
        writing = SavedCard.insert(SavedCard(**data)).on_conflict(
            target=SavedCard.cardToken,
            action="DO UPDATE",
            values=[SavedCard.cardAlias, SavedCard.updatedAt],
        )
        (row,) = await writing.returning(*SavedCard.all_columns())
        return SavedCard(**row, _exists_in_db=True)

    async def create_many(self, rows: list[dict[str, Any]]) -> Any:
        async with self._engine.transaction():
            for start in range(0, len(rows), _ROWS_A_STATEMENT):
                part = rows[start : start + _ROWS_A_STATEMENT]
                await SecurityEvent.insert(*[SecurityEvent(**row) for row in part])
        return len(rows)

    async def transaction(self, change: dict[str, Any]) -> Any:
        async with self._engine.transaction():
            user = await User.objects().get(User.id == change["userId"])
            address = await Address.objects().get(Address.id == change["id"])
            if user is None or address is None or address.userId != user.id:
                raise ValueError("the address is another user's")
            address = await self.update_by_id(change)
            await SecurityEvent.objects().create(
                userId=change["userId"], type="PASSWORD_CHANGED", userAgent="bench"
            )
            number = await SecurityEvent.count().where(SecurityEvent.userId == change["userId"])
        return address, number


def _hang(parents: Sequence[Any], name: str, children: Sequence[Any], key: str) -> None:
    by_id = {parent.id: parent for parent in parents}
    for parent in parents:
        setattr(parent, name, [])
    for child in children:
        getattr(by_id[getattr(child, key)], name).append(child)


def _refer(rows: Sequence[Any], name: str, targets: Sequence[Any], key: str) -> None:
    by_id = {target.id: target for target in targets}
    for row in rows:
        setattr(row, name, by_id.get(getattr(row, key)))


def _plain(answer: Any) -> Any:
    """Return tables as dictionaries: their own attributes are columns, and what was hung on them above."""
    if isinstance(answer, (list, tuple)):
        return [_plain(one) for one in answer]
    if not isinstance(answer, Table):
        return answer
    return {
        name: _plain(value) if isinstance(value, (Table, list)) else value
        for name, value in vars(answer).items()
        if not name.startswith("_")
    }
