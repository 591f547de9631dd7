"""Row locks in finds, as the caller asks for them.

Rules: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from .errors import EngineError
from .operation import Find, Lock, LockStrength, Operation


def lock_of(strength: Any, *, skip_locked: bool, nowait: bool) -> Lock:
    """Check what a caller asked for. Raises P2019."""
    known = get_args(LockStrength)
    if strength not in known:
        raise _refused(f"the strength must be one of {', '.join(known)}")
    if skip_locked and nowait:
        raise _refused("skip_locked and nowait exclude each other; give one of them")
    return Lock(strength, "skip locked" if skip_locked else "nowait" if nowait else "wait")


def check_locking(method: str) -> None:
    """Raise P2019 for a call that is not a find."""
    if not method.startswith("find_"):
        raise _refused(f"it serves finds only; call {method} on the transaction itself")


def locked(operation: Operation, lock: Lock) -> Operation:
    """Return a find that locks its rows.

    Raises P2019 for one with `distinct`: PostgreSQL locks no rows that a window function has seen.
    """
    assert isinstance(operation, Find)
    if operation.select.distinct:
        raise _refused("rows of a find with distinct cannot be locked; leave distinct out")
    return replace(operation, lock=lock)


def not_in_transaction(name: str) -> EngineError:
    sentence = f"{name}() needs a transaction: call it on what `async with client.tx() as tx` gives."
    return EngineError("P2028", sentence, {"error": sentence})


def _refused(reason: str) -> EngineError:
    return EngineError("P2019", f"locking(): {reason}.", {"argument": "locking"})
