"""What a wheel of this project holds besides its code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from lumi_db.migrations import list_migrations


def test_a_wheel_holds_the_client_and_the_types_for_checkers(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=pytestconfig.rootpath, check=True, capture_output=True, timeout=120)
    [wheel] = tmp_path.glob("*.whl")
    names = set(ZipFile(wheel).namelist())
    generated = ("client.py", "datamodel.json", "schema.prisma", "typed.pyi")
    assert names >= {"lumi_db/py.typed", *(f"lumi_db/generated/{name}" for name in generated)}
    for name in list_migrations():
        assert {f"lumi_db/migrations/scripts/{name}/{file}.sql" for file in ("migration", "down")} <= names
