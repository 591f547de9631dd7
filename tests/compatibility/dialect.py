"""Calls in prisma-client-py's dialect, and the same calls as Prisma Client JS wants them."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from lumi_db.engine.datamodel import Datamodel, Field, Model

_ACTIONS = {"find_unique_or_raise": "findUniqueOrThrow", "find_first_or_raise": "findFirstOrThrow"}
_ARGUMENTS = {"order": "orderBy", "startswith": "startsWith", "endswith": "endsWith"}
_OUTPUTS = ("include", "select", "omit")
_GROUPS = ("count", "sum", "avg", "min", "max")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the generated client: `client.<model>.<action>(**arguments)`."""

    model: str
    action: str
    arguments: Mapping[str, Any]

    def __str__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"{self.model.lower()}.{self.action}({given})"


@dataclass(frozen=True, slots=True)
class Json:
    """A value for a Json field: the class of that name in a generated package is not there yet when cases are read."""

    data: Any


def translate(call: Call, datamodel: Datamodel) -> dict[str, Any]:
    """Return a call as official.mjs reads it."""
    model = datamodel.models[call.model]
    arguments = dict(call.arguments)
    if call.action == "upsert" and "data" in arguments:
        arguments |= arguments.pop("data")
    if call.action in ("group_by", "aggregate"):
        arguments = {f"_{key}" if key in _GROUPS else key: item for key, item in arguments.items()}
        if call.action == "group_by" and arguments.get("_count") is True:
            arguments["_count"] = {"_all": True}
    return {
        "model": call.model[0].lower() + call.model[1:],
        "action": _ACTIONS.get(call.action) or _camel(call.action),
        "args": _Translator(datamodel).arguments(model, arguments),
    }


class _Translator:
    """Walks arguments beside the datamodel, for what a number or a None is depends on its field."""

    def __init__(self, datamodel: Datamodel) -> None:
        self._models = datamodel.models

    def arguments(self, model: Model, node: Any) -> Any:
        """Translate the arguments of a call or of one relation: their names are no fields."""
        if not isinstance(node, Mapping):
            return node
        return {
            _renamed(key): self._outputs(model, item) if key in _OUTPUTS else self._node(model, item)
            for key, item in node.items()
        }

    def _outputs(self, model: Model, node: Any) -> Any:
        """Translate what is read: keys are fields and relations, and `_count`, whose relations are this model's."""
        if not isinstance(node, Mapping):
            return node
        return {key: self.arguments(self._below(model, key), item) for key, item in node.items()}

    def _below(self, model: Model, key: str) -> Model:
        return self._models[model.relations[key].target] if key in model.relations else model

    def _node(self, model: Model, node: Any) -> Any:
        """Translate filters, data and orders: keys are fields, relations, or words of Prisma."""
        if isinstance(node, list | tuple):
            return [self._node(model, item) for item in node]
        if not isinstance(node, Mapping):
            return _value(node, None)
        names = {*model.fields, *model.relations, *(key.name for key in model.uniques)}
        return {
            key if key in names else _renamed(key): self._entry(model, key, item)
            for key, item in node.items()
        }

    def _entry(self, model: Model, key: str, node: Any) -> Any:
        if key in model.fields:
            return self._of_field(model.fields[key], node)
        if key in model.relations:
            return self._node(self._models[model.relations[key].target], node)
        return self._node(model, node)

    def _of_field(self, field: Field | None, node: Any) -> Any:
        if isinstance(node, list | tuple):
            return [self._of_field(field, item) for item in node]
        if not isinstance(node, Mapping):
            return _value(node, field)
        return {
            _operator(key): self._of_field(None if key in ("_avg", "_count") else field, item)
            for key, item in node.items()
        }


def _value(value: Any, field: Field | None) -> Any:
    match value:
        case None if field is not None and field.type == "Json" and not field.is_list:
            return {"$": "Null", "value": "DbNull"}
        case None | bool():
            return value
        case int() if field is not None and field.type == "BigInt":
            return {"$": "BigInt", "value": str(value)}
        case float() if not math.isfinite(value):
            return {"$": "Float", "value": {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}[str(value)]}
        case int() | float():
            return value
        case Decimal():
            return {"$": "Decimal", "value": str(value)}
    return _object(value)


def _object(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"$": "DateTime", "value": value.astimezone(UTC).isoformat()}
    if isinstance(value, bytes):
        return {"$": "Bytes", "value": b64encode(value).decode()}
    if hasattr(value, "data"):  # Json, or fields.Json of a generated package
        return (
            {"$": "Null", "value": "JsonNull"} if value.data is None else {"$": "Json", "value": value.data}
        )
    if type(value).__name__ == "Base64":
        return {"$": "Bytes", "value": str(value)}
    return str(value)


def generated(node: Any, fields: Any) -> Any:
    """Return arguments with the classes for Json and Bytes of a generated package's module `fields`."""
    match node:
        case Mapping():
            return {key: generated(item, fields) for key, item in node.items()}
        case list() | tuple():
            return [generated(item, fields) for item in node]
        case Json(data):
            return fields.Json(data)
        case bytes():
            return fields.Base64.encode(node)
    return node


def _operator(key: str) -> str:
    """Return Prisma's name of an operator; those that look into Json have underscores there too."""
    return key if key.startswith(("string_", "array_")) else _renamed(key)


def _renamed(key: str) -> str:
    return _ARGUMENTS.get(key) or _camel(key)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest) if first else name
