"""The line of a program that called the client: the nearest one on the stack that is not of the client itself."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import NamedTuple

# Packages that stand between a program and its database: this one, and what runs coroutines and context managers.
_PASSED_OVER = {"asyncio", "contextlib", "lumi_db"}
_known: dict[str, bool] = {}


class Caller(NamedTuple):
    """A line of a program; as text `shop/orders.py:12`, from the working directory where it is below that."""

    file: str
    line: int

    def __str__(self) -> str:
        path = Path(self.file)
        shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
        return f"{shown}:{self.line}"


def pass_over(package: str) -> None:
    """Count the modules of a package, a generated client, among those that are no caller."""
    _PASSED_OVER.add(package)
    _known.clear()


def find_caller() -> Caller | None:
    """Return the nearest line of the program; a microsecond or two. None where all of the stack is the client's."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        is_passed = _known.get(name)
        if is_passed is None:
            is_passed = _known[name] = _is_passed_over(name)
        if not is_passed:
            return Caller(frame.f_code.co_filename, frame.f_lineno)
        frame = frame.f_back
    return None


def _is_passed_over(module: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in _PASSED_OVER)
