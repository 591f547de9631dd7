"""`get_metrics()` of the generated client, in Prisma's names and both of its forms.

https://www.prisma.io/docs/orm/v6/prisma-client/observability-and-logging/metrics
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Literal

from .call import RAW
from .driver.pool import PoolStats
from .errors import EngineError
from .histogram import Histogram
from .models import name_of

# https://prometheus.io/docs/concepts/data_model: names that begin with two underscores are its own.
# What is planned for its rows, every time.
_UNPLANNED = RAW | {"create_many", "create_many_and_return", "upsert_many", "load_many"}
_LABEL = re.compile(r"(?!__)[a-zA-Z_][a-zA-Z0-9_]*")


PRISMA_BOUNDS = (0.0, 1.0, 5.0, 10.0, 50.0, 100.0, 500.0, 1_000.0, 5_000.0, 50_000.0)
"""Upper bounds of Prisma's histograms, in milliseconds."""


class Durations(dict[tuple[str, type | None], Histogram]):
    """How long calls took, by action and model."""

    def __missing__(self, key: tuple[str, type | None]) -> Histogram:
        made = self[key] = Histogram()
        return made


class Calls:
    """The calls of one client: how many run now, and how long those that ended took, refused ones included.

    `since` tells one connected client from the next one.
    """

    __slots__ = ("active", "durations", "since")

    def __init__(self) -> None:
        self.active = 0
        self.since = perf_counter()
        self.durations = Durations()

    def add(self, action: str, model: type | None, seconds: float) -> None:
        """Count a call that ended. That of raw SQL has no model: its caller may make up as many as he likes."""
        self.durations[action, None if action in RAW else model].add(seconds)

    def total(self) -> Histogram:
        """Return all durations in one."""
        total = Histogram()
        for one in self.durations.values():
            total.add_all(one)
        return total


@dataclass(frozen=True, slots=True)
class ClientStatistics:
    """What one client has counted since it was connected; the histograms and counts go on counting.

    `calls` are those that ended, refused ones included, by action and model (None: raw SQL); `active` run now.
    `plan_hits` found the plan of their shape, `plan_misses` had it made. `retried` counts transactions that were run
    again, in all clients that share their events. `since` is when the client was connected, by `perf_counter`.
    """

    calls: Mapping[tuple[str, str | None], Histogram]
    active: int
    pool: PoolStats
    plan_hits: int
    plan_misses: int
    retried: int
    since: float


def statistics_of(calls: Calls, pool: PoolStats, *, plan_misses: int, retried: int) -> ClientStatistics:
    """Sum up what was counted by class of the caller's models: two classes of one model are one."""
    by_name: dict[tuple[str, str | None], Histogram] = {}
    for (action, model), histogram in list(calls.durations.items()):
        by_name.setdefault((action, name_of(model)), Histogram()).add_all(histogram)
    planned = sum(sum(one.counts) for (action, _), one in by_name.items() if action not in _UNPLANNED)
    return ClientStatistics(
        by_name, calls.active, pool, max(0, planned - plan_misses), plan_misses, retried, calls.since
    )


@dataclass(frozen=True, slots=True)
class Metric:
    """One line of the table below."""

    key: str
    description: str
    kind: Literal["counter", "gauge", "histogram"]
    value: float | Histogram


def list_metrics(calls: Calls, stats: PoolStats) -> list[Metric]:
    """List all that is counted, in Prisma's order: counters, gauges, histograms; times in milliseconds."""
    durations = calls.total()
    totals = (
        ("prisma_client_queries_total", "Client queries that ended", sum(durations.counts)),
        ("prisma_datasource_queries_total", "SQL statements sent", sum(stats.statements.counts)),
        ("prisma_pool_connections_closed_total", "Pool connections closed so far", stats.closed),
        ("prisma_pool_connections_opened_total", "Pool connections opened so far", stats.opened),
    )
    gauges = (
        ("prisma_client_queries_active", "Client queries running now", calls.active),
        ("prisma_client_queries_wait", "Operations waiting for a connection", stats.waiting),
        ("prisma_client_transactions_active", "Open interactive transactions", stats.transactions),
        ("prisma_pool_connections_busy", "Pool connections in use", stats.busy),
        ("prisma_pool_connections_idle", "Pool connections not in use", stats.idle),
        ("prisma_pool_connections_open", "Pool connections open or being opened", stats.size),
    )
    histograms = (
        ("prisma_client_queries_duration_histogram_ms", "Durations of client queries", durations),
        ("prisma_client_queries_wait_histogram_ms", "Waits for a connection", stats.waits),
        ("prisma_datasource_queries_duration_histogram_ms", "Durations of SQL statements", stats.statements),
    )
    return [
        *(Metric(key, text, "counter", value) for key, text, value in totals),
        *(Metric(key, text, "gauge", value) for key, text, value in gauges),
        *(Metric(key, text, "histogram", value) for key, text, value in histograms),
    ]


def metrics_as_json(metrics: list[Metric], labels: Mapping[str, str]) -> dict[str, Any]:
    """Return what the generated client makes its `Metrics` of. A bucket counts what is in it alone."""
    found: dict[str, Any] = {"counters": [], "gauges": [], "histograms": []}
    for metric in metrics:
        value = metric.value if isinstance(metric.value, float | int) else _as_buckets(metric.value)
        found[f"{metric.kind}s"].append(
            {"key": metric.key, "value": value, "labels": dict(labels), "description": metric.description}
        )
    return found


def _as_buckets(histogram: Histogram) -> dict[str, Any]:
    buckets = [
        list(pair) for pair in zip(PRISMA_BOUNDS, histogram.counts_within(PRISMA_BOUNDS), strict=False)
    ]
    return {"buckets": buckets, "sum": histogram.total, "count": sum(histogram.counts)}


def metrics_as_text(metrics: list[Metric], labels: Mapping[str, str]) -> str:
    """Return Prometheus' text format, whose buckets count all that is shorter too.

    Raises EngineError P2009 for a label that Prometheus would not read.
    """
    # It takes 40 ms to import, and few programs ask for this form.
    from prometheus_client import generate_latest

    for name in labels:
        if not _LABEL.fullmatch(name) or name == "le":
            reason = "must be letters, digits and _, not begin with a digit or __, and not be le"
            raise EngineError("P2009", f"A name in global_labels {reason}.", {"label": name})
    return generate_latest(_Collector(metrics, labels)).decode()


class _Collector:
    """What prometheus_client asks for the metrics."""

    def __init__(self, metrics: list[Metric], labels: Mapping[str, str]) -> None:
        self._metrics = metrics
        self._names = list(labels)
        self._values = [str(value) for value in labels.values()]

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

        for metric in self._metrics:
            if isinstance(metric.value, Histogram):
                family = HistogramMetricFamily(metric.key, metric.description, labels=self._names)
                family.add_metric(self._values, _cumulated(metric.value), metric.value.total)
                yield family
                continue
            kind = CounterMetricFamily if metric.kind == "counter" else GaugeMetricFamily
            scalar = kind(metric.key, metric.description, labels=self._names)
            scalar.add_metric(self._values, metric.value)
            yield scalar


def _cumulated(histogram: Histogram) -> list[tuple[str, float]]:
    so_far, pairs = 0, []
    counts = histogram.counts_within(PRISMA_BOUNDS)
    for bound, count in zip((*map(_shown, PRISMA_BOUNDS), "+Inf"), counts, strict=True):
        so_far += count
        pairs.append((bound, float(so_far)))
    return pairs


def _shown(bound: float) -> str:
    return f"{bound:g}"
