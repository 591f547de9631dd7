"""`typed.pyi`: what the engine adds to a generated client, for type checkers and editors.

Pure functions from a datamodel to text. Only type checkers read it; at run time the client is the generated one
on the engine. Its classes stand above those of prisma-client-py: whatever these accept is accepted.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..datamodel import Datamodel
from .actions import render_actions
from .aggregates import render_aggregates
from .client import render_client
from .filters import render_enum, render_filters
from .head import HEAD
from .names import public_names
from .orders import render_orders
from .rows import render_rows
from .selections import render_selections

__all__ = ["render_typed"]


def render_typed(datamodel: Datamodel, instances: Mapping[str, str]) -> str:
    """Return the text of `typed.pyi`; `instances` are the client's attributes by the names of their models."""
    parts = [HEAD]
    parts += [render_enum(enum) for enum in datamodel.enums.values()]
    for model in datamodel.models.values():
        parts += [
            f"# {model.name}\n",
            render_filters(model),
            render_orders(model),
            render_selections(model),
            render_rows(model),
            render_aggregates(model),
            render_actions(model),
        ]
    text = "\n".join([*parts, render_client(datamodel, instances)])
    return f"{text}\n__all__ = {public_names(text)!r}\n"
