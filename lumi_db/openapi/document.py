"""The document itself: schemas from the DTOs, and a path for each operation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, create_model
from pydantic.alias_generators import to_camel
from pydantic.json_schema import models_json_schema

from lumi_db.client import load_datamodel
from lumi_db.dto.base import Input
from lumi_db.dto.examples import EXAMPLES
from lumi_db.dto.filters import filter_of
from lumi_db.dto.pages import CursorPageResponse, CursorQuery, PageQuery, PageResponse
from lumi_db.dto.problem import ProblemResponse
from lumi_db.dto.row import Row

from .examples import example_of
from .resources import RESOURCES, Action, Resource

VERSION = "0.1.0"
REF = "#/components/schemas/"
PROBLEM = "application/problem+json"
JSON = "application/json"
ID: dict[str, Any] = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "maxLength": 64},
}
IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "description": "The version that was read: a row that somebody else changed since is not overwritten (409).",
    "schema": {"type": "string", "pattern": '^"[0-9]+"$', "examples": ['"3"']},
}
PROBLEMS: Mapping[str, str] = {
    "400": "The query is not valid",
    "401": "Nobody has signed in",
    "403": "Who has signed in may not do this",
    "404": "There is no such row",
    "409": "The state of the rows forbids it, or somebody else changed them",
    "413": "The body is too large",
    "422": "The data are not valid",
    "503": "The database is busy or away; try again",
}


def make_document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document; the same for the same schema and DTOs."""
    schemas = _make_schemas()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lumi shop",
            "version": VERSION,
            "summary": "The shop's data as an API offers them.",
            "description": "Amounts are texts with two places, instants RFC 3339 in UTC, names camelCase. "
            "Errors are problem documents (RFC 9457).",
            "license": {"name": "Proprietary", "identifier": "LicenseRef-Proprietary"},
        },
        "servers": [{"url": "/api/v1", "description": "Where an application offers it."}],
        "security": [{"bearer": []}],
        "tags": [{"name": one.name, "description": _doc(one.answer)} for one in RESOURCES],
        "paths": _make_paths(schemas),
        "components": {
            "schemas": schemas,
            "responses": {
                f"Problem{status}": {
                    "description": what,
                    "content": {PROBLEM: {"schema": _ref(ProblemResponse)}},
                }
                for status, what in PROBLEMS.items()
            },
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "The application's own token."}
            },
        },
    }


@cache
def page_of(resource: Resource) -> type[BaseModel]:
    """Return the model for one page of a resource."""
    base: Any = CursorPageResponse if resource.grows else PageResponse
    made = create_model(
        f"{resource.answer.__name__.removesuffix('Response')}Page", __base__=base[resource.answer]
    )
    page: type[BaseModel] = made
    page.__doc__ = base.__doc__
    return page


def _make_schemas() -> dict[str, Any]:
    inputs = {one for resource in RESOURCES for one in _inputs_of(resource)}
    outputs = {one for resource in RESOURCES for one in (resource.answer, page_of(resource))} | {
        ProblemResponse
    }
    queries = {filter_of(resource.answer.of_model) for resource in RESOURCES}
    wanted: list[tuple[Any, Any]] = [(one, "validation") for one in _by_name([*inputs, *queries])]
    wanted += [(one, "serialization") for one in _by_name(outputs)]
    _, found = models_json_schema(wanted, ref_template=f"{REF}{{model}}")
    schemas: dict[str, Any] = {name: _tidy(schema) for name, schema in sorted(found["$defs"].items())}
    known = {kind.__name__: example for kind, example in EXAMPLES.items()}
    for name, schema in schemas.items():
        if schema.get("type") == "object" and not name.endswith("Condition"):
            schema["examples"] = [known.get(name) or example_of(schema, schemas)]
    return schemas


def _by_name(models: Iterable[type[BaseModel]]) -> list[type[BaseModel]]:
    return sorted(models, key=lambda one: one.__name__)


def _inputs_of(resource: Resource) -> list[type[Input]]:
    given = (resource.create, resource.update, *(action.input for action in resource.actions))
    return [one for one in given if one is not None]


def _tidy(part: Any) -> Any:
    """Take out what says nothing: titles that repeat names, null as a default, and that inputs are only written."""
    if isinstance(part, list):
        return [_tidy(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: {key: _tidy(value) for key, value in content.items()}
        if name == "properties"
        else _tidy(content)
        for name, content in part.items()
        if not (name == "title" and isinstance(content, str))
        and not (name == "default" and content is None)
        and name != "writeOnly"
    }


def _make_paths(schemas: Mapping[str, Any]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for resource in RESOURCES:
        paths.setdefault(resource.path, {}).update(_list_operations(resource))
        paths.setdefault(f"{resource.path}/{{id}}", {}).update(_row_operations(resource))
        for action in resource.actions:
            paths[action.path] = {"post": _action(action, resource)}
    return paths


def _list_operations(resource: Resource) -> dict[str, Any]:
    query: Any = CursorQuery if resource.grows else PageQuery
    properties = query.model_json_schema()["properties"]
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "query", "schema": _parameter(schema)} for name, schema in properties.items()
    ]
    parameters.append(
        {
            "name": "filter",
            "in": "query",
            "description": 'Conditions as JSON, such as {"createdAt": {"gte": "2026-01-31T12:00:00Z"}}.',
            "content": {JSON: {"schema": {"$ref": f"{REF}{filter_of(resource.answer.of_model).__name__}"}}},
        }
    )
    plural = to_camel(resource.path.strip("/").replace("-", "_"))
    operations = {
        "get": _operation(
            f"list{plural[0].upper()}{plural[1:]}", f"List {_words(plural)}", resource, page_of(resource),
            parameters=parameters, problems=("400", "401", "403", "503"),
        )
    }  # fmt: skip
    if resource.create is not None:
        operations["post"] = _operation(
            f"create{_capital(resource)}", f"Create {_article(resource)}", resource, resource.answer,
            body=resource.create, status=201,
        )  # fmt: skip
    return operations


def _row_operations(resource: Resource) -> dict[str, Any]:
    capital, one = _capital(resource), _article(resource)
    versioned = (
        [ID, IF_MATCH] if "version" in load_datamodel().models[resource.answer.of_model].fields else [ID]
    )
    operations = {
        "get": _operation(
            f"get{capital}", f"Get {one}", resource, resource.answer, parameters=[ID],
            problems=("401", "403", "404", "503"),
        )
    }  # fmt: skip
    if resource.update is not None:
        operations["patch"] = _operation(
            f"update{capital}", f"Change {one}", resource, resource.answer, parameters=versioned,
            body=resource.update,
        )  # fmt: skip
    if resource.can_delete:
        operations["delete"] = _operation(
            f"delete{capital}", f"Delete {one}", resource, None, parameters=versioned, status=204,
            problems=("401", "403", "404", "409", "503"),
        )  # fmt: skip
    return operations


def _action(action: Action, resource: Resource) -> dict[str, Any]:
    parameters = [ID] if "{id}" in action.path else []
    return _operation(
        action.name, action.summary, resource, action.answer, parameters=parameters, body=action.input,
        status=action.status,
    )  # fmt: skip


def _operation(
    name: str,
    summary: str,
    resource: Resource,
    answer: type[BaseModel] | None,
    *,
    parameters: list[dict[str, Any]] | None = None,
    body: type[Input] | None = None,
    status: int = 200,
    problems: tuple[str, ...] = ("400", "401", "403", "404", "409", "413", "422", "503"),
) -> dict[str, Any]:
    done: dict[str, Any] = {"description": "Done."}
    if answer is not None:
        done["content"] = {JSON: {"schema": _ref(answer)}}
    operation: dict[str, Any] = {"operationId": name, "summary": summary, "tags": [resource.name]}
    if parameters:
        operation["parameters"] = parameters
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": _ref(body)}}}
    refused = {one: {"$ref": f"#/components/responses/Problem{one}"} for one in problems}
    return {**operation, "responses": {str(status): done, **refused}}


def _parameter(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter of the URL, which is left out rather than null."""
    found = _tidy(dict(schema))
    kinds = [one for one in found.pop("anyOf", ()) if one.get("type") != "null"]
    return {**found, **(kinds[0] if kinds else {})}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"{REF}{model.__name__}"}


def _doc(answer: type[Row]) -> str:
    return (answer.__doc__ or "").strip()


def _capital(resource: Resource) -> str:
    return f"{resource.name[0].upper()}{resource.name[1:]}"


def _words(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)


def _article(resource: Resource) -> str:
    words = _words(resource.name)
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"
