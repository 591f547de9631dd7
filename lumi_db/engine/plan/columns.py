"""A whole column of values converted at once: what most columns are needs no look at every value."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from types import NoneType
from typing import Any

from ..datamodel import Field
from ..sources import InvalidValue
from ..values import Converter, accepts

_WHOLE = ("Int", "BigInt")


def convert_column(field: Field, values: list[Any], convert: Converter) -> list[Any] | None:
    """Convert the values of a column, or return None where one of them cannot be: who asks then finds out which."""
    kinds = set(map(type, values))
    has_nulls = NoneType in kinds
    kinds.discard(NoneType)
    if field.is_list or (has_nulls and field.is_required) or not all(accepts(field, one) for one in kinds):
        return None
    there = [value for value in values if value is not None] if has_nulls else values
    with suppress(InvalidValue):
        if not there or _is_sent_as_it_is(field, kinds, there, convert):
            return values
        if has_nulls:
            return [None if value is None else convert(value) for value in values]
        return list(map(convert, values))
    return None


def _is_sent_as_it_is(field: Field, kinds: set[type], values: Sequence[Any], convert: Converter) -> bool:
    """Try the converter on all texts as one, or on the least and the largest number.

    What it accepts of those it returns as it is, and so it would the others.
    """
    if field.is_enum:
        return False
    if kinds == {str} and field.type == "String" and field.native != "Uuid":
        convert("".join(values))
        return True
    if kinds == {int} and field.type in _WHOLE:
        convert(min(values))
        convert(max(values))
        return True
    return kinds == {bool}
