"""Example values for schemas: the same for every run, and valid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_BY_NAME: Mapping[str, Any] = {
    "id": "cmb2q7x0a0001lumi8fj3k2d9",
    "email": "ada@example.com",
    "slug": "linen-dress",
    "sku": "DRS-01/M",
    "currency": "TRY",
    "country": "TR",
    "key": "product:publish",
    "reference": "LM-2026-000001",
    "url": "https://example.com/a.webp",
    "code": "SUMMER-25",
    "sort": "-createdAt",
    "type": "urn:lumi:problem:validation",
    "title": "Data not valid",
    "detail": "price must be an amount as a text, such as '49.90'.",
    "status": 422,
}
_DEEPEST = 4


def example_of(
    schema: Mapping[str, Any], schemas: Mapping[str, Any], *, name: str = "", depth: int = 0
) -> Any:
    """Return an example for a schema; relations, which may be left out, are."""
    schema = _resolved(schema, schemas)
    if "examples" in schema:
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    for alternatives in ("anyOf", "oneOf"):
        if alternatives in schema:
            kinds = [_resolved(one, schemas) for one in schema[alternatives]]
            if any(one.get("type") == "null" for one in kinds) and not name:
                return None
            first = next((one for one in kinds if one.get("type") != "null"), {"type": "null"})
            return example_of(first, schemas, name=name, depth=depth)
    return _by_type(schema, schemas, name, depth)


def _by_type(schema: Mapping[str, Any], schemas: Mapping[str, Any], name: str, depth: int) -> Any:
    match schema.get("type"):
        case "object":
            required = schema.get("required", ())
            properties = schema.get("properties", {})
            return {
                one: example_of(properties[one], schemas, name=one, depth=depth + 1)
                for one in properties
                if one in required
            }
        case "array":
            if depth >= _DEEPEST:
                return []
            return [example_of(schema["items"], schemas, depth=depth + 1)]
        case "integer":
            return _BY_NAME[name] if isinstance(_BY_NAME.get(name), int) else max(1, schema.get("minimum", 1))
        case "number":
            return 1
        case "boolean":
            return False
        case "null":
            return None
        case "string":
            return _text(schema, name)
        case _:
            return {}


def _text(schema: Mapping[str, Any], name: str) -> str:
    if schema.get("format") == "date-time":
        return "2026-01-31T12:00:00.000Z"
    known = _BY_NAME.get(name)
    if isinstance(known, str):
        return known
    return str(_BY_NAME["id"]) if name.endswith("Id") else "text"


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    return schema
