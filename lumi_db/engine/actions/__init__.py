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


def extend_actions(client: Any, made: Any, generated: Any) -> None:
    """Give every model of a client its extended actions, in the place of those that the generated class made.

    `made` is the class that was derived from the generated one; a client may be of one derived from that.
    """
    for name in generated.__slots__:
        if isinstance(made.__dict__.get(name), LazyActions):
            del client.__dict__[name]
        else:
            plain = getattr(client, name)
            kind: Any = type(plain)
            extended = kind if isinstance(plain, ReadActions) else _extended(kind)
            setattr(made, name, LazyActions(name, extended, plain._model))


@cache
def _extended(actions: Any) -> Any:
    added = (ReadActions, RowWriteActions, WriteActions, StreamActions)
    extended = type(actions.__name__, (*added, actions), {"__slots__": ()})

    def make(kind: Any, client: Any = None, model: Any = None) -> Any:
        # `User.prisma(client)` names the generated class; other clients of its package keep that.
        return object.__new__(extended if kind is actions and hasattr(client, "_run") else kind)

    actions.__new__ = make
    return extended
