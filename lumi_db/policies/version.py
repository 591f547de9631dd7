"""Optimistic lock: every update of a model with `version` adds one (rulings, data model 14).

A version in `where` compares: `update(where={"id": id, "version": 3}, …)` finds nothing when somebody was faster.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lumi_db.engine.datamodel import Datamodel, Field, Model
from lumi_db.engine.operation import Assign, Operation
from lumi_db.engine.sources import Constant

from .updates import change_updates

FIELD = "version"


def count_version(operation: Operation, datamodel: Datamodel, mode: Any) -> Operation:
    """Add one to the version in every update of the operation."""
    return change_updates(operation, datamodel, _count)


def refuse_version(model: Model, field: Field, is_new: bool) -> str | None:
    """Say why a caller may not write the version, or return None."""
    return "it is counted by the client; to compare it, give it in `where`" if field.name == FIELD else None


def _count(model: Model, assignments: Sequence[Assign]) -> tuple[Assign, ...]:
    field = model.fields.get(FIELD)
    if field is None or not assignments:
        return tuple(assignments)
    return (*assignments, Assign(field, "increment", Constant(1)))
