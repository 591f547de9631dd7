"""Numbers over rows: those of aggregate and of each group, `_sum.price` and the like in dictionaries of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..operation import Aggregate, GroupBy, Totals

Rows = Sequence[Mapping[str, Any]]


class Groups:
    """Builds the dictionaries of group_by."""

    __slots__ = ("_whole",)

    def __init__(self, group: GroupBy) -> None:
        self._whole = _whole_sums(group.aggregates)

    def all(self, rows: Rows, _model: Any) -> list[dict[str, Any]]:
        return [_parted(row, self._whole) for row in rows]


class Sums:
    """Builds the dictionary of aggregate."""

    __slots__ = ("_bare_count", "_whole")

    def __init__(self, totals: Totals) -> None:
        self._whole = _whole_sums(totals.aggregates)
        self._bare_count = totals.bare_count

    def only(self, rows: Rows, _model: Any) -> dict[str, Any]:
        found = _parted(rows[0], self._whole)
        if self._bare_count:
            found["_count"] = found["_count"]["_all"]
        return found


def _whole_sums(aggregates: Iterable[Aggregate]) -> set[tuple[str, str]]:
    """List the sums of whole numbers, which PostgreSQL gives as numeric."""
    return {
        (f"_{one.function}", one.field.name)
        for one in aggregates
        if one.function == "sum" and one.field is not None and one.field.type in ("Int", "BigInt")
    }


def _parted(row: Mapping[str, Any], whole: set[tuple[str, str]]) -> dict[str, Any]:
    parted: dict[str, Any] = {}
    for name, value in row.items():
        function, dot, field = name.partition(".")
        if not dot:
            parted[name] = value
        elif value is not None and (function, field) in whole:
            parted.setdefault(function, {})[field] = int(value)
        else:
            parted.setdefault(function, {})[field] = value
    return parted
