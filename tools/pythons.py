"""Run the tests on every Python from 3.11 up that this machine has beside the clone's own: `make test-pythons`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import setup

ROOT = setup.ROOT
OLDEST = (3, 11)
NEWEST_TRIED = 20
PYTEST = (
    "-m",
    "pytest",
    "-q",
    "-n",
    "logical",
    "--maxprocesses",
    "8",
    "--dist",
    "worksteal",
    "-m",
    "not long",
)


def find_pythons() -> dict[tuple[int, int], Path]:
    """Return the newest interpreter of every minor version, but for the one that runs this."""
    found: dict[tuple[int, int], Path] = {}
    for path in _candidates():
        version = _version_of(path)
        if version and version >= OLDEST and version != sys.version_info[:2]:
            found.setdefault(version, path)
    return dict(sorted(found.items()))


def _candidates() -> Iterator[Path]:
    names = [f"python3.{minor}" for minor in range(OLDEST[1], NEWEST_TRIED)]
    for folder in os.environ["PATH"].split(os.pathsep):
        yield from (Path(folder) / name for name in names)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for versions in (pyenv / "versions", Path("/opt/python")):
        yield from (path / "bin" / "python3" for path in sorted(versions.glob("3.*"), reverse=True))


def _version_of(path: Path) -> tuple[int, int] | None:
    """Ask an interpreter for its version; shims of pyenv are there also for versions that are not."""
    if not path.is_file():
        return None
    code = "import sys, venv; print(*sys.version_info[:2])"
    done = subprocess.run([path, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None
    major, minor = done.stdout.split()
    return int(major), int(minor)


def run_tests(version: tuple[int, int], python: Path, arguments: list[str]) -> bool:
    """Make an environment for `python`, run the tests in it, and tell whether they passed."""
    name = ".".join(map(str, version))
    print(f"Python {name} ({python})", flush=True)
    environment = setup.Environment(ROOT / ".venvs" / name, base=python)
    with setup.only_one():
        setup.make(environment.steps())
    path = f"{environment.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    variables = {**os.environ, "PATH": path, "VIRTUAL_ENV": str(environment.folder)}
    command: list[str | Path] = [environment.python, *PYTEST, *arguments]
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode == 0


def main(arguments: list[str]) -> int:
    pythons = find_pythons()
    if not pythons:
        print("This machine has no other Python from 3.11 up: nothing more to run.")
    try:
        failed = [version for version, path in pythons.items() if not run_tests(version, path, arguments)]
    except setup.SetupFailed as failure:
        print(f"✗ {failure}", file=sys.stderr)
        return 1
    for major, minor in failed:
        print(f"✗ The tests fail on Python {major}.{minor}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
