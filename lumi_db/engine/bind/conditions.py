"""Conditions put together: joined, merged, and what is compared in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, assert_never

from ..condition import AllOf, AnyOf, Compare, Condition, IsNull, Not, Related, Search, Unlinked
from ..datamodel import Field
from ..operation import AggregateField, Function
from ..sources import SlotValue
from .common import unknown_field

_FUNCTIONS: dict[str, Function] = {
    "_count": "count",
    "_avg": "avg",
    "_sum": "sum",
    "_min": "min",
    "_max": "max",
}
# PostgreSQL sums and averages whole numbers as numeric.
_SUM_TYPES = {"Int": "Decimal", "BigInt": "Decimal"}


def aggregate_field(field: Field, key: str, path: str) -> AggregateField:
    """Return what `_count` and the like make of a field, of the type that it is compared in."""
    if key not in _FUNCTIONS:
        raise unknown_field(path, "an aggregation", _FUNCTIONS)
    function, kept = _FUNCTIONS[key], {name: getattr(field, name) for name in Field.__slots__}
    kept["is_required"] = False
    if function in ("count", "sum", "avg"):
        kept |= {"is_list": False, "is_enum": False, "native": None, "native_arguments": ()}
        kept["type"] = "BigInt" if function == "count" else _SUM_TYPES.get(field.type, field.type)
    return AggregateField(**kept, function=function)


def all_of(parts: Iterable[Condition | None]) -> Condition | None:
    """Join what is given by AND; None if nothing is."""
    flat: list[Condition] = []
    for part in parts:
        if part is not None:
            flat.extend(part.parts if isinstance(part, AllOf) else (part,))
    merged = merge_searches(flat)
    return AllOf(merged) if len(merged) > 1 else merged[0] if merged else None


def any_of(parts: Iterable[Condition | None]) -> Condition:
    merged = merge_searches(parts)
    return merged[0] if len(merged) == 1 else AnyOf(merged)


def merge_searches(parts: Iterable[Condition | None]) -> tuple[Condition, ...]:
    """Leave out what is not there, and search several fields for one text as if they were one field."""
    merged: dict[object, Condition] = {}
    for part in parts:
        if isinstance(part, Search) and isinstance(part.text, SlotValue):
            found = merged.get(part.text.index)
            earlier = found.fields if isinstance(found, Search) else ()
            merged[part.text.index] = Search((*earlier, *part.fields), part.text)
        elif part is not None:
            merged[len(merged), "other"] = part
    return tuple(merged.values())


def fields_of(condition: Condition) -> list[Field]:
    """List the fields that a condition compares, not counting those of related rows."""
    match condition:
        case Compare(field) | IsNull(field):
            return [field]
        case Search(fields):
            return list(fields)
        case AllOf(parts) | AnyOf(parts):
            return [field for part in parts for field in fields_of(part)]
        case Not(part):
            return fields_of(part)
        case Related() | Unlinked():
            return []
    assert_never(condition)


def like(pattern: str, convert: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return what makes the text of a LIKE of a value, with its wildcards escaped."""
    before, after = pattern.split("{}")
    return lambda value: before + _escape(convert(value)) + after


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
