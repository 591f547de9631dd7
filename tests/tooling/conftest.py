"""A folder that stands for a clone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lumi_db import embedded

from .test_command_line import ROOT


@pytest.fixture
def root() -> Iterator[Path]:
    """Give an empty folder that everyone may enter; pytest's own are closed to the user that runs root's server."""
    clone = Path(tempfile.mkdtemp(prefix="lumi-clone-"))
    clone.chmod(0o755)
    yield clone
    clone.chmod(0o755)
    embedded.delete(clone)
    shutil.rmtree(clone)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a copy of the project's sources, so that its schema and its migrations can change."""
    for name in ("lumi_db", "seed", "prisma"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("schema.prisma", "prisma.config.ts", "pyproject.toml", "package.json", ".squawk.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("prisma-adapter.mjs", "prisma-engine-fixes.mjs"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path
