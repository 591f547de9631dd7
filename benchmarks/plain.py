"""Answers in one form, so that those of all libraries can be compared: nobody is measured doing less."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from lumi_db.client import load_datamodel
from lumi_db.engine.datamodel import Field

from .workloads import Shape


def plain(answer: Any, shape: Shape | None) -> Any:
    """Return rows as dictionaries with every field of their models; numbers and tuples as they are, rows inside too."""
    if isinstance(answer, (tuple, list)):
        return [plain(one, shape) for one in answer]
    if shape is None or answer is None or isinstance(answer, int):
        return answer
    fields = load_datamodel().models[shape.model].fields
    row = {name: _value(_get(answer, name), field) for name, field in fields.items() if name not in shape.own}
    for name, inner in shape.relations.items():
        row[name] = _related(_get(answer, name), inner)
    return row


def difference(one: Any, other: Any, path: str = "answer") -> str | None:
    """Say where two plain answers differ first, or None."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(f"{path}.{name}", one.get(name), other.get(name)) for name in {**one, **other}]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [
            (f"{path}.{place}", mine, its) for place, (mine, its) in enumerate(zip(one, other, strict=True))
        ]
    else:
        return None if one == other else f"{path}: {one!r} and {other!r}"
    return next((found for name, mine, its in pairs if (found := difference(mine, its, name))), None)


def _related(value: Any, shape: Shape) -> Any:
    """Return related rows; several in an order of their own, since none was asked for."""
    # of Tortoise: related rows that were fetched
    if isinstance(value, (list, tuple)) or hasattr(value, "related_objects"):
        return sorted((plain(one, shape) for one in value), key=lambda row: json.dumps(row, default=str))
    return plain(value, shape)


def _get(row: Any, name: str) -> Any:
    if isinstance(row, Mapping):
        return row.get(name)
    # SQLAlchemy keeps `metadata` for itself; Tortoise names the column of a foreign key `<relation>_id`.
    names = ("order_metadata",) if name == "metadata" else (name, f"{name.removesuffix('Id')}_id")
    return next((getattr(row, one) for one in (*names, name) if hasattr(row, one)), None)


def _value(value: Any, field: Field) -> Any:
    if value is None:
        return None
    if isinstance(value, Enum):
        return value.value
    match field.type:
        case "Decimal":
            return Decimal(str(value)).normalize()
        case "DateTime":
            moment = datetime.fromisoformat(value) if isinstance(value, str) else value
            return moment.astimezone(UTC).isoformat(timespec="milliseconds")
        case "Json":
            return json.loads(value) if isinstance(value, str) else value
        case _:
            return list(value) if field.is_list else value
