"""Interactive transactions by id: their states, their time limits, nesting as savepoints."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import Enum
from secrets import token_hex

from ..errors import EngineError
from .pool import Pool
from .session import Session, begin_session, commit_session, finish
from .settling import Remembered, remember, settle_commit

Callback = Callable[[], object]

CLOSED_KEPT = 1000
ISOLATION_LEVELS = {
    "ReadUncommitted": "READ UNCOMMITTED",
    "ReadCommitted": "READ COMMITTED",
    "RepeatableRead": "REPEATABLE READ",
    "Serializable": "SERIALIZABLE",
}
NOT_STARTED = "Unable to start a transaction in the given time."
LOST_AND_UNDONE = (
    "The connection was lost during COMMIT, and the transaction was rolled back: it may be run again."
)
NOT_FOUND = (
    "Transaction not found. Its ID is invalid, or refers to an old closed transaction, "
    "or was obtained before disconnecting."
)


class State(Enum):
    """What became of a transaction; the value completes `A query cannot be executed on …`."""

    OPEN = "an open transaction"
    COMMITTED = "a committed transaction"
    ROLLED_BACK = "a transaction that was rolled back"
    EXPIRED = "an expired transaction"


class Transaction:
    """One interactive transaction, or one nested in `parent`: then `savepoint` is its name on the server."""

    def __init__(
        self,
        session: Session,
        *,
        timeout: float,
        parent: Transaction | None = None,
        savepoint: str | None = None,
    ) -> None:
        self.id = token_hex(12)
        self.session = session
        self.timeout = timeout
        self.parent = parent
        self.savepoint = savepoint
        self.state = State.OPEN
        self.nesting = asyncio.Lock()
        self.started = asyncio.get_running_loop().time()
        self.timer: asyncio.TimerHandle | None = None
        # Those of nested transactions are here, too: they run in the order they came in.
        self.callbacks: list[tuple[Transaction, Callback]] = []

    @property
    def root(self) -> Transaction:
        return self if self.parent is None else self.parent.root

    def is_within(self, other: Transaction) -> bool:
        return self is other or (self.parent is not None and self.parent.is_within(other))

    def drop_callbacks(self) -> None:
        """Forget what this transaction, and those nested in it, wanted called after the commit."""
        self.root.callbacks = [one for one in self.root.callbacks if not one[0].is_within(self)]

    def refusal(self, action: str) -> EngineError:
        """Return the P2028 that says why nothing can be done with this transaction any more."""
        reason = f"A {action} cannot be executed on {self.state.value}"
        if self.state is State.EXPIRED:
            passed = asyncio.get_running_loop().time() - self.started
            reason += (
                f". The timeout for this transaction was {self.timeout * 1000:.0f} ms, however "
                f"{passed * 1000:.0f} ms passed since the start of the transaction. Consider increasing the "
                "interactive transaction timeout or doing less work in the transaction"
            )
        sentence = f"Transaction already closed: {reason}."
        return EngineError("P2028", sentence, {"error": sentence})


class Transactions:
    """The interactive transactions of one client: the open ones, and the last thousand that were closed."""

    def __init__(self, pool: Pool, *, settle_commits: bool = False) -> None:
        self._pool = pool
        self._settles = settle_commits
        self._loop = asyncio.get_running_loop()
        self._open: dict[str, Transaction] = {}
        self._closed: OrderedDict[str, Transaction] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        # of those that are no savepoints
        self.outcomes = {"committed": 0, "rolled_back": 0, "unknown": 0}

    def __len__(self) -> int:
        return len(self._open)

    def oldest(self) -> float:
        """Return the age in seconds of the oldest open one; 0 where there is none."""
        return self._loop.time() - min(
            (one.started for one in self._open.values()), default=self._loop.time()
        )

    async def begin(
        self, *, max_wait: float, timeout: float, parent: str | None, isolation: str | None, read_only: bool
    ) -> str:
        sql = _begin_sql(isolation, read_only=read_only)
        outer = None if parent is None else self._find(parent, "nested transaction")
        if outer is not None and sql != "BEGIN":
            raise _refused("a nested transaction has the isolation level of the one it is in")
        try:
            async with asyncio.timeout(max_wait):
                transaction = await (
                    self._start(sql, timeout) if outer is None else self._nest(outer, timeout)
                )
        except TimeoutError:
            told, holders = self._pool.tell_holders()
            raise EngineError(
                "P2028", f"{NOT_STARTED}{told}", {"error": NOT_STARTED, "holders": holders}
            ) from None
        self._open[transaction.id] = transaction
        transaction.timer = self._loop.call_later(timeout, self._expire, transaction)
        return transaction.id

    def session_of(self, transaction_id: str) -> Session:
        return self._find(transaction_id, "query").session

    @asynccontextmanager
    async def savepoint(self, transaction_id: str) -> AsyncIterator[Session]:
        """Undo what happens inside when it raises. Of two at a time, nested transactions too, one waits."""
        transaction = self._find(transaction_id, "query")
        async with transaction.nesting, transaction.session.savepoint() as session:
            yield session

    def after_commit(self, transaction_id: str, callback: Callback) -> None:
        transaction = self._find(transaction_id, "callback")
        transaction.root.callbacks.append((transaction, callback))

    async def commit(self, transaction_id: str) -> list[Callback]:
        """Commit, or release the savepoint, and return the callbacks whose time has come."""
        transaction = self._find(transaction_id, "commit")
        self._close(transaction, State.COMMITTED)
        try:
            if transaction.savepoint is None:
                await self._commit(transaction.session)
            else:
                await self._leave(transaction, self._release(transaction, transaction.savepoint))
        except BaseException:
            transaction.drop_callbacks()
            raise
        if transaction.savepoint is not None:
            return []
        callbacks, transaction.callbacks = transaction.callbacks, []
        return [callback for _, callback in callbacks]

    async def _commit(self, session: Session) -> None:
        """Send COMMIT, and where its answer is lost find out what became of it, if that was asked for."""
        remembered = await self._remember(session) if self._settles else None
        try:
            await commit_session(session, self._pool)
        except EngineError as error:
            outcome = error.meta.get("outcome", "rolled back")
            if remembered is not None and outcome == "unknown":
                pool = self._pool
                outcome = await settle_commit(pool.connector, remembered, within=pool.limits.settle)
            if outcome == "committed":
                self.outcomes["committed"] += 1
                return
            self.outcomes["unknown" if outcome == "unknown" else "rolled_back"] += 1
            if outcome == error.meta.get("outcome", "rolled back"):
                raise
            raise EngineError("P1017", LOST_AND_UNDONE, {**error.meta, "outcome": outcome}) from None
        self.outcomes["committed"] += 1

    async def _remember(self, session: Session) -> Remembered | None:
        try:
            return await remember(session)
        except BaseException:
            await finish(self._pool.settle(session.wire.held))
            raise

    async def rollback(self, transaction_id: str) -> None:
        transaction = self._find(transaction_id, "rollback")
        self._close(transaction, State.ROLLED_BACK)
        await finish(self._undo(transaction))

    async def close(self) -> None:
        """Roll back all that is open, stopping what runs in it."""
        roots = [one for one in self._open.values() if one.parent is None]
        for transaction in roots:
            self._close(transaction, State.ROLLED_BACK)
        await asyncio.gather(*(self._undo(one) for one in roots), return_exceptions=True)

    async def _start(self, sql: str, timeout: float) -> Transaction:
        return Transaction(await begin_session(self._pool, sql, wait=None, may_last=True), timeout=timeout)

    async def _nest(self, outer: Transaction, timeout: float) -> Transaction:
        # Savepoints end in reverse order, so of two nested in one transaction the second waits for the first.
        await outer.nesting.acquire()
        try:
            savepoint = await outer.session.set_savepoint()
        except BaseException:
            outer.nesting.release()
            raise
        return Transaction(Session(outer.session.wire), timeout=timeout, parent=outer, savepoint=savepoint)

    async def _release(self, transaction: Transaction, savepoint: str) -> None:
        await transaction.session.release_savepoint(savepoint)
        transaction.session.end(transaction.refusal("query"))

    async def _undo(self, transaction: Transaction) -> None:
        """Roll back on the server, after the running statement was stopped."""
        transaction.session.end(transaction.refusal("query"))
        if transaction.savepoint is not None:
            await self._leave(transaction, transaction.session.rollback_to(transaction.savepoint))
            return
        self.outcomes["rolled_back"] += 1
        wire = transaction.session.wire
        async with wire.lock:
            wire.ended = transaction.refusal("query")
            await self._pool.settle(wire.held)

    async def _leave(self, transaction: Transaction, work: Awaitable[None]) -> None:
        try:
            await work
        finally:
            if transaction.parent is not None:
                transaction.parent.nesting.release()

    def _expire(self, transaction: Transaction) -> None:
        self._close(transaction, State.EXPIRED)
        task = self._loop.create_task(self._undo(transaction))
        self._tasks.add(task)
        task.add_done_callback(self._expired)

    def _expired(self, task: asyncio.Task[None]) -> None:
        # A failure here is a lost connection: the pool dropped it, and the caller learns that it expired.
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()

    def _find(self, transaction_id: str, action: str) -> Transaction:
        found = self._open.get(transaction_id)
        if found is not None:
            return found
        closed = self._closed.get(transaction_id)
        raise closed.refusal(action) if closed else _refused(NOT_FOUND)

    def _close(self, transaction: Transaction, state: State) -> None:
        """Move a transaction, and those nested in it, from the open to the closed ones."""
        if state is not State.COMMITTED:
            transaction.drop_callbacks()
        for one in [one for one in self._open.values() if one.is_within(transaction)]:
            one.state = state
            if one.timer is not None:
                one.timer.cancel()
            if one is not transaction:
                one.session.end(one.refusal("query"))
            self._closed[one.id] = self._open.pop(one.id)
        while len(self._closed) > CLOSED_KEPT:
            self._closed.popitem(last=False)


def _begin_sql(isolation: str | None, *, read_only: bool) -> str:
    if isolation is not None and (not isinstance(isolation, str) or isolation not in ISOLATION_LEVELS):
        raise _refused(f"the isolation level must be one of {', '.join(ISOLATION_LEVELS)}")
    level = f" ISOLATION LEVEL {ISOLATION_LEVELS[isolation]}" if isolation else ""
    return f"BEGIN{level}{' READ ONLY' if read_only else ''}"


def _refused(reason: str) -> EngineError:
    sentence = reason if reason is NOT_FOUND else f"Unable to start the transaction: {reason}."
    return EngineError("P2028", sentence, {"error": sentence})
