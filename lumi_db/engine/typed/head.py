"""The part of `typed.pyi` that is the same for every schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .names import TYPES, optional

# The engine is where this package is.
ENGINE = __name__.removesuffix(".typed.head")

_IMPORTS = f'''\
"""What the engine in the process adds to this client, for type checkers and editors only.

Written by lumi-db-datamodel; do not edit.
"""
# mypy: ignore-errors
# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
# ruff: noqa
# fmt: off

import datetime as _datetime
import decimal as _decimal
from builtins import bool as _bool, float as _float, int as _int, str as _str
from typing import (
    Any, AsyncGenerator, AsyncIterable, Awaitable, Callable, Generic, Iterable, List, Literal, Mapping, Optional,
    Sequence, Type, TypeVar, Union, overload,
)

from typing_extensions import LiteralString, Never, ReadOnly, Required, Self, TypedDict

from {ENGINE} import ClientStatistics as _ClientStatistics, QueryPlan as _QueryPlan
from {ENGINE}.events import (
    EventHub as _EventHub, LeakListener as _LeakListener, OperationListener as _OperationListener,
    QueryListener as _QueryListener,
)
from {ENGINE}.operation import LockStrength as _LockStrength
from {ENGINE}.transacting import Callback as _Callback

from . import actions as _actions, client as _client, enums as _enums, fields as _fields, models as _models
from . import types as _types
from ._transactions import AsyncTransactionManager as _TransactionManager
from ._types import BaseModelT as _BaseModelT
from .bases import _PrismaModel

_ModelT = TypeVar("_ModelT", bound=_PrismaModel)
_Result = TypeVar("_Result")

IsolationLevel = Literal["ReadUncommitted", "ReadCommitted", "RepeatableRead", "Serializable"]
'''

_FIXED = '''\
JsonPathFilter = TypedDict(
    "JsonPathFilter",
    {
        "path": List[_str], "equals": ReadOnly[object], "not": ReadOnly[object],
        "string_contains": ReadOnly[_str], "string_starts_with": ReadOnly[_str], "string_ends_with": ReadOnly[_str],
        "array_contains": ReadOnly[object], "array_starts_with": ReadOnly[object], "array_ends_with": ReadOnly[object],
        "lt": ReadOnly[object], "lte": ReadOnly[object], "gt": ReadOnly[object], "gte": ReadOnly[object],
        "mode": ReadOnly[_types.SortMode],
    },
    total=False,
)
_JsonFilter = Union[_fields.Json, _types.JsonFilter, JsonPathFilter]

class NullsOrder(TypedDict, total=False):
    """An order that says where nulls are."""
    sort: Required[ReadOnly[_types.SortOrder]]
    nulls: ReadOnly[Literal["first", "last"]]

_Sort = Union[_types.SortOrder, NullsOrder]

class _CountOrder(TypedDict):
    _count: ReadOnly[_Sort]
'''

_ORDERED = ("lt", "lte", "gt", "gte")
_LISTED = ("in", "not_in")
_TEXT = ("contains", "startswith", "endswith", "search")
# What can be asked of a field besides `equals` and `not`, by the field's type.
_OPERATORS: Mapping[str, tuple[str, ...]] = {
    "String": (*_LISTED, *_ORDERED, *_TEXT, "mode"),
    "Int": (*_LISTED, *_ORDERED),
    "BigInt": (*_LISTED, *_ORDERED),
    "Float": (*_LISTED, *_ORDERED),
    "Decimal": (*_LISTED, *_ORDERED),
    "DateTime": (*_LISTED, *_ORDERED),
    "Boolean": (),
    "Bytes": _LISTED,
}


def filter_types(name: str, type_: str, operators: Sequence[str] = _LISTED) -> str:
    """Write the filter of a field, and that of a field that may be null."""
    return _filter(f"_{name}Filter", type_, operators, null=False) + _filter(
        f"_{name}NullFilter", type_, operators, null=True
    )


def _filter(name: str, type_: str, operators: Sequence[str], *, null: bool) -> str:
    """Write one filter.

    Its lists are `Sequence` and may be changed, so that mypy sees at once that the filters of prisma-client-py are
    others: it compares two families of dictionaries that refer to each other in exponential time.
    """
    values = optional(f"Sequence[{type_}]") if null else f"Sequence[{type_}]"
    items = {"equals": optional(type_) if null else type_}
    items["not"] = f'Union[{"None, " if null else ""}{type_}, "{name}"]'
    for key in operators:
        items[key] = values if key in _LISTED else "_types.SortMode" if key == "mode" else type_
    written = ", ".join(f'"{key}": {item}' for key, item in items.items())
    return f'{name} = TypedDict("{name}", {{{written}}}, total=False)\n'


_FILTERS = (filter_types(name, TYPES[name], operators) for name, operators in _OPERATORS.items())

HEAD = "\n".join((_IMPORTS, _FIXED, *_FILTERS))
