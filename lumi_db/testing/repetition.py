"""Tests that fail where a loop sends a query for every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from lumi_db.observability.repetition import Repetitions


class Listened(Protocol):
    """A `Database`, or a client of the engine."""

    def on_query(self, listener: Callable[[Any], None], /) -> Callable[[], None]: ...


@contextmanager
def forbid_repeated_queries(source: Listened, *, most: int = 3) -> Iterator[None]:
    """Raise AssertionError at the end if a line has sent the same read more than `most` times; it names the line.

    with forbid_repeated_queries(database):
        await show_orders(database)
    """
    repetitions = Repetitions()
    remove = source.on_query(repetitions.on_query)
    try:
        yield
    finally:
        remove()
    if found := repetitions.list_above(most):
        raise AssertionError("\n".join(found))
