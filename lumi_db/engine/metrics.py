"""`get_metrics()` of the generated client, in Prisma's names and both of its forms.

https://www.prisma.io/docs/orm/v6/prisma-client/observability-and-logging/metrics
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .driver.pool import PoolStats
from .errors import EngineError
from .histogram import BOUNDS, Histogram

# https://prometheus.io/docs/concepts/data_model: names that begin with two underscores are its own.
_LABEL = re.compile(r"(?!__)[a-zA-Z_][a-zA-Z0-9_]*")


class Calls:
    """The calls of one client: how many run now, and how long those that ended took, refused ones included."""

    __slots__ = ("active", "durations")

    def __init__(self) -> None:
        self.active = 0
        self.durations = Histogram()


@dataclass(frozen=True, slots=True)
class Metric:
    """One line of the table below."""

    key: str
    description: str
    kind: Literal["counter", "gauge", "histogram"]
    value: float | Histogram


def list_metrics(calls: Calls, stats: PoolStats) -> list[Metric]:
    """List all that is counted, in Prisma's order: counters, gauges, histograms; times in milliseconds."""
    totals = (
        ("prisma_client_queries_total", "Client queries that ended", sum(calls.durations.counts)),
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
        ("prisma_client_queries_duration_histogram_ms", "Durations of client queries", calls.durations),
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
    buckets = [list(pair) for pair in zip(BOUNDS, histogram.counts, strict=False)]
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
    for bound, count in zip((*map(_shown, BOUNDS), "+Inf"), histogram.counts, strict=True):
        so_far += count
        pairs.append((bound, float(so_far)))
    return pairs


def _shown(bound: float) -> str:
    return f"{bound:g}"
