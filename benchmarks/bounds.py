"""The bounds that this client is to keep, and whether it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from .harness import Measured, Ratio

Facts = Mapping[str, Ratio]
"""What was measured, by its name; a ratio's is `<workload> <peer>/<peer>`, that of milliseconds `<workload> <peer>`."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound on one fact; `unit` is `×`, `ms`, `s`, `MB`, `%`, or nothing for a number."""

    title: str
    fact: str
    sense: Literal["at most", "at least"]
    limit: float
    unit: str = "×"

    def is_held(self, value: float) -> bool:
        return value <= self.limit if self.sense == "at most" else value >= self.limit

    def margin(self, value: float) -> float:
        """Return by what part of the limit the value is on the right side of it; negative where it is not."""
        part = 1 - value / self.limit if self.limit else float(value == 0)
        return part if self.sense == "at most" else -part


BOUNDS = (
    Bound("find by id: this client / by hand", "find_by_id lumi/asyncpg", "at most", 1.4),
    Bound("find by id: SQLAlchemy / this client", "find_by_id sqlalchemy/lumi", "at least", 6),
    Bound("find by id: Prisma Client JS / this client", "find_by_id prisma_js/lumi", "at least", 4),
    Bound("find by id: Piccolo / this client", "find_by_id piccolo/lumi", "at least", 3),
    Bound("find by id: Tortoise / this client", "find_by_id tortoise/lumi", "at least", 3),
    Bound("page of 20: this client / by hand", "page_of_20 lumi/asyncpg", "at most", 1.3),
    Bound("page of 20: SQLAlchemy / this client", "page_of_20 sqlalchemy/lumi", "at least", 5),
    Bound("page of 20: Prisma Client JS / this client", "page_of_20 prisma_js/lumi", "at least", 2.5),
    Bound("create: this client / by hand", "create lumi/asyncpg", "at most", 1.8),
    Bound("create_many of 10,000: this client / by hand", "create_many lumi/asyncpg", "at most", 1.5),
    Bound("statements of a find with three levels", "statements", "at most", 1, ""),
    Bound("import lumi_db", "`import lumi_db` seconds", "at most", 0.6, "s"),
    Bound("memory after it", "`import lumi_db` megabytes", "at most", 80, "MB"),
    Bound("import until the client is ready", "the client ready, 31 models seconds", "at most", 0.6, "s"),
    Bound("memory after it", "the client ready, 31 models megabytes", "at most", 80, "MB"),
    Bound("500 tasks on 20 connections: errors", "pool errors", "at most", 0, ""),
    Bound("500 tasks on 20 connections: p99 / p50", "pool fairness", "at most", 3),
    Bound("500 tasks on 20 connections: slow queries", "pool slow", "at most", 1, "%"),
    Bound("find by id: metrics and slow log on top", "observing", "at most", 8, "%"),
    Bound("demo seed on an empty database", "seed", "at most", 3, "s"),
    Bound("qa seed of 20,000 orders", "qa seed", "at most", 15, "s"),
    Bound("qa seed / the same rows by COPY by hand", "qa seed/by hand", "at most", 2),
    Bound("all migrations", "migrations", "at most", 30, "s"),
    Bound("simple select, with policies", "find_by_id lumi_policies", "at most", 10, "ms"),
    Bound("page, with policies", "page_of_20 lumi_policies", "at most", 100, "ms"),
    Bound("join, with policies", "three_levels lumi_policies", "at most", 50, "ms"),
    Bound("complex query (search), with policies", "search lumi_policies", "at most", 200, "ms"),
)


def facts_of(measured: Iterable[Measured]) -> dict[str, Ratio]:
    """Return every ratio of two peers, and every peer's milliseconds a call."""
    facts = {}
    for one in measured:
        for peer in one.seconds:
            facts[f"{one.workload.name} {peer}"] = _exactly(one.median(peer) * 1000)
            for other in one.seconds:
                if ratio := one.ratio(peer, other):
                    facts[f"{one.workload.name} {peer}/{other}"] = ratio
    return facts


def facts_from(values: Mapping[str, float]) -> dict[str, Ratio]:
    return {name: _exactly(value) for name, value in values.items()}


def _exactly(value: float) -> Ratio:
    return Ratio(value, value, value)
