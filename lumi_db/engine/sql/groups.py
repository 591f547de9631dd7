"""GROUP BY with aggregates; each column is named `_function.field`."""

from __future__ import annotations

from ..datamodel import Datamodel
from ..operation import (
    Aggregate,
    CompareAggregate,
    GroupBy,
    HavingAll,
    HavingAny,
    HavingCondition,
    HavingNot,
    Order,
    OrderAggregate,
)
from ..sources import Source
from . import columns
from .conditions import OPERATORS, Conditions
from .reads import order_by
from .writer import Template, Writer, comma, quote, quote_table

_WORDS = {HavingAll: (" AND ", "true"), HavingAny: (" OR ", "false")}


def group_template(group: GroupBy, datamodel: Datamodel) -> Template:
    writer = Writer()
    return writer.template(_Groups(writer, datamodel).text(group))


class _Groups:
    def __init__(self, writer: Writer, datamodel: Datamodel) -> None:
        self._writer = writer
        self._datamodel = datamodel
        self._conditions = Conditions(writer, datamodel)

    def text(self, group: GroupBy) -> str:
        alias = self._writer.alias()
        enums = self._datamodel.enums
        outputs = [
            f"{columns.read(field, alias, enums, in_json=False)} AS {quote(field.name)}" for field in group.by
        ]
        outputs += [f"{_aggregate(one, alias)} AS {quote(label(one))}" for one in group.aggregates]
        keys = comma([f"{alias}.{quote(field.column)}" for field in group.by])
        text = f"SELECT {comma(outputs)} FROM {quote_table(group.model)} AS {alias}"
        text += (
            f"{self._conditions.where(group.where, alias)} GROUP BY {keys}{self._having(group.having, alias)}"
        )
        return text + self._order(group, alias) + self._limit(group)

    def _having(self, having: HavingCondition, alias: str) -> str:
        text = self._having_text(having, alias)
        return "" if text == "true" else f" HAVING {text}"

    def _having_text(self, having: HavingCondition, alias: str) -> str:
        match having:
            case CompareAggregate(aggregate, operator, value):
                return OPERATORS[operator][0].format(
                    _aggregate(aggregate, alias), self._value(aggregate, value)
                )
            case HavingAll(parts) | HavingAny(parts):
                word, empty = _WORDS[type(having)]
                texts = [self._having_text(part, alias) for part in parts]
                return "(" + word.join(texts) + ")" if texts else empty
            case HavingNot(part):
                return f"NOT ({self._having_text(part, alias)})"
            case _:
                return self._conditions.write(having, alias)

    def _value(self, aggregate: Aggregate, value: Source) -> str:
        parameter = self._writer.parameter(value)
        return f"{parameter}::{_compared_type(aggregate)}"

    def _order(self, group: GroupBy, alias: str) -> str:
        plain = tuple(order for order in group.order if isinstance(order, Order))
        text = order_by(plain, alias, backwards=False)
        by_aggregate = [
            _aggregate_order(order, alias) for order in group.order if isinstance(order, OrderAggregate)
        ]
        return text + ((", " if text else " ORDER BY ") + comma(by_aggregate) if by_aggregate else "")

    def _limit(self, group: GroupBy) -> str:
        take = f" LIMIT {self._writer.parameter(group.take)}::int8" if group.take is not None else ""
        skip = f" OFFSET {self._writer.parameter(group.skip)}::int8" if group.skip is not None else ""
        return take + skip


def label(aggregate: Aggregate) -> str:
    return f"_{aggregate.function}.{aggregate.field.name if aggregate.field else '_all'}"


def _aggregate(aggregate: Aggregate, alias: str) -> str:
    if aggregate.field is None:
        return "count(*)"
    column = f"{alias}.{quote(aggregate.field.column)}"
    is_label = aggregate.field.is_enum and aggregate.function != "count"
    return f"{aggregate.function}({column}{'::text' if is_label else ''})"


def _aggregate_order(order: OrderAggregate, alias: str) -> str:
    return _aggregate(order.aggregate, alias) + (" DESC" if order.descending else " ASC")


def _compared_type(aggregate: Aggregate) -> str:
    if aggregate.function == "count" or aggregate.field is None:
        return "int8"
    if aggregate.function == "avg" and aggregate.field.type in ("Int", "BigInt"):
        return "numeric"
    return columns.sql_type(aggregate.field)
