"""Inventory is the truth about stock."""

from __future__ import annotations

import asyncpg
import pytest

from .shop_rows import Shop


async def _stock(shop: Shop, variant: str) -> int:
    stock: int = (await shop.get("ProductVariant", variant))["stock"]
    return stock


async def test_stock_mirrors_what_is_available(shop: Shop) -> None:
    variant = await shop.insert("ProductVariant", stock=7)
    inventory = await shop.insert(
        "Inventory", productVariantId=variant["id"], quantityAvailable=5, quantityReserved=1, quantityOnHand=6
    )
    assert await _stock(shop, variant["id"]) == 5
    await shop.set("Inventory", inventory["id"], '"quantityAvailable" = 4, "quantityReserved" = 2')
    assert await _stock(shop, variant["id"]) == 4
    await shop.delete("Inventory", inventory["id"])
    assert await _stock(shop, variant["id"]) == 0


async def test_stock_moves_with_an_inventory_that_changes_its_variant(shop: Shop) -> None:
    inventory = await shop.insert("Inventory", quantityAvailable=5, quantityOnHand=5)
    other = await shop.insert("ProductVariant")
    await shop.set("Inventory", inventory["id"], f"\"productVariantId\" = '{other['id']}'")
    assert await _stock(shop, inventory["productVariantId"]) == 0
    assert await _stock(shop, other["id"]) == 5


async def test_stock_of_a_variant_with_an_inventory_is_not_written_directly(shop: Shop) -> None:
    inventory = await shop.insert("Inventory", quantityAvailable=5, quantityOnHand=5)
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await shop.set("ProductVariant", inventory["productVariantId"], '"stock" = 6')
    assert refused.value.constraint_name == "ProductVariant_stock_mirrors_inventory"
    assert refused.value.column_name == "stock"


async def test_a_whole_row_save_with_the_stock_as_it_is_passes(shop: Shop) -> None:
    inventory = await shop.insert("Inventory", quantityAvailable=5, quantityOnHand=5)
    await shop.set("ProductVariant", inventory["productVariantId"], '"stock" = 5, "title" = \'New\'')


async def test_stock_of_a_variant_without_an_inventory_can_be_written(shop: Shop) -> None:
    variant = await shop.insert("ProductVariant")
    await shop.set("ProductVariant", variant["id"], '"stock" = 6')
    assert await _stock(shop, variant["id"]) == 6
