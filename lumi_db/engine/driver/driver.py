"""What the engine asks of PostgreSQL: statements, transactions, raw SQL."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from time import perf_counter
from typing import Any, TypeVar

from ..errors import EngineError
from ..events import LeakEvent
from ..options import EngineOptions
from ..statement import Statement
from .connect import Connector
from .failures import DRIVER_ERRORS, is_lost, translate
from .held import Held
from .limits import PoolLimits, limits_of
from .pgbouncer import execute_raw_alone, fetch_raw_alone
from .pool import Pool, PoolStats, closed_error
from .raw import RawResult
from .raw_statements import execute_raw_on, fetch_raw_on
from .session import OwnTransaction, Rows, Session, run_on
from .transactions import Callback, Transactions
from .url import parse_url

CLOSE_TIMEOUT = 5.0
Result = TypeVar("Result")
RawOn = Callable[..., Awaitable[Result]]


class Driver:
    """One client's connections. It belongs to the event loop and the process in which it was opened.

    Raises EngineError P1013 for a URL that cannot be used.
    """

    def __init__(
        self,
        url: str,
        options: EngineOptions,
        *,
        limits: PoolLimits | None = None,
        leaked: Callable[[LeakEvent], None] | None = None,
    ) -> None:
        self.target = parse_url(url)
        self._limits = limits or limits_of(options, target=self.target)
        self._connector = Connector(self.target, options, timeout=self._limits.connect)
        self._leaked = leaked
        self._settle_commits = options.settle_commits
        self._fetch_raw_on: RawOn[RawResult] = fetch_raw_on
        self._execute_raw_on: RawOn[int] = execute_raw_on
        if self.target.pgbouncer:
            self._fetch_raw_on, self._execute_raw_on = fetch_raw_alone, execute_raw_alone
        self._pool: Pool | None = None
        self._transactions: Transactions | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._process = os.getpid()

    def __repr__(self) -> str:
        return f"Driver({self.target.place}/{self.target.database})"

    async def open(self) -> None:
        """Connect; the first connection is open afterwards, the others of the minimum follow by themselves.

        Raises EngineError P1000, P1001, P1002, P1003, P1010, P1011, P1015 (a server older than 15) and P2037.
        """
        if self._pool is not None:
            self._check_place()
            return
        self._loop, self._process = asyncio.get_running_loop(), os.getpid()
        pool = Pool(self._connector, self._limits, leaked=self._leaked)
        try:
            await pool.open()
        except BaseException:
            await pool.terminate()
            raise
        self._pool, self._transactions = pool, Transactions(pool, settle_commits=self._settle_commits)

    async def close(self, timeout: float | None = None) -> None:
        """Roll back open transactions, wait for running statements, end all connections; may be repeated.

        What is still running after `timeout` seconds (5) is stopped, on the server too, within one second.
        """
        pool, transactions = self._pool, self._transactions
        if self._process != os.getpid() or self._loop is not asyncio.get_running_loop():
            self.terminate()
        elif pool is not None and transactions is not None:
            self._pool = self._transactions = None
            try:
                with suppress(TimeoutError):
                    async with asyncio.timeout(CLOSE_TIMEOUT if timeout is None else timeout):
                        await transactions.close()
                        await pool.drain()
            finally:
                await pool.terminate()

    def terminate(self) -> None:
        """End all connections now, from anywhere: without an event loop, from another one, after a fork."""
        pool = self._pool
        self._pool = self._transactions = None
        if pool is not None:
            pool.abandon(forked=self._process != os.getpid())

    async def run(self, statement: Statement) -> Rows:
        """Run one statement by itself and return its rows or its count, as `statement.returns` says."""
        pool = self._open_pool()
        held = pool.take() or await pool.acquire(wait=pool.limits.wait)
        started = perf_counter()
        try:
            if statement.returns == "rows":
                result = await held.connection.fetch(statement.sql, *statement.parameters)
            else:
                result = await run_on(held, statement)
        except DRIVER_ERRORS as error:
            (pool.discard if is_lost(error) else pool.release)(held)
            raise translate(error, parameters=statement.parameters) from None
        except BaseException:
            pool.settle(held)
            raise
        finally:
            held.statements.add(perf_counter() - started)
        pool.release(held)
        return result

    async def fetch_raw(
        self, sql: str, parameters: Sequence[Any] = (), *, keeps_session: bool = False
    ) -> RawResult:
        """Run the caller's own SQL and return its rows with their types. Raises P2010 for what it causes.

        The session is brought back to how it was opened before anybody else has it, unless the SQL `keeps_session`.
        """
        return await self._run_raw(
            lambda held: self._fetch_raw_on(held, sql, parameters, keeps_session=keeps_session)
        )

    async def execute_raw(
        self, sql: str, parameters: Sequence[Any] = (), *, keeps_session: bool = False
    ) -> int:
        """Run the caller's own SQL and return the number of rows affected; else as `fetch_raw`."""
        return await self._run_raw(
            lambda held: self._execute_raw_on(held, sql, parameters, keeps_session=keeps_session)
        )

    def session(
        self, *, read_only: bool = False, may_last: bool = False
    ) -> AbstractAsyncContextManager[Session]:
        """Return a transaction around several statements; whatever is raised inside rolls it back.

        Of one that `may_last`, since the caller's own code runs inside, a leak is told.
        """
        begin = "BEGIN READ ONLY" if read_only else "BEGIN"
        return OwnTransaction(self._open_pool(), begin, may_last=may_last)

    async def begin(
        self,
        *,
        max_wait: float,
        timeout: float,
        parent: str | None = None,
        isolation: str | None = None,
        read_only: bool = False,
    ) -> str:
        """Start an interactive transaction, nested in `parent` as a savepoint, and return its id.

        It starts within `max_wait` seconds or raises P2028; `timeout` seconds later it expires: its statement
        is stopped and it is rolled back on the server. `isolation` is one of Prisma's names (`Serializable`).
        """
        return await self._open_transactions().begin(
            max_wait=max_wait, timeout=timeout, parent=parent, isolation=isolation, read_only=read_only
        )

    async def commit(self, transaction_id: str) -> list[Callback]:
        """Commit an interactive transaction and return what is to be called now.

        Raises P2028, and P1017 where the outcome is unknown.
        """
        return await self._open_transactions().commit(transaction_id)

    def after_commit(self, transaction_id: str, callback: Callback) -> None:
        """Keep a callback for the commit of the outermost transaction. Raises P2028 if this one is closed."""
        self._open_transactions().after_commit(transaction_id, callback)

    async def rollback(self, transaction_id: str) -> None:
        """Roll back an interactive transaction. Raises P2028 when it was closed before."""
        await self._open_transactions().rollback(transaction_id)

    def transaction(self, transaction_id: str) -> Session:
        """Return the session of an interactive transaction. Raises P2028 if it is closed or unknown."""
        return self._open_transactions().session_of(transaction_id)

    def savepoint(self, transaction_id: str) -> AbstractAsyncContextManager[Session]:
        """Return a part of an interactive transaction; whatever is raised inside undoes that part only."""
        return self._open_transactions().savepoint(transaction_id)

    def stats(self) -> PoolStats:
        """Return a look at the pool, from any thread."""
        self._check_process()
        # of no event loop: a thread that answers Prometheus may look at it, too
        pool, transactions = self._pool, self._transactions
        if pool is None or transactions is None:
            raise closed_error()
        return pool.stats(
            transactions=len(transactions),
            oldest_transaction=transactions.oldest(),
            outcomes=transactions.outcomes,
        )

    async def _run_raw(self, work: Callable[[Held], Awaitable[Result]]) -> Result:
        pool = self._open_pool()
        held = pool.take() or await pool.acquire(wait=pool.limits.wait)
        started = perf_counter()
        try:
            result = await work(held)
        except DRIVER_ERRORS as error:
            (pool.discard if is_lost(error) else pool.release)(held)
            raise translate(error, raw=True) from None
        except BaseException:
            pool.settle(held)
            raise
        finally:
            held.statements.add(perf_counter() - started)
        pool.release(held)
        return result

    def _open_pool(self) -> Pool:
        if self._pool is None:
            raise closed_error()
        self._check_place()
        return self._pool

    def _open_transactions(self) -> Transactions:
        self._open_pool()
        if self._transactions is None:
            raise closed_error()
        return self._transactions

    def _check_place(self) -> None:
        self._check_process()
        if self._loop is not asyncio.get_running_loop():
            raise EngineError(
                None,
                "The client was connected in another event loop; connect one in each event loop.",
                {"reason": "event_loop"},
            )

    def _check_process(self) -> None:
        if self._process != os.getpid():
            raise EngineError(
                None,
                "The client was connected before a fork; connect a new one in each process.",
                {"reason": "fork"},
            )
