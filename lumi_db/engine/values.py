"""Python values to what asyncpg sends: one table, keyed by Prisma's scalar types and `@db.` types.

A converter is called with a value of an accepted Python type and returns what the driver wants, or raises
`InvalidValue`. The ranges are PostgreSQL's.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from math import isfinite, isinf
from struct import Struct
from typing import Any
from uuid import UUID

from pydantic import Json

from .datamodel import Enum, Field
from .sources import InvalidValue

Converter = Callable[[Any], Any]

# The generated client's own Json class is a subclass of pydantic's, with the value in `data`.
_JSON: Any = Json

# asyncpg takes the two for -infinity and infinity.
_INFINITIES = (datetime.min, datetime.max)  # noqa: DTZ901
_REAL = Struct("<f")
_LARGEST_REAL = (2 - 2**-23) * 2.0**127
# digits before and after the point: https://www.postgresql.org/docs/current/datatype-numeric.html
_DECIMAL_DIGITS = (131_072, 16_383)
# pydantic-core reads no deeper than 200, the levels of includes around it counted.
_DEEPEST_JSON = 150
# An escaped U+0000, and not a backslash before the word u0000.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_INTEGER_RANGES = {"SmallInt": 2**15, "Integer": 2**31, "Int": 2**31, "BigInt": 2**63, "Oid": 2**32}


def accepts(field: Field, kind: type) -> bool:
    """Whether a value of this Python type may stand for one element of the field."""
    if field.is_enum:
        return issubclass(kind, str)
    if kind is bool:
        return field.type == "Boolean"
    if field.type == "Json":
        return issubclass(kind, _JSON)
    if field.type == "Bytes":
        return issubclass(kind, (bytes, bytearray, memoryview)) or hasattr(kind, "fromb64")
    return issubclass(kind, _ACCEPTED[field.type])


_ACCEPTED: dict[str, tuple[type, ...]] = {
    "String": (str, UUID),
    "Int": (int,),
    "BigInt": (int,),
    "Float": (float, int, Decimal),
    "Decimal": (Decimal, int, float, str),
    "Boolean": (bool,),
    "DateTime": (datetime, date, str),
}

ACCEPTED_NAMES: dict[str, str] = {
    "String": "a str",
    "Int": "an int",
    "BigInt": "an int",
    "Float": "a float",
    "Decimal": "a Decimal",
    "Boolean": "a bool",
    "DateTime": "a datetime",
    "Json": "a Json(...) value",
    "Bytes": "a Base64 value or bytes",
}


def converter(field: Field, enums: Mapping[str, Enum]) -> Converter:
    """Return the converter for one element of a field."""
    if field.is_enum:
        return _enum_converter(enums[field.type])
    match field.type:
        case "String":
            return _uuid if field.native == "Uuid" else to_text
        case "Int" | "BigInt":
            return _integer_converter(field.native or field.type, field.type)
        case "Float":
            return _real if field.native == "Real" else _float
        case "Decimal":
            return _decimal
        case "DateTime":
            return _datetime_converter(field)
        case "Json":
            return _json if field.native == "Json" else to_jsonb
        case "Bytes":
            return _bytes
        case _:
            return _same


def bound_converter(field: Field, enums: Mapping[str, Enum]) -> Converter:
    """Return the converter for a value that was read from the field, to send it again."""
    return b64decode if field.type == "Bytes" else converter(field, enums)


def array_literal(items: list[Any] | None) -> str | None:
    """Write a list as an array literal, for lists of lists, which asyncpg takes only if all are as long."""
    if items is None:
        return None
    return "{" + ",".join("NULL" if item is None else _array_element(item) for item in items) + "}"


def _array_element(item: Any) -> str:
    if isinstance(item, bytes):
        text = "\\x" + item.hex()
    elif isinstance(item, (datetime, date, time)):
        text = item.isoformat()
    else:
        text = str(item)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def list_converter(field: Field, enums: Mapping[str, Enum]) -> Converter:
    """Return the converter for a list of the field's elements, which checks the type of each."""
    convert = converter(field, enums)

    def convert_all(items: Any) -> list[Any]:
        found: list[Any] = []
        try:
            for item in items:
                found.append(_checked(field, item, convert))  # noqa: PERF401  # an error tells how far it came
        except InvalidValue as error:
            raise InvalidValue(f"element {len(found)}: {error}") from None
        return found

    return convert_all


def _checked(field: Field, item: Any, convert: Converter) -> Any:
    if item is None or not accepts(field, type(item)):
        raise InvalidValue(f"it must be {describe(field)}, not {type(item).__name__}.")
    return convert(item)


def describe(field: Field) -> str:
    """Say in words what one element of the field must be."""
    return f"a value of the enum {field.type}" if field.is_enum else ACCEPTED_NAMES[field.type]


def _same(value: Any) -> Any:
    return value


def to_text(value: str | UUID) -> str:
    """Check a text for what PostgreSQL cannot store."""
    text = value if type(value) is str else str.__str__(value) if isinstance(value, str) else str(value)
    if "\x00" in text:
        raise InvalidValue("PostgreSQL cannot store the character NUL in text.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise InvalidValue("the text has a lone surrogate, which is not valid Unicode.") from None
    return text


def _uuid(value: str | UUID) -> str:
    try:
        return str(value if isinstance(value, UUID) else UUID(value))
    except ValueError:
        raise InvalidValue("this is not a UUID.") from None


def _integer_converter(size: str, type_name: str) -> Converter:
    limit = _INTEGER_RANGES.get(size, _INTEGER_RANGES[type_name])
    low = 0 if size == "Oid" else -limit

    def convert(value: int) -> int:
        number = value if type(value) is int else int.__int__(value)
        if low <= number < limit:
            return number
        raise InvalidValue(f"the number does not fit into {size} ({low} to {limit - 1}).")

    return convert


def _float(value: float | Decimal) -> float:
    try:
        number = float(value)
    except (OverflowError, ValueError):  # a signaling NaN is a ValueError
        raise InvalidValue("the number does not fit into Float.") from None
    if isinf(number) and isinstance(value, Decimal) and value.is_finite():
        raise InvalidValue("the number does not fit into Float.")
    return number


def _real(value: float | Decimal) -> float:
    """Round as the column does, lest text of it is rounded otherwise, or refused where it would become zero."""
    number = _float(value)
    if isfinite(number) and abs(number) > _LARGEST_REAL:
        raise InvalidValue("the number does not fit into Real.")
    return float(_REAL.unpack(_REAL.pack(number))[0])


def _decimal(value: Decimal | float | str) -> Decimal:
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except (InvalidOperation, ValueError):  # Python writes no int of more than 4300 digits
        raise InvalidValue("this is not a decimal number that PostgreSQL can hold.") from None
    if not number.is_finite():
        raise InvalidValue("a Decimal must be finite.")
    if number.adjusted() >= _DECIMAL_DIGITS[0] or -int(number.as_tuple().exponent) > _DECIMAL_DIGITS[1]:
        raise InvalidValue("the number has more digits than PostgreSQL can hold.")
    return number


def _json(value: Any) -> str:
    data = value.data if isinstance(value, _JSON) else value
    try:
        text = _write_json(data)
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidValue(f"this cannot be written as JSON ({type(error).__name__}).") from None
    if text.count("[") + text.count("{") > _DEEPEST_JSON and _depth(data) > _DEEPEST_JSON:
        raise InvalidValue(f"JSON nested deeper than {_DEEPEST_JSON} levels could not be read again.")
    return text


def to_jsonb(value: Any) -> str:
    """Write what a `Json` holds, or a plain value, as text that jsonb takes."""
    text = _json(value)
    if "\\u0000" in text and _NUL.search(text):
        raise InvalidValue("a text or key in it has the character U+0000, which jsonb cannot hold.")
    return text


def to_ordered_jsonb(value: Any) -> str:
    """Write a number or a text, which alone can be smaller or larger than another."""
    data = value.data if isinstance(value, _JSON) else value
    if isinstance(data, bool) or not isinstance(data, (str, int, float)):
        raise InvalidValue("it must be a number or a text.")
    return to_jsonb(data)


def to_json_path(items: list[Any]) -> list[str]:
    """Check the keys and places, each a text, that lead to a value inside Json."""
    if not all(isinstance(item, str) for item in items):
        raise InvalidValue("each element must be a str: a key, or the place in a list as text.")
    return [to_text(item) for item in items]


def _depth(value: Any) -> int:
    """Count the levels of lists and dicts, one level at a time."""
    level, depth = [value], 0
    while level := [one.data if isinstance(one, _JSON) else one for one in level]:
        level = [
            item
            for one in level
            if isinstance(one, (dict, list, tuple))
            for item in (one.values() if isinstance(one, dict) else one)
        ]
        depth += 1
    return depth


def _json_default(value: Any) -> Any:
    """Write what JSON has no type for the way prisma-client-py does."""
    if isinstance(value, datetime):
        return _aware(value).isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, _JSON):
        return value.data
    raise TypeError(type(value).__name__)


# json.dumps with these would make an encoder for every value.
_write_json = json.JSONEncoder(default=_json_default, ensure_ascii=False, allow_nan=False).encode


def _bytes(value: Any) -> bytes:
    if hasattr(value, "decode") and hasattr(type(value), "fromb64"):
        try:
            return bytes(value.decode())
        except ValueError:
            raise InvalidValue("this is not valid base64.") from None
    try:
        return bytes(value)
    except ValueError:
        raise InvalidValue("the memoryview was released.") from None


def _enum_converter(enum: Enum) -> Converter:
    known = ", ".join(enum.values)

    def convert(value: str) -> str:
        label = enum.values.get(str.__str__(value))
        if label is None:
            raise InvalidValue(f"the enum {enum.name} has no such value; it has {known}.")
        return label

    return convert


def _datetime_converter(field: Field) -> Converter:
    """Cut instants to the digits the column keeps, as Prisma does, where PostgreSQL would round them."""
    digits = int(field.native_arguments[0]) if field.native_arguments else (6 if field.native else 3)
    step = int(10 ** (6 - digits))
    finish = _DATETIME_FORMS.get(field.native or "Timestamp", _aware)

    def convert(value: datetime | date | str) -> Any:
        instant = _aware(_parse_datetime(value))
        return finish(instant.replace(microsecond=instant.microsecond // step * step))

    return convert


def _parse_datetime(value: datetime | date | str) -> datetime:
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            raise InvalidValue("this is not an ISO 8601 instant.") from None
    if isinstance(value, datetime):
        return value
    return datetime(value.year, value.month, value.day, tzinfo=UTC)


def _aware(value: datetime) -> datetime:
    """Return the instant in UTC; a naive one is taken as UTC, as prisma-client-py does."""
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    try:
        # a zone that knows no offset leaves the instant naive; astimezone would take the machine's own
        return value.replace(tzinfo=UTC) if value.utcoffset() is None else value.astimezone(UTC)
    except OverflowError:
        raise InvalidValue("the instant is outside of the years 1 to 9999.") from None
    except Exception as error:  # noqa: BLE001 - the zone is the caller's own code
        raise InvalidValue(f"its time zone gives no offset ({type(error).__name__}).") from None


def _naive(value: datetime) -> datetime:
    plain = value.replace(tzinfo=None)
    if plain in _INFINITIES:
        raise InvalidValue("the first and the last instant that Python knows cannot be stored.")
    return plain


def _instant(value: datetime) -> datetime:
    _naive(value)
    return value


def _day(value: datetime) -> str:
    """Write a day as text: of dates, asyncpg takes 9999-12-31 for infinity."""
    return value.date().isoformat()


def _time(value: datetime) -> time:
    return value.time()


def _timetz(value: datetime) -> time:
    return value.timetz()


_DATETIME_FORMS: dict[str, Callable[[datetime], Any]] = {
    "Timestamp": _naive,
    "Timestamptz": _instant,
    "Date": _day,
    "Time": _time,
    "Timetz": _timetz,
}
