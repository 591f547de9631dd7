"""Close at SIGTERM and SIGINT, then let the signal do what it did before."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def close_on_signals(
    close: Callable[[], Awaitable[None]], *, signals: Sequence[int] = SIGNALS
) -> Callable[[], None]:
    """Await `close` at the first of `signals`, then raise it again for the handler that was there before.

    A second signal reaches that handler at once. A signal that is ignored stays ignored. The returned
    function puts the handlers back. Call it in the main thread, in the event loop that `close` belongs to.
    """
    return _Closer(close, asyncio.get_running_loop(), signals).restore


class _Closer:
    def __init__(
        self, close: Callable[[], Awaitable[None]], loop: asyncio.AbstractEventLoop, signals: Sequence[int]
    ) -> None:
        self._close = close
        self._loop = loop
        self._task: asyncio.Task[None] | None = None
        self._previous: dict[int, Any] = {}
        for number in signals:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._previous[number] = signal.signal(number, self._handle)

    def restore(self) -> None:
        for number, handler in self._previous.items():
            # Another program part may have put its own handler over this one since.
            if signal.getsignal(number) == self._handle:
                signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        self._previous.clear()

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        self.restore()
        try:
            self._loop.call_soon_threadsafe(self._start, number)
        except RuntimeError:  # the loop is closed, and the connections with it
            signal.raise_signal(number)

    def _start(self, number: int) -> None:
        self._task = self._loop.create_task(self._finish(number))

    async def _finish(self, number: int) -> None:
        try:
            await self._close()
        finally:
            signal.raise_signal(number)
