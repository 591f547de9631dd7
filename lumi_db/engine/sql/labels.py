"""Names of columns that are numbers: `results` puts `_sum.price` into a dictionary `_sum`."""

from __future__ import annotations

from ..operation import Aggregate, RelatedCount


def label(aggregate: Aggregate) -> str:
    return f"_{aggregate.function}.{aggregate.field.name if aggregate.field else '_all'}"


def count_label(count: RelatedCount) -> str:
    return f"_count.{count.relation.name}"
