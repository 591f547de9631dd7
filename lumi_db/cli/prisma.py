"""`lumi-db prisma …`: Prisma's command line from any folder, without an activated environment.

Called otherwise, the `prisma` command of prisma-client-py reads only the pyproject.toml of the current folder, looks
for Node elsewhere, and installs another Prisma; here all of that is told to it.
"""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer

from lumi_db.config import Settings, checkout_root, child_environment
from lumi_db.errors import SetupError

SETTINGS: dict[str, Any] = {
    "add_help_option": False,
    # Without interspersed arguments `--`, which parts Prisma's words from the seed's, is left where it is.
    "context_settings": {
        "allow_extra_args": True,
        "allow_interspersed_args": False,
        "ignore_unknown_options": True,
    },
}
YES = "--yes"
DELETING_FLAGS = ("--force-reset", "--accept-data-loss")
_TAKES_CONFIG = {"db", "debug", "format", "generate", "migrate", "studio", "validate"}


def prisma(
    arguments: Annotated[list[str] | None, typer.Argument(help="What `prisma` is told.")] = None,
) -> None:
    """Run Prisma's own command line on this project, for example: lumi-db prisma migrate dev."""
    root, arguments = checkout_root(), arguments or []
    environment = prisma_environment(root)
    if arguments[:1] in (["migrate"], ["db"], ["studio"]):
        check_production(arguments, Settings.load())
    if YES in arguments:
        arguments.remove(YES)
        environment["LUMI_YES"] = "1"
    command = prisma_command(root, arguments)
    sys.stdout.flush()
    os.execve(command[0], command, environment)  # noqa: S606  # Prisma gets our signals and terminal


def check_production(arguments: list[str], settings: Settings) -> None:
    """Refuse to delete rows in production without `--yes`, which is ours and not Prisma's.

    Raises SetupError. prisma.config.ts asks the same where Prisma was not called through here.
    """
    is_deleting = "reset" in arguments[:2] or any(flag in arguments for flag in DELETING_FLAGS)
    if settings.lumi_env == "production" and is_deleting and YES not in arguments:
        raise SetupError(
            f"LUMI_ENV is production, where `prisma {' '.join(arguments[:2])}` deletes rows for good: "
            "add --yes if that is meant."
        )


def prisma_command(root: Path, arguments: list[str]) -> list[str]:
    """Return the command line that runs Prisma with `arguments` in any folder.

    Raises SetupError where node or Prisma is not installed: Prisma would otherwise be fetched and package.json changed.
    """
    entry = root / "node_modules" / "prisma" / "build" / "index.js"
    if not entry.exists():
        raise SetupError(f"Prisma is not installed in {root / 'node_modules'}: run `make setup` in {root}.")
    if arguments[:1] == ["py"]:
        return [sys.executable, "-m", "prisma", *arguments]
    node = Path(sys.prefix) / "bin" / "node"
    if not node.exists():
        raise SetupError(f"Node is not installed in {sys.prefix}: run `make setup` in {root}.")
    own = arguments.index("--") if "--" in arguments else len(arguments)
    return [str(node), str(entry), *arguments[:own], *_config(root, arguments), *arguments[own:]]


def prisma_environment(root: Path) -> dict[str, str]:
    """Return the environment in which Prisma and its generators find Node, each other and the pinned versions."""
    pins = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["prisma"]
    binaries = Path(sys.prefix) / "bin"
    return child_environment(
        {
            "PATH": f"{binaries}{os.pathsep}{child_environment().get('PATH', os.defpath)}",
            "VIRTUAL_ENV": sys.prefix,
            "PRISMA_VERSION": pins["prisma_version"],
            "PRISMA_EXPECTED_ENGINE_VERSION": pins["expected_engine_version"],
            "PRISMA_BINARY_CACHE_DIR": str(root),
            "PRISMA_HIDE_UPDATE_MESSAGE": "true",
        }
    )


def _config(root: Path, arguments: list[str]) -> list[str]:
    is_given = any(word == "--config" or word.startswith("--config=") for word in arguments)
    if is_given or not arguments or arguments[0] not in _TAKES_CONFIG:
        return []
    return [f"--config={root / 'prisma.config.ts'}"]
