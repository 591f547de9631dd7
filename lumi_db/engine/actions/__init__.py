"""What the actions of a client, `client.user`, can do beyond those that prisma-client-py generates.

The classes here stand before the generated one. Types for them are written by the generator (`typed`).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from .reads import ReadActions, finds_of
from .returned import writes_of
from .writes import WriteActions

__all__ = ["extend_actions"]


def extend_actions(client: Any) -> None:
    """Give every model of a client its extended actions."""
    generated: Any = type(client).__mro__[1]
    for name in generated.__slots__:
        plain = getattr(client, name)
        kind: Any = type(plain)
        setattr(client, name, _extended(kind)(client, plain._model))


@cache
def _extended(actions: Any) -> Any:
    around = {**finds_of(actions), **writes_of(actions)}
    return type(actions.__name__, (ReadActions, WriteActions, actions), {"__slots__": (), **around})
