"""Statements on one connection: in a transaction, one after another even when several tasks share it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import count
from time import perf_counter
from typing import Any, TypeVar

from ..caller import find_caller
from ..errors import EngineError
from ..statement import Copy, Statement
from .failures import DRIVER_ERRORS, LARGEST, TOO_LARGE, is_lost, translate
from .held import Held
from .holding import Holding
from .pool import Pool
from .raw import RawResult
from .raw_statements import affected, execute_raw_on, fetch_raw_on

# asyncpg's records, or the number of rows affected, as `Statement.returns` says.
Rows = Any
Fetch = Callable[[int], Awaitable[Rows]]
Result = TypeVar("Result")
_REWINDS = re.compile(r"\s*(ROLLBACK|SET|RESET)\b", re.IGNORECASE)


async def run_on(held: Held, statement: Statement) -> Rows:
    if statement.returns == "rows":
        return await held.connection.fetch(statement.sql, *statement.parameters)
    if statement.copy_in is not None:
        return await copy_on(held, statement.copy_in)
    return affected(await held.connection.execute(statement.sql, *statement.parameters))


async def _execute(held: Held, sql: str) -> str:
    tag: str = await held.connection.execute(sql)
    return tag


async def open_cursor(held: Held, statement: Statement) -> Any:
    return await held.connection.cursor(statement.sql, *statement.parameters)


async def close_cursor(cursor: Any) -> None:
    # asyncpg leaves a cursor open until the transaction ends; then no table in it could be altered.
    await cursor._close_portal(None)


async def copy_on(held: Held, rows: Copy) -> int:
    """Copy rows into their table and return their number; `line` in an error's meta is the row it is about."""
    if len(rows.text) > LARGEST:
        raise EngineError("P2000", TOO_LARGE, {"column_name": "(not available)"})
    # asyncpg takes bytes for the name of a file.
    status = await held.connection.copy_to_table(
        rows.table, schema_name=rows.schema, columns=rows.columns, source=memoryview(rows.text)
    )
    return affected(status)


class Wire:
    """The connection of a transaction and of those nested in it; `ended` says why no more goes over it.

    `setting` is what the policies' setting is on the server, None if that is not known; `at_savepoints` what it was
    when each savepoint was set. Who needs it to stay for the next statement holds `turn`.
    """

    def __init__(self, held: Held) -> None:
        self.held = held
        self.lock = asyncio.Lock()
        self.ended: EngineError | None = None
        self.holding: Holding | None = None
        self.names = count(1)
        self.setting: str | None = ""
        self.at_savepoints: dict[str, str | None] = {}
        self.turn = asyncio.Lock()


class Session:
    """A transaction, or one nested in it. After `end`, every call raises what `end` was given."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self._ended: EngineError | None = None
        self._running: asyncio.Task[Any] | None = None
        self._interrupted = False

    async def run(self, statement: Statement) -> Rows:
        """Run one statement and return its rows or its count, as `statement.returns` says."""
        if self.wire.holding is not None:
            self.wire.holding.sql = statement.sql
        return await self._exclusively(run_on, statement, parameters=statement.parameters)

    async def configure(self, statement: Statement, value: str) -> Rows:
        """Run the statement that gives the policies' setting this value for the rest of the transaction."""

        async def work(held: Held) -> Rows:
            self.wire.setting = None
            rows = await run_on(held, statement)
            self.wire.setting = value
            return rows

        return await self._exclusively(work)

    @asynccontextmanager
    async def cursor(self, statement: Statement) -> AsyncIterator[Fetch]:
        """Give what fetches the next rows of a statement; other statements may run in between."""
        opened = await self._exclusively(lambda held: open_cursor(held, statement))

        async def fetch(number: int) -> Rows:
            return await self._exclusively(lambda _: opened.fetch(number), parameters=statement.parameters)

        try:
            yield fetch
        finally:
            # In a transaction that has failed or ended it is gone with it.
            with suppress(EngineError):
                await finish(self._exclusively(lambda _: close_cursor(opened)))

    async def fetch_raw(
        self, sql: str, parameters: Sequence[Any] = (), *, keeps_session: bool = False
    ) -> RawResult:
        """Run the caller's own SQL and return its rows with their types; see `Driver.fetch_raw`."""
        self._forget_setting(sql)
        work = partial(fetch_raw_on, keeps_session=keeps_session)
        return await self._exclusively(work, sql, parameters, raw=True)

    async def execute_raw(
        self, sql: str, parameters: Sequence[Any] = (), *, keeps_session: bool = False
    ) -> int:
        """Run the caller's own SQL and return the number of rows affected; see `Driver.execute_raw`."""
        self._forget_setting(sql)
        work = partial(execute_raw_on, keeps_session=keeps_session)
        return await self._exclusively(work, sql, parameters, raw=True)

    def _forget_setting(self, sql: str) -> None:
        """A savepoint of the caller's own takes the setting back with it, unseen from here."""
        if self.wire.setting and _REWINDS.match(sql):
            self.wire.setting = None

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[Session]:
        """Undo what happens inside when it raises, and leave the rest of the transaction usable."""
        name = await self.set_savepoint()
        try:
            yield self
        except BaseException:
            await finish(self.rollback_to(name))
            raise
        await self.release_savepoint(name)

    async def set_savepoint(self) -> str:
        name = f"lumi_{next(self.wire.names)}"

        async def work(held: Held) -> None:
            await held.connection.execute(f"SAVEPOINT {name}")
            self.wire.at_savepoints[name] = self.wire.setting

        await self._exclusively(work)
        return name

    async def release_savepoint(self, name: str) -> None:
        await self.command(f"RELEASE SAVEPOINT {name}")
        del self.wire.at_savepoints[name]

    async def rollback_to(self, name: str) -> None:
        """Undo what came after the savepoint; works for an ended session, too, since its parent goes on."""
        async with self.wire.lock:
            if self.wire.ended is None:
                await self._try(_execute, _undo(name))
                self.wire.setting = self.wire.at_savepoints.pop(name)

    async def command(self, sql: str) -> str:
        """Run a command of transaction control and return its tag."""
        tag: str = await self._exclusively(_execute, sql)
        return tag

    async def commit(self, reason: EngineError) -> str:
        """Send COMMIT and return its tag; whatever waits for the connection gets `reason`."""

        async def work(held: Held) -> str:
            self.wire.ended = reason
            return await held.commit()

        found: str = await self._exclusively(work)
        return found

    def end(self, reason: EngineError) -> None:
        """Refuse everything from now on, and stop the statement that is running, on the server too."""
        self._ended = reason
        if self._running is not None:
            self._interrupted = True
            self._running.cancel()

    async def _exclusively(
        self,
        work: Callable[..., Awaitable[Result]],
        *arguments: Any,
        parameters: Sequence[Any] = (),
        raw: bool = False,
    ) -> Result:
        """Run `work(held, *arguments)` when nothing else runs on the connection."""
        wire = self.wire
        await wire.lock.acquire()
        try:
            ended = self._ended or wire.ended
            if ended is not None:
                raise copy_of(ended)
            self._running = asyncio.current_task()
            result = await self._try(work, *arguments, parameters=parameters, raw=raw)
            if raw and not wire.held.connection.is_in_transaction():
                wire.ended = EngineError("P2028", "Transaction already closed: raw SQL ended it.")
            return result
        finally:
            self._running = None
            wire.lock.release()

    async def _try(
        self,
        work: Callable[..., Awaitable[Result]],
        *arguments: Any,
        parameters: Sequence[Any] = (),
        raw: bool = False,
    ) -> Result:
        started = perf_counter()
        try:
            return await work(self.wire.held, *arguments)
        except asyncio.CancelledError:
            if self._is_own_interruption() and self._ended is not None:
                raise copy_of(self._ended) from None
            raise
        except DRIVER_ERRORS as error:
            failure = translate(error, parameters=parameters, raw=raw)
            if is_lost(error) or self.wire.held.connection.is_closed():
                self.wire.ended = failure
            raise failure from None
        finally:
            self.wire.held.statements.add(perf_counter() - started)

    def _is_own_interruption(self) -> bool:
        """Tell `end`, which the task must not see as a cancellation, from somebody else's cancellation."""
        task = asyncio.current_task()
        if not self._interrupted or task is None:
            return False
        self._interrupted = False
        return task.uncancel() == 0


def _undo(name: str) -> str:
    return f"ROLLBACK TO SAVEPOINT {name}; RELEASE SAVEPOINT {name}"


def copy_of(error: EngineError) -> EngineError:
    """Return an equal error: one instance raised in several tasks would gather all their tracebacks."""
    return EngineError(error.code, error.message, error.meta)


async def finish(work: Awaitable[Any]) -> None:
    """Wait for `work` and let it end even if the waiting task is cancelled."""
    await asyncio.shield(asyncio.ensure_future(work))


class OwnTransaction:
    """`BEGIN … COMMIT` around several statements of one operation; anything raised inside rolls it back."""

    def __init__(self, pool: Pool, begin: str = "BEGIN", *, may_last: bool = False) -> None:
        self._pool = pool
        self._begin = begin
        self._may_last = may_last
        self._session: Session | None = None

    async def __aenter__(self) -> Session:
        self._session = await begin_session(
            self._pool, self._begin, wait=self._pool.limits.wait, may_last=self._may_last
        )
        return self._session

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if self._session is None:
            return
        if kind is None:
            await commit_session(self._session, self._pool)
        else:
            await finish(self._pool.settle(self._session.wire.held))


async def begin_session(pool: Pool, sql: str, *, wait: float | None, may_last: bool) -> Session:
    """Take a connection and start a transaction on it with `sql`; of one that `may_last`, remember who did."""
    caller = find_caller() if may_last and pool.holdings.are_wanted else None
    session = Session(Wire(await pool.acquire(wait=wait)))
    if caller is not None:
        session.wire.holding = Holding(asyncio.get_running_loop().time(), caller)
        pool.holdings.add(session.wire.held, session.wire.holding)
    try:
        await session.command(sql)
    except BaseException:
        pool.settle(session.wire.held)
        raise
    return session


async def commit_session(session: Session, pool: Pool) -> None:
    """Send COMMIT and give the connection back.

    Raises P2028 when a statement had failed: PostgreSQL answers such a COMMIT with ROLLBACK and no error.
    Raises P1017 when the connection is lost, or the answer is too late, with `outcome` in the meta: "rolled back"
    when it was lost before COMMIT was sent, else "unknown".
    """
    held = session.wire.held
    try:
        _check_before_commit(session.wire)
        tag = await session.commit(EngineError("P2028", COMMITTED))
    except EngineError as error:
        await finish(pool.settle(held))
        raise _lost_commit(error) if _is_unanswered(error) else error from None
    except BaseException:
        await finish(pool.settle(held))
        raise
    pool.holdings.remove(held)
    pool.release(held)
    if tag == "ROLLBACK":
        raise EngineError(
            "P2028", "Transaction already closed: a statement in it failed, so it was rolled back."
        )


COMMITTED = "Transaction already closed: A query cannot be executed on a committed transaction."


def _check_before_commit(wire: Wire) -> None:
    if wire.held.connection.is_closed() or (wire.ended is not None and wire.ended.code == "P1017"):
        sentence = "The connection was lost before COMMIT, so the transaction was rolled back."
        raise EngineError("P1017", sentence, {"outcome": "rolled back"})


def _is_unanswered(error: EngineError) -> bool:
    """Tell whether nobody said what became of COMMIT: the connection is lost, or the client did not wait longer."""
    return error.code == "P1017" or (error.code == "P1008" and "sqlstate" not in error.meta)


def _lost_commit(error: EngineError) -> EngineError:
    if "outcome" in error.meta:
        return error
    sentence = "The connection was lost during COMMIT: whether the transaction took effect is unknown."
    return EngineError("P1017", sentence, {**error.meta, "outcome": "unknown"})
