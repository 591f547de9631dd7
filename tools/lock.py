"""Write the lock files anew: `make lock`. They name versions, and no host that packages come from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.rules import BESIDE

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
OLDEST_PYTHON = "3.11"
COMPILE = (
    "uv", "pip", "compile", "--universal", "--python-version", OLDEST_PYTHON,
    "--no-emit-index-url", "--no-header", "--no-annotate", "--quiet",
)  # fmt: skip
ALL = (*COMPILE, "pyproject.toml", "--all-extras", "--group", "dev", "--output-file", "requirements.lock")
# Beside the others, not in their place: what both need has one version.
OTHERS = tuple(
    (*COMPILE, "--group", group, "--constraint", "requirements.lock", "--output-file", f"requirements-{group}.lock")
    for group in BESIDE
)  # fmt: skip
NODE = ("npm", "update", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved")


def main() -> int:
    """Resolve everything to the newest versions that fit; `--keep` changes only what has to change."""
    if sys.argv[1:] not in ([], ["--keep"]):
        print("✗ It takes --keep or nothing: make lock ARGS=--keep.", file=sys.stderr)
        return 2
    upgrade = () if "--keep" in sys.argv[1:] else ("--upgrade",)
    tool = ROOT / ".venvs" / "lock"
    if not (tool / "bin" / "uv").exists():
        subprocess.run([sys.executable, "-m", "venv", tool], check=True)
        subprocess.run([tool / "bin" / "pip", "install", "--quiet", "uv"], check=True)
    path = os.pathsep.join((str(tool / "bin"), str(BIN), os.environ["PATH"]))
    for command in ((*ALL, *upgrade), *((*one, *upgrade) for one in OTHERS), NODE):
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PATH": path, "NO_COLOR": "1"}, check=False
        )
        if done.returncode != 0:
            print(
                f"✗ {command[0]} failed: mend what it says above and run `make lock` again.", file=sys.stderr
            )
            return 1
    print("The lock files are new: run `make setup`, then the tests.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
