"""Conditions: operators from their table, and the rules for relations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from ..condition import AllOf, AnyOf, Compare, Condition, IsNull, Not, Related, Search, Unlinked
from ..datamodel import Datamodel, Enum, Field, Relation
from ..operators import OPERATORS
from ..sources import Source
from . import columns
from .writer import Writer, quote, quote_table


class Conditions:
    """Writes the conditions of one statement."""

    def __init__(self, writer: Writer, datamodel: Datamodel) -> None:
        self._writer = writer
        self._datamodel = datamodel

    @property
    def _enums(self) -> Mapping[str, Enum]:
        return self._datamodel.enums

    def write(self, condition: Condition, alias: str, *, negated: bool = False) -> str:  # noqa: C901 one match
        """Return SQL that is true just where the condition is; if `negated`, false just where it is false.

        Between the two lie rows of which null leaves it unknown. NOT turns one kind into the other.
        """
        match condition:
            case Compare():
                return self._compare(condition, alias, negated=negated)
            case Search(fields, text):
                searched = ", ".join(columns.column(field, alias) for field in fields)
                return OPERATORS["search"].sql.format(searched, self._writer.parameter(text))
            case IsNull(field):
                return f"{columns.column(field, alias)} IS NULL"
            case AllOf(parts):
                return self._join(parts, alias, " AND ", empty="true", negated=negated)
            case AnyOf(parts):
                return self._join(parts, alias, " OR ", empty="false", negated=negated)
            case Unlinked(relation):
                return self.write(_empty_key(relation), alias, negated=negated)
            case Not(Unlinked(relation)):
                return self.write(Not(_empty_key(relation)), alias, negated=negated)
            case Not(IsNull(field)):
                return f"{columns.column(field, alias)} IS NOT NULL"
            case Not(Not(part)):
                return self.write(part, alias, negated=negated)
            case Not(Related() as related):
                return self._related(related, alias, negated=not negated, inverse=True)
            case Not(part):
                return f"NOT ({self.write(part, alias, negated=not negated)})"
            case Related():
                return self._related(condition, alias, negated=negated)
        assert_never(condition)

    def alias(self) -> str:
        return self._writer.alias()

    def parameter(self, source: Source) -> str:
        return self._writer.parameter(source)

    def related_rows(self, relation: Relation, where: Condition, alias: str) -> tuple[str, str, str]:
        """Return for the rows related to `alias` their own alias, what to read from, and the condition they meet."""
        other = self._writer.alias()
        source, link = self.link(relation, alias, other)
        condition = self.write(where, other)
        return other, source, link if condition == "true" else f"{link} AND {condition}"

    def where(self, condition: Condition, alias: str) -> str:
        """Return ` WHERE …`, or nothing if every row is meant."""
        text = self.write(condition, alias)
        return "" if text == "true" else f" WHERE {text}"

    def _join(self, parts: tuple[Condition, ...], alias: str, word: str, *, empty: str, negated: bool) -> str:
        texts = [self.write(part, alias, negated=negated) for part in parts]
        texts = [text for text in texts if text != "true"] if word == " AND " else texts
        if not texts:
            return empty
        return texts[0] if len(texts) == 1 else "(" + word.join(texts) + ")"

    def _compare(self, condition: Compare, alias: str, *, negated: bool) -> str:
        operator = condition.operator
        sql = (condition.insensitive and operator.insensitive) or operator.sql
        column = _comparable(condition.field, columns.column(condition.field, alias))
        if condition.path is not None:
            column = f"({column} #> {self._writer.parameter(condition.path)}::text[])"
        if operator.takes == "flag":
            return sql.format(column)
        parameter = self._parameter(condition)
        text = sql.format(column, parameter)
        if operator.of_type is None:
            return text
        sign, word = ("<>", "OR") if negated else ("=", "AND")
        return f"({text} {word} jsonb_typeof({column}) {sign} {operator.of_type.format(column, parameter)})"

    def _parameter(self, condition: Compare) -> str:
        if condition.operator.pattern is not None:
            return f"{self._writer.parameter(condition.value)}::text"
        is_list = condition.operator.takes == "list"
        text = columns.parameter(self._writer, condition.field, condition.value, self._enums, is_list=is_list)
        return _comparable(condition.field, text)

    def _related(self, condition: Related, alias: str, *, negated: bool, inverse: bool = False) -> str:
        """Write EXISTS; a filter on one related row that null leaves unknown stays neither true nor false."""
        relation = condition.relation
        other = self._writer.alias()
        source, link = self.link(relation, alias, other)
        unless_false = not relation.is_list and condition.exists == negated
        where = self.write(condition.where, other, negated=unless_false)
        if unless_false and _may_be_unknown(condition.where):
            where = f"({where}) IS NOT FALSE"
        condition_text = link if where == "true" else f"{link} AND {where}"
        word = "EXISTS" if condition.exists != inverse else "NOT EXISTS"
        return f"{word} (SELECT 1 FROM {source} WHERE {condition_text})"

    def link(self, relation: Relation, alias: str, other: str) -> tuple[str, str]:
        """Return what to read from to reach the related rows `other`, and the condition that links them."""
        target = quote_table(self._datamodel.models[relation.target])
        if relation.join is None:
            pairs = zip(relation.local, relation.remote, strict=True)
            link = " AND ".join(
                f"{columns.column(far, other)} = {columns.column(near, alias)}" for near, far in pairs
            )
            return f"{target} AS {other}", link
        join = self._writer.alias()
        joined = f"{quote_table(relation.join)} AS {join} JOIN {target} AS {other}"
        on = f"{columns.column(relation.remote[0], other)} = {join}.{quote(relation.join.remote_column)}"
        near = f"{join}.{quote(relation.join.local_column)} = {columns.column(relation.local[0], alias)}"
        return f"{joined} ON {on}", near


def _may_be_unknown(condition: Condition) -> bool:
    """Whether a null can make the condition neither true nor false. A list column may always be null."""
    match condition:
        case Compare(field):
            return not field.is_required or field.is_list or condition.path is not None
        case AllOf(parts) | AnyOf(parts):
            return any(_may_be_unknown(part) for part in parts)
        case Not(part):
            return _may_be_unknown(part)
        case Search() | IsNull() | Related() | Unlinked():
            return False
    assert_never(condition)


def _empty_key(relation: Relation) -> Condition:
    nullable = [field for field in relation.local if not field.is_required] or list(relation.local)
    return IsNull(nullable[0]) if len(nullable) == 1 else AnyOf(tuple(map(IsNull, nullable)))


def _comparable(field: Field, expression: str) -> str:
    """`json` has no equality; Prisma compares it as jsonb."""
    return f"{expression}::jsonb" if field.native == "Json" and not field.is_list else expression
