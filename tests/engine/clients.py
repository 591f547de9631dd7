"""Clients of the tests' own schemas: generated once, and anew when the schema beside them has changed."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from lumi_db.config import child_environment
from lumi_db.embedded.lock import hold
from lumi_db.engine.generator import render_types, schema_hash


def generated_package(folder: Path, *, root: Path) -> ModuleType:
    """Import the package `generated` in the folder of a `schema.prisma` below the project's `root`."""
    with hold(root / ".lumi" / f"{folder.name}.lock", seconds=120, doing="generating the tests' client"):
        if not _is_current(folder):
            _generate(folder, root=root)
    return import_module(".".join((*folder.relative_to(root).parts, "generated")))


def _is_current(folder: Path) -> bool:
    """Tell whether both files of our generator are there, as it would write them now."""
    try:
        datamodel = json.loads((folder / "generated" / "datamodel.json").read_text(encoding="utf-8"))
        types = (folder / "generated" / "typed.pyi").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    is_same = schema_hash((folder / "schema.prisma").read_text(encoding="utf-8")) == datamodel["schema_hash"]
    return is_same and types == render_types(datamodel["datamodel"])


def _generate(folder: Path, *, root: Path) -> None:
    binaries = Path(sys.executable).parent
    environment = {**child_environment(), "DATABASE_URL": "postgresql://localhost/unused"}
    environment["PATH"] = f"{binaries}:{environment['PATH']}"
    command = [str(root / "node_modules/.bin/prisma"), "generate", f"--schema={folder / 'schema.prisma'}"]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, timeout=120)
