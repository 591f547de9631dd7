"""A small shop in which every rule can be broken, through `db.shop` and around it by plain SQL."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import asyncpg

from lumi_db.shop import Shop
from lumi_db.workflows.checkout import place_order
from lumi_db.workflows.orders import refund_payment, settle_payment
from tests.integration.database.shop_rows import Row
from tests.integration.database.shop_rows import Shop as Rows
from tests.integration.workflows.stage import Stage

Content = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class World:
    """`shop` is the data layer, `rows` writes past it; the rest are rows that are there."""

    shop: Shop
    rows: Rows
    ada: Any
    bob: Any
    dress: Any
    medium: Any
    draft: Any
    women: Any
    shoes: Any
    spent: Any
    cart: Any
    order: Any
    payment: Any
    unpaid: Any
    address: Any
    review: Any
    media: Any


async def make_world(shop: Shop, rows: Rows) -> World:
    """Make Ada, who has a full cart, and Bob, who has paid his order and got 10.00 of it back."""
    stage = Stage(shop.client)
    ada, bob = await stage.user(), await stage.user()
    medium = await stage.variant(stock=10, price="100.00")
    women: Any = await shop.categories.create({"name": "Women", "slug": "women"})
    shoes: Any = await shop.categories.create({"name": "Shoes", "slug": "women-shoes", "parentId": women.id})
    await rows.insert("ProductCategory", productId=medium.productId, categoryId=shoes.id)
    spent = await stage.coupon(code="SPENT", usageLimit=1)
    bobs = await stage.cart((medium, 1), user=bob)
    order = await place_order(shop, {"cartId": bobs.id, "idempotencyKey": "bob", "couponCode": "SPENT"})
    await settle_payment(shop, order.payments[0].id, transactionId="t1")
    await refund_payment(shop, order.payments[0].id, Decimal("10.00"))
    return World(
        shop=shop,
        rows=rows,
        ada=ada,
        bob=bob,
        dress=await shop.products.get(medium.productId),
        medium=medium,
        draft=await shop.products.create({"title": "Draft", "slug": "draft", "price": "1"}),
        women=women,
        shoes=shoes,
        spent=spent,
        cart=await stage.cart((medium, 2), user=ada),
        order=order,
        payment=await shop.payments.get(order.payments[0].id),
        unpaid=await rows.insert("Order", userId=bob.id),
        address=await shop.addresses.create(
            {"userId": ada.id, "fullName": "Ada", "line1": "Street 1", "city": "İzmir"}
        ),
        review=await shop.reviews.submit(user_id=ada.id, product_id=medium.productId, rating=5),
        media=await shop.media.create(
            {"assetId": "lumi/1", "url": "https://x.example/1", "mimeType": "image/webp", "sizeBytes": 1}
        ),
    )


async def read_everything(connection: asyncpg.Connection[Row]) -> Content:
    """Return every row of every table as text: two of these are equal if nothing was written between them."""
    tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    found: Content = {}
    for (table,) in tables:
        lines = await connection.fetch(f'SELECT one::text FROM "{table}" AS one ORDER BY 1')
        found[table] = [line[0] for line in lines]
    return found
