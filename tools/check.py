"""All checks that need no database, a line for each: `make check`, or `make check ARGS="types layers"`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import rules

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CODE = ("benchmarks", "lumi_db", "seed", "tests", "tools")


@dataclass(frozen=True, slots=True)
class Check:
    """One check: a program to run, or a function that lists what is wrong."""

    name: str
    what: str
    command: tuple[str, ...] = ()
    find_faults: Callable[[], list[str]] | None = None

    def run(self) -> str:
        """Return what is wrong; nothing if all is well."""
        if self.find_faults:
            return "\n".join(self.find_faults())
        environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
        program, *arguments = self.command
        done = subprocess.run(
            [BIN / program, *arguments], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        return "" if done.returncode == 0 else done.stdout or f"{program} ended with {done.returncode}"


CHECKS = (
    Check("types", "mypy --strict over all Python", ("mypy",)),
    Check("lint", "ruff check", ("ruff", "check", "--quiet", ".")),
    Check("format", "ruff format", ("ruff", "format", "--check", "--quiet", ".")),
    Check("layers", "which module may import which", ("lint-imports", "--no-cache")),
    Check("schema", "prisma validate, without a warning", find_faults=rules.find_schema_faults),
    Check("schema-format", "prisma format changes nothing", ("prisma", "format", "--check")),
    Check("migrations", "squawk and our rules over the new ones", ("lumi-db", "migrate", "lint")),
    Check("secrets", "no secret is committed", find_faults=rules.find_secrets),
    Check("length", "no file is longer than 400 lines", find_faults=rules.find_long_files),
    Check("locks", "lock files fit and name no registry", find_faults=rules.find_lock_faults),
)


def main(names: list[str]) -> int:
    """Run the checks of these names (all by default), a few at a time; return the exit code."""
    if unknown := set(names) - {check.name for check in CHECKS}:
        print(
            f"✗ No such check: {', '.join(sorted(unknown))}; there are {', '.join(c.name for c in CHECKS)}."
        )
        return 2
    chosen = [check for check in CHECKS if not names or check.name in names]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = list(pool.map(_run_and_tell, chosen))
    print(
        "All checks passed." if all(results) else f"{results.count(False)} of {len(results)} checks failed."
    )
    return 0 if all(results) else 1


def _run_and_tell(check: Check) -> bool:
    began = time.monotonic()
    faults = check.run().strip()
    mark = "✗" if faults else "✓"
    line = f"{mark} {check.name:<14} {check.what:<58} {time.monotonic() - began:5.1f} s"
    # one write, since several checks end at once
    sys.stdout.write("\n".join([line, *("    " + fault for fault in faults.splitlines())]) + "\n")
    sys.stdout.flush()
    return not faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
