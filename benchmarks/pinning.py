"""One core for client and server: without it, where the scheduler puts them changes results by a factor of five."""

from __future__ import annotations

import os

import psutil


def pin(*processes: int) -> int | None:
    """Keep this process and those, with their children of now and later, on one core, and return its number.

    None where the operating system does not let one.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    for process in (os.getpid(), *processes):
        for one in (process, *(child.pid for child in psutil.Process(process).children(recursive=True))):
            _pin_one(one, core)
    return core


def _pin_one(process: int, core: int) -> None:
    try:
        for thread in psutil.Process(process).threads():
            os.sched_setaffinity(thread.id, {core})
    except (psutil.NoSuchProcess, ProcessLookupError):
        pass
