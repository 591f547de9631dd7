"""The files of a backup: a dump and its manifest, each whole or not there, for their owner alone.

A dump is written as `FILE.partial` under a lock that the kernel frees, and gets its name when it is whole and on the
disk. What a killed run left is told by its free lock.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from .errors import FileProblem, file_errors, from_os_error

FOLDER = "backups"
PARTIAL = ".partial"
UNVERIFIED = ".unverified"
_CHUNK = 1 << 20
_UNFIT = str.maketrans(dict.fromkeys('/\\:*?"<>| \x00', "_"))


def default_file(database: str, at: datetime, *, folder: Path) -> Path:
    """Return a name that no backup in `folder` has: `<database>-<time in UTC>.dump`."""
    stem = f"{database.translate(_UNFIT)}-{at:%Y%m%dT%H%M%SZ}"
    number, path = 1, folder / f"{stem}.dump"
    while any(one.exists() for one in (path, partial_of(path), unverified_of(path))):
        number += 1
        path = folder / f"{stem}-{number}.dump"
    return path


def manifest_of(file: Path) -> Path:
    """Return where the manifest of a dump is."""
    return file.with_name(f"{file.name}.json")


def partial_of(file: Path) -> Path:
    return file.with_name(f"{file.name}{PARTIAL}")


def unverified_of(file: Path) -> Path:
    return file.with_name(f"{file.name}{UNVERIFIED}")


def remove_leftovers(folder: Path) -> None:
    """Delete the partial files of runs that were killed; those of running ones are locked."""
    for path in folder.glob(f"*.dump{PARTIAL}"):
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


@contextmanager
def partial_file(file: Path) -> Iterator[IO[bytes]]:
    """Give the open partial file of `file`, which pg_dump cuts and writes; at the end it is gone.

    Raises FileProblem where `file` exists, another run writes it, or the folder cannot be written.
    """
    check_new(file)
    path = partial_of(file)
    with file_errors(path):
        file.parent.mkdir(parents=True, exist_ok=True)
        opened = open(path, "wb", opener=_open_private)  # noqa: SIM115  # Path has no opener
    with opened:
        _lock(opened, file)
        try:
            yield opened
        finally:
            path.unlink(missing_ok=True)


def check_new(file: Path) -> None:
    """Raise FileProblem where a file of this name, or something else, is in the way."""
    if file.is_dir():
        raise FileProblem(f"{file} is a folder: name a file in it.")
    if file.exists():
        raise FileProblem(f"{file} exists, and no backup is ever overwritten: name another file.")


def publish(file: Path, manifest: str, *, name: Path) -> None:
    """Give the whole partial file of `file` its `name`, after its manifest has one. Raises FileProblem."""
    with file_errors(name):
        _write_whole(manifest_of(name), manifest)
        try:
            os.link(partial_of(file), name)
        except FileExistsError:
            raise FileProblem(f"{name} was made meanwhile by another program: name another file.") from None
        except OSError:
            # a file system without hard links; the lock on the partial file keeps other backups away
            check_new(name)
            partial_of(file).rename(name)
        _sync(name.parent)


def rewrite_manifest(file: Path, manifest: str) -> None:
    """Replace the manifest of `file` in one step."""
    with file_errors(file):
        _write_whole(manifest_of(file), manifest)


def checksum(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file, and its size in bytes."""
    found, size = hashlib.sha256(), 0
    with file_errors(path), path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
            size += len(chunk)
    return found.hexdigest(), size


def check_readable(file: Path) -> None:
    """Raise FileProblem where `file` is missing, a folder or not readable."""
    if file.is_dir():
        raise FileProblem(f"{file} is a folder: name the .dump file in it.")
    if not file.exists():
        raise FileProblem(f"There is no file {file}: name one that `lumi-db backup` wrote.")
    with file_errors(file), file.open("rb"):
        pass


def _open_private(path: str, _: int) -> int:
    """Open without cutting: the file may be another run's."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _lock(opened: IO[bytes], file: Path) -> None:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FileProblem(f"Another run is writing {file}: wait for it, or name another file.") from None
    except OSError as error:
        raise from_os_error(error, file) from None


def _write_whole(path: Path, text: str) -> None:
    new = path.with_name(f"{path.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
