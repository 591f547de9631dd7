"""GROUP BY with aggregates; each column is named `_function.field`."""

from __future__ import annotations

from ..datamodel import Datamodel
from ..operation import GroupBy
from . import columns
from .conditions import Conditions
from .labels import label
from .orders import order_by, write_keys
from .reads import limit
from .writer import Template, Writer, comma, quote, quote_table


def group_template(group: GroupBy, datamodel: Datamodel) -> Template:
    """Write the statement for the groups of a model. `backwards` groups come in reverse order."""
    writer = Writer()
    return writer.template(_text(group, datamodel, writer))


def _text(group: GroupBy, datamodel: Datamodel, writer: Writer) -> str:
    alias, enums, conditions = writer.alias(), datamodel.enums, Conditions(writer, datamodel)
    outputs = [
        f"{columns.read(field, alias, enums, in_json=False)} AS {quote(field.name)}" for field in group.by
    ]
    outputs += [
        f"{columns.read_aggregate(one, alias, enums)} AS {quote(label(one))}" for one in group.aggregates
    ]
    keys = comma([columns.column(field, alias) for field in group.by])
    where = conditions.where(group.where, alias)
    having = conditions.write(group.having, alias)
    text = f"SELECT {comma(outputs)} FROM {quote_table(group.model)} AS {alias}{where} GROUP BY {keys}"
    text += "" if having == "true" else f" HAVING {having}"
    ordered = write_keys(conditions, [order.key for order in group.order], alias)
    order = order_by(group.order, ordered, backwards=group.backwards)
    return text + order + limit(writer, group.take, group.skip)
