"""Which index would serve a scan: the columns it asks for, in the order that a B-tree can use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .conditions import EMPTY, EQUAL, FLAG, RANGE, Condition, column_of, read_conditions
from .plan_nodes import Node, Path

# What hands rows on in the order it gets them.
_KEEPS_ORDER = frozenset(
    {"Limit", "Gather Merge", "Gather", "Result", "Subquery Scan", "LockRows", "ProjectSet"}
)
_DIRECTION = re.compile(r"^(.*?)((?: DESC)?(?: NULLS (?:FIRST|LAST))?)$", re.DOTALL)


def propose_columns(scan: Node, above: Path) -> tuple[str, ...]:
    """Return the columns of an index for a scan of a table, none where no B-tree would help.

    Those compared by = come first, then those that must be true, false or null; then, where only the first rows of an
    order are wanted, the order's, and last the one with a range, since a B-tree narrows by one range only. `above`
    are the nodes from the root down to the scan.
    """
    found = _conditions(scan, above)
    kinds = (EQUAL, FLAG, EMPTY, RANGE)
    equal, flags, empty, ranges = ([one.column for one in found if one.kind == kind] for kind in kinds)
    order = find_order(scan, above)
    # by `is null` alone most rows would be found
    if not (equal or flags or ranges or order):
        return ()
    return tuple(dict.fromkeys([*equal, *flags, *empty, *order, *ranges[:1]]))


def _conditions(scan: Node, above: Path) -> tuple[Condition, ...]:
    alias = scan.get("Alias")
    texts = [scan.get(name) for name in ("Index Cond", "Recheck Cond", "Filter")]
    joins = _joins(scan, above)
    found = [one for text in (*texts, *joins) if text for one in read_conditions(text, alias=alias)]
    return tuple(dict.fromkeys(found))


def _joins(scan: Node, above: Path) -> Iterable[str | None]:
    """Give the condition of the nested loop whose inner side is the scan, alone or kept in memory."""
    inner: Node = scan
    for node in reversed(above):
        if node["Node Type"] == "Nested Loop" and inner.get("Parent Relationship") == "Inner":
            return (node.get("Join Filter"),)
        if node["Node Type"] not in ("Materialize", "Memoize"):
            break
        inner = node
    return ()


def find_order(scan: Node, above: Path) -> tuple[str, ...]:
    """Return the columns of the sort above the scan if only its first rows are wanted, else none."""
    names = [node["Node Type"] for node in above]
    for place in range(len(above) - 1, -1, -1):
        if names[place] in ("Sort", "Incremental Sort"):
            is_first = "Limit" in names[:place] and set(names[_last(names, place) : place]) <= _KEEPS_ORDER
            return _sort_columns(above[place]["Sort Key"], scan.get("Alias")) if is_first else ()
        if names[place] not in _KEEPS_ORDER:
            return ()
    return ()


def _last(names: Sequence[str], place: int) -> int:
    return max(index for index in range(place) if names[index] == "Limit")


def _sort_columns(keys: Sequence[str], alias: str | None) -> tuple[str, ...]:
    """Return the keys as columns; none where one is not the table's, or where they go in several directions."""
    parts = [found for key in keys if (found := _DIRECTION.match(key))]
    columns = [column_of(one[1], alias=alias) for one in parts]
    # a B-tree is read backwards as well, but all of it
    if any(one is None for one in columns) or len({one[2] for one in parts}) != 1:
        return ()
    return tuple(one for one in columns if one)
