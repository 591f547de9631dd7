"""docs/adopting.md, carried out on a small application of prisma-client-py: the page's own lines, and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lumi_db.config import child_environment

SCHEMA = """
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

generator client {
  provider  = "prisma-client-py"
  interface = "asyncio"
  output    = "./generated"
}

model Note {
  id   Int    @id @default(autoincrement())
  text String @unique
}
"""
BEFORE = "prisma = Prisma(auto_register=True)"
APP = f"""
import asyncio
import json
import sys
from generated import Prisma
from generated.errors import UniqueViolationError
from generated.models import Note
{BEFORE}


async def main() -> None:
    async with prisma:
        await prisma.execute_raw('CREATE TABLE "Note" (id serial PRIMARY KEY, text text NOT NULL UNIQUE)')
        note = await Note.prisma().create({{"text": "first"}})
        try:
            await prisma.note.create({{"text": "first"}})
        except UniqueViolationError as error:
            code = error.code
    print(json.dumps([note.id, note.text, code]))


asyncio.run(main())
"""


def lines_of_the_page(root: Path, language: str) -> str:
    """Return the page's only block of code in a language."""
    page = (root / "docs" / "adopting.md").read_text(encoding="utf-8")
    [block] = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)
    return str(block)


def run(folder: Path, environment: dict[str, str], *command: str | Path) -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_application_switches_by_the_lines_of_the_page(
    tmp_path: Path, empty_database_url: str, pytestconfig: pytest.Config
) -> None:
    root, python = pytestconfig.rootpath, Path(sys.executable)
    schema, code = lines_of_the_page(root, "prisma"), lines_of_the_page(root, "python")
    assert len(schema.splitlines()) + len(code.splitlines()) == 5
    (tmp_path / "schema.prisma").write_text(SCHEMA + schema)
    (tmp_path / "app.py").write_text(APP.replace(BEFORE, code))
    environment = child_environment({"DATABASE_URL": empty_database_url})
    environment["PATH"] = f"{python.parent}:{environment['PATH']}"
    prisma = root / "node_modules" / ".bin" / "prisma"
    run(root, environment, prisma, "generate", f"--schema={tmp_path / 'schema.prisma'}")
    answer: Any = json.loads(run(tmp_path, environment, python, "app.py"))
    assert answer == [1, "first", "P2002"]


def test_the_page_names_the_prisma_of_this_project(pytestconfig: pytest.Config) -> None:
    settings = lines_of_the_page(pytestconfig.rootpath, "toml")
    assert settings in (pytestconfig.rootpath / "pyproject.toml").read_text(encoding="utf-8")
