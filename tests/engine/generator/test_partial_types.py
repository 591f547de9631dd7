"""Partial types in a client that is written elsewhere, made by the real `prisma generate`, on the database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from lumi_db.config import child_environment
from lumi_db.engine import EngineError, in_process
from lumi_db.engine.partial_types import generated_models
from tests.engine.conftest import BLOG

SCRIPT = """
from lumi_db.engine.partial_types import generated_models

models = generated_models()
models.User.create_partial("UserName", include={"id", "email"})
models.User.create_partial("UserFlat", exclude_relational_fields=True, optional={"email"}, required={"name"})
models.User.create_partial("UserWithoutAge", exclude={"age"})
models.Post.create_partial("PostShort", include={"id", "title", "author"}, relations={"author": "UserName"})
"""


def generate(folder: Path, *, root: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run `prisma generate` in `folder` with `script` for the partial types."""
    (folder / "partial_types.py").write_text(script)
    named = f'generator client {{\n  partial_type_generator = "{folder / "partial_types.py"}"'
    schema = (BLOG / "schema.prisma").read_text().replace("generator client {", named)
    (folder / "schema.prisma").write_text(schema)
    environment = {**child_environment(), "DATABASE_URL": "postgresql://localhost/unused"}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    command = [str(root / "node_modules/.bin/prisma"), "generate", f"--schema={folder / 'schema.prisma'}"]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Any:
    folder = tmp_path_factory.mktemp("partials") / "app_with_partial_types"
    folder.mkdir()
    failed = generate(folder, root=pytestconfig.rootpath, script="raise ValueError('of the script')")
    assert "of the script" in failed.stdout + failed.stderr
    done = generate(folder, root=pytestconfig.rootpath, script=SCRIPT)
    assert done.returncode == 0, done.stdout + done.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder.parent)
        yield import_module(f"{folder.name}.generated")


@pytest_asyncio.fixture
async def client(made: Any, blog_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    registry = import_module(f"{made.__name__}._registry")
    monkeypatch.setattr(registry, "_registered_client", None)
    datamodel = Path(made.__file__).parent / "datamodel.json"
    client = in_process(made.Prisma, datamodel=datamodel)(
        datasource={"url": blog_url}, use_dotenv=False, auto_register=True
    )
    async with client:
        await client.user.create({"id": "u", "email": "a@b.c", "name": "Ada", "age": 36})
        await client.post.create({"id": 7, "title": "On engines", "author": {"connect": {"id": "u"}}})
        yield client


async def test_a_partial_type_selects_its_own_columns_only(client: Any, made: Any) -> None:
    sent: list[Any] = []
    client.on_query(sent.append)
    [user] = await made.partials.UserName.prisma().find_many()
    assert type(user) is made.partials.UserName
    assert user.model_dump() == {"id": "u", "email": "a@b.c"}
    assert '"age"' not in sent[0].sql
    assert '"name"' not in sent[0].sql


async def test_what_is_left_out_or_made_optional_or_required(client: Any, made: Any) -> None:
    fields = made.partials.UserFlat.model_fields
    assert (fields["email"].is_required(), fields["name"].is_required()) == (False, True)
    assert "posts" not in fields
    assert (await made.partials.UserFlat.prisma().find_unique({"id": "u"})).name == "Ada"
    found = await made.partials.UserWithoutAge.prisma().find_first(include={"posts": True})
    assert found.posts[0].title == "On engines"
    assert not hasattr(found, "age")


async def test_a_relation_may_be_of_a_partial_type(client: Any, made: Any) -> None:
    post = await made.partials.PostShort.prisma().find_unique({"id": 7}, include={"author": True})
    assert type(post.author) is made.partials.UserName
    assert post.author.email == "a@b.c"


async def test_rows_are_written_through_a_partial_type(client: Any, made: Any) -> None:
    actions = made.partials.UserName.prisma()
    user = await actions.create({"email": "new@b.c", "age": 7})
    assert type(user) is made.partials.UserName
    assert (await client.user.find_unique({"id": user.id})).age == 7
    assert type(await actions.update({"age": 8}, {"id": user.id})) is made.partials.UserName
    assert type(await actions.delete({"id": user.id})) is made.partials.UserName
    assert await actions.count() == 1


def test_outside_of_a_script_for_partial_types_there_are_none() -> None:
    with pytest.raises(EngineError, match="partial_type_generator"):
        generated_models()
