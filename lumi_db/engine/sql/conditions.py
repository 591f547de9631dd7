"""Conditions: one table of operators, and the rules for relations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from ..datamodel import Datamodel, Enum, Field, Relation
from ..operation import AllOf, AnyOf, Compare, CompareField, Condition, IsNull, Not, Related
from . import columns
from .writer import Writer, quote, quote_table

# operator: (SQL, whether the parameter is a list). `{0}` is the column, `{1}` the parameter.
OPERATORS: dict[str, tuple[str, bool]] = {
    "equals": ("{0} = {1}", False),
    "differs": ("{0} <> {1}", False),
    "lt": ("{0} < {1}", False),
    "lte": ("{0} <= {1}", False),
    "gt": ("{0} > {1}", False),
    "gte": ("{0} >= {1}", False),
    "in": ("{0} = ANY({1})", True),
    "not_in": ("{0} <> ALL({1})", True),
    "contains": ("{0}::text LIKE {1}", False),
    "startswith": ("{0}::text LIKE {1}", False),
    "endswith": ("{0}::text LIKE {1}", False),
    "search": ("to_tsvector({0}) @@ to_tsquery({1})", False),
    "list_equals": ("{0} = {1}", True),
    "has": ("{1} = ANY({0})", False),
    "has_every": ("{0} @> {1}", True),
    "has_some": ("{0} && {1}", True),
    "is_empty": ("coalesce(cardinality({0}), 0) = 0", False),
}

# The same with `mode: insensitive`, where it differs.
INSENSITIVE: dict[str, tuple[str, bool]] = {
    "equals": ("lower({0}) = lower({1})", False),
    "differs": ("lower({0}) <> lower({1})", False),
    "lt": ("lower({0}) < lower({1})", False),
    "lte": ("lower({0}) <= lower({1})", False),
    "gt": ("lower({0}) > lower({1})", False),
    "gte": ("lower({0}) >= lower({1})", False),
    "in": ('lower({0}) = ANY(SELECT lower("v") FROM unnest({1}) AS "v")', True),
    "not_in": ('lower({0}) <> ALL(SELECT lower("v") FROM unnest({1}) AS "v")', True),
    "contains": ("{0}::text ILIKE {1}", False),
    "startswith": ("{0}::text ILIKE {1}", False),
    "endswith": ("{0}::text ILIKE {1}", False),
}

_TEXT_OPERATORS = frozenset(("contains", "startswith", "endswith", "search"))


class Conditions:
    """Writes the conditions of one statement."""

    def __init__(self, writer: Writer, datamodel: Datamodel) -> None:
        self._writer = writer
        self._datamodel = datamodel

    @property
    def _enums(self) -> Mapping[str, Enum]:
        return self._datamodel.enums

    def write(self, condition: Condition, alias: str) -> str:
        match condition:
            case Compare():
                return self._compare(condition, alias)
            case CompareField(field, operator, other):
                return OPERATORS[operator][0].format(_column(field, alias), _column(other, alias))
            case IsNull(field):
                return f"{_column(field, alias)} IS NULL"
            case AllOf(parts):
                return self._join(parts, alias, " AND ", empty="true")
            case AnyOf(parts):
                return self._join(parts, alias, " OR ", empty="false")
            case Not(IsNull(field)):
                return f"{_column(field, alias)} IS NOT NULL"
            case Not(part):
                return f"NOT ({self.write(part, alias)})"
            case Related():
                return self._related(condition, alias)
        assert_never(condition)

    def where(self, condition: Condition, alias: str) -> str:
        """Return ` WHERE …`, or nothing if every row is meant."""
        text = self.write(condition, alias)
        return "" if text == "true" else f" WHERE {text}"

    def _join(self, parts: tuple[Condition, ...], alias: str, word: str, *, empty: str) -> str:
        texts = [self.write(part, alias) for part in parts]
        texts = [text for text in texts if text != "true"] if word == " AND " else texts
        if not texts:
            return empty
        return texts[0] if len(texts) == 1 else "(" + word.join(texts) + ")"

    def _compare(self, condition: Compare, alias: str) -> str:
        operator = condition.operator
        table = INSENSITIVE if condition.insensitive and operator in INSENSITIVE else OPERATORS
        template, is_list = table[operator]
        column = _comparable(condition.field, _column(condition.field, alias))
        if operator == "is_empty":
            return template.format(column)
        return template.format(column, self._parameter(condition, is_list))

    def _parameter(self, condition: Compare, is_list: bool) -> str:
        if condition.operator in _TEXT_OPERATORS:
            return f"{self._writer.parameter(condition.value)}::text"
        text = columns.parameter(self._writer, condition.field, condition.value, self._enums, is_list=is_list)
        return _comparable(condition.field, text)

    def _related(self, condition: Related, alias: str) -> str:
        relation = condition.relation
        other = self._writer.alias()
        source, link = self.link(relation, alias, other)
        where = self.write(condition.where, other)
        condition_text = link if where == "true" else f"{link} AND {where}"
        word = "EXISTS" if condition.exists else "NOT EXISTS"
        return f"{word} (SELECT 1 FROM {source} WHERE {condition_text})"

    def link(self, relation: Relation, alias: str, other: str) -> tuple[str, str]:
        """Return what to read from to reach the related rows `other`, and the condition that links them."""
        target = quote_table(self._datamodel.models[relation.target])
        if relation.join is None:
            pairs = zip(relation.local, relation.remote, strict=True)
            link = " AND ".join(f"{_column(far, other)} = {_column(near, alias)}" for near, far in pairs)
            return f"{target} AS {other}", link
        join = self._writer.alias()
        joined = f"{quote(relation.join.table)} AS {join} JOIN {target} AS {other}"
        on = f"{_column(relation.remote[0], other)} = {join}.{quote(relation.join.remote_column)}"
        near = f"{join}.{quote(relation.join.local_column)} = {_column(relation.local[0], alias)}"
        return f"{joined} ON {on}", near


def _column(field: Field, alias: str) -> str:
    return f"{alias}.{quote(field.column)}"


def _comparable(field: Field, expression: str) -> str:
    """`json` has no equality; Prisma compares it as jsonb."""
    return f"{expression}::jsonb" if field.native == "Json" and not field.is_list else expression
