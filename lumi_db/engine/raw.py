"""Raw SQL in prisma-client-py's contract: what may be given, and the form that `deserialize_raw_results` reads.

Its contract: instants, dates, times and uuids are ISO text, bytes base64, numeric a float, JSON what it holds. For a
`model` the values are those its fields are validated from, so numeric stays exact and JSON stays text.
"""

from __future__ import annotations

import json
import re
import struct
from base64 import b64encode
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from pydantic import Json

from .driver import Driver, RawResult, Session
from .errors import EngineError
from .statement import Statement

_SELECTION = re.compile(r"\s*SELECT\b.*\bFROM\b", re.IGNORECASE | re.DOTALL)
_Write = Callable[[Any], Any]

# The generated client's own Json class is a subclass of pydantic's, with the value in `data`.
_JSON: Any = Json


def _clock(value: time) -> str:
    return value.isoformat(timespec=_digits(value))


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _instant(value: datetime) -> str:
    return _utc(value).isoformat(timespec=_digits(value))


def _digits(value: datetime | time) -> str:
    """Write three digits where they are enough, as Prisma does."""
    return "milliseconds" if value.microsecond and value.microsecond % 1000 == 0 else "auto"


def _base64(value: bytes) -> str:
    return b64encode(value).decode()


def _shortest(value: float) -> float:
    """Return the number of the fewest digits that is this float4: 1.1, not 1.100000023841858."""
    for digits in range(6, 9):
        short = float(f"{value:.{digits}g}")
        if struct.pack("f", short) == struct.pack("f", value):
            return short
    return value


# PostgreSQL type: (Prisma's name for it in raw results, how the value is written).
_TYPES: dict[str, tuple[str, _Write | None]] = {
    "bool": ("bool", None),
    "int2": ("int", None),
    "int4": ("int", None),
    "int8": ("int", None),
    "oid": ("int", None),
    "float4": ("float", _shortest),
    "float8": ("double", None),
    "numeric": ("double", float),
    "text": ("string", None),
    "varchar": ("string", None),
    "bpchar": ("string", None),
    "name": ("string", None),
    "char": ("char", None),
    "uuid": ("uuid", str),
    "json": ("unknown", json.loads),
    "jsonb": ("unknown", json.loads),
    "bytea": ("bytes", _base64),
    "date": ("date", date.isoformat),
    "time": ("time", _clock),
    "timetz": ("time", _clock),
    "timestamp": ("datetime", _instant),
    "timestamptz": ("datetime", _instant),
    "xml": ("xml", str),
}

_FOR_MODELS: dict[str, tuple[str, _Write | None]] = {
    **_TYPES,
    "numeric": ("double", None),
    "json": ("unknown", None),
    "jsonb": ("unknown", None),
}


# What Python has a type for is of that type; the rest is as it always is.
_EXACT: dict[str, tuple[str, _Write | None]] = {
    **_TYPES,
    **dict.fromkeys(("numeric", "bytea", "date", "time", "timetz", "interval"), ("unknown", None)),
    "timestamp": ("datetime", _utc),
    "timestamptz": ("datetime", _utc),
}


def raw_sql(query: Any) -> str:
    """Return the caller's SQL. Raises P2019 for what is no text."""
    if isinstance(query, str):
        return query
    raise EngineError("P2019", f"`query` must be a str, not {type(query).__name__}.", {"path": "query"})


def is_selection(query: Any) -> bool:
    """Whether SQL only reads, by its look: it selects FROM something; `SELECT f()` may be a function that writes."""
    return isinstance(query, str) and _SELECTION.match(query) is not None


async def run_raw(target: Driver | Session, statement: Statement) -> Any:
    """Run raw SQL in a transaction, or by itself."""
    if statement.returns == "count":
        return await target.execute_raw(*statement[:2], keeps_session=statement.keeps_session)
    return await target.fetch_raw(*statement[:2], keeps_session=statement.keeps_session)


def raw_parameters(values: Iterable[Any]) -> tuple[Any, ...]:
    """Take what the generated client's own classes hold: the text of a Json, the bytes of a Base64."""
    return tuple([_given(value, place) for place, value in enumerate(values, start=1)])


def _given(value: Any, place: int) -> Any:
    try:
        return _held(value)
    except (TypeError, ValueError, RecursionError):
        reason = f"parameter ${place} cannot be written as {type(value).__name__}"
        raise EngineError("P2010", f"Raw query failed: {reason}.", {"code": "22P02"}) from None


def _held(value: Any) -> Any:
    if isinstance(value, _JSON):
        return json.dumps(value.data)
    return value.decode() if hasattr(type(value), "fromb64") else value


def raw_result(result: RawResult, *, for_model: bool) -> dict[str, Any]:
    """Return columns, types and rows; types that Prisma has no name for come as strings."""
    table = _FOR_MODELS if for_model else _TYPES
    known = [_known(name, table) for name in result.types]
    writers = [write for _, write in known]
    return {
        "columns": list(result.columns),
        "types": [name for name, _ in known],
        "rows": [
            [_written(value, write) for value, write in zip(row, writers, strict=True)] for row in result.rows
        ],
    }


def exact_result(result: RawResult) -> list[dict[str, Any]]:
    """Return rows as dicts: Decimal, datetime in UTC, date, time, timedelta and bytes as they are."""
    writers = [_known(name, _EXACT)[1] for name in result.types]
    return [
        {
            name: _written(value, write)
            for name, value, write in zip(result.columns, row, writers, strict=True)
        }
        for row in result.rows
    ]


def _known(name: str, table: dict[str, tuple[str, _Write | None]]) -> tuple[str, _Write | None]:
    if name.startswith("_"):
        kind, write = table.get(name[1:], ("string", str))
        return f"{kind}-array", None if write is None else _each(write)
    return table.get(name, ("string", str))


def _each(write: _Write) -> _Write:
    """Write the items of an array, which may be arrays themselves."""

    def write_all(items: list[Any]) -> list[Any]:
        return [write_all(item) if isinstance(item, list) else _written(item, write) for item in items]

    return write_all


def _written(value: Any, write: _Write | None) -> Any:
    return value if value is None or write is None else write(value)
