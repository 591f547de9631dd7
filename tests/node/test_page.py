"""docs/node.md runs as it is written."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from lumi_db.config import child_environment, project_root

ROOT = project_root()
PAGE = (ROOT / "docs" / "node.md").read_text(encoding="utf-8")


def blocks_of(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def run(*command: str | Path, cwd: Path, more: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=child_environment(more or {}), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def front_end(tmp_path: Path) -> Path:
    """Give a project with what the page installs."""
    modules = tmp_path / "node_modules"
    (modules / "@lumi").mkdir(parents=True)
    (modules / "@lumi" / "prisma").symlink_to(ROOT / "node" / "prisma")
    for name in ("@prisma", "prisma"):
        (modules / name).symlink_to(ROOT / "node_modules" / name)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    return tmp_path


def test_the_examples_run_in_order(front_end: Path, database_url: str) -> None:
    first, *others = blocks_of("js")
    assert len(others) >= 8
    program = front_end / "page.mjs"
    blocks = "".join(f"{{\n{block}}}\n" for block in scoped(others))
    program.write_text(f"{first}{blocks}await plain.$disconnect()\nconsole.log('done')\n", encoding="utf-8")
    node = Path(sys.prefix) / "bin" / "node"
    assert run(node, program, cwd=front_end, more={"DATABASE_URL": database_url}) == "done\n"


def scoped(blocks: list[str]) -> list[str]:
    """Let a block see the names of the ones before it."""
    return [re.sub(r"^const (\w+) =", r"var \1 =", block, flags=re.MULTILINE) for block in blocks]


def test_the_configuration_for_prisma_7_is_read(front_end: Path) -> None:
    """As far as Prisma 6 goes, which leaves out where the database is."""
    (config,) = blocks_of("ts")
    (front_end / "prisma.config.ts").write_text(config)
    show = "import config from './prisma.config.ts'; console.log(config.schema)"
    node = Path(sys.prefix) / "bin" / "node"
    assert run(node, "--input-type=module", "--eval", show, cwd=front_end) == "schema.prisma\n"


def test_the_schema_for_prisma_7_lacks_one_line(front_end: Path) -> None:
    (command,) = re.findall(r"^sed '.*?'", PAGE, re.MULTILINE)
    schema = (ROOT / "schema.prisma").read_text(encoding="utf-8")
    left = run("sh", "-c", f"{command} '{ROOT}/schema.prisma'", cwd=front_end)
    lost = [line for line in schema.splitlines() if line not in left.splitlines()]
    assert lost == ['  url      = env("DATABASE_URL")']
    assert len(left.splitlines()) == len(schema.splitlines()) - 1
