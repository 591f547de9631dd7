"""One SQL statement with its parameters apart from the text."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple


class Statement(NamedTuple):
    """SQL text and the values of `$1` … `$n`.

    `returns` says what the caller wants back: the rows, or the number of rows affected.
    """

    sql: str
    parameters: tuple[Any, ...] = ()
    returns: Literal["rows", "count"] = "rows"
