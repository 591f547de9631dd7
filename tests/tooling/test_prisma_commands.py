"""Prisma's commands work as a user types them: no download, any folder, with and without DATABASE_URL."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lumi_db import embedded
from lumi_db.cli.prisma import prisma_command, prisma_environment
from lumi_db.config import child_environment, project_root
from lumi_db.errors import SetupError
from lumi_db.testing.admin import connect

ROOT = project_root()
BIN = Path(sys.prefix) / "bin"
NEEDED = ("schema.prisma", "prisma.config.ts", "prisma-adapter.mjs", "prisma-engine-fixes.mjs", "package.json",
          "package-lock.json", "pyproject.toml")  # fmt: skip
NODE_CLIENT = re.compile(r"generator clientjs \{.*?\}", re.DOTALL)


@pytest.fixture
def clone(root: Path) -> Iterator[Path]:
    """Give a copy of the project that shares its packages."""
    for name in NEEDED:
        shutil.copy(ROOT / name, root / name)
    for name in ("prisma", "lumi_db", "seed"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    yield root
    embedded.delete(root)


@pytest.fixture
def lean_clone(clone: Path) -> Path:
    """Give a copy without the Node client, which `prisma generate` would write into the shared packages."""
    schema = clone / "schema.prisma"
    schema.write_text(NODE_CLIENT.sub("", schema.read_text()))
    return clone


def type_in(
    folder: Path,
    *command: str | Path,
    database_url: str | None = None,
    activated: bool = True,
    more: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command as typed in `folder`, in the activated environment or without it."""
    changes: dict[str, str | None] = {"DATABASE_URL": database_url, "NO_COLOR": "1", "VIRTUAL_ENV": None}
    changes |= more or {}
    if activated:
        changes |= {"VIRTUAL_ENV": sys.prefix, "PATH": f"{BIN}{os.pathsep}{child_environment()['PATH']}"}
    return subprocess.run(
        command,
        cwd=folder,
        env=child_environment(changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def migrations_of(clone: Path) -> list[str]:
    return sorted(folder.name for folder in (clone / "prisma" / "migrations").iterdir())


def test_deploy_and_status_work_with_a_url(clone: Path, empty_database_url: str) -> None:
    done = type_in(clone, "prisma", "migrate", "deploy", database_url=empty_database_url)
    assert "All migrations have been successfully applied" in done.stdout, done.stderr
    done = type_in(clone, "prisma", "migrate", "status", database_url=empty_database_url)
    assert "Database schema is up to date" in done.stdout, done.stderr


@pytest.mark.long
def test_dev_on_an_unchanged_schema_makes_nothing(lean_clone: Path, empty_database_url: str) -> None:
    before = migrations_of(lean_clone)
    for _ in range(2):
        done = type_in(lean_clone, "prisma", "migrate", "dev", database_url=empty_database_url)
        assert done.returncode == 0, done.stdout + done.stderr
        assert migrations_of(lean_clone) == before
    assert "Already in sync, no schema change or pending migration was found" in done.stdout


@pytest.mark.long
def test_dev_leaves_no_address_of_a_database_in_the_client(lean_clone: Path, empty_database_url: str) -> None:
    done = type_in(lean_clone, "prisma", "migrate", "dev", database_url=empty_database_url)
    assert "Generated Prisma Client Python" in done.stdout, done.stdout + done.stderr
    client = (lean_clone / "lumi_db" / "generated" / "client.py").read_text()
    assert "'value': None, 'fromEnvVar': 'DATABASE_URL'" in client
    assert empty_database_url not in client


@pytest.mark.long
def test_dev_makes_a_migration_of_what_changed_and_of_nothing_else(
    lean_clone: Path, empty_database_url: str
) -> None:
    schema = lean_clone / "schema.prisma"
    schema.write_text(schema.read_text().replace("model Role {", "model Role {\n  note String?"))
    done = type_in(
        lean_clone,
        "prisma",
        "migrate",
        "dev",
        "--name",
        "add_note",
        "--create-only",
        database_url=empty_database_url,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [made] = [name for name in migrations_of(lean_clone) if name.endswith("_add_note")]
    sql = (lean_clone / "prisma" / "migrations" / made / "migration.sql").read_text()
    assert sql.strip() == '-- AlterTable\nALTER TABLE "Role" ADD COLUMN     "note" TEXT;'


@pytest.mark.long
def test_migrations_and_schema_do_not_differ(clone: Path, empty_database_url: str) -> None:
    command = ("prisma", "migrate", "diff", "--from-migrations", "prisma/migrations", "--to-schema-datamodel",
               "schema.prisma", "--exit-code")  # fmt: skip
    done = type_in(clone, *command, database_url=empty_database_url)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
def test_reset_empties_and_migrates_again(clone: Path, empty_database_url: str) -> None:
    command = ("prisma", "migrate", "reset", "--force", "--skip-generate", "--skip-seed")
    done = type_in(clone, *command, database_url=empty_database_url)
    assert "Database reset successful" in done.stdout, done.stdout + done.stderr


@pytest.mark.long
def test_generate_makes_the_client_without_a_database(lean_clone: Path) -> None:
    shutil.rmtree(lean_clone / "lumi_db" / "generated")
    done = type_in(lean_clone, "prisma", "generate")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (lean_clone / "lumi_db" / "generated" / "client.py").exists()
    assert (lean_clone / "lumi_db" / "generated" / "datamodel.json").exists()
    assert embedded.find(lean_clone) is None


@pytest.mark.long
def test_without_a_url_the_clones_own_server_is_started(clone: Path) -> None:
    done = type_in(clone, "prisma", "migrate", "deploy")
    assert "All migrations have been successfully applied" in done.stdout, done.stderr
    assert embedded.find(clone)


@pytest.mark.long
def test_the_url_is_read_from_the_env_file(clone: Path, database_url: str) -> None:
    (clone / ".env").write_text(f"DATABASE_URL={database_url}\n")
    done = type_in(clone, "prisma", "migrate", "status")
    assert "Following migrations have not yet been applied" in done.stdout, done.stderr
    assert embedded.find(clone) is None


@pytest.mark.long
def test_the_seed_hook_fills_a_database(clone: Path, empty_database_url: str) -> None:
    type_in(clone, "prisma", "migrate", "deploy", database_url=empty_database_url)
    done = type_in(clone, "npm", "run", "prisma:seed:demo", database_url=empty_database_url)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
def test_a_failed_start_of_the_server_is_one_sentence_without_a_stack(clone: Path) -> None:
    (clone / ".lumi").write_text("")
    done = type_in(clone, "prisma", "migrate", "status")
    assert done.returncode == 1
    assert "Cannot write in" in done.stderr
    assert "    at " not in done.stderr
    (clone / ".lumi").unlink()


@pytest.mark.parametrize("command", [("lumi-db", "prisma"), ("prisma",)])
def test_prisma_works_from_any_folder_without_activation(command: tuple[str, ...], tmp_path: Path) -> None:
    program, *arguments = command
    done = type_in(tmp_path, BIN / program, *arguments, "validate", activated=False)
    assert "is valid" in done.stdout, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_node_modules_nothing_is_fetched_and_package_json_stays(clone: Path) -> None:
    (clone / "node_modules").unlink()
    before = (clone / "package.json").read_text()
    done = type_in(clone, "prisma", "validate")
    assert done.returncode == 1
    assert "Prisma is not installed" in done.stderr
    assert "make setup" in done.stderr
    assert (clone / "package.json").read_text() == before


def test_prisma_is_told_versions_and_folders() -> None:
    environment = prisma_environment(ROOT)
    assert environment["PRISMA_VERSION"] == "6.19.3"
    assert environment["PRISMA_BINARY_CACHE_DIR"] == str(ROOT)
    assert environment["PATH"].startswith(str(BIN))


def test_the_config_is_given_only_to_commands_that_take_it() -> None:
    config = f"--config={ROOT / 'prisma.config.ts'}"
    assert prisma_command(ROOT, ["migrate", "status"])[-1] == config
    assert config not in prisma_command(ROOT, ["--version"])
    assert prisma_command(ROOT, ["validate", "--config=mine.ts"])[-1] == "--config=mine.ts"


@pytest.mark.parametrize(
    "command",
    [
        (BIN / "prisma", "migrate", "reset", "--force"),
        (BIN / "lumi-db", "prisma", "db", "push", "--force-reset"),
        ("npx", "prisma", "migrate", "reset", "--force"),
    ],
)
def test_nothing_is_deleted_in_production_without_yes(
    clone: Path, database_url: str, command: tuple[str | Path, ...]
) -> None:
    done = type_in(clone, *command, database_url=database_url, more={"LUMI_ENV": "production"})
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 or command[0] == "npx"
    assert "LUMI_ENV is production" in done.stderr
    assert asyncio.run(has_table(database_url, "Product"))


@pytest.mark.long
def test_yes_says_that_a_reset_is_meant(clone: Path, empty_database_url: str) -> None:
    command = (BIN / "prisma", "migrate", "reset", "--force", "--skip-generate", "--skip-seed", "--yes")
    done = type_in(clone, *command, database_url=empty_database_url, more={"LUMI_ENV": "production"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert asyncio.run(has_table(empty_database_url, "Product"))


async def has_table(url: str, name: str) -> bool:
    connection = await connect(url)
    try:
        return bool(await connection.fetchval("SELECT to_regclass($1) IS NOT NULL", f'"{name}"'))
    finally:
        await connection.close()


def test_a_malformed_url_is_one_sentence_before_prisma_starts(clone: Path) -> None:
    done = type_in(clone, BIN / "prisma", "migrate", "status", database_url="postgresql://u:s3cret@h:abc/d")
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "s3cret" not in done.stdout + done.stderr


def test_what_stands_behind_two_dashes_is_the_seeds(clone: Path, database_url: str) -> None:
    done = type_in(clone, "prisma", "db", "seed", "--", "--profile", "nobody", database_url=database_url)
    assert done.returncode != 0
    assert "nobody" in done.stdout + done.stderr
    assert "demo" in done.stdout + done.stderr


def test_the_commands_of_prisma_client_py_stay() -> None:
    assert prisma_command(ROOT, ["py", "version"])[1:] == ["-m", "prisma", "py", "version"]


def test_a_folder_without_prisma_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="Prisma is not installed in .*: run `make setup`"):
        prisma_command(tmp_path, ["validate"])


def test_the_npm_scripts_have_the_names_people_were_promised() -> None:
    scripts = json.loads((ROOT / "package.json").read_text())["scripts"]
    for name in ("migrate:dev", "migrate:deploy", "migrate:status", "migrate:reset", "generate", "seed", "seed:dev",
                 "seed:qa", "seed:prod"):  # fmt: skip
        assert f"prisma:{name}" in scripts
