"""`data`: values of a row, and the writes nested in it.

Rules: https://www.prisma.io/docs/orm/reference/prisma-client-reference#nested-queries
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..condition import ALWAYS, Condition
from ..datamodel import Field, Model, Relation
from ..errors import EngineError
from ..operation import (
    Assign,
    CreateRow,
    NestedAction,
    NestedConnect,
    NestedConnectOrCreate,
    NestedCreate,
    NestedCreateMany,
    NestedDelete,
    NestedDeleteMany,
    NestedDisconnect,
    NestedSet,
    NestedUpdate,
    NestedUpdateMany,
    NestedUpsert,
    NestedWrite,
    UpdateRow,
)
from ..policies import Policies
from ..sources import Constant, InvalidValue, NewId, Now, SlotValue, Source
from ..values import Converter, converter, describe
from .common import Values, mapping, missing, one_or_many, spelled, unknown_field, wrong_type
from .filters import Filters

_NUMBER_OPERATORS = ("set", "increment", "decrement", "multiply", "divide")
_NUMBER_TYPES = ("Int", "BigInt", "Float", "Decimal")
_ON_CREATE = ("create", "connect", "connect_or_create")
_ON_UPDATE = (*_ON_CREATE, "disconnect", "delete", "update", "upsert")
_ON_UPDATE_MANY = (*_ON_UPDATE, "set", "update_many", "delete_many")

Bind = Callable[[Relation, Any, str], NestedAction]


class WriteInputs:
    def __init__(self, values: Values, filters: Filters, policies: Policies) -> None:
        self._policies = policies
        self._values = values
        self._filters = filters
        self._models = values.datamodel.models
        self._binders: dict[str, Bind] = {
            "create": self._bind_create,
            "connect": self._bind_connect,
            "connect_or_create": self._bind_connect_or_create,
            "disconnect": self._bind_disconnect,
            "delete": self._bind_delete,
            "delete_many": self._bind_delete_many,
            "update": self._bind_update,
            "update_many": self._bind_update_many,
            "upsert": self._bind_upsert,
        }

    def create(self, model: Model, node: Any, path: str, *, linked: Relation | None = None) -> CreateRow:
        """Bind the data of a new row. `linked` is the parent's relation that will set the foreign key."""
        node = mapping(node, path)
        self._check_names(model, node, path, linked)
        self.refuse_inputs(model, node, path, is_new=True)
        nested = self._nested(model, node, path, self._creating)
        given = _foreign_keys(nested)
        if linked is not None and not linked.owns_key and linked.join is None:
            given.update(linked.remote)
        assigns = [self._initial(model, field, node, path, field in given) for field in model.fields.values()]
        return CreateRow(model, tuple(one for one in assigns if one is not None), nested)

    def update(self, model: Model, node: Any, path: str) -> UpdateRow:
        node = mapping(node, path)
        self._check_names(model, node, path)
        self.refuse_inputs(model, node, path, is_new=False)
        nested = self._nested(model, node, path, self._updating)
        for field in _foreign_keys(nested):
            if field.name in node:
                raise _set_twice(f"{path}.{field.name}")
        return UpdateRow(model, self._assignments(model, node, path), nested)

    def update_many(self, model: Model, node: Any, path: str) -> tuple[Assign, ...]:
        node = mapping(node, path)
        for key in node:
            if key not in model.fields:
                raise unknown_field(f"{path}.{key}", f"an update of many {model.name}", model.fields)
        self.refuse_inputs(model, node, path, is_new=False)
        return self._assignments(model, node, path)

    def refuse_inputs(self, model: Model, names: Iterable[str], path: str, *, is_new: bool) -> None:
        """Raise P2019 for the first field that the policies do not let a caller write."""
        for name in names:
            field = model.fields.get(name)
            reason = None if field is None else self._policies.refuse_input(model, field, is_new)
            if reason is not None:
                raise EngineError("P2019", f"`{path}.{name}`: {reason}", {"path": f"{path}.{name}"})

    def may_change(self, model: Model, field: Field) -> bool:
        """Whether the policies let a caller write this field of a row that is there."""
        return self._policies.refuse_input(model, field, False) is None

    def new_converter(self, model: Model, field: Field, convert: Converter) -> Converter:
        """Return the converter for a new row's field, which also refuses what the policies do."""
        only = self._policies.new_value(model, field)
        if only is None:
            return convert

        def convert_only(value: Any) -> Any:
            if convert(value) != only:
                raise InvalidValue(f"a new row has {only} here; leave it out.")
            return only

        return convert_only

    def _new(self, model: Model, field: Field, source: Source) -> Source:
        if not isinstance(source, SlotValue):
            return source
        return replace(source, convert=self.new_converter(model, field, source.convert))

    def generated(self, field: Field) -> Source | None:
        """Return what the engine itself puts into a new row's field, if it does."""
        default = field.default
        if field.is_updated_at:
            return Now(converter(field, self._values.enums))
        if default is None or field.is_filled_by_database:
            return None
        if default.function == "now":
            return Now(converter(field, self._values.enums))
        if default.function is not None:
            return NewId(default.function, default.value, converter(field, self._values.enums))
        return self._constant(field, default.value)

    def _constant(self, field: Field, value: Any) -> Source | None:
        """Take a constant default; what the DMMF has as text or without its digits is left to the database."""
        if field.type in ("Json", "Bytes", "DateTime", "Decimal"):
            return None
        read = int if field.type == "BigInt" else converter(field, self._values.enums)
        return Constant([read(item) for item in value] if field.is_list else read(value))

    def _check_names(self, model: Model, node: Any, path: str, linked: Relation | None = None) -> None:
        """Refuse unknown names, and the way back to the row that this one is created for."""
        back = linked.opposite if linked is not None and not linked.owns_key and linked.join is None else None
        known = [*model.fields, *(name for name in model.relations if name != back)]
        for key in node:
            if key not in known:
                raise unknown_field(f"{path}.{key}", f"the model {model.name}", known)

    def _initial(self, model: Model, field: Field, node: Any, path: str, is_linked: bool) -> Assign | None:
        value = node.get(field.name)
        at = f"{path}.{field.name}"
        if is_linked:
            if value is not None:
                raise _set_twice(at)
            return None
        if value is not None:
            value = value["set"] if isinstance(value, dict) and field.is_list and "set" in value else value
            return Assign(field, "set", self._new(model, field, self._values.whole(field, value, at)))
        if field.name in node:
            return Assign(field, "set", self._null(field, at))
        source = self.generated(field)
        if source is not None:
            return Assign(field, "set", source)
        if field.is_required and not field.is_list and field.default is None:
            raise missing(self._missing_name(model, field, path), model.name)
        return None

    def _missing_name(self, model: Model, field: Field, path: str) -> str:
        """Name the relation too, if the missing value is its foreign key: most callers give that."""
        owners = [one.name for one in model.relations.values() if one.owns_key and field in one.local]
        return f"{path}.{field.name}" + (f" (or `{path}.{owners[0]}`)" if owners else "")

    def _assignments(self, model: Model, node: Any, path: str) -> tuple[Assign, ...]:
        """Bind the changed columns; `@updatedAt` follows when there are any, as in Prisma."""
        given = [field for field in model.fields.values() if field.name in node]
        assigns = [self._assign(field, node[field.name], f"{path}.{field.name}") for field in given]
        if assigns:
            now = [field for field in model.fields.values() if field.is_updated_at and field not in given]
            assigns += [Assign(field, "set", Now(converter(field, self._values.enums))) for field in now]
        return tuple(assigns)

    def _assign(self, field: Field, node: Any, path: str) -> Assign:
        if not isinstance(node, dict):
            return Assign(field, "set", self._set(field, node, path))
        if len(node) != 1:
            raise wrong_type(path, "a value or a dict with one operator", node)
        operator, value = next(iter(node.items()))
        known = _operators(field)
        if operator not in known:
            raise unknown_field(f"{path}.{operator}", f"an update of {field.type}", known)
        at = f"{path}.{operator}"
        if operator == "set":
            return Assign(field, "set", self._set(field, value, at))
        if operator == "push":
            return Assign(field, "push", self._pushed(field, value, at))
        return Assign(field, operator, self._values.one(field, value, at))

    def _set(self, field: Field, node: Any, path: str) -> Source:
        return self._null(field, path) if node is None else self._values.whole(field, node, path)

    def _null(self, field: Field, path: str) -> Source:
        if field.is_required:
            raise wrong_type(path, f"{describe(field)}, since the field is never null", None)
        return Constant(None)

    def _pushed(self, field: Field, node: Any, path: str) -> Source:
        if isinstance(node, list) or getattr(node, "type", None) is list:
            return self._values.many(field, node, path)
        source = self._values.one(field, node, path)
        return _Single(source)

    def _nested(
        self, model: Model, node: Any, path: str, bind: Callable[[Relation, Any, str], NestedWrite]
    ) -> tuple[NestedWrite, ...]:
        """Bind the relations in the order in which the caller wrote them, which is that of their writes."""
        given = [model.relations[name] for name in node if name in model.relations]
        return tuple(
            bind(one, mapping(node[one.name], f"{path}.{one.name}"), f"{path}.{one.name}") for one in given
        )

    def _creating(self, relation: Relation, node: Any, path: str) -> NestedWrite:
        return self._actions(relation, node, path, [*_ON_CREATE, *_bulk_create(relation)])

    def _updating(self, relation: Relation, node: Any, path: str) -> NestedWrite:
        known = _ON_UPDATE_MANY if relation.is_list else _ON_UPDATE
        return self._actions(relation, node, path, [*known, *_bulk_create(relation)])

    def _actions(self, relation: Relation, node: Any, path: str, known: Sequence[str]) -> NestedWrite:
        """Bind the verbs of one nested write; like Prisma's, they are carried out in the order they are written."""
        actions: list[NestedAction] = []
        for key, item in node.items():
            verb, at = spelled(key), f"{path}.{key}"
            if verb not in known:
                raise unknown_field(at, f"a nested write of {relation.target}", known)
            if item is None:
                raise wrong_type(at, "a dict or a list", item)
            if item is not False:
                actions += self._action(relation, verb, item, at)
        return NestedWrite(relation, tuple(actions))

    def _action(self, relation: Relation, verb: str, node: Any, path: str) -> list[NestedAction]:
        if verb == "set":
            wheres = [self._unique(relation, item, at) for item, at in one_or_many(node, path)]
            return [NestedSet(tuple(wheres))]
        if verb == "create_many":
            return [self._create_many(relation, mapping(node, path), path)]
        nodes = one_or_many(node, path)
        if isinstance(node, list) and not relation.is_list:
            raise wrong_type(path, "one dict", node)
        return [self._binders[verb](relation, item, at) for item, at in nodes]

    def _unique(self, relation: Relation, node: Any, path: str) -> Condition:
        return self._filters.unique(self._models[relation.target], node, path)

    def _one_of(self, relation: Relation, node: Any, path: str) -> Condition:
        """Bind which related row is meant: by a key in a list, by an optional filter for a single one."""
        if relation.is_list:
            return self._unique(relation, node, path)
        return ALWAYS if node is True else self._where(relation, node, path)

    def _where(self, relation: Relation, node: Any, path: str) -> Condition:
        return self._filters.where(self._models[relation.target], node, path)

    def _row(self, relation: Relation, node: Any, path: str) -> CreateRow:
        return self.create(self._models[relation.target], node, path, linked=relation)

    def _create_many(self, relation: Relation, node: Any, path: str) -> NestedAction:
        node = _parts(node, path, ("data",), optional=("skip_duplicates", "skipDuplicates"))
        rows = [self._plain_row(relation, item, at) for item, at in one_or_many(node["data"], f"{path}.data")]
        flag = node.get("skip_duplicates", node.get("skipDuplicates", False))
        return NestedCreateMany(tuple(rows), bool(flag))

    def _plain_row(self, relation: Relation, node: Any, path: str) -> CreateRow:
        target = self._models[relation.target]
        for key in mapping(node, path):
            if key not in target.fields:
                raise unknown_field(f"{path}.{key}", f"createMany of {target.name}", target.fields)
        return self._row(relation, node, path)

    def _bind_create(self, relation: Relation, node: Any, path: str) -> NestedAction:
        return NestedCreate(self._row(relation, node, path))

    def _bind_connect(self, relation: Relation, node: Any, path: str) -> NestedAction:
        return NestedConnect(self._unique(relation, node, path))

    def _bind_connect_or_create(self, relation: Relation, node: Any, path: str) -> NestedAction:
        node = _parts(node, path, ("where", "create"))
        where = self._unique(relation, node["where"], f"{path}.where")
        return NestedConnectOrCreate(where, self._row(relation, node["create"], f"{path}.create"))

    def _bind_disconnect(self, relation: Relation, node: Any, path: str) -> NestedAction:
        if _is_held(relation):
            raise _needed(relation, path, "it cannot be disconnected")
        return NestedDisconnect(self._one_of(relation, node, path))

    def _bind_delete(self, relation: Relation, node: Any, path: str) -> NestedAction:
        if relation.owns_key and _is_held(relation):
            raise _needed(relation, path, "what it needs cannot be deleted")
        return NestedDelete(self._one_of(relation, node, path))

    def _bind_delete_many(self, relation: Relation, node: Any, path: str) -> NestedAction:
        return NestedDeleteMany(self._where(relation, node, path))

    def _bind_update(self, relation: Relation, node: Any, path: str) -> NestedAction:
        node, target = mapping(node, path), self._models[relation.target]
        if not relation.is_list and not _is_wrapped(node):
            return NestedUpdate(ALWAYS, self.update(target, node, path))
        node = _parts(node, path, ("where", "data") if relation.is_list else ("data",), optional=("where",))
        where = self._one_of(relation, node.get("where", True), f"{path}.where")
        return NestedUpdate(where, self.update(target, node["data"], f"{path}.data"))

    def _bind_update_many(self, relation: Relation, node: Any, path: str) -> NestedAction:
        node = _parts(node, path, ("where", "data"))
        where = self._where(relation, node["where"], f"{path}.where")
        return NestedUpdateMany(
            where, self.update_many(self._models[relation.target], node["data"], f"{path}.data")
        )

    def _bind_upsert(self, relation: Relation, node: Any, path: str) -> NestedAction:
        keys = ("where", "create", "update") if relation.is_list else ("create", "update")
        node = _parts(node, path, keys, optional=("where",))
        where = self._one_of(relation, node.get("where", True), f"{path}.where")
        update = self.update(self._models[relation.target], node["update"], f"{path}.update")
        return NestedUpsert(where, self._row(relation, node["create"], f"{path}.create"), update)


class _Single:
    """A value as a list of one, for `push`."""

    __slots__ = ("_source",)

    def __init__(self, source: Source) -> None:
        self._source = source

    def __call__(self, context: Any) -> list[Any]:
        return [self._source(context)]


def _operators(field: Field) -> tuple[str, ...]:
    if field.is_list:
        return ("set", "push")
    return _NUMBER_OPERATORS if field.type in _NUMBER_TYPES else ("set",)


def _foreign_keys(nested: Sequence[NestedWrite]) -> set[Field]:
    """The row's own fields that its nested writes set."""
    return {field for write in nested if write.relation.owns_key for field in write.relation.local}


def _set_twice(path: str) -> EngineError:
    message = f"`{path}` is set by the relation beside it: give one of the two."
    return EngineError("P2019", message, {"path": path})


def _bulk_create(relation: Relation) -> tuple[str, ...]:
    return ("create_many",) if relation.is_list and relation.join is None else ()


def _is_held(relation: Relation) -> bool:
    """Whether the foreign key of the relation, on whichever side it is, can never be null."""
    key = relation.local if relation.owns_key else relation.remote
    return relation.join is None and all(field.is_required for field in key)


def _is_wrapped(node: Any) -> bool:
    """Whether the update of a single related row is `{where, data}` and not the fields themselves."""
    return isinstance(node.get("data"), Mapping) and node.keys() <= {"where", "data"}


def _parts(node: Any, path: str, wanted: Sequence[str], *, optional: Sequence[str] = ()) -> Any:
    node = mapping(node, path)
    for key in wanted:
        if key not in node:
            message = f"A value is required but not set: `{path}.{key}`."
            raise EngineError("P2012", message, {"path": f"{path}.{key}"})
    for key in node:
        if key not in wanted and key not in optional:
            raise unknown_field(f"{path}.{key}", "the nested write", dict.fromkeys((*wanted, *optional)))
    return node


def _needed(relation: Relation, path: str, what: str) -> EngineError:
    names = {"model_a_name": relation.model, "model_b_name": relation.target}
    meta = {"path": path, "relation_name": relation.name, **names}
    return EngineError("P2014", f"`{path}`: the relation is required, so {what}.", meta)
