"""Raw results in the form that prisma-client-py's `deserialize_raw_results` reads."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from .driver import RawResult

# PostgreSQL type: (Prisma's name for it in raw results, how the value is written).
_TYPES: dict[str, tuple[str, Callable[[Any], Any] | None]] = {
    "bool": ("bool", None),
    "int2": ("int", None),
    "int4": ("int", None),
    "int8": ("bigint", str),
    "oid": ("bigint", str),
    "float4": ("float", None),
    "float8": ("double", None),
    "numeric": ("decimal", str),
    "money": ("decimal", str),
    "text": ("string", None),
    "varchar": ("string", None),
    "bpchar": ("string", None),
    "name": ("string", None),
    "char": ("char", None),
    "uuid": ("uuid", str),
    "json": ("json", None),
    "jsonb": ("json", None),
    "bytea": ("bytes", lambda value: b64encode(value).decode()),
    "date": ("date", date.isoformat),
    "time": ("time", time.isoformat),
    "timetz": ("time", time.isoformat),
    "timestamp": ("datetime", lambda value: _instant(value)),
    "timestamptz": ("datetime", lambda value: _instant(value)),
    "xml": ("xml", str),
}


def _instant(value: datetime) -> str:
    return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()


def raw_result(result: RawResult) -> dict[str, Any]:
    """Return columns, types and rows; types that Prisma has no name for come as strings."""
    known = [_known(name) for name in result.types]
    writers = [write for _, write in known]
    return {
        "columns": list(result.columns),
        "types": [name for name, _ in known],
        "rows": [
            [_written(value, write) for value, write in zip(row, writers, strict=True)] for row in result.rows
        ],
    }


def _known(name: str) -> tuple[str, Callable[[Any], Any] | None]:
    if name.startswith("_"):
        kind, write = _TYPES.get(name[1:], ("string", str))
        return f"{kind}-array", (lambda items: [_written(item, write) for item in items])
    return _TYPES.get(name, ("string", str))


def _written(value: Any, write: Callable[[Any], Any] | None) -> Any:
    return value if value is None or write is None else write(value)
