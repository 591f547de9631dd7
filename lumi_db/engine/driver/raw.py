"""Raw SQL: parameters of any Python type, results with the names of their PostgreSQL types.

Prisma sends raw parameters as text and lets the server convert them; asyncpg wants the exact Python type. So
each value is brought to the type PostgreSQL inferred for its place; what has no rule here passes as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from ..errors import EngineError


@dataclass(frozen=True, slots=True)
class RawResult:
    """Columns with their PostgreSQL types (`int4`, `numeric`, `_text`, an enum's own name), and the rows."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def type_name(name: str) -> str:
    """Return PostgreSQL's own name of a type: asyncpg says `int4[]` where the catalogue says `_int4`."""
    return f"_{name[:-2]}" if name.endswith("[]") else name


def convert_parameters(values: Sequence[Any], types: Sequence[Any]) -> list[Any]:
    """Bring `values` to the `types` of a prepared statement.

    Raises EngineError P2010 that names the parameter and the type, never the value.
    """
    if len(values) != len(types):
        raise _refused(f"the SQL has {len(types)} parameters, but {len(values)} values were given")
    converted = []
    for place, (value, wanted) in enumerate(zip(values, types, strict=True), start=1):
        try:
            converted.append(_convert(value, wanted.name))
        except (ArithmeticError, LookupError, TypeError, ValueError):
            given = type(value).__name__
            raise _refused(
                f"parameter ${place} of type {given} cannot become {type_name(wanted.name)}"
            ) from None
    return converted


def _refused(reason: str) -> EngineError:
    return EngineError(
        "P2010", f"Raw query failed: {reason}.", {"code": "22P02", "message": f"Raw query: {reason}."}
    )


def _convert(value: Any, name: str) -> Any:
    if value is None:
        return None
    if isinstance(value, Enum):
        value = value.value
    if name.endswith("[]") and isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_convert(one, name[:-2]) for one in value]
    converter = CONVERTERS.get(name)
    if converter is not None:
        return converter(value)
    # An enum or another type of the database's own is written as text.
    return str(value) if isinstance(value, int | float | Decimal | UUID) else value


def _to_int(value: Any) -> int:
    if isinstance(value, str):
        return int(value)
    if isinstance(value, Decimal) and value.adjusted() > 20:
        raise ValueError("out of range")  # int() of 1E+999999999 would not end
    whole = int(value)
    if whole != value:
        raise ValueError("not whole")
    return whole


def _to_decimal(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _to_bool(value: Any) -> bool:
    if isinstance(value, str):
        return {"t": True, "true": True, "1": True, "f": False, "false": False, "0": False}[value.lower()]
    if value in (0, 1):
        return bool(value)
    raise ValueError("not a truth value")


def _to_text(value: Any) -> str:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case dict() | list():
            return json.dumps(value)
        case bytes():
            raise TypeError("bytes are no text")
        case _:
            return str(value)


def _to_json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _to_bytes(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


def _to_instant(value: Any) -> datetime:
    instant = _to_datetime(value)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _to_local(value: Any) -> datetime:
    instant = _to_datetime(value)
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant


def _to_datetime(value: Any) -> datetime:
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    raise TypeError("not an instant")


def _to_date(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return _to_datetime(value).date()


def _to_time(value: Any) -> time:
    return time.fromisoformat(value) if isinstance(value, str) else value


def _to_zoned_time(value: Any) -> time:
    clock = _to_time(value)
    return clock if clock.tzinfo else clock.replace(tzinfo=UTC)


def _to_clock(value: Any) -> time:
    if isinstance(value, datetime):
        return value.timetz().replace(tzinfo=None)
    return _to_time(value).replace(tzinfo=None)


CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "bool": _to_bool,
    "int2": _to_int,
    "int4": _to_int,
    "int8": _to_int,
    "oid": _to_int,
    "float4": float,
    "float8": float,
    "numeric": _to_decimal,
    "text": _to_text,
    "varchar": _to_text,
    "bpchar": _to_text,
    "name": _to_text,
    "xml": _to_text,
    "citext": _to_text,
    "json": _to_json,
    "jsonb": _to_json,
    "bytea": _to_bytes,
    "timestamptz": _to_instant,
    "timestamp": _to_local,
    "date": _to_date,
    "time": _to_clock,
    "timetz": _to_zoned_time,
}
