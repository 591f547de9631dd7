"""One SQL statement with its parameters apart from the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class Copy:
    """Rows for COPY: the columns of a table, and lines of text."""

    table: str
    schema: str | None
    columns: tuple[str, ...]
    text: bytes


class Statement(NamedTuple):
    """SQL text and the values of `$1` … `$n`.

    `returns` says what the caller wants back: the rows, or the number of rows affected. With `copy_in` the driver sends
    those rows, and the text is what listeners are told. Raw SQL that `keeps_session` changes nothing that outlives its
    transaction.
    """

    sql: str
    parameters: tuple[Any, ...] = ()
    returns: Literal["rows", "count"] = "rows"
    copy_in: Copy | None = None
    keeps_session: bool = False
