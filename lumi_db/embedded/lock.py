"""Locks between processes, by `flock`: the kernel frees them when their holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import LockHeldError, folder_errors

_POLL = 0.05


@contextmanager
def hold(path: Path, *, seconds: float, doing: str) -> Iterator[None]:
    """Hold the lock at `path`; wait for another holder up to `seconds`.

    Raises LockHeldError with the holder's process id, and what it is `doing`.
    """
    descriptor = open_lock(path)
    try:
        _acquire(descriptor, path, seconds=seconds, doing=doing)
        _sign(descriptor)
        yield
    finally:
        os.close(descriptor)


def open_lock(path: Path) -> int:
    """Open (or make) a lock file and return its descriptor, unlocked."""
    with folder_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Take the lock if it is free; an exclusive holder may turn it into a shared one the same way."""
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_held(path: Path) -> bool:
    """Tell whether any process holds the lock at `path`."""
    if not path.exists():
        return False
    descriptor = open_lock(path)
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, *, seconds: float, doing: str) -> None:
    limit = time.monotonic() + seconds
    while not try_lock(descriptor):
        if time.monotonic() > limit:
            holder = os.pread(descriptor, 20, 0).decode().strip() or "unknown"
            raise LockHeldError(
                f"Another run (process {holder}) is {doing} and did not end within {seconds:g} s: "
                f"wait for it or stop it, then run the command again (lock: {path})."
            )
        time.sleep(_POLL)


def _sign(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
