"""Filters on what lies inside Json: at a path, or the whole value.

Rules: https://www.prisma.io/docs/orm/prisma-client/special-fields-and-types/working-with-json-fields
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..condition import Compare, Condition, Not
from ..datamodel import Field
from ..operators import DIFFERS, JSON_MISSING, JSON_OPERATORS, OPERATORS, Operator
from ..shape import Slot
from ..sources import Constant, SlotValue, Source
from ..values import accepts, to_json_path, to_jsonb, to_ordered_jsonb, to_text
from .common import Node, refused, unknown_field, wrong_type
from .conditions import all_of, like

_KNOWN = ("path", "equals", "not", "mode", *JSON_OPERATORS)
_ORDERED = ("lt", "lte", "gt", "gte")
_PLAIN = (str, int, float, bool, list)


def is_json_filter(field: Field, node: Node) -> bool:
    """Whether a filter looks into Json; `equals` and `not` alone compare the whole of it, as on any field."""
    return (
        field.type == "Json" and not field.is_list and not node.keys().isdisjoint(("path", *JSON_OPERATORS))
    )


def bind_json_filter(field: Field, node: Node, path: str) -> Condition | None:
    """Bind operators that must all hold for the value at `path`."""
    at = _place(node["path"], f"{path}.path") if node.get("path") is not None else None
    insensitive = _is_insensitive(node, path)
    found = [key for key in node if key not in ("path", "mode")]
    if not found:
        raise refused(f"{path}.path", "it needs an operator beside it, such as `equals`.")
    return all_of(_compare(field, key, node[key], f"{path}.{key}", at, insensitive) for key in found)


def _place(node: Any, path: str) -> Source:
    if node == []:
        return Constant([])
    if not isinstance(node, Slot) or node.type is not list:
        raise wrong_type(path, "a list of str", node)
    return SlotValue(node.index, to_json_path, path)


def _is_insensitive(node: Node, path: str) -> bool:
    mode = node.get("mode")
    if mode is None:
        return False
    texts = [key for key in node if str(key).startswith("string_")]
    if mode not in ("default", "insensitive") or not texts:
        raise wrong_type(f"{path}.mode", "'default' or 'insensitive', beside a `string_…`", mode)
    return bool(mode == "insensitive")


def _compare(field: Field, key: str, node: Any, path: str, at: Source | None, insensitive: bool) -> Condition:
    if key in ("equals", "not"):
        return _equals(field, node, path, at, differs=key == "not")
    operator = JSON_OPERATORS.get(key)
    if operator is None:
        raise unknown_field(path, "a filter on Json", _KNOWN)
    return Compare(field, operator, _operand(field, key, operator, node, path), insensitive, at)


def _equals(field: Field, node: Any, path: str, at: Source | None, *, differs: bool) -> Condition:
    if node is None:
        missing = Compare(field, JSON_MISSING, Constant(True), path=at)
        return Not(missing) if differs else missing
    operator = DIFFERS if differs else OPERATORS["equals"]
    return Compare(field, operator, _json(field, to_jsonb, node, path), path=at)


def _operand(field: Field, key: str, operator: Operator, node: Any, path: str) -> Source:
    if operator.pattern is None:
        return _json(field, to_ordered_jsonb if key in _ORDERED else to_jsonb, node, path)
    if not isinstance(node, Slot) or not issubclass(node.type, str):
        raise wrong_type(path, "a str", node)
    return SlotValue(node.index, like(operator.pattern, to_text), path)


def _json(field: Field, convert: Callable[[Any], str], node: Any, path: str) -> Source:
    """Bind a `Json`, or a plain value that needs none: dictionaries do, whose keys would be taken for filters."""
    if node == []:
        return Constant("[]")
    if not isinstance(node, Slot) or not (issubclass(node.type, _PLAIN) or accepts(field, node.type)):
        raise wrong_type(path, "a Json(...) value, a str, a number, True, False or a list of such", node)
    return SlotValue(node.index, convert, path)
