"""What can go wrong with the server of this clone.

EmbeddedError (a lumi_db.errors.SetupError)
 ├─ NoPermissionError     a folder cannot be made, entered or written
 ├─ DiskFullError         the disk is full
 ├─ ProgramsMissingError  no PostgreSQL programs on this machine
 ├─ LockHeldError         another run holds the lock for too long
 └─ ServerStartError      PostgreSQL's programs failed; the message ends with what they said

Every message is one sentence that names the cause and the remedy.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lumi_db.errors import SetupError

OWN_SERVER = "set DATABASE_URL to use a server of your own"
_NO_PERMISSION = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EISDIR}
_EMPTY_WORDS = ("pg_ctl:", "Examine the log output")
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT}


class EmbeddedError(SetupError):
    """The embedded PostgreSQL cannot be used; the message is one sentence with the remedy."""


class NoPermissionError(EmbeddedError):
    """A folder that the server needs cannot be made, entered or written."""


class DiskFullError(EmbeddedError):
    """The disk that holds the server's folder is full."""


class ProgramsMissingError(EmbeddedError):
    """Neither the wheel nor the machine has PostgreSQL's programs."""


class LockHeldError(EmbeddedError):
    """Another run is starting or stopping the server and did not end in time."""


class ServerStartError(EmbeddedError):
    """`initdb` or the server itself failed."""


@contextmanager
def folder_errors(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusal to write in `folder` into one sentence."""
    try:
        yield
    except OSError as error:
        raise from_os_error(error, folder=folder) from error


def from_os_error(error: OSError, *, folder: Path) -> EmbeddedError:
    """Return the error that says what the operating system refused in `folder`."""
    reason = error.strerror or type(error).__name__
    if error.errno in _DISK_FULL:
        return disk_full(folder)
    if error.errno in _NO_PERMISSION:
        return NoPermissionError(
            f"Cannot write in {folder} ({reason}): make it a folder you may write, or {OWN_SERVER}."
        )
    return EmbeddedError(f"Cannot use {folder} for PostgreSQL ({reason}): mend that, or {OWN_SERVER}.")


def disk_full(folder: Path) -> DiskFullError:
    return DiskFullError(f"The disk that holds {folder} is full: free some space and run the command again.")


def from_output(output: str, *, folder: Path, doing: str) -> EmbeddedError:
    """Return the error for a PostgreSQL program that failed with `output`."""
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return disk_full(folder)
    lines = [
        line.strip() for line in output.splitlines() if line.strip() and not line.startswith(_EMPTY_WORDS)
    ]
    said = " / ".join(lines[-3:]) or "nothing was said"
    if "Permission denied" in output:
        return NoPermissionError(
            f"PostgreSQL may not use {folder}: mend its permissions, or {OWN_SERVER}; it said: {said}"
        )
    return ServerStartError(f"PostgreSQL failed while {doing} {folder}; it said: {said}")
