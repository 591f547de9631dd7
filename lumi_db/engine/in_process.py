"""`InProcessEngine`: what the generated client holds for an engine. It speaks the client's exceptions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

from .batching import Batching
from .client_errors import DeferredError, client_error
from .datamodel import Datamodel
from .driver import Driver
from .engine import Engine
from .errors import EngineError
from .events import EventHub
from .explaining import QueryPlan
from .ids import IdSource
from .metrics import ClientStatistics, list_metrics, metrics_as_json, metrics_as_text, statistics_of
from .operation import Lock
from .options import EngineOptions
from .policies import Policies
from .streaming import Fetch
from .transacting import Callback


@dataclass(frozen=True, slots=True)
class Making:
    """What every engine of one client class is made from."""

    datamodel: Datamodel
    errors: ModuleType
    options: EngineOptions
    clock: Callable[[], datetime]
    ids: IdSource | None
    policies: Policies


class InProcessEngine:
    """What the generated client holds for an engine; it turns EngineErrors into the client's exceptions."""

    def __init__(self, making: Making, url: str, hub: EventHub) -> None:
        self._errors = making.errors
        try:
            self._driver = Driver(url, making.options, leaked=hub.tell_leak)
        except EngineError as error:
            raise client_error(error, self._errors) from None
        self._engine = Engine(
            making.datamodel,
            self._driver,
            hub,
            making.options,
            clock=making.clock,
            ids=making.ids,
            policies=making.policies,
            raised=self._raised,
        )
        self.execute, self.load = self._engine.execute, self._engine.load

    async def open(self, timeout: float) -> None:
        """Open the pool within `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._driver.open()
        except TimeoutError:
            message = f"The database server did not answer within {timeout:g} seconds."
            raise client_error(EngineError("P1002", message), self._errors) from None
        except EngineError as error:
            raise client_error(error, self._errors) from None

    def _raised(self, error: EngineError, method: str) -> Exception:
        raised = client_error(error, self._errors)
        return DeferredError(raised) if method == "update" and "relation" in error.meta else raised

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Raise the client's exceptions for the EngineErrors of what is not sent anywhere."""
        try:
            yield
        except EngineError as error:
            raise client_error(error, self._errors) from None

    @asynccontextmanager
    async def stream(
        self, arguments: Any, model: Any, transaction: str | None, lock: Lock | None, batch: int
    ) -> AsyncIterator[Fetch]:
        with self.translated():
            async with self._engine.stream(arguments, model, transaction, lock, batch) as fetch:
                yield fetch

    def batching(self, transaction: str | None) -> Callable[..., Awaitable[Any]]:
        """Return what answers finds by a unique key together."""
        batching = Batching(self._engine.raising_its_own(), transaction)

        async def find(method: str, arguments: Any, model: Any) -> Any:
            with self.translated():
                return await batching.find(method, arguments, model)

        return find

    def explaining(
        self, transaction: str, lock: Lock | None, *, analyze: bool, plans: list[QueryPlan]
    ) -> Callable[..., Awaitable[Any]]:
        """Return a client's `_execute` that explains."""

        async def execute(
            *, method: str, arguments: Any, model: Any = None, root_selection: list[str] | None = None
        ) -> Any:
            with self.translated():
                result = await self._engine.explain(
                    method,
                    arguments,
                    model,
                    root_selection,
                    transaction,
                    lock,
                    analyze=analyze,
                    plans=plans,
                )
            return {"data": {"result": result}}

        return execute

    def after_commit(self, transaction: str, callback: Callback) -> None:
        self._engine.after_commit(transaction, callback)

    async def run_batch(self, calls: list[Mapping[str, Any]], transaction: str | None) -> None:
        try:
            await self._engine.execute_batch(calls, transaction)
        except DeferredError as error:
            raise error.raised from None
        except EngineError as error:
            raise client_error(error, self._errors) from None

    async def begin(self, **settings: Any) -> str:
        try:
            return await self._engine.begin(**settings)
        except EngineError as error:
            raise client_error(error, self._errors) from None

    async def start_transaction(self, *, content: str) -> str:
        """Begin a transaction for prisma-client-py's own manager, whose times are in milliseconds."""
        wanted = json.loads(content)
        return await self.begin(max_wait=wanted["max_wait"] / 1000, timeout=wanted["timeout"] / 1000)

    async def commit_transaction(self, transaction: str) -> None:
        try:
            await self._engine.commit(transaction)
        except EngineError as error:
            raise client_error(error, self._errors) from None

    async def rollback_transaction(self, transaction: str) -> None:
        try:
            await self._engine.rollback(transaction)
        except EngineError as error:
            raise client_error(error, self._errors) from None

    async def metrics(self, *, format: str, global_labels: Mapping[str, str] | None) -> Any:  # noqa: A002
        """Answer the client's `get_metrics`."""
        show = metrics_as_text if format == "prometheus" else metrics_as_json
        try:
            return show(list_metrics(self._engine.calls, self._driver.stats()), global_labels or {})
        except EngineError as error:
            raise client_error(error, self._errors) from None

    def statistics(self) -> ClientStatistics:
        """Return what was counted since the client was connected."""
        engine = self._engine
        return statistics_of(
            engine.calls, self._driver.stats(), plan_misses=engine.plans.misses, retried=engine.hub.retried
        )

    async def aclose(self, *, timeout: timedelta | None = None) -> None:
        """Close the pool, within `timeout`; a second call does nothing."""
        await self._driver.close(None if timeout is None else timeout.total_seconds())

    def stop(self, *, timeout: timedelta | None = None) -> None:
        """Drop connections that were never closed, where there may be no event loop any more."""
        self._driver.terminate()
