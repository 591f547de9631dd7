"""Values of every type, few of each, so that rows are equal to one another now and then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

from lumi_db.engine.datamodel import Datamodel, Field, Model

_TEXTS = ("a", "Ann", "ann", "", "bob", "Bob b.", "ŞIK", "naïve 🎉", 'O\'Neil "x"', "50%", "a_b\\c", "true")
_INSTANTS = tuple(
    datetime.fromisoformat(text).replace(tzinfo=UTC)
    for text in ("2020-02-29T23:59:59.999", "2021-01-01", "2021-01-01T12:30", "1969-12-31T23:00:00.001")
)
_DAYS = tuple(datetime(2020 + n, 3, 31, tzinfo=UTC) for n in range(4))
_HOURS = tuple(datetime(1970, 1, 1, n, 30, n, n * 1000, tzinfo=UTC) for n in (0, 9, 12, 23))

_BY_TYPE: Mapping[str, Sequence[Any]] = {
    "String": _TEXTS,
    "Int": (1, 0, 2, 3, -7, 1000),
    "BigInt": (1, 0, 2, -5, 4_000_000_000),
    "Float": (1.5, 0.0, 2.0, -0.25, 1234.5),
    "Decimal": tuple(map(Decimal, ("1.5", "0", "2", "-0.25", "99.125"))),
    "Boolean": (True, False),
    "DateTime": _INSTANTS,
}
_BY_NATIVE: Mapping[str, Sequence[Any]] = {
    "Uuid": tuple(f"0000000{n}-0000-4000-8000-00000000000{n}" for n in range(1, 9)),
    "Inet": ("10.0.0.1", "10.0.0.2", "::1"),
    "Date": _DAYS,
    "Time": _HOURS,
    "Timetz": _HOURS,
}
_JSONS: Sequence[Any] = ({"a": 1}, {}, [], [1, "a", None], "text", 5, 1.5, True, {"b": {"c": [1]}, "a": "ş"})
_PLAIN_JSONS: Sequence[Any] = ({}, [], "text", 5, 1.5, True)
_BYTES = (b"a", b"", b"\x00\xff", "ş".encode())


class Values:
    """What may be stored in each field. `fields` is the module of that name in the generated package."""

    def __init__(self, datamodel: Datamodel, fields: ModuleType) -> None:
        self.datamodel = datamodel
        self._fields = fields

    def of(self, field: Field) -> Sequence[Any]:
        """List values for one element of a field."""
        if field.is_enum:
            return tuple(self.datamodel.enums[field.type].values)
        if field.type == "Json":
            return tuple(map(self._fields.Json, _PLAIN_JSONS if field.native == "Json" else _JSONS))
        if field.type == "Bytes":
            return tuple(map(self._fields.Base64.encode, _BYTES))
        values = _BY_NATIVE.get(field.native or "", _BY_TYPE[field.type])
        if field.native in ("Char", "VarChar"):
            length = int(field.native_arguments[0]) if field.native_arguments else 1
            return tuple(dict.fromkeys(text.strip()[:length] or "a" for text in values))
        return values

    def of_key(self, field: Field) -> Sequence[Any]:
        """List values for a field that is a part of a key: more of them, so that there is room for rows."""
        if field.type == "String" and field.native in (None, "Text", "VarChar"):
            return tuple(f"k{n}" for n in range(1, 9))
        return tuple(range(1, 9)) if field.type in ("Int", "BigInt") else self.of(field)


def is_key(model: Model, field: Field) -> bool:
    """Whether a field is a part of a key, of its own model or of one that it points at."""
    owned = [relation.local for relation in model.relations.values() if relation.owns_key]
    return any(field in fields for fields in [*(key.fields for key in model.uniques), *owned])
