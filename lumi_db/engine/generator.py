"""The Prisma generator `lumi-db-datamodel`: writes the DMMF as `datamodel.json`, and types as `typed.pyi`.

Prisma hands every generator its own parse of the schema, so no parser of the schema language is needed here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prisma.generator import GenericGenerator, Manifest
from prisma.generator._dsl_parser import parse_schema_dsl
from pydantic import BaseModel, ConfigDict

from .datamodel import Datamodel, schema_hash
from .enum_schemas import enum_schemas
from .errors import EngineError
from .typed import render_typed

__all__ = [
    "DatamodelGenerator",
    "GeneratorRequest",
    "main",
    "render_datamodel",
    "render_types",
    "schema_hash",
]


class GeneratorRequest(BaseModel):
    """What Prisma sends with `generate`. The DMMF stays raw: prisma-client-py's classes drop native types."""

    model_config = ConfigDict(extra="ignore")

    generator: dict[str, Any]
    datamodel: str
    dmmf: dict[str, Any]
    datasources: list[dict[str, Any]]
    otherGenerators: list[dict[str, Any]] = []  # noqa: N815  # Prisma's own spelling


class DatamodelGenerator(GenericGenerator[GeneratorRequest]):
    def get_manifest(self) -> Manifest:
        return Manifest(
            name="lumi-db datamodel",
            default_output=Path("datamodel.json"),
            requires_engines=[],
        )

    def generate(self, data: GeneratorRequest) -> None:
        check_native_types(data)
        output = Path(data.generator["output"]["value"])
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(render_datamodel(data), encoding="utf-8")
        if is_beside_a_client(data):
            types = render_types(data.dmmf["datamodel"])
            output.with_name("typed.pyi").write_text(types, encoding="utf-8")
        forget_url(data)


def render_datamodel(data: GeneratorRequest) -> str:
    content = {
        "schema_hash": schema_hash(data.datamodel),
        "provider": data.datasources[0]["activeProvider"] if data.datasources else None,
        "datamodel": {**data.dmmf["datamodel"], "enums": _enums(data)},
    }
    return json.dumps(content, indent=1, ensure_ascii=False)


def _enums(data: GeneratorRequest) -> list[dict[str, Any]]:
    schemas = enum_schemas(data.datamodel)
    return [{**enum, "schema": schemas.get(enum["name"])} for enum in data.dmmf["datamodel"]["enums"]]


def render_types(dmmf: Mapping[str, Any]) -> str:
    """Return the text of `typed.pyi` for a parsed schema, as it is in `datamodel.json`, too."""
    instances = {model["name"]: _instance_name(model) for model in dmmf["models"]}
    return render_typed(Datamodel.from_dmmf(dmmf, schema_hash=""), instances)


def is_beside_a_client(data: GeneratorRequest) -> bool:
    """Tell whether the output's folder is an async client's of prisma-client-py: the types refer to its modules."""
    folder = Path(data.generator["output"]["value"]).parent.resolve()
    return any(
        client.resolve() == folder and generator["config"].get("interface", "asyncio") == "asyncio"
        for generator, client in _clients(data)
    )


def _instance_name(model: Mapping[str, Any]) -> str:
    """Return the client's attribute for a model, as prisma-client-py names it.

    https://prisma-client-py.readthedocs.io/en/stable/reference/schema-extensions/#instance_name
    """
    parsed = parse_schema_dsl(model.get("documentation") or "")
    arguments = parsed["value"]["arguments"] if parsed["type"] == "ok" else {}
    return str(arguments.get("instance_name") or model["name"].lower())


def check_native_types(data: GeneratorRequest) -> None:
    """Refuse the DMMF of a Prisma that leaves native types out: every `@db.` type would be taken for another.

    prisma-client-py 0.15 calls Prisma 5.17 where it is told nothing else. Raises EngineError, P1012.
    """
    fields = [field for model in data.dmmf["datamodel"]["models"] for field in model["fields"]]
    if any(field["kind"] == "scalar" and "nativeType" not in field for field in fields):
        raise EngineError(
            "P1012",
            "This Prisma is too old for lumi-db-datamodel: set prisma_version and expected_engine_version in "
            "[tool.prisma] of pyproject.toml to those of Prisma 6.19.3, as docs/adopting.md shows.",
        )


def forget_url(data: GeneratorRequest) -> None:
    """Take the database's URL out of the clients that prisma-client-py has just written.

    `prisma migrate dev` hands generators the value of `env("DATABASE_URL")`, and prisma-client-py writes it
    into `client.py`, password included. With None there the client reads the variable when it starts.
    """
    for _, folder in _clients(data):
        client = folder / "client.py"
        if client.exists():
            text = client.read_text(encoding="utf-8")
            client.write_text(_without_urls(text, data.datasources), encoding="utf-8")


def _clients(data: GeneratorRequest) -> list[tuple[dict[str, Any], Path]]:
    """List the generators of prisma-client-py that say where they write, and their folders."""
    return [
        (generator, Path(generator["output"]["value"]))
        for generator in data.otherGenerators
        if generator.get("output") and "prisma-client-py" in generator["provider"]["value"]
    ]


def _without_urls(text: str, datasources: list[dict[str, Any]]) -> str:
    for url in (datasource["url"] for datasource in datasources):
        if url["fromEnvVar"] and url["value"]:
            text = text.replace(f"'value': {url['value']!r}", "'value': None")
    return text


def main() -> None:
    DatamodelGenerator.invoke()


if __name__ == "__main__":
    main()
