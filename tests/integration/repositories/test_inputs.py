"""Repositories take inputs, or mappings that would make one, and write what those make of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lumi_db import CallerError, ConflictError, ValidationError
from lumi_db.dto.accounts import UserCreate
from lumi_db.dto.base import parse
from lumi_db.dto.catalogue import ProductCreate, ProductUpdate
from lumi_db.dto.orders import OrderUpdate
from lumi_db.shop import Shop

from .accounts import make_user

DRESS: dict[str, Any] = {
    "title": "Dress",
    "slug": "dress",
    "price": "49.9",
    "status": "ARCHIVED",
    "searchKeywords": ["elbise"],
    "attributes": {"sizes": ["S", None]},
}
VARIANT: dict[str, Any] = {"title": "M", "sku": "d-m", "price": "49.90"}


async def test_a_row_is_written_as_the_input_says(shop: Shop) -> None:
    product: Any = await shop.products.create(parse(ProductCreate, DRESS))
    assert (product.price, product.status, product.currency) == (Decimal("49.90"), "ARCHIVED", "TRY")
    assert (product.attributes, product.searchKeywords) == ({"sizes": ["S", None]}, ["elbise"])


async def test_what_is_not_given_stays_and_null_empties(shop: Shop) -> None:
    made = await shop.products.create(parse(ProductCreate, {**DRESS, "summary": "Long", "sku": "D"}))
    changed = await shop.products.update(made.id, parse(ProductUpdate, {"summary": None}))
    assert (changed.summary, changed.sku, changed.title) == (None, "D", "Dress")


async def test_null_empties_a_json_field(shop: Shop) -> None:
    user = await make_user(shop)
    order = await shop.client.order.create(
        {"userId": user.id, "subtotalAmount": Decimal(0), "totalAmount": Decimal(0)}
    )
    noted: Any = await shop.orders.update(order.id, {"metadata": {"gift": True}, "notes": "Ring"})
    assert noted.metadata == {"gift": True}
    emptied = await shop.orders.update(order.id, parse(OrderUpdate, {"metadata": None}))
    assert (emptied.metadata, emptied.notes) == (None, "Ring")
    client: Any = shop.client
    [row] = await client.query_raw('SELECT "metadata" IS NULL AS "isNull" FROM "Order"')
    assert row["isNull"]


async def test_a_variant_comes_with_its_first_stock(shop: Shop) -> None:
    product = await shop.products.create(DRESS)
    made: Any = await shop.variants.create(
        {**VARIANT, "productId": product.id, "quantity": 3}, include={"inventory": True}
    )
    assert (made.inventory.quantityAvailable, made.inventory.quantityOnHand) == (3, 3)


async def test_a_second_primary_variant_is_refused(shop: Shop) -> None:
    product = await shop.products.create({**DRESS, "variants": [VARIANT]})
    with pytest.raises(ConflictError, match="primary"):
        await shop.variants.create({**VARIANT, "sku": "two", "productId": product.id, "isPrimary": True})


@pytest.mark.parametrize(
    ("repository", "data", "field"),
    [
        ("products", {**DRESS, "colour": "red"}, "colour"),
        ("products", {**DRESS, "price": 49.9}, "price"),
        ("products", {**DRESS, "variants": [{**VARIANT, "quantity": -1}]}, "variants.0.quantity"),
        ("categories", {"name": "Boots", "slug": "Not A Slug"}, "slug"),
        ("collections", {"name": "Summer", "slug": "summer", "status": []}, "status"),
        ("media", {"assetId": "a", "url": "javascript:1", "mimeType": "image/webp", "sizeBytes": 1}, "url"),
        ("coupons", {"code": "X", "type": "PERCENTAGE", "value": "101"}, "value"),
        ("users", {"email": "ada", "password": "a long password"}, "email"),
        ("users", {"email": "ada@example.com", "password": "a long password", "status": "ACTIVE"}, "status"),
        ("users", {"email": "ada@example.com", "passwordHash": "a long password"}, "passwordHash"),
        (
            "addresses",
            {"userId": "u", "fullName": "Ada", "line1": "x", "city": "x", "country": "tr"},
            "country",
        ),
        ("inventory", {"productVariantId": "v", "quantityOnHand": 3}, "quantityOnHand"),
    ],
)
async def test_what_an_input_refuses_is_not_sent(
    shop: Shop, statements: Any, repository: str, data: dict[str, Any], field: str
) -> None:
    with statements() as sent, pytest.raises(ValidationError) as caught:
        await getattr(shop, repository).create(data)
    assert (caught.value.fields, sent) == ((field,), [])


async def test_an_input_of_another_model_is_refused(shop: Shop) -> None:
    with pytest.raises(ValidationError, match="must be a mapping or ProductCreate"):
        await shop.products.create(UserCreate(email="ada@example.com", password="a long password"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("repository", "writer"),
    [
        ("orders", "place_order"),
        ("payments", "record"),
        ("reviews", "submit"),
        ("carts", "get_or_create"),
        ("sessions", "issue"),
        ("audit_log", "append"),
        ("security_events", "append"),
    ],
)
async def test_rows_that_the_shop_makes_are_not_written_past_it(
    shop: Shop, repository: str, writer: str
) -> None:
    rows = getattr(shop, repository)
    for work in (rows.create({}), rows.create_many([{}]), rows.upsert({"id": "x"}, create={}, update={})):
        with pytest.raises(CallerError, match=writer):
            await work
