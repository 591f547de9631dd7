"""The text of `typed.pyi`, for the blog: enums, lists, Json, Decimal, composite ids, self-relations, mapped names."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from lumi_db.client import FOLDER
from lumi_db.engine.generator import GeneratorRequest, is_beside_a_client, render_types
from tests.engine.conftest import BLOG, DATAMODEL


@pytest.fixture(scope="module")
def dmmf(blog: ModuleType) -> Any:
    return json.loads(DATAMODEL.read_text(encoding="utf-8"))["datamodel"]


@pytest.fixture(scope="module")
def text(dmmf: Any) -> str:
    return render_types(dmmf)


def items_of(text: str, name: str) -> dict[str, str]:
    """Return the keys of a rendered dictionary, with their types."""
    found = re.search(rf"^class {name}\(.*\):\n((?:    .*\n)+)", text, re.MULTILINE)
    assert found, name
    return dict(re.findall(r"^    (\w+): (.*)$", found[1], re.MULTILINE))


def test_rows_have_the_fields_of_the_schema_and_not_the_columns(text: str) -> None:
    row = items_of(text, "SampleRow")
    assert row["exact"] == "Optional[_decimal.Decimal]"
    assert row["decimals"] == "List[_decimal.Decimal]"
    assert row["mood"] == "Optional[_MoodName]"
    assert row["data"] == "Any"
    assert row["blobs"] == "List[_fields.Base64]"
    assert row["boxes"] == 'List["BoxRow"]'
    assert not {"decimal", "json", "vector"} & row.keys()


def test_related_rows_are_null_where_the_schema_lets_them(text: str) -> None:
    assert items_of(text, "UserRow")["manager"] == 'Optional["UserRow"]'
    assert items_of(text, "NoteRow")["like"] == '"LikeRow"'
    assert items_of(text, "_UserCounts").keys() == {
        "posts",
        "edited",
        "likes",
        "reports",
        "friends",
        "friendOf",
    }


def test_enums_go_by_the_names_of_the_schema(text: str) -> None:
    assert "_MoodName = Literal['HAPPY', 'SAD', 'ANGRY']" in text
    assert items_of(text, "UserWhere")["moods"] == "ReadOnly[_types.MoodListFilter]"


def test_a_compound_key_has_its_name_and_all_its_fields(text: str) -> None:
    assert items_of(text, "LikeKey_userId_postId") == {
        "userId": "Required[ReadOnly[_str]]",
        "postId": "Required[ReadOnly[_int]]",
    }
    assert items_of(text, "_PostBy_one_title") == {"one_title": "Required[ReadOnly[PostKey_one_title]]"}
    assert "LikeKeyField = Literal['userId', 'postId']\n" in text


def test_numbers_are_of_the_fields_that_have_them(text: str) -> None:
    assert items_of(text, "SampleSummed").keys() == {"id", "int", "small", "big", "float", "real", "exact"}
    assert not {"data", "flag", "bytes", "words"} & items_of(text, "SampleCompared").keys()
    assert items_of(text, "_SampleSums")["exact"] == "Optional[_decimal.Decimal]"
    assert items_of(text, "_SampleAverages")["int"] == "Optional[_float]"


def test_a_model_has_the_attribute_that_prisma_client_py_gives_it(dmmf: Any) -> None:
    models = [{**model, "documentation": "@Python(instance_name: 'people')"} for model in dmmf["models"][:1]]
    renamed = render_types({**dmmf, "models": [*models, *dmmf["models"][1:]]})
    assert "    people: UserActions[_models.User]" in renamed
    assert "    post: PostActions[_models.Post]" in renamed


@pytest.mark.parametrize("folder", [FOLDER, BLOG / "generated"])
def test_prisma_generate_writes_it_beside_the_client(folder: Path, blog: ModuleType) -> None:
    datamodel = json.loads((folder / "datamodel.json").read_text(encoding="utf-8"))["datamodel"]
    assert (folder / "typed.pyi").read_text(encoding="utf-8") == render_types(datamodel)


@pytest.mark.parametrize(
    ("output", "interface", "expected"),
    [
        ("app/generated", "asyncio", True),
        ("app/elsewhere", "asyncio", False),
        ("app/generated", "sync", False),
    ],
)
def test_it_is_written_beside_async_clients_only(output: str, interface: str, expected: bool) -> None:
    client = {
        "provider": {"value": "prisma-client-py"},
        "output": {"value": output},
        "config": {"interface": interface},
    }
    data = GeneratorRequest(
        generator={"output": {"value": "app/generated/datamodel.json"}},
        datamodel="",
        dmmf={},
        datasources=[],
        otherGenerators=[client],
    )
    assert is_beside_a_client(data) is expected


def test_every_name_in_it_is_known(text: str, tmp_path: Path) -> None:
    """Ruff, since mypy takes an unknown name in a file whose errors are ignored for `Any`."""
    (tmp_path / "typed.pyi").write_text(text.replace("# ruff: noqa\n", ""), encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select=F821,F822", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
