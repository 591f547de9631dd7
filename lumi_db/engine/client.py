"""`in_process`: any generated async client of prisma-client-py, on the engine inside this process.

The generated files stay as they are. What is replaced in a subclass: the making of the engine, `_execute`,
`batch_` and `tx`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, cast

from .client_errors import client_error
from .datamodel import Datamodel
from .driver import Driver
from .engine import Engine, utc_now
from .errors import EngineError
from .events import EventHub, OperationListener, QueryListener
from .ids import IdSource
from .options import EngineOptions

ClientT = TypeVar("ClientT")

_MAX_WAIT = timedelta(seconds=2)
_TIMEOUT = timedelta(seconds=5)


def in_process(
    client: type[ClientT],
    *,
    datamodel: Path | str,
    options: EngineOptions | None = None,
    clock: Callable[[], datetime] = utc_now,
    ids: IdSource | None = None,
) -> type[ClientT]:
    """Return a subclass of a generated async `Prisma` class that runs on the in-process engine.

    `datamodel` is the file that the generator `lumi-db-datamodel` wrote. Its constructor is the generated
    one; added are `on_query`, `on_operation`, and `isolation_level` and `read_only` in `tx()`. `clock` and
    `ids` give `now()`, `@updatedAt` and generated ids; a test may inject its own.

    Raises:
        EngineError: P1012 if the datamodel cannot be read, or is not of the client's own schema.
    """
    package = client.__module__.rpartition(".")[0]
    loaded = Datamodel.load(datamodel)
    made = _Making(loaded, import_module(f"{package}.errors"), options or EngineOptions(), clock, ids)
    generated: Any = sys.modules[client.__module__]
    transactions: Any = import_module(f"{package}._transactions")
    return cast(
        "type[ClientT]", _subclass(client, generated.Batch, transactions.AsyncTransactionManager, made)
    )


class _Making:
    """What every engine of one client class is made from."""

    def __init__(
        self,
        datamodel: Datamodel,
        errors: ModuleType,
        options: EngineOptions,
        clock: Callable[[], datetime],
        ids: IdSource | None,
    ) -> None:
        self.datamodel = datamodel
        self.errors = errors
        self.options = options
        self.clock = clock
        self.ids = ids


def _subclass(client: Any, batch: Any, manager: Any, making: _Making) -> Any:
    class InProcessBatch(batch):  # type: ignore[misc]
        """A batch that keeps the calls themselves instead of GraphQL text."""

        def __init__(self, client: Any) -> None:
            super().__init__(client=client)
            self._in_process = client
            self._calls: list[Mapping[str, Any]] = []

        def _add(self, **call: Any) -> None:
            self._calls.append(call)

        async def commit(self) -> None:
            calls, self._calls = self._calls, []
            await self._in_process._engine.run_batch(calls, self._in_process._tx_id)

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

    class InProcessClient(client):  # type: ignore[misc]
        def __init__(self, **arguments: Any) -> None:
            self._internal_engine: InProcessEngine | None = None
            self._hub = EventHub()
            super().__init__(**arguments)

        def _copy(self) -> Any:
            copy = super()._copy()
            copy._hub = self._hub
            return copy

        def on_query(self, listener: QueryListener) -> Callable[[], None]:
            """Call `listener` with a `QueryEvent` after every statement; the returned function ends that."""
            return self._hub.on_query(listener)

        def on_operation(self, listener: OperationListener) -> Callable[[], None]:
            """Call `listener` with an `OperationEvent` after every call; the returned function ends that."""
            return self._hub.on_operation(listener)

        async def connect(self, timeout: Any = None) -> None:
            """Open the pool. Raises DataError with P1000 to P1003 if the database cannot be used."""
            if self._internal_engine is None:
                self._internal_engine = self._create_engine()
            elif self._internal_engine.is_open:
                return
            try:
                await self._internal_engine.open(timeout)
            except BaseException:
                self._internal_engine = None
                raise

        def _create_engine(self, dml_path: Path | None = None) -> Any:
            datasource = self._datasource or {}
            url = datasource.get("url") or self._default_datasource["url"]
            return InProcessEngine(making, url, self._hub)

        async def _execute(
            self, *, method: str, arguments: Any, model: Any = None, root_selection: list[str] | None = None
        ) -> Any:
            result = await self._engine.execute(method, arguments, model, root_selection, self._tx_id)
            return {"data": {"result": result}}

        def batch_(self) -> Any:
            return InProcessBatch(client=self)

        def tx(
            self,
            *,
            max_wait: int | timedelta = _MAX_WAIT,
            timeout: int | timedelta = _TIMEOUT,
            isolation_level: str | None = None,
            read_only: bool = False,
        ) -> Any:
            settings = {"isolation": isolation_level, "read_only": read_only}
            return InProcessTransaction(client=self, max_wait=max_wait, timeout=timeout, settings=settings)

    for made in (InProcessBatch, InProcessTransaction, InProcessClient):
        made.__module__ = client.__module__
    InProcessClient.__name__ = InProcessClient.__qualname__ = client.__name__
    return InProcessClient


class InProcessEngine:
    """What the generated client holds for an engine; it turns EngineErrors into the client's exceptions."""

    def __init__(self, making: _Making, url: str, hub: EventHub) -> None:
        self._errors = making.errors
        try:
            self._driver = Driver(url, making.options)
        except EngineError as error:
            raise client_error(error, self._errors) from None
        self._engine = Engine(
            making.datamodel, self._driver, hub, making.options, clock=making.clock, ids=making.ids
        )
        self.is_open = False

    async def open(self, timeout: Any = None) -> None:
        try:
            await self._driver.open()
        except EngineError as error:
            raise client_error(error, self._errors) from None
        self.is_open = True

    async def execute(
        self,
        method: str,
        arguments: Any,
        model: Any,
        root_selection: list[str] | None,
        transaction: str | None,
    ) -> Any:
        try:
            return await self._engine.execute(method, arguments, model, root_selection, transaction)
        except EngineError as error:
            raise client_error(error, self._errors) from None

    async def run_batch(self, calls: list[Mapping[str, Any]], transaction: str | None) -> None:
        try:
            await self._engine.execute_batch(calls, transaction)
        except EngineError as error:
            raise client_error(error, self._errors) from None

    async def begin(self, **settings: Any) -> str:
        try:
            return await self._driver.begin(**settings)
        except EngineError as error:
            raise client_error(error, self._errors) from None

    async def start_transaction(self, *, content: str) -> str:
        """Begin a transaction for prisma-client-py's own manager, whose times are in milliseconds."""
        wanted = json.loads(content)
        return await self.begin(max_wait=wanted["max_wait"] / 1000, timeout=wanted["timeout"] / 1000)

    async def commit_transaction(self, transaction: str) -> None:
        try:
            await self._driver.commit(transaction)
        except EngineError as error:
            raise client_error(error, self._errors) from None

    async def rollback_transaction(self, transaction: str) -> None:
        try:
            await self._driver.rollback(transaction)
        except EngineError as error:
            raise client_error(error, self._errors) from None

    async def aclose(self, *, timeout: timedelta | None = None) -> None:
        """Close the pool, within `timeout`; a second call does nothing."""
        self.is_open = False
        await self._driver.close(None if timeout is None else timeout.total_seconds())

    def stop(self, *, timeout: timedelta | None = None) -> None:
        """Drop connections that were never closed, where there may be no event loop any more."""
        self.is_open = False
        self._driver.terminate()
