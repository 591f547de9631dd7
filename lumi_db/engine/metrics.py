"""`get_metrics()` of the generated client: what the pool knows, in Prisma's names.

https://www.prisma.io/docs/orm/prisma-client/observability-and-logging/metrics
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .driver.pool import PoolStats

Gauge = tuple[str, str, float]


def read_gauges(stats: PoolStats) -> list[Gauge]:
    """List the pool's gauges: key, description, value."""
    return [
        ("prisma_client_queries_wait", "Operations waiting for a connection", stats.waiting),
        ("prisma_client_transactions_active", "Open interactive transactions", stats.transactions),
        ("prisma_pool_connections_busy", "Pool connections in use", stats.busy),
        ("prisma_pool_connections_idle", "Pool connections not in use", stats.idle),
        ("prisma_pool_connections_open", "Pool connections open or being opened", stats.size),
    ]


def metrics_as_json(stats: PoolStats, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return what the generated client makes its `Metrics` of. Counters and histograms are not kept."""
    gauges = [
        {"key": key, "value": value, "labels": dict(labels), "description": description}
        for key, description, value in read_gauges(stats)
    ]
    return {"counters": [], "gauges": gauges, "histograms": []}


def metrics_as_text(stats: PoolStats, labels: Mapping[str, str]) -> str:
    """Return the gauges in Prometheus' text format."""
    shown = ",".join(f'{name}="{_escape(value)}"' for name, value in labels.items())
    suffix = f"{{{shown}}}" if shown else ""
    return "".join(
        f"# HELP {key} {description}\n# TYPE {key} gauge\n{key}{suffix} {value:g}\n"
        for key, description, value in read_gauges(stats)
    )


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
