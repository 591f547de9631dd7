"""The tree of a plan, as EXPLAIN (FORMAT JSON) gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]
"""A node: its keys are EXPLAIN's ("Node Type", "Plan Rows" …), and "Plans" are the nodes below it."""

Path = tuple[Node, ...]
"""The nodes above a node, from the root down."""


def walk(node: Node, above: Path = ()) -> Iterator[tuple[Node, Path]]:
    """Give a node and all below it, each with the nodes above it."""
    yield node, above
    for child in node.get("Plans", ()):
        yield from walk(child, (*above, node))
