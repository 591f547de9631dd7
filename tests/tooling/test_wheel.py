"""What a wheel of this project holds besides its code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from lumi_db.migrations import list_migrations

from .test_command_line import ROOT


def build_wheel(folder: Path) -> Path:
    """Build the wheel of this clone into `folder`."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    [wheel] = folder.glob("*.whl")
    return wheel


def test_a_wheel_holds_the_client_and_the_types_for_checkers(tmp_path: Path) -> None:
    names = set(ZipFile(build_wheel(tmp_path)).namelist())
    generated = ("client.py", "datamodel.json", "schema.prisma", "typed.pyi")
    assert names >= {"lumi_db/py.typed", *(f"lumi_db/generated/{name}" for name in generated)}
    for name in list_migrations():
        assert {f"lumi_db/migrations/scripts/{name}/{file}.sql" for file in ("migration", "down")} <= names
