from __future__ import annotations

import asyncio

import pytest

from lumi_db import Database
from lumi_db.client import load_datamodel
from lumi_db.testing.factories import FACTORIES


def test_every_model_of_the_schema_has_a_factory() -> None:
    assert set(FACTORIES) == set(load_datamodel().models)
    assert {model: factory.__model__.__name__ for model, factory in FACTORIES.items()} == {m: m for m in FACTORIES}


@pytest.mark.parametrize("model", sorted(FACTORIES))
async def test_a_row_is_made(database: Database, model: str) -> None:
    row = await FACTORIES[model].create(database)
    assert isinstance(row, FACTORIES[model].__model__)


@pytest.mark.parametrize("model", sorted(FACTORIES))
def test_build(model: str) -> None:
    FACTORIES[model].build()


async def test_fifty_of_each_in_two_tasks(database: Database) -> None:
    async def make() -> None:
        for factory in FACTORIES.values():
            await factory.create_many(database, 50)

    await asyncio.gather(make(), make())
