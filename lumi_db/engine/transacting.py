"""What the in-process client can do with transactions beyond Prisma: locks, callbacks, running again.

The client has each as a method; the functions here are the same, typed for any generated client.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import random
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from .operation import LockStrength

ClientT = TypeVar("ClientT")
Result = TypeVar("Result")
Callback = Callable[[], object]

FIRST_PAUSE = 0.01
LONGEST_PAUSE = 0.5

log = logging.getLogger(__name__)


def locking(
    tx: ClientT, strength: LockStrength, *, skip_locked: bool = False, nowait: bool = False
) -> ClientT:
    """Return a view of a transaction whose finds lock the rows they return; see the method `locking`."""
    client: Any = tx
    view: ClientT = client.locking(strength, skip_locked=skip_locked, nowait=nowait)
    return view


def after_commit(tx: object, callback: Callback) -> None:
    """Call `callback` once the outermost transaction is committed; see the method `after_commit`."""
    client: Any = tx
    client.after_commit(callback)


async def run(
    client: ClientT, work: Callable[[ClientT], Awaitable[Result]], *, retries: int = 3, **settings: Any
) -> Result:
    """Run `work(tx)` in a transaction, and all of it again after a write conflict or a deadlock (P2034).

    `settings` are those of `tx()`. It is run at most `retries` times again, after short pauses, and for P2034
    only: after a lost COMMIT nobody knows what took effect. Inside a transaction it runs once, as a nested
    one: what failed there is the whole transaction.
    """
    caller: Any = client
    tries = 0 if caller.is_transaction() else retries
    told = caller._hub.count_retry
    return await run_again(lambda: caller.tx(**settings), work, retries=tries, told=told)


async def run_again(
    begin: Callable[[], AbstractAsyncContextManager[ClientT]],
    work: Callable[[ClientT], Awaitable[Result]],
    *,
    retries: int,
    told: Callable[[], object],
) -> Result:
    """Do what `run` does in the transactions that `begin` starts, and tell of every run but the first."""
    if retries < 0:
        raise ValueError("retries must not be negative.")
    for attempt in range(retries):
        try:
            return await _run_once(begin, work)
        except Exception as error:
            if getattr(error, "code", None) != "P2034":
                raise
        await asyncio.sleep(_pause(attempt))
        told()
    return await _run_once(begin, work)


async def _run_once(
    begin: Callable[[], AbstractAsyncContextManager[ClientT]], work: Callable[[ClientT], Awaitable[Result]]
) -> Result:
    async with begin() as tx:
        return await work(tx)


def _pause(attempt: int) -> float:
    """Return a random time, so that two that met once do not meet again."""
    return random.uniform(0.5, 1.0) * min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**attempt)


async def call_all(callbacks: Iterable[Callback]) -> None:
    """Call what waited for a commit, in order; one that raises is logged, for the commit has happened."""
    for callback in callbacks:
        try:
            answer = callback()
            if inspect.isawaitable(answer):
                await answer
        except Exception:
            log.exception("A callback after a commit failed; the transaction is committed.")
