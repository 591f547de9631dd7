"""Whether a plan is good: it uses the indexes that are meant, reads no large table whole and sorts little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .read import Read

LARGE_TABLE = 5_000
LARGE_SORT = 20_000
"""Rows from which a table is not to be read whole, and a list not to be sorted before its first page."""


def nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return a plan's node and all below it."""
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def indexes_in(plans: Iterable[Mapping[str, Any]]) -> set[str]:
    return {node["Index Name"] for plan in plans for node in nodes(plan) if "Index Name" in node}


def problems_of(read: Read, plans: Sequence[Mapping[str, Any]], sizes: Mapping[str, float]) -> list[str]:
    """Return what is wrong with the plans of a read; `sizes` are the tables' numbers of rows."""
    used = indexes_in(plans)
    found = [
        f"{name} is not used, but {', '.join(sorted(used)) or 'none'}"
        for name in read.indexes
        if used.isdisjoint(name.split("|"))
    ]
    for node in (node for plan in plans for node in nodes(plan)):
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] not in read.scans:
            table = node["Relation Name"]
            if sizes.get(table, 0) >= LARGE_TABLE:
                found.append(f"{table} is read whole")
        if node["Node Type"] == "Sort" and node["Plans"][0]["Plan Rows"] >= LARGE_SORT and not read.scans:
            found.append(f"{node['Plans'][0]['Plan Rows']} rows are sorted by {', '.join(node['Sort Key'])}")
    return found
