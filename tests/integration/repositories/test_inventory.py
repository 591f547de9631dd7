"""Stock: right to the piece, whoever takes and gives back at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from lumi_db import ConflictError, Database, OutOfStockError, RelatedRecordError, ValidationError
from lumi_db.shop import Shop
from tests.integration.workflows.stage import Stage

from .conftest import Statements


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database.client)


async def test_pieces_come_in_are_reserved_given_back_and_leave(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant(stock=5)
    await shop.inventory.receive(variant.id, 3)
    assert await shop.inventory.reserve([(variant.id, 4)]) == {variant.id: 4}
    assert await stage.stock(variant) == (4, 4, 8)
    await shop.inventory.release([(variant.id, 1)])
    await shop.inventory.commit([(variant.id, 3)])
    assert await stage.stock(variant) == (5, 0, 5)


async def test_the_variant_shows_the_stock_that_is_left(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant(stock=5)
    await shop.inventory.reserve([(variant.id, 2)])
    found = await shop.variants.get(variant.id)
    assert (found.stock, found.version, found.updatedAt) == (3, variant.version, variant.updatedAt)


async def test_the_same_variant_twice_is_summed(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant(stock=5)
    with pytest.raises(OutOfStockError, match="Only 5 pieces"):
        await shop.inventory.reserve([(variant.id, 3), (variant.id, 3)])
    assert await shop.inventory.reserve([(variant.id, 3), (variant.id, 2)]) == {variant.id: 5}


async def test_all_lines_are_reserved_or_none(shop: Shop, stage: Stage) -> None:
    plenty, few = await stage.variant(stock=100), await stage.variant(stock=1)
    with pytest.raises(OutOfStockError):
        await shop.inventory.reserve([(plenty.id, 10), (few.id, 2)])
    assert await stage.stock(plenty) == (100, 0, 100)


@pytest.mark.parametrize("quantity", [0, -3, True, 2.0, "1", 2**31])
async def test_a_quantity_is_a_whole_number_from_one(shop: Shop, stage: Stage, quantity: Any) -> None:
    variant = await stage.variant()
    for work in (
        shop.inventory.reserve([(variant.id, quantity)]),
        shop.inventory.receive(variant.id, quantity),
    ):
        with pytest.raises(ValidationError) as caught:
            await work
        assert caught.value.fields == ("quantity",)
    assert await stage.stock(variant) == (10, 0, 10)


async def test_no_more_is_given_back_than_was_reserved(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant()
    await shop.inventory.reserve([(variant.id, 1)])
    for work in (shop.inventory.release, shop.inventory.commit):
        with pytest.raises(ConflictError, match="Fewer pieces"):
            await work([(variant.id, 2)])
    assert await stage.stock(variant) == (9, 1, 10)


async def test_an_adjustment_does_not_go_below_nothing(shop: Shop, stage: Stage) -> None:
    variant = await stage.variant(stock=5)
    assert (await shop.inventory.adjust(variant.id, -2)).quantityOnHand == 3
    with pytest.raises(OutOfStockError, match="Only 3 pieces"):
        await shop.inventory.adjust(variant.id, -4)
    with pytest.raises(ValidationError):
        await shop.inventory.adjust(variant.id, 0)


async def test_a_variant_without_stock_is_named(shop: Shop) -> None:
    with pytest.raises(RelatedRecordError, match="no stock that is kept"):
        await shop.inventory.reserve([("nobody", 1)])


async def test_many_at_once_take_no_more_than_there_is(shop: Shop, stage: Stage) -> None:
    variants = [await stage.variant(stock=10) for _ in range(3)]
    lines = [
        [(variant.id, 1) for variant in (variants if number % 2 else variants[::-1])] for number in range(30)
    ]
    sent = (shop.run(lambda inside, wanted=wanted: inside.inventory.reserve(wanted)) for wanted in lines)  # type: ignore[misc]
    answers = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(isinstance(answer, dict) for answer in answers) == 10
    assert [await stage.stock(variant) for variant in variants] == [(0, 10, 10)] * 3


async def test_low_stock_is_listed_in_one_statement(shop: Shop, stage: Stage, statements: Statements) -> None:
    low, _ = await stage.variant(stock=5), await stage.variant(stock=6)
    with statements() as sent:
        found = await shop.inventory.list_low_stock()
    assert [one.productVariantId for one in found] == [low.id]
    assert len(sent) == 1
