"""Rows as the text that COPY reads: a line a row, its values parted by tabs.

https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2

PostgreSQL reads the text of every type as it reads a literal, so nothing here depends on the driver's codecs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Any

from ..datamodel import Field, Model
from ..sql.writer import comma, quote, quote_table
from ..statement import Copy, Statement

_NULL = "\\N"
# No text has this character: PostgreSQL cannot store it.
_BETWEEN = "\x00"
_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))


def copy_text(fields: Sequence[Field], columns: Sequence[Sequence[Any]]) -> bytes:
    """Write converted values, given as one list a column."""
    texts = [_column(field, values) for field, values in zip(fields, columns, strict=True)]
    return "\n".join([*map("\t".join, zip(*texts, strict=True)), ""]).encode()


def copy_statement(model: Model, fields: Sequence[Field], columns: Sequence[Sequence[Any]]) -> Statement:
    """Return the COPY of converted columns."""
    names = tuple(field.column for field in fields)
    rows = Copy(model.table, model.schema, names, copy_text(fields, columns))
    told = f"COPY {quote_table(model)} ({comma([quote(name) for name in names])}) FROM STDIN"
    return Statement(told, (), "count", rows)


def may_copy(fields: Sequence[Field]) -> bool:
    """Whether rows of these columns can be text: how money is read depends on the server's language."""
    return bool(fields) and all(field.native != "Money" for field in fields)


def _column(field: Field, values: Sequence[Any]) -> Sequence[str]:
    write = None if field.is_list or field.is_enum or field.native == "Date" else _WRITERS.get(field.type)
    if write is None:
        return _escaped(values)
    if len(set(map(id, values))) == 1:  # an instant that is the same for all rows
        return [_NULL if values[0] is None else write(values[0])] * len(values)
    if None in values:
        return [_NULL if value is None else write(value) for value in values]
    return list(map(write, values))


def _escaped(values: Sequence[str | None]) -> Sequence[str]:
    """Escape a whole column at once."""
    has_nulls = None in values
    text = _BETWEEN.join([value or "" for value in values] if has_nulls else values)  # type: ignore[arg-type]
    for special, escape in _ESCAPES:
        if special in text:
            text = text.replace(special, escape)
    texts = text.split(_BETWEEN)
    if not has_nulls:
        return texts
    return [_NULL if value is None else one for value, one in zip(values, texts, strict=True)]


def _bool(value: bool) -> str:
    return "t" if value else "f"


def _bytes(value: bytes) -> str:
    return "\\\\x" + value.hex()


def _moment(value: datetime | time) -> str:
    return value.isoformat()


_WRITERS: dict[str, Callable[[Any], str]] = {
    "Boolean": _bool,
    "Int": str,
    "BigInt": str,
    "Float": repr,
    "Decimal": str,
    "DateTime": _moment,
    "Bytes": _bytes,
}
