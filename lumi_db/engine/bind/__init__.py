"""Bind: arguments without values become a typed operation, checked against the datamodel.

An unknown field or a wrong type is an error that names its path, before anything is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..datamodel import Datamodel, Field, Model
from ..operation import (
    Count,
    Create,
    CreateMany,
    Delete,
    DeleteMany,
    Find,
    GroupBy,
    Operation,
    Select,
    Update,
    UpdateMany,
    Upsert,
    UpsertMany,
)
from ..policies import NO_POLICIES, Policies
from .aggregates import Aggregates
from .common import Node, Values, mapping, missing, unknown_field, wrong_type
from .filters import Filters
from .keys import Keys
from .selections import Selections, constant_take
from .writes import WriteInputs

_FINDS = {
    # method: (one row, must exist)
    "find_unique": (True, False),
    "find_unique_or_raise": (True, True),
    "find_first": (True, False),
    "find_first_or_raise": (True, True),
    "find_many": (False, False),
}


class Binder:
    """Binds the calls of one client."""

    def __init__(self, datamodel: Datamodel, policies: Policies = NO_POLICIES) -> None:
        self._datamodel = datamodel
        values = Values(datamodel)
        self._filters = Filters(values)
        self._selections = Selections(values, self._filters)
        self._aggregates = Aggregates(values, self._selections)
        self.inputs = WriteInputs(values, self._filters, policies)
        self._keys = Keys(self.inputs)

    def bind(  # noqa: C901 - one case for each method
        self,
        method: str,
        model: Model,
        node: Node,
        *,
        fields: Sequence[Field],
        root_selection: Sequence[str] | None,
    ) -> Operation:
        """Bind one call of the generated client.

        `fields` are the scalar fields that the caller's class has. `root_selection` is how
        prisma-client-py asks count and group_by for their numbers.

        Raises:
            EngineError: P2009 unknown name, P2012 missing value, P2019 wrong type, P2014 required relation.
        """
        match method:
            case "find_unique" | "find_unique_or_raise" | "find_first" | "find_first_or_raise" | "find_many":
                return self._find(method, model, node, fields)
            case "count":
                return self._count(model, node, root_selection)
            case "aggregate":
                return self._aggregates.totals(model, node)
            case "group_by":
                return self._group_by(model, node, root_selection)
            case "create":
                row = self.inputs.create(model, _given(node, "data", model), "data")
                return Create(row, self._returned(model, node, fields))
            case "update":
                where = self._filters.unique(model, _given(node, "where", model), "where")
                row_update = self.inputs.update(model, _given(node, "data", model), "data")
                return Update(where, row_update, self._returned(model, node, fields))
            case "upsert":
                return self._upsert(model, node, fields)
            case "delete":
                where = self._filters.unique(model, _given(node, "where", model), "where")
                return Delete(where, self._returned(model, node, fields))
            case "update_many" | "update_many_and_return":
                changes = self.inputs.update_many(model, _given(node, "data", model), "data")
                where = self._filters.where(model, node.get("where"), "where")
                returned = self._returned(model, node, fields) if method.endswith("return") else None
                return UpdateMany(model, where, changes, returned)
            case "create_many" | "create_many_and_return":
                skip = bool(node.get("skipDuplicates") or node.get("skip_duplicates"))
                returned = self._returned(model, node, fields) if method.endswith("return") else None
                return CreateMany(model, skip, returned)
            case "upsert_many":
                key = self._keys.key(model, node.get("key"))
                update = self._keys.updated(model, node.get("update"))
                return UpsertMany(key, update, self._returned(model, node, fields))
            case "delete_many":
                return DeleteMany(model, self._filters.where(model, node.get("where"), "where"))
            case _:
                raise unknown_field(
                    method,
                    "the client",
                    [*_FINDS, "count", "aggregate", "create", "update", "upsert", "delete"],
                )

    def _find(self, method: str, model: Model, node: Node, fields: Sequence[Field]) -> Find:
        single, required = _FINDS[method]
        if method.startswith("find_unique"):
            where = self._filters.unique(model, _given(node, "where", model), "where")
            return Find(replace(self._returned(model, node, fields), where=where), single, required)
        select = self._selections.select(model, node, "", fields=fields)
        return Find(constant_take(select, 1) if single else select, single, required)

    def _returned(self, model: Model, node: Node, fields: Sequence[Field]) -> Select:
        return self._selections.outputs.bind(model, node, "", fields=fields)

    def _count(self, model: Model, node: Node, root_selection: Sequence[str] | None) -> Count:
        select = self._selections.select(model, node, "", fields=())
        return Count(
            replace(select, order=select.order if select.cursor or select.take or select.skip else ()),
            self._aggregates.counted(model, root_selection),
        )

    def _group_by(self, model: Model, node: Node, root_selection: Sequence[str] | None) -> GroupBy:
        return self._aggregates.group_by(model, node, root_selection or ())

    def _upsert(self, model: Model, node: Node, fields: Sequence[Field]) -> Upsert:
        where_node = mapping(_given(node, "where", model), "where")
        if node.get("data") is not None:
            raise wrong_type("data", "a dict with `create` and `update`", node["data"])
        create_node = mapping(_given(node, "create", model), "create")
        where = self._filters.unique(model, where_node, "where")
        create = self.inputs.create(model, create_node, "create")
        update = self.inputs.update(model, _given(node, "update", model), "update")
        key = self._filters.sole_key(model, where_node)
        pairs = []
        if key is not None and not create.nested and not update.nested:
            given = {assign.field.name: assign.value for assign in create.values}
            wanted = self._filters.key_values(key, where_node, "where")
            pairs = [
                (wanted[field.name], given[field.name]) for field in key.fields if create_node.get(field.name)
            ]
            key = key if len(pairs) == len(key.fields) else None
        else:
            key = None
        return Upsert(where, create, update, self._returned(model, node, fields), key, tuple(pairs))


def _given(node: Node, name: str, model: Model) -> Any:
    if node.get(name) is None:
        raise missing(name, model.name)
    return node[name]
