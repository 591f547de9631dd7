"""Which of many equal messages are logged, so that a storm cannot flood the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from time import monotonic

MOST_KINDS = 1_000


class Sampler:
    """Lets `of_a_kind` messages of one kind pass in each `period` seconds, and `in_all` of all kinds together."""

    def __init__(
        self,
        *,
        of_a_kind: int = 5,
        in_all: int = 60,
        period: float = 60.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._of_a_kind = of_a_kind
        self._in_all = in_all
        self._period = period
        self._clock = clock
        self._until = clock() + period
        self._passed: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()

    def admit(self, kind: str) -> int | None:
        """Return how many of this kind were left out since the last one that passed; None to leave it out."""
        now = self._clock()
        if now >= self._until:
            self._until = now + self._period
            self._passed.clear()
        if self._passed[kind] >= self._of_a_kind or self._passed.total() >= self._in_all:
            if kind in self._left_out or len(self._left_out) < MOST_KINDS:
                self._left_out[kind] += 1
            return None
        self._passed[kind] += 1
        return self._left_out.pop(kind, 0)
