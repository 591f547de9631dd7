"""The reads that the generated actions lack."""

from __future__ import annotations


class ReadActions:
    """Stands before a generated class of actions, whose `_client` and `_model` it uses."""

    __slots__ = ()
