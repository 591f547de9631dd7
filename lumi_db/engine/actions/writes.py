"""The writes that the generated actions lack."""

from __future__ import annotations


class WriteActions:
    """Stands before a generated class of actions, whose `_client` and `_model` it uses."""

    __slots__ = ()
