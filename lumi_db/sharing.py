"""One `Database` a process: who comes first opens it, and the event loop closes it at its end."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from lumi_db.config import Settings
from lumi_db.errors import CallerError

if TYPE_CHECKING:
    from lumi_db.database import Database

_lock = Lock()
_shared: _Shared | None = None


@dataclass(frozen=True, slots=True)
class _Shared:
    """The opening of the shared database, and where it was: connections belong to a loop and a process."""

    opening: asyncio.Task[Database]
    loop: asyncio.AbstractEventLoop
    process: int

    @property
    def is_usable(self) -> bool:
        if self.process != os.getpid() or self.loop.is_closed():
            return False
        if not self.opening.done():
            return True
        failed = self.opening.cancelled() or self.opening.exception() is not None
        return not failed and self.opening.result().is_open


async def get_shared(kind: type[Database], settings: Settings | None) -> Database:
    """Return the shared database, opened by the first of all concurrent callers."""
    # A caller that is cancelled must not take the opening from the others.
    database = await asyncio.shield(_find_or_start(kind, settings).opening)
    if settings is not None and settings != database.settings:
        raise CallerError(
            "The shared database was opened with other settings: close it first, or use Database()."
        )
    return database


def _find_or_start(kind: type[Database], settings: Settings | None) -> _Shared:
    global _shared  # noqa: PLW0603 - one a process is what this module is for
    loop = asyncio.get_running_loop()
    with _lock:
        if _shared is None or not _shared.is_usable:
            _shared = _Shared(loop.create_task(_open(kind, settings)), loop, os.getpid())
        if _shared.loop is not loop:
            raise CallerError(
                "The shared database belongs to another event loop: use Database() in this one."
            )
        return _shared


async def _open(kind: type[Database], settings: Settings | None) -> Database:
    database = kind(settings)
    await database.open()
    keeper = _close_with_loop(database)
    # Started generators are finished by the loop's shutdown_asyncgens, which `asyncio.run` awaits.
    await anext(keeper)
    _keepers[id(database)] = keeper
    return database


_keepers: dict[int, AsyncGenerator[None, None]] = {}


async def _close_with_loop(database: Database) -> AsyncGenerator[None, None]:
    try:
        yield
    finally:
        _keepers.pop(id(database), None)
        await database.close()
