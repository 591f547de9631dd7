"""SQLAlchemy 2, asyncio and ORM: a session a unit of work, `selectinload` for relations, ORM-enabled bulk statements.

As its documentation has it: "Asynchronous I/O", "Relationship Loading Techniques", "ORM-Enabled INSERT, UPDATE, and
DELETE statements" (with "ORM upsert Statements").
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upserting
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import selectinload

from .base import PythonPeer, socket_of
from .lumi import SOLD
from .sqlalchemy_models import (
    Address,
    Order,
    OrderItem,
    Product,
    ProductVariant,
    SavedCard,
    SecurityEvent,
    User,
)


class SqlalchemyPeer(PythonPeer):
    name: ClassVar[str] = "sqlalchemy"
    title: ClassVar[str] = "SQLAlchemy 2 async ORM"
    lacks: ClassVar[dict[str, str]] = {
        "search": "its ORM has no ranking full-text search; it would be SQL by hand",
        "checkout": "a workflow of the shop, written here only for this client and by hand",
    }

    async def open(self, url: str) -> None:
        place = socket_of(url)
        self._engine = create_async_engine(
            f"postgresql+asyncpg://{place.user}@/{place.database}?host={place.host}",
            pool_size=self.connections,
            max_overflow=0,
            connect_args={"server_settings": {"jit": "off", "timezone": "UTC"}},
        )
        # "to prevent attributes from being expired" after a commit, as the page on asyncio advises
        self._session = async_sessionmaker(self._engine, expire_on_commit=False)

    async def close(self) -> None:
        await self._engine.dispose()

    async def find_by_id(self, product_id: str) -> Any:
        async with self._session() as session:
            return await session.get(Product, product_id)

    async def page_of_20(self, skip: int) -> Any:
        query = (
            select(Product)
            .where(Product.status == "ACTIVE")
            .order_by(Product.createdAt.desc(), Product.id)
            .limit(20)
            .offset(skip)
            .options(selectinload(Product.variants), selectinload(Product.categories))
        )
        async with self._session() as session:
            return (await session.scalars(query)).all()

    async def three_levels(self, skip: int) -> Any:
        query = (
            select(Order)
            .order_by(Order.placedAt.desc(), Order.id)
            .limit(10)
            .offset(skip)
            .options(
                selectinload(Order.items)
                .selectinload(OrderItem.productVariant)
                .selectinload(ProductVariant.product)
            )
        )
        async with self._session() as session:
            return (await session.scalars(query)).all()

    async def filtered_count(self, least: Decimal) -> Any:
        query = select(func.count()).select_from(Order)
        async with self._session() as session:
            return await session.scalar(query.where(Order.status.in_(SOLD), Order.totalAmount >= least))

    async def create(self, data: dict[str, Any]) -> Any:
        async with self._session.begin() as session:
            address = Address(**data)
            session.add(address)
        return address

    async def nested_create(self, given: dict[str, Any]) -> Any:
        rest = {name: value for name, value in given.items() if name != "items"}
        async with self._session.begin() as session:
            items = [OrderItem(**item) for item in given["items"]]
            order = Order(**rest, subtotalAmount=rest["totalAmount"], items=items)
            session.add(order)
        return order

    async def update_by_id(self, change: dict[str, Any]) -> Any:
        async with self._session.begin() as session:
            return await session.scalar(_updating(change))

    async def upsert(self, data: dict[str, Any]) -> Any:
        query = upserting(SavedCard).values(**data)
        changes = {"cardAlias": query.excluded.cardAlias, "updatedAt": query.excluded.updatedAt}
        query = query.on_conflict_do_update(index_elements=["cardToken"], set_=changes)
        async with self._session.begin() as session:
            return await session.scalar(
                query.returning(SavedCard), execution_options={"populate_existing": True}
            )

    async def create_many(self, rows: list[dict[str, Any]]) -> Any:
        async with self._session.begin() as session:
            await session.execute(insert(SecurityEvent), rows)
        return len(rows)

    async def transaction(self, change: dict[str, Any]) -> Any:
        async with self._session.begin() as session:
            user = await session.get(User, change["userId"])
            address = await session.get(Address, change["id"])
            if user is None or address is None or address.userId != user.id:
                raise ValueError("the address is another user's")
            address.city, address.phone = change["city"], change["phone"]
            session.add(SecurityEvent(userId=user.id, type="PASSWORD_CHANGED", userAgent="bench"))
            # This query flushes the two changes first.
            events = select(func.count()).select_from(SecurityEvent)
            number = await session.scalar(events.where(SecurityEvent.userId == user.id))
        return address, number


def _updating(change: dict[str, Any]) -> Any:
    query = update(Address).where(Address.id == change["id"])
    return query.values(city=change["city"], phone=change["phone"]).returning(Address)
