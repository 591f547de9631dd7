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
    return _build("wheel", folder, "*.whl")


def build_source(folder: Path) -> Path:
    """Build the source distribution of this clone into `folder`."""
    return _build("sdist", folder, "*.tar.gz")


def _build(target: str, folder: Path, name: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    [built] = folder.glob(name)
    return built


def test_a_wheel_holds_the_client_and_the_types_for_checkers(tmp_path: Path) -> None:
    names = set(ZipFile(build_wheel(tmp_path)).namelist())
    generated = ("client.py", "datamodel.json", "schema.prisma", "typed.pyi")
    assert names >= {"lumi_db/py.typed", *(f"lumi_db/generated/{name}" for name in generated)}
    for name in list_migrations():
        assert {f"lumi_db/migrations/scripts/{name}/{file}.sql" for file in ("migration", "down")} <= names


def test_without_a_generated_client_nothing_is_built(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "README.md", "tools", "lumi_db/__init__.py"):
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.symlink_to(ROOT / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path / "dist")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode != 0
    assert "client.py is missing: run `make setup`, which generates it." in done.stderr
    assert not list(tmp_path.glob("dist/*"))
