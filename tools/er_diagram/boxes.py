"""How large the boxes are, and where in them their rows and columns stand."""

from __future__ import annotations

from dataclasses import dataclass

from .diagram import Box, Diagram
from .font import text_width

PADDING = 10
GAP = 14
# a font that is wider than Inter still fits
SPARE = 1.06


@dataclass(frozen=True, slots=True)
class Sizes:
    """Heights and text sizes of a kind of diagram, in pixels."""

    header: int
    row: int
    title: float
    text: float
    key: float
    has_types: bool


DETAILED = Sizes(header=28, row=20, title=13, text=12, key=11, has_types=True)
BRIEF = Sizes(header=26, row=20, title=12.5, text=11.5, key=11, has_types=False)


@dataclass(frozen=True, slots=True)
class Measured:
    """A box with its size; columns are distances from its left side."""

    box: Box
    width: int
    height: int
    name_at: int
    type_at: int


def sizes_of(diagram: Diagram) -> Sizes:
    """Return the sizes of an overview, or of an area."""
    return BRIEF if diagram.is_overview else DETAILED


def measure(box: Box, sizes: Sizes) -> Measured:
    """Return how large a box is with these sizes."""
    if box.is_stub:
        return _measure_stub(box, sizes)
    title = text_width(box.id, size=sizes.title, weight=600) * SPARE
    keys = _widest([row.keys for row in box.rows], sizes.key, weight=600)
    name_at = _round(PADDING + keys + 8)
    type_at = _round(name_at + _widest([row.name for row in box.rows], sizes.text) + GAP)
    right = (
        type_at + _widest([row.type for row in box.rows], sizes.text) if sizes.has_types else type_at - GAP
    )
    width = _round(max(right, PADDING + title) + PADDING)
    return Measured(box, width, sizes.header + sizes.row * len(box.rows) + 4, name_at, type_at)


def _measure_stub(box: Box, sizes: Sizes) -> Measured:
    widest = _widest([row.name for row in box.rows], sizes.text, weight=600)
    return Measured(box, _round(widest + 2 * PADDING + 4), sizes.row * len(box.rows) + 8, PADDING + 2, 0)


def row_middle(box: Box, row: str, sizes: Sizes) -> float:
    """Return how far below the top of a box the middle of a row is."""
    index = next(index for index, one in enumerate(box.rows) if one.name == row)
    above = 4 if box.is_stub else sizes.header + 1
    return above + sizes.row * (index + 0.5)


def _widest(texts: list[str], size: float, *, weight: int = 400) -> float:
    return max(text_width(text, size=size, weight=weight) for text in texts) * SPARE


def _round(width: float) -> int:
    # even numbers, so that halves are whole
    return 2 * round(width / 2 + 0.5)
