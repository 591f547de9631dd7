"""The shape of a call: its keys and types without its values.

Two calls of equal shape are bound, planned and written as SQL only once. `flatten` parts a call into a
hashable shape and the list of its values; `skeleton` turns a shape back into the nested arguments with a
`Slot` where each value was, which is all that binding ever sees. No value can therefore reach SQL text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

# Words and flags below these arguments decide about the SQL, so they belong to the shape: here the fields of a model
# are named, with arguments of their own below each,
_OUTPUTS = frozenset(("include", "select", "omit"))
# here there are names and words only, whatever the fields named there are called.
_NAMES = frozenset(("order_by", "orderBy", "distinct", "by", "count", "avg", "sum", "min", "max"))
_RELEVANCE = "_relevance"
# below these everything is a value,
_VALUES = frozenset(("where", "cursor", "having", "data", "create", "update"))
# but for the mode of a text filter and these flags.
_FLAGS = frozenset(
    ("disconnect", "delete", "is_empty", "isEmpty", "skip_duplicates", "skipDuplicates", "_all")
)


# Texts below these keys are more than values: `mode` is a word, equal `search` texts are one.
_WORDS = frozenset(("mode", "search"))

# What most values are, and the keys under which even those need a closer look.
_PLAIN = frozenset((str, int, float, Decimal, datetime))
_MODES = ("default", "insensitive")
_MARKED = _WORDS | {"take"}


class _Part(Enum):
    """Which part of a call is being walked."""

    ARGUMENTS = 1
    OUTPUTS = 2
    VALUES = 3
    NAMES = 4
    RELEVANCE = 5


class Backwards(int):
    """The type of a negative `take`, which reads from the end and so has a shape of its own."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a value: its index in the list of values, and its Python type."""

    index: int
    type: type


def flatten(arguments: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    """Part a call's arguments into its shape and its values."""
    values: list[Any] = []
    return _flatten_mapping(arguments, values, _Part.ARGUMENTS), values


def _flatten_mapping(mapping: Mapping[str, Any], values: list[Any], part: _Part) -> tuple[Any, ...]:
    shape: list[Any] = ["{"]
    for given, item in mapping.items():
        key = given if type(given) is str else plain_key(given)
        shape.append(key)
        kind = type(item)
        if item is None:
            shape.append(None)
        elif kind is dict:
            shape.append(_flatten_mapping(item, values, _part_below(part, key)))
        elif part is _Part.VALUES and kind in _PLAIN and key not in _MARKED:
            values.append(item)
            shape.append(kind)
        else:
            shape.append(_flatten(key, item, values, _part_below(part, key)))
    return tuple(shape)


def plain_key(key: Any) -> str:
    """Take a key for what it holds: a class of the caller's may answer `==` and `hash` as it likes."""
    return str.__str__(key) if isinstance(key, str) else f"<{type(key).__name__}>"


def _part_below(part: _Part, key: str) -> _Part:
    if part is _Part.VALUES:
        return part
    if part is _Part.OUTPUTS:
        return _Part.ARGUMENTS
    if part is not _Part.ARGUMENTS:
        return _Part.RELEVANCE if key == _RELEVANCE else part
    if key in _VALUES:
        return _Part.VALUES
    if key in _NAMES:
        return _Part.NAMES
    return _Part.OUTPUTS if key in _OUTPUTS else part


def _flatten(key: str, item: Any, values: list[Any], part: _Part) -> Any:
    if isinstance(item, Mapping):
        return _flatten_mapping(item, values, part)
    if isinstance(item, (list, tuple, set, frozenset)):
        return _flatten_sequence(key, item, values, part)
    if item is None:
        return None
    kind = type(item)
    if isinstance(item, str) and kind is not str and not isinstance(item, Enum):
        item, kind = str.__str__(item), str
    if key == "search" and kind is str and part is _Part.VALUES:
        same = next((index for index, one in enumerate(values) if type(one) is str and one == item), None)
        if same is not None:
            return ("same", same, str)
    if _is_word(key, item, kind, part):
        return ("=", item)
    if key == "take" and isinstance(item, int) and kind is not bool:
        item = int.__int__(item)
        kind = Backwards if item < 0 else int
    values.append(item)
    return kind


def _is_word(key: str, item: Any, kind: type, part: _Part) -> bool:
    if part is _Part.RELEVANCE and key == "search":
        return False
    if part is not _Part.VALUES:
        return isinstance(item, (str, bool))
    return (kind is bool and key in _FLAGS) or (key == "mode" and item in _MODES)


def _flatten_sequence(key: str, items: Any, values: list[Any], part: _Part) -> Any:
    if part is not _Part.VALUES or not items or any(isinstance(item, Mapping) for item in items):
        return ("[", *[_flatten(key, item, values, part) for item in items])
    values.append(items if isinstance(items, list) else list(items))
    return list


def weight(shape: Any) -> int:
    """Count the keys and leaves of a shape: about what its plan takes of memory."""
    return sum(map(weight, shape)) if isinstance(shape, tuple) else 1


def skeleton(shape: Any) -> dict[str, Any]:
    """Turn a shape back into arguments, with a `Slot` in the place of each value."""
    built = _build(shape, _Counter())
    assert isinstance(built, dict)
    return built


class _Counter:
    """Numbers the slots in the order in which `flatten` listed the values."""

    def __init__(self) -> None:
        self.next = 0

    def slot(self, kind: type) -> Slot:
        self.next += 1
        return Slot(self.next - 1, kind)


def _build(shape: Any, counter: _Counter) -> Any:
    if shape is None:
        return None
    if isinstance(shape, type):
        return counter.slot(shape)
    match shape[0]:
        case "{":
            return {shape[i]: _build(shape[i + 1], counter) for i in range(1, len(shape), 2)}
        case "same":
            return Slot(shape[1], shape[2])
        case "[":
            return [_build(item, counter) for item in shape[1:]]
        case _:
            return shape[1]
