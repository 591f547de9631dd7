"""Counting durations in buckets, for a fraction of a microsecond each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import inf

# Upper bounds in milliseconds: those of Prisma's engine, and finer ones between them.
BOUNDS = (0.0, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 5_000.0, 50_000.0)


class Histogram:
    """Durations by bucket; `counts` has one place more than `BOUNDS`, for what is longer than all of them."""

    __slots__ = ("counts", "total")

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        """Count one duration."""
        milliseconds = seconds * 1000.0
        self.counts[bisect_left(BOUNDS, milliseconds)] += 1
        self.total += milliseconds

    def add_all(self, other: Histogram) -> None:
        """Count all that `other` has counted."""
        self.counts = [mine + its for mine, its in zip(self.counts, other.counts, strict=True)]
        self.total += other.total

    def counts_within(self, bounds: Sequence[float]) -> list[int]:
        """Return the counts by fewer bounds, all of which are in `BOUNDS`; the last one counts what is longer."""
        coarse = [0] * (len(bounds) + 1)
        for bound, count in zip((*BOUNDS, inf), self.counts, strict=True):
            coarse[bisect_left(bounds, bound)] += count
        return coarse

    def add_none(self) -> None:
        """Count a duration of nothing: cheaper than measuring that something took no time."""
        self.counts[0] += 1
