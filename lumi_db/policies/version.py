"""Optimistic lock: every update of a model with `version` adds one (rulings, data model 14).

A version in `where` compares: `update(where={"id": id, "version": 3}, …)` finds nothing when somebody was faster.
"""

from __future__ import annotations

from lumi_db.engine.datamodel import Field, Model
from lumi_db.engine.operation import Assign
from lumi_db.engine.sources import Constant

FIELD = "version"
FIRST = 0


def count_version(model: Model) -> tuple[Assign, ...]:
    """Return what adds one to the version of a row that is updated."""
    field = model.fields.get(FIELD)
    return () if field is None else (Assign(field, "increment", Constant(1)),)


def first_version(model: Model, field: Field) -> int | None:
    """Return the one version that a new row may be given; None for other fields."""
    return FIRST if field.name == FIELD else None


def refuse_version(model: Model, field: Field, is_new: bool) -> str | None:
    """Say why a caller may not write the version, or return None."""
    if field.name == FIELD and not is_new:
        return "it is counted by the client; leave it out, or compare it in `where`."
    return None
