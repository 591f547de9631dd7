"""The listeners that every database has."""

from __future__ import annotations

from pathlib import Path

from lumi_db.config import Settings, project_root
from lumi_db.engine import EventHub
from lumi_db.observability.incidents import Incidents
from lumi_db.observability.query_log import QueryLog
from lumi_db.observability.repetition import RepetitionWatch
from lumi_db.observability.slow_queries import SlowQueries

SLOW_QUERIES = ".lumi/slow-queries"


def slow_query_folder(settings: Settings) -> Path:
    """Return the folder in which programs keep their slow queries."""
    return settings.slow_query_dir or project_root() / SLOW_QUERIES


def observe(hub: EventHub, settings: Settings, incidents: Incidents) -> SlowQueries:
    """Let the log, the counts and, in development, the watch for repeated queries listen; return the slow queries."""
    slow = settings.slow_query_ms / 1000
    log = QueryLog(slow_query_ms=settings.slow_query_ms)
    queries = SlowQueries(slow_query_folder(settings))
    for listener in (log.on_query, queries.on_query, incidents.on_slow_query):
        hub.on_query(listener, slower_than=slow)
    hub.on_operation(log.on_operation, failed=True)
    hub.on_operation(incidents.on_failure, failed=True)
    hub.on_leak(log.on_leak)
    hub.on_leak(incidents.on_leak)
    if settings.lumi_env == "development" and settings.repeated_queries:
        hub.on_query(RepetitionWatch(settings.repeated_queries).on_query)
    return queries
