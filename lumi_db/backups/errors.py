"""What can go wrong with a backup.

BackupError (a lumi_db.errors.SetupError)
 ├─ FileProblem       a file cannot be read or written, or is no whole backup
 ├─ ProgramFailed     pg_dump or pg_restore failed; the message ends with what it said
 ├─ NotTheSame        what was restored is not what was backed up
 └─ RestoreRefused    the target holds something, is in use, or may not be replaced

Every message is one sentence that names the cause and the remedy.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lumi_db.engine.driver.direct import ScriptFailed
from lumi_db.engine.errors import EngineError
from lumi_db.errors import SetupError

LOST = ("P1001", "P1017")
NO_RIGHT = "42501"
_DISK_FULL = "53100"
_FULL = {errno.ENOSPC, errno.EDQUOT}


class BackupError(SetupError):
    """Backing up or restoring is not possible; the message is one sentence with the remedy."""


class FileProblem(BackupError):
    """A file cannot be read or written, or is no whole backup."""


class ProgramFailed(BackupError):
    """One of PostgreSQL's programs failed."""


class NotTheSame(BackupError):
    """What was restored is not what was backed up."""


class RestoreRefused(BackupError):
    """The target holds something, is in use, or may not be replaced."""


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Turn the operating system's refusal to read or write `path` into one sentence."""
    try:
        yield
    except OSError as error:
        raise from_os_error(error, path) from None


def from_os_error(error: OSError, path: Path) -> FileProblem:
    """Return the error that says what the operating system refused."""
    if error.errno in _FULL:
        return disk_full(path)
    reason = error.strerror or type(error).__name__
    return FileProblem(f"Cannot use {path} ({reason}): name a file that you may read and write.")


def disk_full(path: Path) -> FileProblem:
    return FileProblem(
        f"The disk that holds {path} is full: free some space, or name a file on another disk."
    )


@contextmanager
def server_errors(doing: str) -> Iterator[None]:
    """Turn what the server refuses, or a connection that is lost, while `doing` something into one sentence."""
    try:
        yield
    except ScriptFailed as error:
        raise _refused(error.message, error.sqlstate, doing) from None
    except EngineError as error:
        if error.code in LOST:
            raise BackupError(
                f"The connection to the server was lost while {doing}: look into the server's log, "
                "and run the command again."
            ) from None
        raise _refused(error.message, str(error.meta.get("sqlstate", "")), doing) from None


def _refused(message: str, sqlstate: str, doing: str) -> BackupError:
    if sqlstate == _DISK_FULL:
        return BackupError(f"The server's disk is full ({message}): free some space there, then try again.")
    remedy = "use a user who may" if sqlstate == NO_RIGHT else "mend that and run the command again"
    return BackupError(f"The server refuses while {doing} ({message.rstrip('.')}): {remedy}.")
