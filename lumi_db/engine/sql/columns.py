"""How columns of each type are read and how parameters are given their type.

What is read must survive both as a value of asyncpg and inside JSON, and be what pydantic wants for the
field of the generated model: text for Decimal, Json and Float inside JSON (as a number, -0 would lose its sign),
base64 for Bytes, instants in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..datamodel import Enum, Field
from ..operation import Aggregate, AggregateField
from ..sources import Source
from .writer import Writer, quote

# `@db.` types that asyncpg takes and gives in forms of its own: they travel as text.
# A cast to bit is one to bit(1) and cuts; to "bit" it keeps every digit.
_AS_TEXT = {
    "Uuid": "uuid",
    "Inet": "inet",
    "Xml": "xml",
    "Bit": '"bit"',
    "VarBit": "varbit",
    "Citext": "citext",
    "Money": "money",
}

_READ_TEXT = dict.fromkeys(_AS_TEXT, "{}::text") | {"Inet": "abbrev({})"}

_READ_INSTANT = {
    "Timestamptz": "{}",
    "Timestamp": "({} AT TIME ZONE 'UTC')",
    "Date": "({}::timestamp AT TIME ZONE 'UTC')",
    "Time": "(('1970-01-01'::date + {}) AT TIME ZONE 'UTC')",
    "Timetz": "('1970-01-01'::date + {})",
}


# Prisma gives a Decimal without arguments 30 digits after the point, and takes them away when it reads.
_READ_DECIMAL = {"Money": "{}::numeric", "Unlimited": "trim_scale({})"}


def _decimal_form(field: Field) -> str:
    return "Money" if field.native == "Money" else "Limited" if field.native_arguments else "Unlimited"


def read(field: Field, alias: str, enums: Mapping[str, Enum], *, in_json: bool) -> str:
    """Return the expression that reads a field of the row `alias`."""
    column = f"{alias}.{quote(field.column)}"
    if not field.is_list:
        return _read_one(field, column, enums, in_json)
    element = _read_one(field, '"e"', enums, in_json)
    if element == '"e"':
        return column
    if element == '"e"::text':
        return f"{column}::text[]"
    return f'ARRAY(SELECT {element} FROM unnest({column}) WITH ORDINALITY AS "u"("e", "n") ORDER BY "n")'


def read_aggregate(aggregate: Aggregate, alias: str, enums: Mapping[str, Enum]) -> str:
    """Return the expression that reads what a function makes of a column, in the type that clients expect."""
    field, function = aggregate.field, aggregate.function
    if field is None:
        return "count(*)"
    value = f"{function}({operand(field, f'{alias}.{quote(field.column)}')})"
    if function == "count":
        return value
    if function in ("avg", "sum") and field.type in ("Int", "BigInt"):
        return f"{value}::float8" if function == "avg" else value
    return _read_one(field, value, enums, in_json=False)


def _read_one(field: Field, column: str, enums: Mapping[str, Enum], in_json: bool) -> str:
    if field.is_enum:
        return _read_enum(enums[field.type], column)
    match field.type:
        case "DateTime":
            return _READ_INSTANT[field.native or "Timestamp"].format(column)
        case "Bytes":
            return f"translate(encode({column}, 'base64'), E'\\n', '')"
        case "Decimal":
            number = _READ_DECIMAL.get(_decimal_form(field), "{}").format(column)
            return f"{number}::text" if in_json else number
        case "Json":
            return f"{column}::text"
        case "Float" if in_json:
            return f"{column}::text"
        case "Float" if field.native == "Real":
            return f"{column}::text::float8"
        case _:
            return _READ_TEXT.get(field.native or "", "{}").format(column)


def _read_enum(enum: Enum, column: str) -> str:
    """Read an enum as text, so that no driver has to learn its type; mapped values get their names back."""
    if not enum.is_mapped:
        return f"{column}::text"
    cases = " ".join(f"WHEN {_literal(label)} THEN {_literal(name)}" for name, label in enum.values.items())
    return f"CASE {column}::text {cases} END"


def operand(field: Field, expression: str) -> str:
    """Return a column or parameter as what can be reckoned with: money has no avg and no product, oid has no sum."""
    number = {"Money": "numeric", "Oid": "int8"}.get(field.native or "")
    return f"{expression}::{number}" if number else expression


def column(field: Field, alias: str) -> str:
    """Return a field of the row `alias`, or what its function makes of it."""
    name = f"{alias}.{quote(field.column)}"
    return f"{field.function}({name})" if isinstance(field, AggregateField) else name


def _literal(text: str) -> str:
    """Quote a name of the schema as text. Values of callers never come here."""
    return "'" + text.replace("'", "''") + "'"


def parameter(
    writer: Writer, field: Field, source: Source, enums: Mapping[str, Enum], *, is_list: bool
) -> str:
    """Write a parameter that is compared with, or stored in, a field."""
    return cast(writer.parameter(source), field, enums, is_list=is_list)


def cast(expression: str, field: Field, enums: Mapping[str, Enum], *, is_list: bool) -> str:
    brackets = "[]" if is_list else ""
    through = travels_as_text(field, enums)
    if through and is_list and field.is_enum and not field.is_list:
        # As one text: where each is cast PostgreSQL plans for ten unknown labels, and reads the table whole.
        return f"{expression}::text[]::text::{through}[]"
    if through:
        return f"{expression}::text{brackets}::{through}{brackets}"
    money = f"::money{brackets}" if field.native == "Money" else ""
    return f"{expression}::{sql_type(field)}{brackets}{money}"


def travels_as_text(field: Field, enums: Mapping[str, Enum]) -> str | None:
    """The type that a parameter sent as text becomes, for types that asyncpg does not know as they are."""
    if field.is_enum:
        enum = enums[field.type]
        name = quote(enum.type_name)
        return f"{quote(enum.schema)}.{name}" if enum.schema else name
    if field.native in _AS_TEXT and field.type == "String":
        return _AS_TEXT[field.native]
    if field.native == "Date":
        return "date"
    return None


def array_type(field: Field, enums: Mapping[str, Enum]) -> str:
    """The PostgreSQL type of a list column."""
    return f"{travels_as_text(field, enums) or sql_type(field)}[]"


_SQL_TYPES = {
    "String": "text",
    "Int": "int4",
    "BigInt": "int8",
    "Float": "float8",
    "Decimal": "numeric",
    "Boolean": "bool",
    "DateTime": "timestamp",
    "Json": "jsonb",
    "Bytes": "bytea",
}

_NATIVE_SQL_TYPES = {
    "Char": "bpchar",
    "SmallInt": "int2",
    "Oid": "oid",
    "Real": "float4",
    "Timestamptz": "timestamptz",
    "Date": "date",
    "Time": "time",
    "Timetz": "timetz",
    "Json": "json",
}


def sql_type(field: Field) -> str:
    """The PostgreSQL type in which a parameter for the field is sent."""
    if field.is_list and field.native == "VarChar":
        return "varchar"  # lists are compared only with lists of the same type
    return _NATIVE_SQL_TYPES.get(field.native or "", _SQL_TYPES[field.type])
