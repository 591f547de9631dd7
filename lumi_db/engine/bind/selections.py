"""What is read: fields, order, page and includes.

Rules: https://www.prisma.io/docs/orm/reference/prisma-client-reference#findmany
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..datamodel import Field, Model
from ..operation import Cursor, Select
from ..shape import Backwards, Slot
from ..sources import Constant, InvalidValue, SlotValue, Source
from .common import Values, join, one_or_many, spelled, unknown_field, wrong_type
from .filters import Filters
from .orders import Orders, stable_order
from .outputs import OUTPUTS, Outputs

_PAGE = ("where", "order_by", "take", "skip", "cursor", "distinct")
_ARGUMENTS = (*_PAGE, *OUTPUTS)


class Selections:
    def __init__(self, values: Values, filters: Filters) -> None:
        self._values = values
        self._filters = filters
        self._orders = Orders(values)
        self.outputs = Outputs(values.datamodel, filters, self.select)

    def select(
        self,
        model: Model,
        node: Any,
        path: str,
        *,
        fields: Sequence[Field] | None = None,
        plain: bool | None = None,
    ) -> Select:
        """Bind the arguments of a find, or of one relation in it; see `Outputs.bind` for `fields` and `plain`."""
        node = {spelled(key): item for key, item in node.items()}
        for key in node:
            if key not in _ARGUMENTS:
                raise unknown_field(join(path, key), f"a selection of {model.name}", _ARGUMENTS)
        cursor, distinct = self._cursor(model, node, path), self._distinct(model, node.get("distinct"), path)
        order = self._orders.bind(model, node.get("order_by"), join(path, "order_by"))
        total = cursor is not None or bool(distinct)
        paged = total or node.get("take") is not None or node.get("skip") is not None
        read = self.outputs.bind(model, node, path, fields=fields, plain=plain)
        return replace(
            read,
            where=self._filters.where(model, node.get("where"), join(path, "where")),
            order=stable_order(model, order, total=total, paged=paged),
            take=self._count(node.get("take"), join(path, "take")),
            skip=self._count(node.get("skip"), join(path, "skip")),
            backwards=isinstance(node.get("take"), Slot) and node["take"].type is Backwards,
            cursor=cursor,
            distinct=distinct,
        )

    def _cursor(self, model: Model, node: dict[str, Any], path: str) -> Cursor | None:
        if node.get("cursor") is None:
            return None
        return Cursor(self._filters.unique(model, node["cursor"], join(path, "cursor")))

    def _distinct(self, model: Model, node: Any, path: str) -> tuple[Field, ...]:
        if node is None:
            return ()
        names = [item for item, _ in one_or_many(node, path)]
        for name in names:
            if not isinstance(name, str) or name not in model.fields:
                raise unknown_field(join(path, f"distinct.{name}"), f"the model {model.name}", model.fields)
        return tuple(model.fields[name] for name in names)

    def _count(self, node: Any, path: str) -> Source | None:
        if node is None:
            return None
        if not isinstance(node, Slot) or not issubclass(node.type, int) or node.type is bool:
            raise wrong_type(path, "an int", node)
        if path.endswith("skip"):
            return SlotValue(node.index, _not_negative, path)
        return SlotValue(node.index, _size, path)


def _not_negative(value: int) -> int:
    if value < 0:
        raise InvalidValue("it must not be negative.")
    return _size(value)


def _size(value: int) -> int:
    if abs(value) >= 2**63:
        raise InvalidValue("the number does not fit into BigInt.")
    return abs(value)


def constant_take(select: Select, count: int) -> Select:
    """Return the selection limited to a fixed number of rows, in Prisma's order for a page."""
    order = stable_order(select.model, select.order, total=False, paged=True)
    return replace(select, take=Constant(count), order=order)
