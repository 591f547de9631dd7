"""`lumi-db version`: what is installed, for bug reports."""

from __future__ import annotations

import platform
import subprocess
import sys
import tomllib
from importlib.metadata import version as installed
from pathlib import Path

from rich.table import Table

from lumi_db.config import project_root
from lumi_db.embedded import ProgramsMissingError
from lumi_db.embedded.programs import find_programs

from .console import out


def version() -> None:
    """Print the versions of lumi-db and of what it runs on."""
    table = Table.grid(padding=(0, 2))
    for name, value in _versions():
        table.add_row(f"[bold]{name}[/]", value)
    out.print(table)


def _versions() -> list[tuple[str, str]]:
    return [
        ("lumi-db", installed("lumi-db")),
        ("Python", platform.python_version()),
        ("Prisma", _prisma(project_root())),
        ("prisma-client-py", installed("prisma")),
        ("Node", _said_by(Path(sys.prefix) / "bin" / "node")),
        ("PostgreSQL", _postgresql()),
    ]


def _prisma(root: Path) -> str:
    pyproject = root / "pyproject.toml"
    if not pyproject.exists():
        return "not here"
    return str(tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]["prisma"]["prisma_version"])


def _postgresql() -> str:
    try:
        return _said_by(find_programs() / "postgres")
    except ProgramsMissingError:
        return "not installed"


def _said_by(program: Path) -> str:
    """Return what `program --version` says without the program's name."""
    if not program.exists():
        return "not installed"
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return said.rpartition(") ")[2].lstrip("v")
