"""Every relation of the schema, walked: wherever it leads to a soft-deleted row, there is no row."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from lumi_db import with_deleted
from lumi_db.client import FOLDER
from lumi_db.engine.datamodel import Datamodel, Relation
from tests.integration.database.shop_rows import Row, Shop

MODELS = Datamodel.load(FOLDER / "datamodel.json").models
DELETABLE = {name for name, model in MODELS.items() if "deletedAt" in model.fields}


OWNED = [one for model in MODELS.values() for one in model.relations.values() if one.owns_key]
TO_DELETABLE = [one for one in OWNED if one.target in DELETABLE]
OF_DELETABLE = [one for one in OWNED if one.model in DELETABLE]


def name_of(relation: Relation) -> str:
    return f"{relation.model}.{relation.name}"


@dataclass(frozen=True)
class World:
    """The client, and a connection on which rows are written around it, without the rules that triggers keep."""

    db: Any
    connection: asyncpg.Connection[Row]

    async def insert(self, table: str, **given: object) -> Row:
        return await Shop(self.connection).insert(table, **given)

    async def bury(self, table: str, key: str) -> None:
        await self.connection.execute("SET session_replication_role = replica")
        status = ", \"status\" = 'DELETED'" if table == "User" else ""
        await self.connection.execute(
            f'UPDATE "{table}" SET "deletedAt" = now(){status} WHERE "id" = $1', key
        )
        await self.connection.execute("SET session_replication_role = origin")

    def actions(self, model: str) -> Any:
        return getattr(self.db, model.lower())


@pytest_asyncio.fixture
async def world(db: Any, direct_url: str) -> AsyncIterator[World]:
    connection = await asyncpg.connect(direct_url)
    yield World(db, connection)
    await connection.close()


async def linked_rows(world: World, relation: Relation) -> tuple[Row, Row]:
    """Insert a row and the one its relation leads to, and return both."""
    far = await world.insert(relation.target)
    return await world.insert(relation.model, **{relation.local[0].name: far["id"]}), far


def key_of(model: str, row: Row) -> dict[str, Any]:
    return {field.name: row[field.name] for field in MODELS[model].id_fields}


@pytest.mark.parametrize("relation", TO_DELETABLE, ids=name_of)
async def test_a_relation_never_leads_to_a_deleted_row(relation: Relation, world: World) -> None:
    near, far = await linked_rows(world, relation)
    await world.bury(relation.target, far["id"])
    actions, here = world.actions(relation.model), key_of(relation.model, near)
    found = await actions.find_many(where=here, include={relation.name: True})
    goes_along = relation.on_delete == "Cascade" and relation.model not in DELETABLE
    assert len(found) == (0 if goes_along else 1)
    assert [getattr(one, relation.name) for one in found if getattr(one, relation.name)] == []
    assert await actions.count(where={**here, relation.name: {"is": {}}}) == 0
    if not relation.is_required:
        assert await actions.count(where={**here, relation.name: {"is": None}}) == 1
        assert await actions.count(where={**here, relation.name: {"is_not": None}}) == 0
    with with_deleted():
        found = await actions.find_many(where=here, include={relation.name: True})
    assert [getattr(one, relation.name).id for one in found] == [far["id"]]


@pytest.mark.parametrize("relation", TO_DELETABLE, ids=name_of)
async def test_nothing_is_reached_or_written_through_a_deleted_row(relation: Relation, world: World) -> None:
    near, far = await linked_rows(world, relation)
    await world.bury(relation.target, far["id"])
    actions, opposite = world.actions(relation.target), relation.opposite
    assert await actions.find_many(where={"id": far["id"]}, include={opposite: True}) == []
    nested = {"disconnect": [compound(relation.model, near)]} if not relation.is_required else {}
    assert await actions.update(where={"id": far["id"]}, data={opposite: nested}) is None
    with with_deleted():
        kept = await world.actions(relation.model).find_first(where=key_of(relation.model, near))
    assert getattr(kept, relation.local[0].name) == far["id"]


def compound(model: str, row: Row) -> dict[str, Any]:
    key = key_of(model, row)
    return key if len(key) == 1 else {MODELS[model].primary_key.name: key}


@pytest.mark.parametrize("relation", OF_DELETABLE, ids=name_of)
async def test_a_list_is_without_its_deleted_rows(relation: Relation, world: World) -> None:
    near, far = await linked_rows(world, relation)
    await world.bury(relation.model, near["id"])
    actions, opposite = world.actions(relation.target), relation.opposite
    here = {"id": far["id"]}
    found = await actions.find_unique(where=here, include={opposite: True})
    assert getattr(found, opposite) == []
    assert await actions.count(where={**here, opposite: {"some": {}}}) == 0
    assert await actions.count(where={**here, opposite: {"none": {}}}) == 1
    assert await actions.count(where={**here, opposite: {"every": {"id": "nobody"}}}) == 1
