"""Every row of every model is the same in Node and in Python, whoever wrote it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from graphlib import TopologicalSorter
from typing import Any

from pydantic import SecretStr

from lumi_db import Database, Settings
from lumi_db.client import load_datamodel
from lumi_db.engine.datamodel import Model
from lumi_db.testing.databases import Databases

from . import shop
from .support import HERE, run_node

# A null of JSON where the field is required, none where null can be SQL's.
NULLS = """
    SELECT (SELECT count(*)::int FROM "OrderItem" WHERE "variantSnapshot" = 'null') AS of_json,
        (SELECT count(*)::int FROM "Order" WHERE "metadata" = 'null') AS in_json
"""
Rows = dict[str, list[dict[str, Any]]]


async def test_node_and_python_read_and_write_the_same_rows(
    database: Database, database_url: str, databases: Databases
) -> None:
    await shop.fill(database)
    rows = await shop.read(database)
    assert not fields_without_a_case(rows)
    fullest = {name: max(rows[name], key=values_in) for name in shop.CHANGES}
    changes = {name: {"row": fullest[name], "values": values} for name, values in shop.CHANGES.items()}
    with databases.migrated() as copy_url:
        given = {"models": list(map(describe, in_order())), "rows": rows, "changes": changes}
        differences = await run_node(HERE / "rows.mjs", given, DATABASE_URL=database_url, COPY_URL=copy_url)
        assert differences == []
        async with Database(Settings(database_url=SecretStr(copy_url))) as copy:
            copied, nulls = await shop.read(copy), await copy.client.query_raw(NULLS)
    # As models both are None.
    assert nulls == [{"of_json": 1, "in_json": 0}]
    for name, expected in rows.items():
        if name in fullest:
            updated_at = copied[name][expected.index(fullest[name])]["updatedAt"]
            fullest[name] |= shop.CHANGES[name] | {"updatedAt": written_now(updated_at)}
        assert only_copied(name, copied, expected) == expected, name


def test_no_model_is_forgotten() -> None:
    """The audit log cannot be changed, by nobody."""
    assert shop.FULL.keys() == load_datamodel().models.keys()
    assert shop.CHANGES.keys() | {"AuditLog"} == load_datamodel().models.keys()


def fields_without_a_case(rows: Rows) -> list[str]:
    """Return the fields that have no value in any row, or no null though they could, or not every value of an enum."""
    found = []
    for name, model in load_datamodel().models.items():
        for field in model.fields.values():
            values = [row[field.name] for row in rows[name]]
            enum = load_datamodel().enums[field.type].values.keys() if field.is_enum else set()
            can_be_null = not field.is_required and (name, field.name) not in shop.NEVER_NULL
            if not any(value is not None for value in values) or (can_be_null and None not in values):
                found.append(f"{name}.{field.name}")
            found += [f"{name}.{field.name}={value}" for value in enum if value not in values]
    return found


def in_order() -> list[Model]:
    """Return the models, each after those its rows point at."""
    models = load_datamodel().models
    points_at = {
        name: {one.target for one in model.relations.values() if one.owns_key} - {name}
        for name, model in models.items()
    }
    return [models[name] for name in TopologicalSorter(points_at).static_order()]


def describe(model: Model) -> dict[str, Any]:
    fields = {one.name: {"type": one.type, "isRequired": one.is_required} for one in model.fields.values()}
    return {"name": model.name, "key": [one.name for one in model.id_fields], "fields": fields}


def values_in(row: dict[str, Any]) -> int:
    return sum(value is not None for value in row.values())


def written_now(instant: str) -> str:
    age = datetime.now(UTC) - datetime.fromisoformat(instant)
    assert timedelta(seconds=-5) < age < timedelta(minutes=2)
    return instant


def only_copied(name: str, copied: Rows, expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what the triggers of the copy wrote to its own audit log."""
    ids = {row["id"] for row in expected} if name == "AuditLog" else None
    return [row for row in copied[name] if ids is None or row["id"] in ids]
