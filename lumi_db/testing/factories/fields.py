"""Values of fields: as a caller may give them, as the client takes them, as a model has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from lumi_db.client import load_generated
from lumi_db.engine.datamodel import Field, Model
from lumi_db.errors import CallerError

from .chance import CHANCE, now


def typed_values(model: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as their fields have them; see `typed_value`."""
    return {name: typed_value(model.fields[name], value) for name, value in values.items()}


def typed_value(field: Field, value: Any) -> Any:
    """Return a value as its field has it: money may be given as text or a whole number. Raises CallerError."""
    if field.type == "Json":
        return _plain(value)
    if field.type != "Decimal" or value is None or isinstance(value, Decimal):
        return value
    if isinstance(value, str | int) and not isinstance(value, bool):
        try:
            return Decimal(value)
        except InvalidOperation:
            pass
    raise CallerError(f"{field.name} must be a Decimal, or a text such as '49.90'.")


def check_count(name: str, value: object) -> None:
    """Raise CallerError unless a value is a number of rows or pieces."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise CallerError(f"{name} must be a whole number from 0 on.")


def default_value(field: Field) -> Any:
    """Return what the client or the database would give a field."""
    if field.name in ("createdAt", "updatedAt", "id"):
        return CHANCE.make_id() if field.name == "id" else now()
    if field.default is None:
        return None
    match field.default.function:
        case None:
            return json.loads(field.default.value) if field.type == "Json" else field.default.value
        case "now":
            return now()
        case "cuid":
            return CHANCE.make_id()
        case _:
            return None


def for_client(model: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Wrap what goes into Json fields; a null is left to the database, since Json has a null of its own."""
    wrap = load_generated().Json
    return {
        name: wrap(value) if model.fields[name].type == "Json" else value
        for name, value in values.items()
        if value is not None or model.fields[name].type != "Json"
    }


def for_model(model: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write what goes into Json fields as text, which the models parse."""
    return {
        name: json.dumps(value) if model.fields[name].type == "Json" and value is not None else value
        for name, value in values.items()
    }


def _plain(value: Any) -> Any:
    return value.data if isinstance(value, load_generated().Json) else value
