"""A run of numbers whose rows are written together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from seed.bulk.world import World
from seed.tables import Row, Span, Table


@dataclass(frozen=True, slots=True)
class Block:
    """Hold the numbers of what a block's rows belong to."""

    world: World
    numbers: range

    def table(self, name: str, kind: str, rows: Iterable[Row], *, each: int = 1, field: str = "id") -> Table:
        """Make a table whose keys are ids of `kind`, `each` to a number at most; `field` holds them."""
        first = self.world.id(kind, self.numbers.start * each)
        last = self.world.id(kind, self.numbers.stop * each)
        return Table(name, list(rows), Span(field, first, last))
