"""The worst of the slow queries since a program began: kept by shape, in a file that `lumi-db queries slow` reads."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import time

from lumi_db.engine import QueryEvent

MOST_SHAPES = 100
SAVED_EVERY = 5.0
KEPT_DAYS = 7


@dataclass(frozen=True, slots=True)
class SlowQuery:
    """One shape of a statement, and how often it was slow.

    Times are in seconds, `last_at` is seconds since 1970; `rows`, `caller` and `trace_id` are of the slowest one.
    """

    sql: str
    model: str | None
    action: str
    count: int
    total: float
    worst: float
    rows: int
    caller: str | None
    trace_id: str | None
    last_at: float

    def joined(self, other: SlowQuery) -> SlowQuery:
        """Return both as one."""
        worse = self if self.worst >= other.worst else other
        return replace(
            worse,
            count=self.count + other.count,
            total=self.total + other.total,
            last_at=max(self.last_at, other.last_at),
        )


class SlowQueries:
    """A listener for slow statements; `folder` (None: nowhere) gets a file of this process.

    Of more than `MOST_SHAPES` those that took least in all are forgotten.
    """

    def __init__(self, folder: Path | None, *, clock: Callable[[], float] = time) -> None:
        self._folder = folder
        self._clock = clock
        self._shapes: dict[str, SlowQuery] = {}
        self._name = f"{os.getpid()}-{round(clock() * 1000)}.json"
        self._saved = 0.0

    def on_query(self, event: QueryEvent) -> None:
        """Keep a slow statement, and save all now and then."""
        now = self._clock()
        one = SlowQuery(
            event.sql, event.model, event.action, 1, event.duration, event.duration, event.rows,
            str(event.caller) if event.caller else None, event.trace_id, now,
        )  # fmt: skip
        known = self._shapes.get(event.sql)
        self._shapes[event.sql] = one if known is None else known.joined(one)
        if len(self._shapes) > MOST_SHAPES:
            del self._shapes[min(self._shapes, key=lambda sql: self._shapes[sql].total)]
        if now - self._saved >= SAVED_EVERY:
            self.save()

    def worst(self) -> tuple[SlowQuery, ...]:
        """Return the shapes, those first that took most time in all."""
        return _by_total(self._shapes.values())

    def save(self) -> None:
        """Write the file, whole or not at all; a folder that cannot be written is no reason to fail a query."""
        self._saved = self._clock()
        if self._folder is None or not self._shapes:
            return
        path = self._folder / self._name
        text = json.dumps([asdict(one) for one in self._shapes.values()])
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._forget_old_files(self._folder)
            part = path.with_suffix(".part")
            part.write_text(text, encoding="utf-8")
            part.replace(path)

    def _forget_old_files(self, folder: Path) -> None:
        for path in folder.iterdir():
            if self._clock() - path.stat().st_mtime > KEPT_DAYS * 86_400:
                path.unlink()


def read_slow_queries(folder: Path) -> tuple[SlowQuery, ...]:
    """Return what the programs of the last days have saved in `folder`, those first that took most time in all."""
    found: dict[str, SlowQuery] = {}
    for one in _read_files(folder):
        found[one.sql] = found[one.sql].joined(one) if one.sql in found else one
    return _by_total(found.values())


def _read_files(folder: Path) -> Iterator[SlowQuery]:
    for path in sorted(folder.glob("*.json")):
        # another version's, or one that is deleted just now
        with suppress(OSError, ValueError, TypeError):
            yield from [SlowQuery(**row) for row in json.loads(path.read_text(encoding="utf-8"))]


def _by_total(queries: Iterable[SlowQuery]) -> tuple[SlowQuery, ...]:
    return tuple(sorted(queries, key=lambda one: -one.total))
