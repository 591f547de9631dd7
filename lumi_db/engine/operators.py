"""The operators of filters: which fields have them, what they take, how they are written. One line each.

Rules: https://www.prisma.io/docs/orm/reference/prisma-client-reference#filter-conditions-and-operators
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .datamodel import Field

Takes = Literal["one", "list", "flag", "search"]

_TEXT = frozenset(("String",))
_ORDERED = frozenset(("String", "uuid", "ordered"))
_LISTED = _ORDERED | {"Bytes", "enum"}
_ALL = _LISTED | {"Boolean", "Json"}
_LOWERED = 'SELECT lower("v") FROM unnest({1}) AS "v"'


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator. In `sql` `{0}` is the column and `{1}` the parameter.

    `kinds` are those of the fields that have it; `takes` says what a caller gives: one value of the field, a list of
    them, True or False, or a text to search for. `insensitive` is the SQL with `mode: insensitive`, where it
    differs; `pattern` is what LIKE makes of the text. A value inside Json must be `of_type`, too; below a NOT one of
    another type counts as met.
    """

    sql: str
    takes: Takes
    kinds: frozenset[str]
    insensitive: str | None = None
    pattern: str | None = None
    of_type: str | None = None


OPERATORS: Mapping[str, Operator] = {
    "equals": Operator("{0} = {1}", "one", _ALL, "lower({0}) = lower({1})"),
    "in": Operator("{0} = ANY({1})", "list", _LISTED, f"lower({{0}}) = ANY({_LOWERED})"),
    "not_in": Operator("{0} <> ALL({1})", "list", _LISTED, f"lower({{0}}) <> ALL({_LOWERED})"),
    "lt": Operator("{0} < {1}", "one", _ORDERED, "lower({0}) < lower({1})"),
    "lte": Operator("{0} <= {1}", "one", _ORDERED, "lower({0}) <= lower({1})"),
    "gt": Operator("{0} > {1}", "one", _ORDERED, "lower({0}) > lower({1})"),
    "gte": Operator("{0} >= {1}", "one", _ORDERED, "lower({0}) >= lower({1})"),
    "contains": Operator("{0}::text LIKE {1}", "one", _TEXT, "{0}::text ILIKE {1}", pattern="%{}%"),
    "startswith": Operator("{0}::text LIKE {1}", "one", _TEXT, "{0}::text ILIKE {1}", pattern="{}%"),
    "endswith": Operator("{0}::text LIKE {1}", "one", _TEXT, "{0}::text ILIKE {1}", pattern="%{}"),
    "search": Operator("to_tsvector(concat_ws(' ', {0})) @@ to_tsquery({1}::text)", "search", _TEXT),
}  # fmt: skip

# How well the text of fields `{0}` answers a search for `{1}`.
RELEVANCE = "ts_rank(to_tsvector(concat_ws(' ', {0})), to_tsquery({1}::text))"

# What `not` makes of one value; callers do not name it.
DIFFERS = Operator("{0} <> {1}", "one", _ALL, "lower({0}) <> lower({1})")

LIST_OPERATORS: Mapping[str, Operator] = {
    "equals": Operator("{0} = {1}", "list", _ALL),
    "has": Operator("{0} @> ARRAY[{1}]", "one", _ALL),
    "has_every": Operator("{0} @> {1}", "list", _ALL),
    "has_some": Operator("{0} && {1}", "list", _ALL),
    "is_empty": Operator("{0} = '{{}}'", "flag", _ALL),
}


_JSON = frozenset(("Json",))
_JSON_TEXT = "({0} #>> '{{}}') LIKE {1}"
_JSON_LOWERED = "lower({0} #>> '{{}}') LIKE lower({1})"

# Of a value inside Json, as jsonb; `equals` and `not` are those of any field.
JSON_OPERATORS: Mapping[str, Operator] = {
    "lt": Operator("{0} < {1}", "one", _JSON, of_type="jsonb_typeof({1})"),
    "lte": Operator("{0} <= {1}", "one", _JSON, of_type="jsonb_typeof({1})"),
    "gt": Operator("{0} > {1}", "one", _JSON, of_type="jsonb_typeof({1})"),
    "gte": Operator("{0} >= {1}", "one", _JSON, of_type="jsonb_typeof({1})"),
    "string_contains": Operator(_JSON_TEXT, "one", _JSON, _JSON_LOWERED, pattern="%{}%", of_type="'string'"),
    "string_starts_with": Operator(_JSON_TEXT, "one", _JSON, _JSON_LOWERED, pattern="{}%", of_type="'string'"),
    "string_ends_with": Operator(_JSON_TEXT, "one", _JSON, _JSON_LOWERED, pattern="%{}", of_type="'string'"),
    "array_contains": Operator("{0} @> {1}", "one", _JSON, of_type="'array'"),
    "array_starts_with": Operator("({0} -> 0) = {1}", "one", _JSON, of_type="'array'"),
    "array_ends_with": Operator("({0} -> -1) = {1}", "one", _JSON, of_type="'array'"),
}  # fmt: skip

# There is no such value, or null in the place of all the Json.
JSON_MISSING = Operator("{0} IS NULL", "flag", _JSON)


def find_operator(field: Field, name: str) -> Operator | None:
    """Return an operator if the field has it."""
    found = (LIST_OPERATORS if field.is_list else OPERATORS).get(name)
    return found if found is not None and _kind(field) in found.kinds else None


def names_of(field: Field) -> list[str]:
    """List the operators that a field has."""
    table = LIST_OPERATORS if field.is_list else OPERATORS
    found = [name for name, operator in table.items() if _kind(field) in operator.kinds]
    return found if field.type != "Json" or field.is_list else [*found, "path", *JSON_OPERATORS]


def _kind(field: Field) -> str:
    if field.is_enum:
        return "enum"
    if field.native == "Uuid":
        return "uuid"
    return field.type if field.type in ("String", "Boolean", "Json", "Bytes") else "ordered"
