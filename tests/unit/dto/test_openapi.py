"""The OpenAPI document is current, valid, and its examples are what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel

from lumi_db.cli import app
from lumi_db.client import load_datamodel
from lumi_db.config import child_environment, project_root
from lumi_db.dto.problem import ProblemResponse
from lumi_db.errors import FieldProblem, ValidationError
from lumi_db.openapi import make_document
from lumi_db.openapi.document import page_of
from lumi_db.openapi.resources import RESOURCES
from lumi_db.redaction import SECRET_FIELDS

ROOT = project_root()
COMMITTED = ROOT / "docs" / "openapi.json"
DOCUMENT: dict[str, Any] = make_document()
SCHEMAS = DOCUMENT["components"]["schemas"]
MODELS: dict[str, type[BaseModel]] = {
    one.__name__: one
    for resource in RESOURCES
    for one in (
        resource.answer, resource.create, resource.update, page_of(resource),
        *(action.input for action in resource.actions),
    )
    if one is not None
}  # fmt: skip


def test_the_committed_document_is_current() -> None:
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == DOCUMENT, "run npm run openapi"


def test_it_is_made_the_same_every_time() -> None:
    assert make_document() == DOCUMENT


def test_it_is_openapi_3_1() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []
    assert validator_for(SCHEMAS) is Draft202012Validator


def test_the_linter_finds_nothing() -> None:
    command = [
        Path(sys.prefix) / "bin" / "node",
        ROOT / "node_modules" / "@redocly" / "cli" / "bin" / "cli.js",
    ]
    environment = child_environment({"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"})
    done = subprocess.run(
        [*command, "lint", str(COMMITTED)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in done.stderr.lower()


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_aggregate_has_its_standard_operations() -> None:
    names = {operation["operationId"] for _, _, operation in operations()}
    assert len(names) == len(list(operations()))
    for resource in RESOURCES:
        methods = DOCUMENT["paths"][f"{resource.path}/{{id}}"]
        assert "get" in methods
        assert ("patch" in methods) == (resource.update is not None)
        assert ("delete" in methods) == resource.can_delete
        assert ("post" in DOCUMENT["paths"][resource.path]) == (resource.create is not None)
    assert {"checkOut", "listProducts", "updateProduct", "createReview"} <= names


def test_errors_are_problem_documents() -> None:
    for path, method, operation in operations():
        refused = {status for status in operation["responses"] if status >= "4"}
        assert refused, (path, method)
        assert {operation["responses"][status]["$ref"][-3:] for status in refused} == refused
    error = ValidationError("x", entity="Product", problems=(FieldProblem("price", "x"),), code="P2002")
    ProblemResponse.model_validate_json(json.dumps(error.problem(instance="/products")))


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_examples_are_valid(name: str) -> None:
    schema = SCHEMAS[name]
    if schema.get("type") != "object" or name.endswith("Condition"):
        return
    root = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SCHEMAS}}
    for example in schema["examples"]:
        Draft202012Validator(root).validate(example)
        if name in MODELS:
            MODELS[name].model_validate_json(json.dumps(example))


def test_every_dto_of_a_resource_is_in_it() -> None:
    assert set(MODELS) <= set(SCHEMAS)
    assert {resource.answer.of_model for resource in RESOURCES} <= set(load_datamodel().models)


def test_no_answer_names_a_secret() -> None:
    secret = set().union(*SECRET_FIELDS.values())
    for name, schema in SCHEMAS.items():
        if name.endswith(("Response", "Page", "Filter")):
            assert not secret & set(schema.get("properties", {})), name


def test_the_command_is_there() -> None:
    assert app.info.name == "lumi-db"
