"""Timestamps: `updatedAt` is never the caller's, and `createdAt` never changes (rulings, data model 3)."""

from __future__ import annotations

from lumi_db.engine.datamodel import Field, Model


def refuse_timestamp(model: Model, field: Field, is_new: bool) -> str | None:
    """Say why a caller may not write this timestamp, or return None."""
    if field.is_updated_at:
        return "it is set by the client at every write; leave it out."
    if field.name == "createdAt" and not is_new:
        return "it never changes; leave it out."
    return None
