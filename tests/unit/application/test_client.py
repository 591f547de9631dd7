"""The generated client: whole, of this schema, and loaded the cheap way."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from lumi_db.client import FOLDER, SCHEMA, check_generated, client_class, options_from, table_names
from lumi_db.config import Settings
from lumi_db.engine import EngineOptions
from lumi_db.errors import ClientNotGenerated, ClientOutdated

SOURCE = 'model User {\n  id   String @id\n  name String @default("a  b")\n}\n'


def generate(folder: Path, source: str = SOURCE) -> Path:
    """Write what the check looks at, as the two generators would."""
    (folder / "client.py").touch()
    (folder / "schema.prisma").write_text(source, encoding="utf-8")
    content = {"schema_hash": hashlib.sha256(source.encode()).hexdigest(), "datamodel": {}}
    (folder / "datamodel.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def schema_file(folder: Path, text: str) -> Path:
    path = folder / "project.prisma"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_client_of_this_checkout_is_current() -> None:
    check_generated()


def test_a_client_of_the_same_schema_is_fine(tmp_path: Path) -> None:
    check_generated(folder=generate(tmp_path), schema=schema_file(tmp_path, SOURCE))


def test_a_schema_that_is_only_formatted_otherwise_is_the_same(tmp_path: Path) -> None:
    other = SOURCE.replace("id   String", "id String").replace("model", "\n\nmodel").replace("\n}", "\n\n}")
    check_generated(folder=generate(tmp_path), schema=schema_file(tmp_path, other))


def test_a_wheel_has_no_schema_to_compare_with(tmp_path: Path) -> None:
    check_generated(folder=generate(tmp_path), schema=tmp_path / "nowhere.prisma")


@pytest.mark.parametrize("missing", ["client.py", "schema.prisma", "datamodel.json"])
def test_a_client_generated_in_part_is_named_with_the_remedy(tmp_path: Path, missing: str) -> None:
    (generate(tmp_path) / missing).unlink()
    with pytest.raises(ClientNotGenerated, match="run `make setup`, or `prisma generate`"):
        check_generated(folder=tmp_path, schema=tmp_path / "nowhere.prisma")


def test_a_datamodel_of_another_schema_is_refused(tmp_path: Path) -> None:
    generate(tmp_path)
    (tmp_path / "schema.prisma").write_text(SOURCE + "// changed", encoding="utf-8")
    with pytest.raises(ClientOutdated, match="come from different schemas: run `make setup`"):
        check_generated(folder=tmp_path, schema=tmp_path / "nowhere.prisma")


@pytest.mark.parametrize("change", [("id   String", "id   Int"), ("a  b", "a b"), ("name String", "")])
def test_a_schema_that_changed_since_is_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    schema = schema_file(tmp_path, SOURCE.replace(*change))
    with pytest.raises(ClientOutdated, match=r"generated from another schema than .*project\.prisma: run"):
        check_generated(folder=generate(tmp_path), schema=schema)


def test_times_are_in_seconds_for_the_engine() -> None:
    settings = Settings(database_connect_timeout_ms=1_500, query_timeout_ms=0, database_pool_min=2)
    options = options_from(settings)
    assert (options.connect_timeout, options.query_timeout, options.pool_min) == (1.5, None, 2)


def test_equal_options_share_one_client_class() -> None:
    assert client_class(EngineOptions(pool_max=6)) is client_class(EngineOptions(pool_max=6))


def test_the_tables_are_those_of_the_schema() -> None:
    assert len(table_names()) == SCHEMA.read_text(encoding="utf-8").count("\nmodel ")


def run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=FOLDER.parent.parent
    )
    return done.stdout.strip()


def test_using_the_client_loads_neither_its_types_nor_its_generator() -> None:
    code = """
import sys
from lumi_db.client import client_class
from lumi_db.engine import EngineOptions
client_class(EngineOptions())(datasource={"url": "postgresql://a@b/c"}, use_dotenv=False)
import lumi_db.generated.types as types
print(len(vars(types)) > 100, [name for name in ("httpx", "jinja2", "click") if name in sys.modules])
"""
    assert run_python(code) == "False []"


def test_what_was_left_out_loads_when_it_is_asked_for() -> None:
    code = """
from lumi_db.client import load_generated
package = load_generated()
from lumi_db.generated.types import UserWhereInput
from lumi_db.generated.generator import Manifest
from lumi_db.generated.engine.errors import EngineError
from lumi_db.generated.engine import AsyncQueryEngine
import httpx
print(package._types.httpx.Limits is httpx.Limits, Manifest.__name__)
print(package.types.UserWhereInput is UserWhereInput)
"""
    assert run_python(code).split() == ["True", "Manifest", "True"]


def test_a_client_that_was_imported_directly_hides_its_secrets_all_the_same() -> None:
    code = """
import lumi_db.generated
from lumi_db.types import User
print("hunter2" in repr(User.model_construct(passwordHash="hunter2")))
try:
    User.model_validate({"status": "hunter2"})
except ValueError as error:
    print("hunter2" in str(error))
"""
    assert run_python(code).split() == ["False", "False"]


def test_a_client_that_is_not_generated_is_one_sentence(tmp_path: Path) -> None:
    code = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
import lumi_db
try:
    lumi_db.Prisma
except lumi_db.ClientNotGenerated as error:
    print(error)
"""
    package = tmp_path / "lumi_db"
    package.mkdir()
    for source in FOLDER.parent.iterdir():
        if source.name not in ("generated", "__pycache__"):
            (package / source.name).symlink_to(source)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.strip() == (
        "The database client is not generated: run `make setup`, or `prisma generate`."
    ), done.stderr
