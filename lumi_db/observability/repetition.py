"""Queries that a loop repeats for every row (the "N+1" problem): told by the line that sends one over and over."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from loguru import logger

from lumi_db.engine import QueryEvent
from lumi_db.observability.query_log import name_of, shorten

REMEDY = "fetch them at once, by `include`, by `in`, or by find_unique on client.batching()"
# Between two of one loop there is less, and so they are told from those of one request after another.
LONGEST_PAUSE = 0.25
MOST_KEPT = 1_000
_READS = ("find_", "count", "aggregate", "group_by", "query_")


@dataclass(slots=True)
class _Run:
    count: int
    last_at: float
    is_told: bool = False


class RepetitionWatch:
    """A listener that warns, once for each line, when the same read is sent `limit` times in a row from there."""

    def __init__(self, limit: int, *, clock: Callable[[], float] = monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._runs: OrderedDict[tuple[object, ...], _Run] = OrderedDict()

    def on_query(self, event: QueryEvent) -> None:
        """Count a statement, and warn if it is one too many."""
        if event.caller is None or not is_read(event):
            return
        now, key = self._clock(), (event.caller, event.sql, event.trace_id)
        run = self._runs.setdefault(key, _Run(0, now))
        self._runs.move_to_end(key)
        if len(self._runs) > MOST_KEPT:
            self._runs.popitem(last=False)
        run.count = run.count + 1 if now - run.last_at <= LONGEST_PAUSE else 1
        run.last_at = now
        if run.count >= self._limit and not run.is_told:
            run.is_told = True
            logger.bind(event="repeated_query", caller=str(event.caller), sql=event.sql).warning(
                "Repeated query: {} sent {} {} times in a row: {}: {}",
                event.caller, name_of(event), run.count, REMEDY, shorten(event.sql),
            )  # fmt: skip


class Repetitions:
    """A listener that counts reads by line and SQL, for tests."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def on_query(self, event: QueryEvent) -> None:
        if is_read(event):
            self._counts[str(event.caller), name_of(event), event.sql] += 1

    def list_above(self, most: int) -> list[str]:
        """Return a sentence for every line that sent the same read more than `most` times."""
        return [
            f"{caller} sent {name} {count} times: {REMEDY}: {shorten(sql)}"
            for (caller, name, sql), count in self._counts.items()
            if count > most
        ]


def is_read(event: QueryEvent) -> bool:
    """Tell whether a statement is of a call that only reads: what a loop writes has other remedies."""
    return event.action.startswith(_READS)
