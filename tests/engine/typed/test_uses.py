"""mypy and pyright on uses of the typed clients: each line that is marked wrong is an error, no other is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from lumi_db.config import child_environment

FOLDER = Path(__file__).parent
USES = ("uses_of_the_shop.py", "uses_of_the_blog.py")
MARK = "  # wrong"
_ERROR = re.compile(r"^(?:.*/)?(\w+\.py):(\d+): error: ", re.MULTILINE)

Lines = set[tuple[str, int]]


def wrong_lines() -> Lines:
    """List the lines that must be errors."""
    texts = {name: (FOLDER / name).read_text(encoding="utf-8").splitlines() for name in USES}
    return {
        (name, number)
        for name, lines in texts.items()
        for number, line in enumerate(lines, start=1)
        if line.endswith(MARK)
    }


def run(root: Path, *command: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root,
        env=child_environment(),
        capture_output=True,
        text=True,
        timeout=550,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def test_mypy_knows_right_uses_from_wrong_ones(pytestconfig: pytest.Config, blog: ModuleType) -> None:
    shown = run(pytestconfig.rootpath, "mypy", *(FOLDER / name for name in USES))
    found = {(name, int(line)) for name, line in _ERROR.findall(shown)}
    assert found == wrong_lines(), shown


@pytest.mark.long
def test_pyright_knows_right_uses_from_wrong_ones(
    pytestconfig: pytest.Config, blog: ModuleType, tmp_path: Path
) -> None:
    pytest.importorskip("basedpyright", reason="basedpyright is in the group dev")
    root = pytestconfig.rootpath
    settings = {
        "include": [str(FOLDER / name) for name in USES],
        "extraPaths": [str(root)],
        "pythonVersion": "3.11",
        "typeCheckingMode": "standard",  # what pyright itself does
        "reportMissingModuleSource": "none",  # pyright warns of modules that are for checkers only
    }
    project = tmp_path / "pyrightconfig.json"
    project.write_text(json.dumps(settings), encoding="utf-8")
    shown = run(root, "basedpyright", "--project", project, "--pythonpath", sys.executable, "--outputjson")
    faults = [fault for fault in json.loads(shown)["generalDiagnostics"] if fault["severity"] == "error"]
    found = {(Path(fault["file"]).name, fault["range"]["start"]["line"] + 1) for fault in faults}
    assert found == wrong_lines(), faults
