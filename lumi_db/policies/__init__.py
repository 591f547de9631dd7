"""The shop's policies, in the order in which they rewrite an operation. docs/policies.md says what each does."""

from __future__ import annotations

from lumi_db.engine import Policies
from lumi_db.engine.datamodel import Field, Model
from lumi_db.scope import DeletedRows, current_scope

from .soft_delete import soft_delete
from .timestamps import refuse_timestamp
from .version import count_version, first_version, refuse_version

SCOPE_SETTING = "lumi.scope"


def deleted_rows() -> DeletedRows:
    """Return what soft-deleted rows are to the running task."""
    return current_scope().deleted


def actor() -> str | None:
    """Return who acts in the running task; the triggers of the audit log read it."""
    return current_scope().actor


def refuse_input(model: Model, field: Field, is_new: bool) -> str | None:
    """Say why a caller may not write this field, or return None."""
    if deleted_rows() == "imported":
        return None
    return refuse_timestamp(model, field, is_new) or refuse_version(model, field, is_new)


def first_value(model: Model, field: Field) -> int | None:
    """Return the one value that a new row may be given, or None for any."""
    return None if deleted_rows() == "imported" else first_version(model, field)


POLICIES = Policies(
    rewrites=(soft_delete,),
    mode=deleted_rows,
    refuse_input=refuse_input,
    new_value=first_value,
    on_update=count_version,
    setting=(SCOPE_SETTING, actor),
)
