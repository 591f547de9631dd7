"""`lumi-db-datamodel`, run by the real `prisma generate` on a schema that is not the shop's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lumi_db.config import child_environment
from lumi_db.engine import Datamodel, EngineError
from lumi_db.engine.datamodel import JoinTable, schema_hash
from lumi_db.engine.generator import GeneratorRequest, check_native_types
from tests.engine.conftest import BLOG


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """Give the datamodel.json that `prisma generate` makes of the blog's schema with this generator alone."""
    folder = tmp_path_factory.mktemp("generator")
    schema = (BLOG / "schema.prisma").read_text()
    start, end = schema.index("generator client"), schema.index("generator datamodel")
    (folder / "schema.prisma").write_text(schema[:start] + schema[end:])
    root, binaries = pytestconfig.rootpath, Path(sys.executable).parent
    environment = {**child_environment(), "DATABASE_URL": "postgresql://localhost/unused"}
    environment["PATH"] = f"{binaries}:{environment['PATH']}"
    command = [str(root / "node_modules/.bin/prisma"), "generate", f"--schema={folder / 'schema.prisma'}"]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, timeout=120)
    return folder / "generated" / "datamodel.json"


@pytest.fixture(scope="module")
def datamodel(generated: Path) -> Datamodel:
    return Datamodel.load(generated)


def test_the_file_holds_the_raw_dmmf_and_the_schema_s_hash(generated: Path) -> None:
    content: dict[str, Any] = json.loads(generated.read_text())
    assert content["provider"] == "postgresql"
    assert content["schema_hash"] == schema_hash((generated.parent.parent / "schema.prisma").read_text())
    [sample] = [model for model in content["datamodel"]["models"] if model["name"] == "Sample"]
    [exact] = [field for field in sample["fields"] if field["name"] == "exact"]
    assert exact["nativeType"] == ["Decimal", ["20", "6"]]


def test_names_in_the_database_are_kept(datamodel: Datamodel) -> None:
    user, mood = datamodel.models["User"], datamodel.enums["Mood"]
    assert (user.table, user.fields["createdAt"].column) == ("users", "created_at")
    assert (mood.type_name, dict(mood.values)) == (
        "moods",
        {"HAPPY": "HAPPY", "SAD": "so-sad", "ANGRY": "ANGRY"},
    )
    assert datamodel.models["Sample"].table == "all types"


def test_keys_are_listed_with_the_primary_one_first(datamodel: Datamodel) -> None:
    like, post = datamodel.models["Like"], datamodel.models["Post"]
    assert [field.name for field in like.primary_key.fields] == ["userId", "postId"]
    assert like.primary_key.name == "userId_postId"
    assert [key.name for key in post.uniques] == ["id", "one_title"]


def test_relations_know_their_side_and_their_join_table(datamodel: Datamodel) -> None:
    user, post, note = (datamodel.models[name] for name in ("User", "Post", "Note"))
    assert post.relations["tags"].join == JoinTable("_PostToTag", "A", "B")
    assert datamodel.models["Tag"].relations["posts"].join == JoinTable("_PostToTag", "B", "A")
    assert user.relations["friendOf"].join == JoinTable("_friendship", "A", "B")
    assert user.relations["friends"].join == JoinTable("_friendship", "B", "A")
    assert (user.relations["manager"].owns_key, user.relations["reports"].owns_key) == (True, False)
    assert [field.name for field in note.relations["like"].local] == ["userId", "postId"]
    assert datamodel.opposite(user.relations["edited"]).name == "editor"


def test_types_lists_and_native_types_are_read(datamodel: Datamodel) -> None:
    fields = datamodel.models["Sample"].fields
    assert "vector" not in fields
    assert {
        name: (fields[name].type, fields[name].native) for name in ("big", "bytes", "data", "plain", "day")
    } == {
        "big": ("BigInt", None),
        "bytes": ("Bytes", None),
        "data": ("Json", None),
        "plain": ("Json", "Json"),
        "day": ("DateTime", "Date"),
    }
    assert fields["varchar"].native_arguments == ("10",)
    assert fields["words"].is_list
    assert fields["mood"].is_enum


def test_defaults_are_functions_or_values(datamodel: Datamodel) -> None:
    fields = datamodel.models["Defaults"].fields
    found = {name: field.default.function for name, field in fields.items() if field.default is not None}
    assert found["id"] == "uuid"
    assert [found[name] for name in ("token", "number", "word")] == ["dbgenerated", "autoincrement", None]
    assert fields["tags"].default is not None
    assert fields["tags"].default.value == ["a", "b"]
    assert [name for name in fields if fields[name].is_filled_by_database] == ["token", "number"]


def test_a_prisma_that_leaves_native_types_out_is_refused(generated: Path) -> None:
    dmmf = {"datamodel": json.loads(generated.read_text())["datamodel"]}
    for model in dmmf["datamodel"]["models"]:
        for field in model["fields"]:
            field.pop("nativeType", None)
    old = GeneratorRequest(generator={}, datamodel="", dmmf=dmmf, datasources=[])
    with pytest.raises(EngineError, match="too old for lumi-db-datamodel: set prisma_version"):
        check_native_types(old)
