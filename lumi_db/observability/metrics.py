"""Metrics of the databases of this process for Prometheus: counted by the engine, handed over when they are asked for.

Nothing is done for a metric while a query runs but what the engine counts anyway. `ClientMetrics` is a collector that
brings the library's own metrics up to date before they are read, so that its modes, several processes too, work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Protocol
from weakref import WeakKeyDictionary

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge
from prometheus_client import Histogram as PrometheusHistogram
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from lumi_db.config import child_environment
from lumi_db.engine import BOUNDS, ClientStatistics, Histogram
from lumi_db.observability.incidents import Incidents, place_of

BUCKETS = tuple(bound / 1000 for bound in BOUNDS[1:])
"""Upper bounds in seconds."""
FLUSHED_EVERY = 1.0
"""Seconds between two updates where several processes share their metrics by files."""


class Source(Protocol):
    """What a database offers: None for the statistics while it is closed."""

    incidents: Incidents

    def statistics(self) -> ClientStatistics | None: ...


class _Durations(PrometheusHistogram):
    """A histogram of the library that takes what was counted elsewhere, many at a time."""

    def add(self, counts: Sequence[int], total: float) -> None:
        for bucket, count in zip(self._buckets, counts, strict=True):
            if count:
                bucket.inc(count)
        self._sum.inc(total)


class _Last:
    """What a source had counted when it was last looked at; `since` is that of its statistics."""

    def __init__(self, since: float = 0.0) -> None:
        self.since = since
        self._counts: dict[object, float] = {}
        self._histograms: dict[object, tuple[list[int], float]] = {}

    def more(self, key: object, count: float) -> float:
        """Return by how much a count has grown."""
        before, self._counts[key] = self._counts.get(key, 0), count
        return count - before

    def more_of(self, key: object, histogram: Histogram) -> tuple[list[int], float]:
        """Return by how much a histogram has grown: counts for `BUCKETS` and longer, and seconds."""
        counts = [histogram.counts[0] + histogram.counts[1], *histogram.counts[2:]]
        total = histogram.total / 1000
        before, seconds = self._histograms.get(key, ([0] * len(counts), 0.0))
        self._histograms[key] = counts, total
        return [now - then for now, then in zip(counts, before, strict=True)], total - seconds


class ClientMetrics(Collector):
    """The metrics of one registry; `ClientMetrics.of(registry)` makes them once."""

    _made: ClassVar[WeakKeyDictionary[CollectorRegistry, ClientMetrics]] = WeakKeyDictionary()

    @classmethod
    def of(cls, registry: CollectorRegistry = REGISTRY) -> ClientMetrics:
        if registry not in cls._made:
            cls._made[registry] = cls(registry)
        return cls._made[registry]

    def __init__(self, registry: CollectorRegistry) -> None:
        self._incidents: dict[Source, _Last] = {}
        self._statistics: dict[Source, _Last] = {}
        # it comes first, so that the others are up to date when their turn comes
        registry.register(self)

        def counter(name: str, text: str, *labels: str) -> Counter:
            return Counter(f"lumi_db_{name}", text, labels, registry=registry)

        def gauge(name: str, text: str, *labels: str, mode: Any = "livesum") -> Gauge:
            return Gauge(f"lumi_db_{name}", text, labels, registry=registry, multiprocess_mode=mode)

        def durations(name: str, text: str, *labels: str) -> _Durations:
            return _Durations(f"lumi_db_{name}_seconds", text, labels, registry=registry, buckets=BUCKETS)

        self._operations = durations(
            "operation_duration", "Calls of the client that ended", "model", "action"
        )
        self._statements = durations("statement_duration", "SQL statements")
        self._waits = durations("pool_wait", "Waits for a connection")
        self._errors = counter("operation_errors", "Calls that failed", "model", "action", "code")
        self._slow = counter("slow_queries", "Statements over SLOW_QUERY_MS", "model", "action")
        self._timeouts = counter("query_timeouts", "Statements over their time limit", "model", "action")
        self._pool_timeouts = counter("pool_timeouts", "Waits for a connection that were given up (P2024)")
        self._leaks = counter("leaked_connections", "Connections held longer than DATABASE_LEAK_MS")
        self._opened = counter("pool_connections_opened", "Connections opened")
        self._closed = counter("pool_connections_closed", "Connections closed or lost")
        self._transactions = counter("transactions", "Interactive transactions that ended", "outcome")
        self._retried = counter("transactions_retried", "Transactions run again after a conflict")
        self._hits = counter("plan_cache_hits", "Calls whose plan was kept from one of the same shape")
        self._misses = counter("plan_cache_misses", "Calls whose plan was made")
        self._connections = gauge("pool_connections", "Connections of the pool", "state")
        self._maximum = gauge("pool_connections_max", "Connections the pool may have")
        self._waiting = gauge("pool_waiting", "Tasks that wait for a connection")
        self._open = gauge("transactions_open", "Interactive transactions that are open")
        self._oldest = gauge("transaction_oldest_seconds", "Age of the oldest of them", mode="livemax")
        self._active = gauge("operations_active", "Calls that run now")
        self.flush()

    def watch(self, source: Source) -> None:
        """Count what a database does from now on, and what it has done since it was opened."""
        self._incidents.setdefault(source, _Last())

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterable[Metric]:
        """Bring all up to date; the metrics themselves follow in the registry."""
        self.flush()
        return ()

    def flush(self) -> None:
        """Add what was counted since the last time."""
        found: list[ClientStatistics] = []
        for source, last in list(self._incidents.items()):
            self._add_incidents(source.incidents, last)
            statistics = source.statistics()
            if statistics is not None:
                found.append(statistics)
                self._retried.inc(last.more(self._retried, statistics.retried))
                self._add(statistics, self._last(source, statistics))
        self._set(found)

    def _last(self, source: Source, statistics: ClientStatistics) -> _Last:
        """Return what the connected client had counted; one that is connected anew begins at nothing."""
        last = self._statistics.get(source)
        if last is None or last.since != statistics.since:
            last = self._statistics[source] = _Last(statistics.since)
        return last

    def _add(self, statistics: ClientStatistics, last: _Last) -> None:
        for (action, model), histogram in statistics.calls.items():
            labels = place_of(model, action)
            self._operations.labels(*labels).add(*last.more_of(labels, histogram))
        pool = statistics.pool
        self._statements.add(*last.more_of("statements", pool.statements))
        self._waits.add(*last.more_of("waits", pool.waits))
        for outcome, count in pool.outcomes.items():
            self._transactions.labels(outcome).inc(last.more(outcome, count))
        for counter, count in (
            (self._opened, pool.opened),
            (self._closed, pool.closed),
            (self._hits, statistics.plan_hits),
            (self._misses, statistics.plan_misses),
        ):
            counter.inc(last.more(counter, count))

    def _add_incidents(self, incidents: Incidents, last: _Last) -> None:
        by_labels: tuple[tuple[Counter, Mapping[Any, int]], ...] = (
            (self._slow, incidents.slow),
            (self._errors, incidents.errors),
            (self._timeouts, incidents.timeouts),
        )
        for counter, counts in by_labels:
            for labels, count in list(counts.items()):
                counter.labels(*labels).inc(last.more((counter, labels), count))
        self._pool_timeouts.inc(last.more(self._pool_timeouts, incidents.pool_timeouts))
        self._leaks.inc(last.more(self._leaks, incidents.leaks))

    def _set(self, found: Sequence[ClientStatistics]) -> None:
        pools = [one.pool for one in found]
        self._connections.labels("busy").set(sum(one.busy for one in pools))
        self._connections.labels("idle").set(sum(one.idle for one in pools))
        self._maximum.set(sum(one.maximum for one in pools))
        self._waiting.set(sum(one.waiting for one in pools))
        self._open.set(sum(one.transactions for one in pools))
        self._oldest.set(max((one.oldest_transaction for one in pools), default=0.0))
        self._active.set(sum(one.active for one in found))


class Flushing:
    """Keeps the metrics of one open database up to date for other processes, as long as its event loop runs."""

    def __init__(self, metrics: ClientMetrics) -> None:
        self._metrics = metrics
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Begin where processes share their metrics by files; elsewhere they are up to date when they are read."""
        if multiprocess_folder() is not None:
            self._tick()

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._metrics.flush()

    def _tick(self) -> None:
        self._metrics.flush()
        self._timer = asyncio.get_running_loop().call_later(FLUSHED_EVERY, self._tick)


def multiprocess_folder() -> str | None:
    """Return the folder by which prometheus_client shares the metrics of several processes, if it does."""
    return child_environment().get("PROMETHEUS_MULTIPROC_DIR") or None
