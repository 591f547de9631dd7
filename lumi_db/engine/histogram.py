"""Counting durations in Prisma's buckets, for a fraction of a microsecond each."""

from __future__ import annotations

from bisect import bisect_left

# Upper bounds in milliseconds, as Prisma's engine has them.
BOUNDS = (0.0, 1.0, 5.0, 10.0, 50.0, 100.0, 500.0, 1_000.0, 5_000.0, 50_000.0)


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

    def add_none(self) -> None:
        """Count a duration of nothing: cheaper than measuring that something took no time."""
        self.counts[0] += 1
