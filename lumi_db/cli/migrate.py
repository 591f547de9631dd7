"""Prisma's migrations as a step of another command: silent, unless they fail."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from lumi_db.errors import SetupError

from .console import errors
from .prisma import prisma_command, prisma_environment

_BACKTRACE = re.compile(r"^\s+0: ", re.MULTILINE)
_APPLIED = re.compile(r"^\s*└─ \d+_", re.MULTILINE)


def deploy_migrations(root: Path, *, url: str) -> int:
    """Run `prisma migrate deploy` on the database at `url` and return how many migrations it applied.

    Raises SetupError after showing what Prisma said.
    """
    done = subprocess.run(
        prisma_command(root, ["migrate", "deploy"]),
        cwd=root,
        env={**prisma_environment(root), "DATABASE_URL": url, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = f"{done.stdout}{done.stderr}"
        errors.print(_BACKTRACE.split(said)[0].strip(), style="dim", markup=False)
        raise SetupError("`prisma migrate deploy` failed: mend what it says above and run the command again.")
    return len(_APPLIED.findall(done.stdout))
