"""Clients of the tests' own schemas: generated once, and anew when the schema beside them has changed."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from lumi_db.config import child_environment
from lumi_db.embedded.lock import hold
from lumi_db.engine.generator import schema_hash


def generated_package(folder: Path, *, root: Path) -> ModuleType:
    """Import the package `generated` in the folder of a `schema.prisma` below the project's `root`."""
    with hold(root / ".lumi" / f"{folder.name}.lock", seconds=120, doing="generating the tests' client"):
        if not _is_current(folder):
            _generate(folder, root=root)
    return import_module(".".join((*folder.relative_to(root).parts, "generated")))


def _is_current(folder: Path) -> bool:
    datamodel = folder / "generated" / "datamodel.json"
    return datamodel.exists() and schema_hash((folder / "schema.prisma").read_text()) in datamodel.read_text()


def _generate(folder: Path, *, root: Path) -> None:
    binaries = Path(sys.executable).parent
    environment = {**child_environment(), "DATABASE_URL": "postgresql://localhost/unused"}
    environment["PATH"] = f"{binaries}:{environment['PATH']}"
    command = [str(root / "node_modules/.bin/prisma"), "generate", f"--schema={folder / 'schema.prisma'}"]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, timeout=120)
