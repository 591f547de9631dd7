"""`in_process`: any generated async client of prisma-client-py, on the engine inside this process.

The generated files stay as they are. What is replaced in a subclass: the making of the engine, `_execute`,
`batch_` and `tx`.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, cast

from .actions import extend_actions
from .batching import batched
from .caller import pass_over
from .client_errors import DeferredError, Refusal
from .datamodel import Datamodel, schema_hash
from .engine import utc_now
from .errors import EngineError
from .events import EventHub, LeakListener, OperationListener, QueryListener
from .explaining import QueryPlan, explain, explained
from .ids import IdSource
from .in_process import InProcessEngine, Making
from .locking import check_locking, lock_of, not_in_transaction
from .metrics import ClientStatistics
from .operation import Lock, LockStrength
from .options import EngineOptions
from .policies import NO_POLICIES, Policies
from .transacting import Callback, run

ClientT = TypeVar("ClientT")

_MAX_WAIT = timedelta(seconds=2)
_TIMEOUT = timedelta(seconds=5)
_EXPLAIN_TIMEOUT = timedelta(minutes=10)


def in_process(
    client: type[ClientT],
    *,
    datamodel: Path | str,
    options: EngineOptions | None = None,
    clock: Callable[[], datetime] = utc_now,
    ids: IdSource | None = None,
    policies: Policies = NO_POLICIES,
) -> type[ClientT]:
    """Return a subclass of a generated async `Prisma` class that runs on the in-process engine.

    `datamodel` is the file that the generator `lumi-db-datamodel` wrote. Its constructor is the generated
    one; added are `on_query`, `on_operation`, `run`, `locking`, `after_commit`, and `isolation_level` and
    `read_only` in `tx()`. `clock` and `ids` give `now()`, `@updatedAt` and generated ids; a test may inject its own.
    `policies` are applied to every operation.

    Raises:
        EngineError: P1012 if the datamodel cannot be read, or is not of the client's own schema.
    """
    package = client.__module__.rpartition(".")[0]
    pass_over(package)
    generated: Any = sys.modules[client.__module__]
    loaded = Datamodel.load(datamodel)
    _check_schema(generated.PACKAGED_SCHEMA_PATH, loaded, datamodel)
    made = Making(
        loaded, import_module(f"{package}.errors"), options or EngineOptions(), clock, ids, policies
    )
    transactions: Any = import_module(f"{package}._transactions")
    return cast("type[ClientT]", _subclass(client, generated, transactions.AsyncTransactionManager, made))


def _check_schema(packaged: Path, loaded: Datamodel, datamodel: Path | str) -> None:
    """Compare the schema beside the client with the datamodel's; one generator can fail where the other wrote."""
    if packaged.exists() and schema_hash(packaged.read_text(encoding="utf-8")) != loaded.schema_hash:
        raise EngineError(
            "P1012",
            f"{datamodel} and the client were generated from different schemas: run `prisma generate`.",
        )


def _subclass(client: Any, generated: Any, manager: Any, making: Making) -> Any:
    batch, transaction = _batch_class(generated), _transaction_class(manager)
    made = _client_class(client, generated.USE_CLIENT_DEFAULT, batch, transaction, making)
    for one in (batch, transaction, made):
        one.__module__ = client.__module__
    made.__name__ = made.__qualname__ = client.__name__
    return made


def _batch_class(generated: Any) -> Any:
    class InProcessBatch(generated.Batch):  # type: ignore[misc]
        """A batch that keeps the calls themselves instead of GraphQL text."""

        def __init__(self, client: Any) -> None:
            super().__init__(client=client)
            self._in_process = client
            self._calls: list[Mapping[str, Any]] = []

        def _add(self, **call: Any) -> None:
            self._calls.append(call)

        async def commit(self) -> None:
            calls, self._calls = self._calls, []
            if calls:
                await self._in_process._engine.run_batch(calls, self._in_process._tx_id)

    return InProcessBatch


def _transaction_class(manager: Any) -> Any:
    class InProcessTransaction(manager):  # type: ignore[misc]
        """A transaction; inside another one it is a savepoint of that."""

        def __init__(self, *, client: Any, max_wait: Any, timeout: Any, settings: Mapping[str, Any]) -> None:
            super().__init__(client=client, max_wait=max_wait, timeout=timeout)
            self._parent = client
            self._settings = settings

        async def start(self, *, _from_context: bool = False) -> Any:
            """Start the transaction and return a client that works inside of it."""
            self._tx_id = await self._parent._engine.begin(
                max_wait=self._max_wait.total_seconds(),
                timeout=self._timeout.total_seconds(),
                parent=self._parent._tx_id,
                **self._settings,
            )
            copy = self._parent._copy()
            copy._tx_id = self._tx_id
            return copy

    return InProcessTransaction


def _client_class(  # noqa: C901 - it counts the methods of the class as branches
    client: Any, use_client_default: Any, batch: Any, transaction: Any, making: Making
) -> Any:
    deserialize = import_module(f"{client.__module__.rpartition('.')[0]}._raw_query").deserialize_raw_results
    base_slots = [
        name for one in client.__mro__[1:] for name in getattr(one, "__slots__", ()) if name != "__weakref__"
    ]

    class InProcessClient(client):  # type: ignore[misc]
        def __init__(self, **arguments: Any) -> None:
            self._internal_engine: InProcessEngine | None = None
            self._hub = EventHub()
            self._lock: Lock | None = None
            super().__init__(**arguments)
            extend_actions(self, InProcessClient, client)

        def _copy(self) -> Any:
            if type(self) is not InProcessClient:
                # A class of the caller's own has more to make, bound to the copy.
                copy = super()._copy()
                copy._hub = self._hub
                return copy
            # The generated one makes the actions of every model anew.
            copy = object.__new__(type(self))
            for name in base_slots:
                setattr(copy, name, getattr(self, name))
            copy._copied, copy._tx_id, copy._hub, copy._lock = True, None, self._hub, None
            return copy

        @property
        def _error_classes(self) -> Any:
            return making.errors

        def on_query(self, listener: QueryListener, *, slower_than: float = 0.0) -> Callable[[], None]:
            """Call `listener` with a `QueryEvent` after every statement; see `EventHub.on_query`."""
            return self._hub.on_query(listener, slower_than=slower_than)

        def on_operation(self, listener: OperationListener, *, failed: bool = False) -> Callable[[], None]:
            """Call `listener` with an `OperationEvent` after every call; see `EventHub.on_operation`."""
            return self._hub.on_operation(listener, failed=failed)

        def on_leak(self, listener: LeakListener) -> Callable[[], None]:
            """Call `listener` with a `LeakEvent` for every connection held for too long; see `EventHub.on_leak`."""
            return self._hub.on_leak(listener)

        def statistics(self) -> ClientStatistics:
            """Return what was counted since `connect`: calls by action and model, pool, plans."""
            engine: InProcessEngine = self._engine
            with engine.translated():
                return engine.statistics()

        def share_events(self, hub: EventHub) -> None:
            """Tell the listeners of `hub`, and those only; to be called before `connect`."""
            self._hub = hub

        async def connect(self, timeout: Any = use_client_default) -> None:
            """Open the pool; connected twice, nothing happens.

            Raises DataError with P1000 to P1003 if the database cannot be used, P1013 for a malformed URL.
            """
            limit, _ = self._prepare_connect_args(timeout=timeout)
            if self._internal_engine is not None:
                return
            engine = self._create_engine()
            await engine.open(limit.total_seconds())
            if self._internal_engine is None:
                self._internal_engine = engine
            else:  # another task was faster
                await engine.aclose()

        def _create_engine(self, dml_path: Path | None = None) -> Any:
            datasource = self._datasource or {}
            url = datasource.get("url") or self._default_datasource["url"]
            return InProcessEngine(making, url, self._hub)

        async def _execute(
            self, *, method: str, arguments: Any, model: Any = None, root_selection: list[str] | None = None
        ) -> Any:
            engine = self._engine
            try:
                result = await engine.execute(
                    method, arguments, model, root_selection, self._tx_id, self._lock
                )
            except DeferredError as error:
                return Refusal(error.raised)
            return {"data": {"result": result}}

        def _run(self, method: str, arguments: Any, model: Any) -> Awaitable[Any]:
            """Run one operation and return what it gives: the way of actions that need no answer around that."""
            engine = self._internal_engine or self._engine
            return engine.execute(method, arguments, model, None, self._tx_id, self._lock)

        async def query_raw(
            self,
            query: str,
            *args: Any,
            model: Any = None,
            exact: bool = False,
            keeps_session: bool = False,
        ) -> Any:
            """Run SQL and return its rows, as models or dicts.

            With `exact` dicts hold Decimal, datetime and Python's other types, where without it prisma-client-py
            has float and text. Models are always exact. After raw SQL a session is reset, unless it `keeps_session`:
            then it sets nothing, locks nothing and makes no table that outlives its transaction, and is prepared once
            on each connection.
            """
            arguments = {"query": query, "parameters": args, "keeps_session": keeps_session}
            if exact and model is None:
                return await self._run("query_raw", {**arguments, "exact": True}, None)
            result = await self._run("query_raw", arguments, model)
            return deserialize(result) if model is None else deserialize(result, model=model)

        async def query_first(self, query: str, *args: Any, **options: Any) -> Any:
            """Return the first row of `query_raw`, or None."""
            rows = await self.query_raw(query, *args, **options)
            return rows[0] if rows else None

        async def execute_raw(self, query: str, *args: Any, keeps_session: bool = False) -> int:
            """Run SQL and return how many rows it changed; `keeps_session` is that of `query_raw`."""
            arguments = {"query": query, "parameters": args, "keeps_session": keeps_session}
            return int(await self._run("execute_raw", arguments, None))

        def batch_(self) -> Any:
            self._refuse_lock("batch_")
            return batch(client=self)

        def _refuse_lock(self, method: str) -> None:
            if self._lock is not None:
                with self._engine.translated():
                    check_locking(method)

        def tx(
            self,
            *,
            max_wait: int | timedelta = _MAX_WAIT,
            timeout: int | timedelta = _TIMEOUT,
            isolation_level: str | None = None,
            read_only: bool = False,
        ) -> Any:
            settings = {"isolation": isolation_level, "read_only": read_only}
            return transaction(client=self, max_wait=max_wait, timeout=timeout, settings=settings)

        async def run(
            self, work: Callable[[Any], Awaitable[Any]], *, retries: int = 3, **settings: Any
        ) -> Any:
            """Run `work(tx)` in a transaction, and all of it again for P2034; see `transacting.run`."""
            return await run(self, work, retries=retries, **settings)

        def locking(self, strength: LockStrength, *, skip_locked: bool = False, nowait: bool = False) -> Any:
            """Return a view of this transaction whose finds lock the rows they return until its end.

            Rows of an include are not locked. Rows that others have locked are waited for, left out with
            `skip_locked`, or with `nowait` a DataError, P1008 with the sqlstate 55P03 in its meta.

            Raises TransactionError outside a transaction; InputError for anything that cannot be locked.
            """
            with self._engine.translated():
                lock = lock_of(strength, skip_locked=skip_locked, nowait=nowait)
                if self._tx_id is None:
                    raise not_in_transaction("locking")
            view = self._copy()
            view._tx_id, view._lock = self._tx_id, lock
            return view

        def batching(self) -> Any:
            """Return a view of this client on which finds by a unique key become few statements.

            Calls of `find_unique` and `find_unique_or_raise` of one shape, made in the same turn of the event loop
            (with `asyncio.gather` for example), are sent as one. All else is as on the client itself.
            """
            self._refuse_lock("batching")
            view = self._copy()
            view._tx_id = self._tx_id
            return _through(view, batched(view._execute, self._engine.batching(self._tx_id)))

        async def explain(
            self, work: Callable[[Any], Awaitable[Any]], *, analyze: bool = False
        ) -> list[QueryPlan]:
            """Return the plans of the statements of an operation, `lambda c: c.user.find_many()`; nothing stays of it.

            `work` is called with a view of this client, in a transaction that is rolled back. An operation of one
            statement is not run at all, and work ends there. With `analyze` every statement runs.
            """
            plans: list[QueryPlan] = []
            transaction = self.tx(timeout=_EXPLAIN_TIMEOUT)
            view = await transaction.start()
            try:
                execute = self._engine.explaining(view._tx_id, self._lock, analyze=analyze, plans=plans)
                await explain(_through(view, execute), work)
            finally:
                await transaction.rollback()
            with self._engine.translated():
                return explained(plans)

        def after_commit(self, callback: Callback) -> None:
            """Call `callback`, a function or an async one, after the COMMIT of the outermost transaction.

            It is dropped if this transaction, or one around it, is rolled back, expires or is lost. Callbacks
            run in order before `async with` ends; one that raises is logged. Raises TransactionError
            outside a transaction.
            """
            with self._engine.translated():
                if self._tx_id is None:
                    raise not_in_transaction("after_commit")
                self._engine.after_commit(self._tx_id, callback)

    return InProcessClient


def _through(view: Any, execute: Callable[..., Awaitable[Any]]) -> Any:
    """Let all operations of a view go through `execute`, and return it."""

    async def run(method: str, arguments: Any, model: Any) -> Any:
        return (await execute(method=method, arguments=arguments, model=model))["data"]["result"]

    view._execute, view._run = execute, run
    return view
