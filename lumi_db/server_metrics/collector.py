"""The numbers as metrics: read when Prometheus asks, and kept for a few seconds for whoever asks next."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import Literal, NamedTuple

from loguru import logger
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from lumi_db.errors import SetupError
from lumi_db.migrations import State

from .reading import Numbers

KEPT_FOR = 5.0
"""Seconds: many who ask load the server as one does."""
PREFIX = "lumi_db_server_"
STATES = (
    "active",
    "idle",
    "idle in transaction",
    "idle in transaction (aborted)",
    "fastpath function call",
    "disabled",
    "hidden",
)
Values = dict[tuple[str, ...], float]


class Family(NamedTuple):
    """One metric: its name behind `PREFIX`, what it says, its labels, and its values in what was read."""

    name: str
    text: str
    kind: Literal["counter", "gauge"]
    labels: tuple[str, ...]
    values: Callable[[Numbers], Values]


def _one(value: Callable[[Numbers], float | None]) -> Callable[[Numbers], Values]:
    def values(numbers: Numbers) -> Values:
        found = value(numbers)
        return {} if found is None else {(): float(found)}

    return values


def _of_database(*names: str, value: str | None = None) -> Callable[[Numbers], Values]:
    if value is not None:
        return _one(lambda numbers: numbers.database[value])
    return lambda numbers: {(name,): float(numbers.database[name]) for name in names}


def _of_tables(column: str) -> Callable[[Numbers], Values]:
    return lambda numbers: {
        (str(one["name"]),): float(one[column]) for one in numbers.tables if one[column] is not None
    }


FAMILIES = (
    Family(
        "connections", "Connections to the database, by what they do", "gauge", ("state",),
        lambda numbers: {(state,): float(numbers.sessions.get(state, 0)) for state in STATES},
    ),
    Family("connections_used", "Connections to the whole server", "gauge", (), _of_database(value="used")),
    Family("connections_max", "Connections the server allows", "gauge", (), _of_database(value="most")),
    Family(
        "oldest_transaction_seconds", "Age of the oldest open transaction", "gauge", (),
        _one(lambda numbers: numbers.oldest_transaction),
    ),
    Family(
        "oldest_idle_transaction_seconds", "Age of the oldest transaction whose program does nothing", "gauge",
        (), _one(lambda numbers: numbers.oldest_idle_transaction),
    ),
    Family(
        "blocked_sessions", "Sessions that wait for a lock of another", "gauge", (),
        _one(lambda numbers: numbers.blocked),
    ),
    Family(
        "longest_block_seconds", "How long the longest of them has waited", "gauge", (),
        _one(lambda numbers: numbers.longest_block),
    ),
    Family("deadlocks", "Deadlocks", "counter", (), _of_database(value="deadlocks")),
    Family(
        "transactions", "Transactions of the database that ended", "counter", ("outcome",),
        _of_database("committed", "rolled_back"),
    ),
    Family("blocks", "Blocks of 8 kB that were had from memory or read", "counter", ("source",),
           _of_database("hit", "read")),
    Family("oldest_xid_age", "Transactions since the oldest row was frozen", "gauge", (),
           _of_database(value="oldest_xid")),
    Family("replication_lag_seconds", "How far a standby is behind; of a primary there is none", "gauge", (),
           _of_database(value="lag")),
    Family("table_rows", "Rows of a table, estimated", "gauge", ("table",), _of_tables("rows")),
    Family("table_dead_rows", "Dead rows that wait for vacuum, estimated", "gauge", ("table",),
           _of_tables("dead_rows")),
    Family("table_bytes", "Bytes of a table with its indexes", "gauge", ("table",), _of_tables("bytes")),
    Family("audit_rows", "Rows written into the audit trail", "counter", (),
           _one(lambda numbers: numbers.audit_rows)),
    Family(
        "migrations", "Migrations by where they stand", "gauge", ("state",),
        lambda numbers: {
            (state.value,): float(numbers.migrations.get(state, 0)) for state in State if numbers.migrations
        },
    ),
)  # fmt: skip


class ServerMetrics(Collector):
    """A collector that reads by `read`; while that fails there is only `lumi_db_server_up`, and it is 0."""

    def __init__(
        self,
        read: Callable[[], Numbers],
        *,
        kept_for: float = KEPT_FOR,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._read = read
        self._kept_for = kept_for
        self._clock = clock
        self._lock = threading.Lock()
        self._numbers: Numbers | None = None
        self._read_at: float | None = None

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterator[Metric]:
        """Give all metrics; of several who ask at once one reads, and the others take what it read."""
        with self._lock:
            if self._read_at is None or self._clock() - self._read_at >= self._kept_for:
                self._numbers = self._try()
                self._read_at = self._clock()
            numbers = self._numbers
        up = GaugeMetricFamily(f"{PREFIX}up", "Whether the database could be asked")
        up.add_metric([], float(numbers is not None))
        yield up
        if numbers is not None:
            yield from (_family(one, numbers) for one in FAMILIES)

    def _try(self) -> Numbers | None:
        try:
            return self._read()
        except (SetupError, TimeoutError) as error:
            logger.warning("The metrics of the server cannot be read: {}", str(error) or "it took too long")
            return None


def _family(family: Family, numbers: Numbers) -> Metric:
    kind = CounterMetricFamily if family.kind == "counter" else GaugeMetricFamily
    made: Metric = kind(f"{PREFIX}{family.name}", family.text, labels=family.labels)
    for labels, value in family.values(numbers).items():
        made.add_metric(labels, value)  # type: ignore[attr-defined]  # both kinds have it
    return made
