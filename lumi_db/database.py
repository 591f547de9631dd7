"""`Database`: the one place that joins settings, the generated client, its pool and its listeners."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, TypeVar

from lumi_db import sharing
from lumi_db.client import client_class, options_from, table_names
from lumi_db.config import Settings
from lumi_db.connecting import connect_patiently, explain, find_url
from lumi_db.engine import ClientStatistics, EventHub, OperationEvent, QueryEvent
from lumi_db.engine.driver.url import parse_url
from lumi_db.engine.transacting import run_again
from lumi_db.errors import DatabaseNotOpen, ForeignDatabase, MigrationsPending
from lumi_db.migrations.files import list_migrations
from lumi_db.migrations.history import NO_SUCH_COLUMN, NOT_PRISMAS
from lumi_db.observability import Incidents, observe
from lumi_db.schema_check import DatabaseContent, find_problem, read_content
from lumi_db.scope import current_request
from lumi_db.shop import Shop
from lumi_db.shutdown import close_on_signals

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from lumi_db.client import Prisma
    from lumi_db.observability.metrics import Flushing

IsolationLevel = Literal["ReadUncommitted", "ReadCommitted", "RepeatableRead", "Serializable"]
QueryListener = Callable[[QueryEvent], None]
OperationListener = Callable[[OperationEvent], None]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Health:
    """The answer of `Database.health()`: `latency` in seconds, `error` the failure's class and code."""

    is_up: bool
    latency: float
    server_version: str | None = None
    error: str | None = None


class Database:
    """The shop's database: `async with Database() as db: await db.client.user.find_many()`.

    It belongs to the event loop it is opened in. Without `settings` they are read from the environment. Query
    events carry the values of parameters only with `event_parameters`, and then not those of secret fields; the query
    log never does. `trace_id` is asked for the trace that an event, or a comment in the SQL, belongs to: by default the
    `request_id` of the scope.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        event_parameters: bool = False,
        trace_id: Callable[[], str | None] = current_request,
    ) -> None:
        self.settings = settings or Settings.load()
        self._options = options_from(self.settings, event_parameters=event_parameters, trace_id=trace_id)
        self._client: Prisma | None = None
        self._name = ""
        self._is_closing = False
        self._changing = asyncio.Lock()
        self._transactions = 0
        self._no_transactions = asyncio.Event()
        self._undo_signals: Callable[[], None] | None = None
        self._events = EventHub()
        self.incidents = Incidents()
        self._flushing: Flushing | None = None
        self._slow_queries = observe(self._events, self.settings, self.incidents)

    def __repr__(self) -> str:
        return f"Database({'open' if self.is_open else 'closed'})"

    @classmethod
    async def shared(cls, settings: Settings | None = None) -> Database:
        """Return the open database that everything in this process shares; the first call opens it.

        It closes by itself when the event loop shuts down its generators, as `asyncio.run` does. Raises what
        `open` raises, and `CallerError` for other settings or another loop than those it was opened with.
        """
        return await sharing.get_shared(cls, settings)

    async def open(self, *, verify: bool = True) -> Self:
        """Connect, trying again with back-off while the server is unreachable, starting or full.

        With `verify`, also look whether it holds the shop's tables and every migration. An open database is
        left as it is.

        Raises `ConfigError`, `ConnectionFailed`, `ClientNotReady` and, with `verify`, `SchemaNotReady`.
        """
        async with self._changing:
            if self.is_open:
                return self
            await self._open()
        try:
            if verify:
                await self.check()
        except BaseException:
            await self.close(grace=0)
            raise
        return self

    async def _open(self) -> None:
        url = find_url(self.settings)
        client = client_class(self._options)(datasource={"url": url}, use_dotenv=False)
        client.share_events(self._events)
        await connect_patiently(client.connect, url=url, settings=self.settings)
        self._client, self._name = client, parse_url(url).database
        if self._flushing is not None:
            self._flushing.begin()

    async def check(self, *, allow_pending: bool = False) -> None:
        """Raise `SchemaNotReady` unless the open database holds the shop's tables and every migration.

        With `allow_pending` it may lack migrations, or be empty: what may be migrated, and nobody else's.
        """
        problem = find_problem(
            await self._read_content(),
            database=self._name,
            tables=table_names(),
            migrations=list_migrations(),
        )
        if problem and not (allow_pending and isinstance(problem, MigrationsPending)):
            raise problem

    async def _read_content(self) -> DatabaseContent:
        try:
            return await read_content(self.client)
        except Exception as error:
            if (getattr(error, "meta", None) or {}).get("sqlstate") == NO_SUCH_COLUMN:
                raise ForeignDatabase(NOT_PRISMAS) from None
            said = explain(error, url=find_url(self.settings), settings=self.settings)
            if said is None:
                raise
            raise said from None

    async def close(self, *, grace: float | None = None) -> None:
        """Refuse new transactions, let running work end within `grace` seconds, then end all connections.

        `grace` is DATABASE_SHUTDOWN_MS by default. Transactions still open then are rolled back. May be
        repeated.
        """
        async with self._changing:
            client = self._client
            if client is None:
                return
            self._is_closing = True
            end = perf_counter() + (self.settings.database_shutdown_ms / 1000 if grace is None else grace)
            try:
                await self._wait_for_transactions(end)
            finally:
                self._stop_observing()
                self._client, self._is_closing = None, False
                await client.disconnect(timeout=timedelta(seconds=max(0.0, end - perf_counter())))
                self._forget_signals()

    def _stop_observing(self) -> None:
        self._slow_queries.save()
        if self._flushing is not None:
            self._flushing.end()

    async def _wait_for_transactions(self, end: float) -> None:
        if self._transactions == 0:
            return
        self._no_transactions.clear()
        try:
            async with asyncio.timeout(max(0.0, end - perf_counter())):
                await self._no_transactions.wait()
        except TimeoutError:
            pass

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def is_open(self) -> bool:
        """Tell whether `client` can be used."""
        return self._client is not None

    @property
    def client(self) -> Prisma:
        """The generated client, typed. Raises `DatabaseNotOpen` before `open` and after `close`."""
        if self._client is None:
            raise DatabaseNotOpen(
                "The database is not open: use `async with Database() as db`, or await db.open()."
            )
        return self._client

    @property
    def shop(self) -> Shop:
        """The repositories: `await db.shop.products.get(id)`. Raises `DatabaseNotOpen` as `client` does."""
        return Shop(self.client, self.settings.rules)

    @asynccontextmanager
    async def tx(
        self,
        *,
        max_wait: timedelta = timedelta(seconds=2),
        timeout: timedelta = timedelta(seconds=5),
        isolation_level: IsolationLevel | None = None,
        read_only: bool = False,
    ) -> AsyncIterator[Prisma]:
        """Give a client inside a transaction: committed at the end, rolled back on any exception.

        It waits up to `max_wait` for a connection and is rolled back after `timeout`. `tx()` of the client
        given nests, as a savepoint.
        """
        if self._is_closing:
            raise DatabaseNotOpen("The database is closing: start no new transaction.")
        client = self.client
        self._transactions += 1
        try:
            async with client.tx(
                max_wait=max_wait, timeout=timeout, isolation_level=isolation_level, read_only=read_only
            ) as transaction:
                yield transaction
        finally:
            self._transactions -= 1
            if self._transactions == 0:
                self._no_transactions.set()

    async def run(
        self,
        work: Callable[[Prisma], Awaitable[Result]],
        *,
        retries: int = 3,
        max_wait: timedelta = timedelta(seconds=2),
        timeout: timedelta = timedelta(seconds=5),
        isolation_level: IsolationLevel | None = None,
        read_only: bool = False,
    ) -> Result:
        """Run `work(tx)` in a transaction, and all of it again after a write conflict or a deadlock (P2034).

        Nothing else is run again; a lost COMMIT is not, since nobody knows what took effect.
        """
        begin = partial(
            self.tx, max_wait=max_wait, timeout=timeout, isolation_level=isolation_level, read_only=read_only
        )
        return await run_again(begin, work, retries=retries, told=self._events.count_retry)

    def on_query(self, listener: QueryListener, *, slower_than: float = 0.0) -> Callable[[], None]:
        """Call `listener` with a `QueryEvent` after every statement that took `slower_than` seconds or longer.

        The returned function ends that. Listeners may be added before `open` and outlive `close`. They run on the event
        loop: never block. With `slower_than` the others cost nothing.
        """
        return self._events.on_query(listener, slower_than=slower_than)

    def on_operation(self, listener: OperationListener, *, failed: bool = False) -> Callable[[], None]:
        """Call `listener` with an `OperationEvent` after every call of the client, or after `failed` ones.

        Else as `on_query`.
        """
        return self._events.on_operation(listener, failed=failed)

    def statistics(self) -> ClientStatistics | None:
        """Return what the client has counted since it was opened, from any thread; None while it is closed."""
        client = self._client
        return None if client is None else client.statistics()

    def expose_metrics(self, registry: CollectorRegistry | None = None) -> None:
        """Offer this database's metrics in a registry of prometheus_client (default: its own); may be repeated.

        `metrics_app()`, or `prometheus_client.start_http_server`, answers with them. See docs/metrics.md.
        """
        # It takes 40 ms to import, and few programs ask for it.
        from lumi_db.observability.metrics import ClientMetrics, Flushing

        metrics = ClientMetrics.of() if registry is None else ClientMetrics.of(registry)
        metrics.watch(self)
        if self._flushing is None:
            self._flushing = Flushing(metrics)
            if self.is_open:
                self._flushing.begin()

    async def health(self) -> Health:
        """Ask the server for its version, within DATABASE_CONNECT_TIMEOUT_MS; a failure is an answer too."""
        started = perf_counter()
        try:
            async with asyncio.timeout(self.settings.database_connect_timeout_ms / 1000):
                rows = await self.client.query_raw("SELECT current_setting('server_version') AS version")
        except Exception as error:  # noqa: BLE001 - any failure is the answer
            said = " ".join(filter(None, (type(error).__name__, getattr(error, "code", None))))
            return Health(is_up=False, latency=perf_counter() - started, error=said)
        return Health(is_up=True, latency=perf_counter() - started, server_version=str(rows[0]["version"]))

    def close_on_signals(self) -> Callable[[], None]:
        """Close at SIGTERM and SIGINT; then the signal does what it did before, which is to end the program.

        For programs that own their process and its main thread; a framework's shutdown hook should call
        `close`. The returned function ends that, and so does `close`.
        """
        self._forget_signals()
        self._undo_signals = close_on_signals(self.close)
        return self._forget_signals

    def _forget_signals(self) -> None:
        _end(self._undo_signals)
        self._undo_signals = None


def _end(undo: Callable[[], None] | None) -> None:
    if undo is not None:
        undo()
