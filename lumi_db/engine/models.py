"""The classes that a caller gives for models, and what they are called in the schema."""

from __future__ import annotations


def name_of(model: type | None) -> str | None:
    """Return the name of the schema's model; of a class of the caller's own, for raw SQL, its own."""
    return None if model is None else getattr(model, "__prisma_model__", model.__name__)
