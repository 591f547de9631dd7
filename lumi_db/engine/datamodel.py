"""The datamodel: models, fields and relations of one schema, read from the DMMF.

`Datamodel.load` reads the `datamodel.json` that `lumi_db.engine.generator` writes. Everything here is
built once per client and never changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import EngineError


@dataclass(frozen=True, slots=True)
class Default:
    """A default: a function's name with its arguments, or a constant (`function` is None)."""

    function: str | None
    value: Any


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A scalar or enum field and its column. `native` is the `@db.` type's name, if one was given."""

    name: str
    column: str
    type: str
    is_enum: bool
    is_list: bool
    is_required: bool
    is_updated_at: bool
    default: Default | None
    native: str | None
    native_arguments: tuple[str, ...]

    @property
    def is_filled_by_database(self) -> bool:
        """Whether the database has a default that the engine cannot compute itself."""
        return self.default is not None and self.default.function in (
            "autoincrement",
            "dbgenerated",
            "sequence",
        )


@dataclass(frozen=True, slots=True)
class JoinTable:
    """The table of an implicit many-to-many relation: `_Name` with the columns `A` and `B`.

    It is in the PostgreSQL schema of the model whose ids are in `A`.
    """

    table: str
    local_column: str
    remote_column: str
    schema: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """A relation field, seen from the model that has it.

    `local` and `remote` are the fields that must be equal, pair by pair. `owns_key` says that `local` is
    the foreign key, and `on_delete` what it does then, where the schema says so. With `join` they are both ids,
    connected through that table.
    """

    name: str
    model: str
    target: str
    is_list: bool
    is_required: bool
    owns_key: bool
    local: tuple[Field, ...]
    remote: tuple[Field, ...]
    join: JoinTable | None
    opposite: str
    on_delete: str | None = None


@dataclass(frozen=True, slots=True)
class UniqueKey:
    """An id or unique: fields that name at most one row. `name` is its key in `where`, if it is compound."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Enum:
    """An enum type; `values` maps the names of the schema to the labels in the database."""

    name: str
    type_name: str
    values: Mapping[str, str]
    schema: str | None = None

    @property
    def is_mapped(self) -> bool:
        return any(name != label for name, label in self.values.items())


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    name: str
    table: str
    schema: str | None
    fields: Mapping[str, Field]
    relations: Mapping[str, Relation]
    primary_key: UniqueKey
    uniques: tuple[UniqueKey, ...]

    @property
    def id_fields(self) -> tuple[Field, ...]:
        return self.primary_key.fields


@dataclass(frozen=True, slots=True, eq=False)
class Datamodel:
    models: Mapping[str, Model]
    enums: Mapping[str, Enum]
    schema_hash: str

    @classmethod
    def load(cls, path: Path | str) -> Datamodel:
        """Read `datamodel.json`.

        Raises:
            EngineError: P1012 when the file is missing or was not written by `lumi-db-datamodel`.
        """
        try:
            content = json.loads(Path(path).read_text(encoding="utf-8"))
            return cls.from_dmmf(content["datamodel"], content["schema_hash"])
        except (OSError, LookupError, TypeError, ValueError, AttributeError) as error:
            raise EngineError(
                "P1012",
                f"{path} is not a datamodel: run `prisma generate` with the generator lumi-db-datamodel.",
            ) from error

    @classmethod
    def from_dmmf(cls, dmmf: Mapping[str, Any], schema_hash: str) -> Datamodel:
        enums = {enum["name"]: _enum(enum) for enum in dmmf["enums"]}
        raw_models = {model["name"]: model for model in dmmf["models"]}
        fields = {name: _scalar_fields(model) for name, model in raw_models.items()}
        models = {name: _model(model, raw_models, fields) for name, model in raw_models.items()}
        return cls(models=models, enums=enums, schema_hash=schema_hash)

    def opposite(self, relation: Relation) -> Relation:
        return self.models[relation.target].relations[relation.opposite]


def schema_hash(schema: str) -> str:
    """Return the SHA-256 of a schema's text, which ties `datamodel.json` to the client made with it."""
    return hashlib.sha256(schema.encode()).hexdigest()


def _enum(raw: Mapping[str, Any]) -> Enum:
    values = {value["name"]: value["dbName"] or value["name"] for value in raw["values"]}
    return Enum(raw["name"], raw["dbName"] or raw["name"], values, schema=raw.get("schema"))


def _scalar_fields(raw: Mapping[str, Any]) -> dict[str, Field]:
    return {field["name"]: _field(field) for field in raw["fields"] if field["kind"] in ("scalar", "enum")}


def _field(raw: Mapping[str, Any]) -> Field:
    native, arguments = raw.get("nativeType") or (None, ())
    return Field(
        name=raw["name"],
        column=raw.get("dbName") or raw["name"],
        type=raw["type"],
        is_enum=raw["kind"] == "enum",
        is_list=raw["isList"],
        is_required=raw["isRequired"],
        is_updated_at=raw.get("isUpdatedAt") or False,
        default=_default(raw),
        native=native,
        native_arguments=tuple(arguments),
    )


def _default(raw: Mapping[str, Any]) -> Default | None:
    if not raw.get("hasDefaultValue"):
        return None
    value = raw["default"]
    if isinstance(value, dict):
        return Default(function=value["name"], value=tuple(value["args"]))
    return Default(function=None, value=value)


def _model(
    raw: Mapping[str, Any],
    raw_models: Mapping[str, Mapping[str, Any]],
    fields: Mapping[str, Mapping[str, Field]],
) -> Model:
    name = raw["name"]
    keys = _unique_keys(raw, fields[name])
    relations = [
        _relation(raw, field, raw_models, fields) for field in raw["fields"] if field["kind"] == "object"
    ]
    return Model(
        name=name,
        table=raw["dbName"] or name,
        schema=raw.get("schema"),
        fields=fields[name],
        relations={relation.name: relation for relation in relations},
        primary_key=keys[0],
        uniques=keys,
    )


def _unique_keys(raw: Mapping[str, Any], fields: Mapping[str, Field]) -> tuple[UniqueKey, ...]:
    """List the keys of a model, the primary key (or what stands for it) first."""
    compound_id = raw["primaryKey"]
    names = [(field["name"], [field["name"]]) for field in raw["fields"] if field["isId"]]
    if compound_id:
        names.append((compound_id["name"] or "_".join(compound_id["fields"]), compound_id["fields"]))
    names += [(field["name"], [field["name"]]) for field in raw["fields"] if field["isUnique"]]
    names += [(index["name"] or "_".join(index["fields"]), index["fields"]) for index in raw["uniqueIndexes"]]
    return tuple(UniqueKey(name, tuple(fields[part] for part in parts)) for name, parts in names)


def _relation(
    raw: Mapping[str, Any],
    field: Mapping[str, Any],
    raw_models: Mapping[str, Mapping[str, Any]],
    fields: Mapping[str, Mapping[str, Field]],
) -> Relation:
    model, target = raw["name"], field["type"]
    opposite = _opposite(raw, field, raw_models[target])
    join = None
    if field["relationFromFields"]:
        local, remote = field["relationFromFields"], field["relationToFields"]
    elif opposite["relationFromFields"]:
        local, remote = opposite["relationToFields"], opposite["relationFromFields"]
    else:
        local, remote = _single_id(raw), _single_id(raw_models[target])
        join = _join_table(raw, field, raw_models[target], opposite)
    return Relation(
        name=field["name"],
        model=model,
        target=target,
        is_list=field["isList"],
        is_required=field["isRequired"],
        owns_key=bool(field["relationFromFields"]),
        local=tuple(fields[model][part] for part in local),
        remote=tuple(fields[target][part] for part in remote),
        join=join,
        opposite=opposite["name"],
        on_delete=field.get("relationOnDelete"),
    )


def _opposite(
    raw: Mapping[str, Any], field: Mapping[str, Any], target: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Find the other end of a relation. A self-relation has two ends of the same name in one model."""
    ends: list[Mapping[str, Any]] = [
        end for end in target["fields"] if end.get("relationName") == field["relationName"]
    ]
    others = [end for end in ends if raw["name"] != target["name"] or end["name"] != field["name"]]
    return (others or ends)[0]


def _single_id(raw: Mapping[str, Any]) -> list[str]:
    return [field["name"] for field in raw["fields"] if field["isId"]]


def _join_table(
    raw: Mapping[str, Any],
    field: Mapping[str, Any],
    target: Mapping[str, Any],
    opposite: Mapping[str, Any],
) -> JoinTable:
    """Name the columns as Prisma does: A is the first model by name, or the first field of a self-relation."""
    is_first = (raw["name"], field["name"]) <= (target["name"], opposite["name"])
    local, remote = ("A", "B") if is_first else ("B", "A")
    schema = (raw if is_first else target).get("schema")
    return JoinTable(f"_{field['relationName']}", local, remote, schema=schema)
