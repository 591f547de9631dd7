"""`/metrics` for any ASGI application: `app.mount("/metrics", metrics_app())`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from prometheus_client import REGISTRY, CollectorRegistry, make_asgi_app
from prometheus_client.multiprocess import MultiProcessCollector

from lumi_db.observability.metrics import ClientMetrics, multiprocess_folder

App = Callable[[Any, Any, Any], Awaitable[None]]


def metrics_app(registry: CollectorRegistry = REGISTRY) -> App:
    """Return an application that answers with the metrics of `registry`, the program's own ones included.

    With PROMETHEUS_MULTIPROC_DIR it answers for all processes that share that folder.
    """
    if multiprocess_folder() is None:
        return _typed(make_asgi_app(registry))
    metrics = ClientMetrics.of(registry)

    async def answer_for_all(scope: Any, receive: Any, send: Any) -> None:
        metrics.flush()
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        await _typed(make_asgi_app(shared))(scope, receive, send)

    return answer_for_all


def _typed(app: Any) -> App:
    made: App = app
    return made
