"""What the actions of a client, `client.user`, can do beyond those that prisma-client-py generates.

The classes here stand before the generated one. Types for them are written by the generator (`typed`).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from .reads import ReadActions
from .row_writes import RowWriteActions
from .streams import StreamActions
from .writes import WriteActions

__all__ = ["extend_actions"]


class LazyActions:
    """The actions of one model, made when a client is first asked for them.

    A client for a transaction is made for every transaction, and needs few of them.
    """

    def __init__(self, name: str, kind: Any, model: Any) -> None:
        self._name, self._kind, self._model = name, kind, model

    def __get__(self, client: Any, owner: Any = None) -> Any:
        if client is None:
            return self
        # There it is found before this descriptor, which has no `__set__`.
        actions = client.__dict__[self._name] = self._kind(client, self._model)
        return actions


def extend_actions(client: Any) -> None:
    """Give every model of a client its extended actions, in the place of those that the generated class made."""
    made = type(client)
    generated: Any = made.__mro__[1]
    for name in generated.__slots__:
        if isinstance(made.__dict__.get(name), LazyActions):
            del client.__dict__[name]
        else:
            plain = getattr(client, name)
            kind: Any = type(plain)
            setattr(made, name, LazyActions(name, _extended(kind), plain._model))


@cache
def _extended(actions: Any) -> Any:
    added = (ReadActions, RowWriteActions, WriteActions, StreamActions)
    return type(actions.__name__, (*added, actions), {"__slots__": ()})
