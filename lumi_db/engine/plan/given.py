"""The values of a call, found in its operation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from ..datamodel import Field, Model, Relation, UniqueKey
from ..sources import SlotValue


def given_values(node: Any) -> Iterator[SlotValue]:
    """List the values of the caller's in an operation or a part of one, in the order of its fields."""
    if isinstance(node, SlotValue):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from given_values(item)
    elif is_dataclass(node) and not isinstance(node, Field | Model | Relation | UniqueKey):
        for field in fields(node):
            yield from given_values(getattr(node, field.name))
