"""Database errors in the words of the schema: model and field names instead of tables and columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .datamodel import Datamodel, Model
from .errors import EngineError


def in_schema_words(error: EngineError, datamodel: Datamodel, model: Model | None) -> EngineError:
    """Return the error with Prisma's `meta` (modelName, target, field_name …), its names those of the schema.

    Source: https://www.prisma.io/docs/orm/reference/error-reference
    """
    model = _by_table(datamodel, error.meta) or model
    if model is None or "sqlstate" not in error.meta:
        return error
    fields = _foreign_key(model, error.meta) if error.code == "P2003" else _field_names(model, error.meta)
    meta: dict[str, Any] = {"modelName": model.name, **error.meta}
    if "message" in meta:
        return EngineError(error.code, error.message, {**meta, **_raised_names(error.code, fields)})
    names = ", ".join(f"`{name}`" for name in fields) or f"the constraint {error.meta.get('constraint', '')}"
    match error.code:
        case "P2002":
            meta["target"] = list(fields)
            return EngineError(
                "P2002", f"Unique constraint failed on {model.name}: {names} must be unique.", meta
            )
        case "P2003":
            meta["field_name"] = ", ".join(fields) or error.meta.get("constraint")
            return EngineError("P2003", f"Foreign key constraint failed on {model.name}: {names}.", meta)
        case "P2011":
            meta["constraint"] = list(fields)
            return EngineError(
                "P2011", f"Null constraint failed on {model.name}: {names} needs a value.", meta
            )
        case "P2000":
            meta["column_name"] = "(not available)"  # PostgreSQL does not say
            return EngineError("P2000", f"{error.message.rstrip('.')} (in {model.name}).", meta)
        case "P2004":
            return EngineError("P2004", error.message, {**meta, "database_error": error.message})
        case "P2021":
            meta["table"] = _missing_table(error.message, model)
            return EngineError("P2021", error.message, meta)
        case "P2022":
            return EngineError("P2022", error.message, {**meta, "column": _missing_column(error.message)})
        case _:
            return EngineError(error.code, error.message, meta)


def _raised_names(code: str | None, fields: tuple[str, ...]) -> dict[str, Any]:
    """Return what Prisma's `meta` has of an error that a trigger raised under a code of the server's own."""
    match code:
        case "P2002":
            return {"target": list(fields)}
        case "P2003":
            return {"field_name": ", ".join(fields)}
        case "P2011":
            return {"constraint": list(fields)}
        case _:
            return {}


def _missing_table(message: str, model: Model) -> str | None:
    """Read the table from the server's sentence, where it is quoted in any language."""
    found = re.search(r'"([^"]+)"', message)
    return found[1] if found else model.table


def _missing_column(message: str) -> str | None:
    """Read the column: `column "name" of relation …` in a write, `column t0.name does not exist` in a read."""
    found = re.search(r'"([^"]+)"|\bt\d+\.(\w+)', message)
    return (found[1] or found[2]) if found else None


def _by_table(datamodel: Datamodel, meta: Mapping[str, Any]) -> Model | None:
    """Find the model of the table the server named; two schemas may have tables of one name."""
    found = [model for model in datamodel.models.values() if model.table == meta.get("table")]
    return next((model for model in found if model.schema == meta.get("schema")), found[0] if found else None)


def _field_names(model: Model, meta: Mapping[str, Any]) -> tuple[str, ...]:
    names = {field.column: field.name for field in model.fields.values()}
    return tuple(names.get(column, column) for column in meta.get("columns", ()))


def _foreign_key(model: Model, meta: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the fields of the foreign key that failed.

    When a row that is pointed at is deleted, the server names the columns pointed at, which are of another
    table; the constraint's name, if Prisma gave it, has the key's own. A key named otherwise stays unknown then.
    """
    owned = [relation.local for relation in model.relations.values() if relation.owns_key]
    for fields in owned:
        if meta.get("constraint") == "_".join([model.table, *(field.column for field in fields), "fkey"]):
            return tuple(field.name for field in fields)
    names = _field_names(model, meta)
    return names if any({field.name for field in fields} == set(names) for fields in owned) else ()
