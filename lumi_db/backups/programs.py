"""Run pg_dump and pg_restore: where to connect goes by the environment, never by arguments that all users can read."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lumi_db.config import child_environment
from lumi_db.embedded.clients import Clients
from lumi_db.engine.driver.url import parse_url

from .errors import BackupError, FileProblem, ProgramFailed, disk_full

_SSL_NAMES = {
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "sslcrl": "PGSSLCRL",
}
_OTHERS = ("PGSERVICE", "PGSERVICEFILE", "PGHOSTADDR", "PGDATABASE", "PGSSLNEGOTIATION")
_SAID = re.compile(r"^pg_\w+: (?:error|fatal): (.*)$|^.*?(?:ERROR|FATAL):  ?(.*)$", re.MULTILINE)
_SHOWN = 3
_LONGEST = 300
# what pg_restore from 17 on sends first, and a server before 17 does not know
_TRANSACTION_TIMEOUT = 'unrecognized configuration parameter "transaction_timeout"'
_KNOWS_TRANSACTION_TIMEOUT = 17


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: its code and what it said on stderr."""

    code: int
    said: str


def environment_of(url: str) -> dict[str, str | None]:
    """Return libpq's variables for `url`: Prisma's own parameters are left out, the password is in here alone."""
    target = parse_url(url)
    if "sslpassword" in target.ssl_files:
        raise BackupError(
            "PostgreSQL's programs cannot be given sslpassword safely: name a key file without a password."
        )
    return {
        **dict.fromkeys(_OTHERS),
        **dict.fromkeys(_SSL_NAMES.values()),
        "PGHOST": ",".join(host for host, _ in target.hosts),
        "PGPORT": ",".join(str(port) for _, port in target.hosts),
        "PGUSER": target.user,
        "PGPASSWORD": target.password,
        "PGOPTIONS": target.options,
        "PGSSLMODE": target.ssl_mode,
        **{_SSL_NAMES[name]: path for name, path in target.ssl_files.items()},
        "PGTARGETSESSIONATTRS": target.target_session_attrs,
        "PGCONNECT_TIMEOUT": "30",
        "PGAPPNAME": "lumi-db",
        "LC_ALL": "C",
        "TZ": "UTC",
    }


def database_argument(url: str) -> str:
    """Return the database of `url` as --dbname takes it: by itself it could be read as a connection string."""
    name = parse_url(url).database.replace("\\", "\\\\").replace("'", "\\'")
    return f"--dbname=dbname='{name}'"


async def dump(clients: Clients, url: str, *, snapshot: str, into: IO[bytes]) -> None:
    """Write what `snapshot` shows of the database at `url` to the open file. Raises BackupError."""
    # by its name: what is written to stdout is half as large again and cannot be restored in parallel
    arguments = [database_argument(url), "--format=custom", "--no-password", f"--file={into.name}"]
    arguments += [f"--snapshot={snapshot}", "--lock-wait-timeout=60000"]
    # pg_dump holds our lock on the file with us, and on when we are killed
    ended = await _run(clients.path("pg_dump"), arguments, url=url, pass_fds=(into.fileno(),))
    if ended.code != 0:
        raise _failure("pg_dump", ended, path=Path(into.name))


async def restore(
    clients: Clients, url: str, file: Path, *, server: int, options: Sequence[str] = (), in_one: bool = False
) -> None:
    """Restore `file` into the empty database at `url`, `in_one` transaction where that is wanted.

    Raises BackupError for the first thing that fails.
    """
    is_newer = clients.major >= _KNOWS_TRANSACTION_TIMEOUT > server
    if is_newer and in_one:
        raise BackupError(
            f"pg_restore {clients.version} cannot restore into PostgreSQL {server} in one transaction: "
            f"install postgresql-client-{server}, or drop the empty database and let restore make it."
        )
    arguments = [database_argument(url), "--format=custom", "--no-password", *options]
    arguments += ["--single-transaction"] if in_one else [] if is_newer else ["--exit-on-error"]
    ended = await _run(clients.path("pg_restore"), [*arguments, "--", str(file)], url=url)
    if ended.code != 0 and not (is_newer and _only_timeouts(ended.said)):
        raise _failure("pg_restore", ended, path=file)


async def check_archive(clients: Clients, file: Path) -> None:
    """Read the table of contents of `file`. Raises FileProblem where it is no archive of pg_dump."""
    done = await _run(clients.path("pg_restore"), ["--list", "--", str(file)])
    if "unsupported version" in done.said:
        raise FileProblem(
            f"{file} was written by a newer pg_dump than the pg_restore {clients.version} here: "
            "install the newest postgresql-client."
        )
    if done.code != 0:
        raise FileProblem(
            f"{file} is no whole backup (pg_restore says: {shorten(done.said)}): name a file that "
            "`lumi-db backup` wrote."
        )


def shorten(said: str) -> str:
    """Return the first few messages of a program in one line, without statements and rows that follow them."""
    lines = [next(part for part in found.groups() if part is not None) for found in _SAID.finditer(said)]
    lines = lines or [line for line in said.splitlines() if line.strip()][-1:] or ["nothing was said"]
    return " / ".join(line.strip() for line in lines[:_SHOWN])[:_LONGEST].rstrip(".")


async def _run(
    program: Path,
    arguments: Sequence[str],
    *,
    url: str | None = None,
    pass_fds: Sequence[int] = (),
) -> Ended:
    """Run a program to its end; when we are interrupted, it is ended too."""
    process = await asyncio.create_subprocess_exec(
        program,
        *arguments,
        env=child_environment(environment_of(url) if url else {"LC_ALL": "C"}),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        pass_fds=pass_fds,
        stderr=asyncio.subprocess.PIPE,
        # a terminal's Ctrl-C reaches us alone, so that it is never taken for a failure of the program
        start_new_session=True,
    )
    try:
        _, said = await process.communicate()
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.wait()
    return Ended(process.returncode or 0, said.decode(errors="replace"))


def _only_timeouts(said: str) -> bool:
    messages = [next(part for part in found.groups() if part is not None) for found in _SAID.finditer(said)]
    return bool(messages) and all(_TRANSACTION_TIMEOUT in message for message in messages)


def _failure(program: str, ended: Ended, *, path: Path) -> BackupError:
    said = shorten(ended.said)
    if program == "pg_dump" and "No space left on device" in ended.said:
        return disk_full(path)
    if "permission denied" in ended.said:
        return ProgramFailed(
            f"{program} lacks a right ({said}): let DATABASE_URL (or DIRECT_URL) name the owner of the tables, "
            "or a superuser."
        )
    return ProgramFailed(f"{program} failed ({said}): mend that and run the command again.")
