"""Rows to what the generated client's actions expect: models of the caller's class, numbers, groups.

The generated action validates what it gets into its model, and lets an instance of it pass untouched; so
models are built here, once, by pydantic-core's own validator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..operation import Select
from .dictionaries import Dictionaries
from .models import Models
from .numbers import Groups, Sums

__all__ = ["Decode", "Groups", "Sums", "count_of", "counts", "row_or_none", "rows_of"]

Rows = Sequence[Mapping[str, Any]]


class Decode:
    """Builds what a selection gives: models, or dictionaries if it is plain."""

    __slots__ = ("all", "one")

    def __init__(self, select: Select) -> None:
        build: Models | Dictionaries = Dictionaries(select) if select.plain else Models(select)
        self.all: Callable[[Rows, Any], list[Any]] = build.all
        self.one: Callable[[Mapping[str, Any], Any], Any] = build.one


def rows_of(decode: Decode) -> Callable[[Rows, Any], list[Any]]:
    return decode.all


def row_or_none(decode: Decode) -> Callable[[Rows, Any], Any]:
    def first(rows: Rows, model: Any) -> Any:
        return decode.one(rows[0], model) if rows else None

    return first


def count_of(number: int, _model: Any) -> dict[str, int]:
    return {"count": number}


def counts(rows: Rows, _model: Any) -> dict[str, Any]:
    return {"_count": dict(rows[0])}
