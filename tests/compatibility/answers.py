"""What the two clients answer, in one form, so that it can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

# Prisma Client JS checks before it sends, and has no code for what it refuses there.
_VALIDATION = frozenset({"P2009", "P2012", "P2019", "PrismaClientValidationError"})

# PostgreSQL 18 answers RESTRICT with 23001, for which Prisma has no code; before it was 23503, P2003.
_RESTRICTED = "violates RESTRICT setting of foreign key"

_GENERATED = re.compile(
    r"c[a-z0-9]{24}|[a-z][a-z0-9]{23}|[0-7][0-9A-HJKMNP-TV-Z]{25}|[\w-]{21}|[0-9a-f]{32}"
    r"|(?!0000000)[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d(:\d\d)?)?")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result in the common form, or the code of an error; `message` is for people only."""

    result: Any = None
    error: str | None = None
    message: str = ""

    def __str__(self) -> str:
        return f"{self.error}: {self.message}" if self.error else str(self.result)


def is_same(ours: Outcome, official: Outcome, *, exact: bool) -> bool:
    """Compare; where the answers are not `exact`, a relation that was not asked for is None here and missing there."""
    if ours.error or official.error:
        return ours.error == official.error
    return ours.result == official.result if exact else _same(ours.result, official.result)


def _same(ours: Any, official: Any) -> bool:
    if isinstance(ours, dict) and isinstance(official, dict):
        return official.keys() <= ours.keys() and all(
            _same(item, official[key]) if key in official else item is None for key, item in ours.items()
        )
    if isinstance(ours, list) and isinstance(official, list):
        return len(ours) == len(official) and all(map(_same, ours, official))
    return bool(ours == official)


def read_official(answer: Mapping[str, Any]) -> Outcome:
    if "error" not in answer:
        return Outcome(result=_read(answer["result"]))
    error = answer["error"]
    if _RESTRICTED in error["message"]:
        return Outcome(error="P2003", message=error["message"])
    return Outcome(error=_code(error["code"] or error["name"]), message=error["message"][-500:])


def _code(found: str | None) -> str:
    if found in _VALIDATION:
        return "validation"
    return found if found and re.fullmatch(r"P\d{4}", found) else "no code"


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(item) for item in value]
    if not isinstance(value, dict):
        return plain(value)
    match value:
        case {"$": "number", "value": text}:
            return _number(text)
        case {"$": "DateTime", "value": text}:
            return plain(datetime.fromisoformat(text))
        case {"$": "Bytes", "value": text}:
            return text
    return {key: _read(item) for key, item in value.items()}


def read_ours(action: str, result: Any) -> Outcome:
    """Read an answer of the Python client, in which None stands for a row that update or delete did not find."""
    if result is None and action in ("update", "delete"):
        return Outcome(error="P2025", message="None")
    if action in ("create_many", "update_many", "delete_many"):
        return Outcome(result={"count": _number(result)})
    return Outcome(result=plain(result))


def read_error(error: Exception) -> Outcome:
    """Read an exception of the Python client's own tree; any other is a bug."""
    return Outcome(error=_code(getattr(error, "code", None)), message=f"{type(error).__name__}: {error}")


def plain(value: Any) -> Any:
    """Bring a value into the common form: numbers are one kind, instants have milliseconds, what is new is a word."""
    match value:
        case None | bool():
            return value
        case int() | float() | Decimal():
            return _number(value)
        case datetime():
            return _instant(value)
        case Mapping():
            return {key: plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case BaseModel():
            return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    text = str(value)
    if _INSTANT.fullmatch(text):
        return _instant(datetime.fromisoformat(text))
    return "generated" if _GENERATED.fullmatch(text) else text


def _number(value: Any) -> str:
    number = Decimal(str(value))
    return f"number {number.normalize() + 0}" if number.is_finite() else f"number {number}"


def _instant(value: datetime) -> str:
    instant = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if abs(datetime.now(UTC) - instant) < _DAY:
        return "now"
    return "instant " + instant.isoformat(timespec="milliseconds")
