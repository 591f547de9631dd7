"""`Streaming`: a find whose rows are fetched a batch at a time, by a cursor on the server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from time import perf_counter
from typing import Any

from .call import Call
from .driver import Session
from .errors import EngineError

Fetch = Callable[[], Awaitable[list[Any]]]


class Streaming(Call):
    """Reads in a transaction of its own, which cannot write, or in the one it is in."""

    __slots__ = ("_is_over", "_spent")

    @asynccontextmanager
    async def opened(self, arguments: Mapping[str, Any], batch: int) -> AsyncIterator[Fetch]:
        """Give what fetches the next rows, as models; none are left when it gives none.

        Its time, for listeners and metrics, is what fetching takes, not what the caller does with the rows.
        """
        calls = self._engine.calls
        calls.active += 1
        self._is_over, self._spent, self.observer.arguments = False, 0.0, arguments
        try:
            async with self._cursor(arguments, batch) as fetch:
                yield fetch
        except (EngineError, RecursionError) as error:
            raise self._told(error, self._spent) from error.__cause__
        finally:
            calls.active -= 1
            calls.add(self._method, self._model, self._spent)
        self._tell_operation(self._spent, None)

    @asynccontextmanager
    async def _cursor(self, arguments: Mapping[str, Any], batch: int) -> AsyncIterator[Fetch]:
        _check(arguments, batch)
        engine, model = self._engine, self._model
        assert model is not None
        plan, values = engine.plans.find("find_many", model, arguments, None, self._lock)
        assert plan.only is not None
        statement = plan.only.fill(engine.context(values))
        async with self._within() as session, session.cursor(statement) as read:
            self._session = session
            run = self._observed(lambda _: read(batch))

            async def fetch() -> list[Any]:
                if self._is_over:
                    return []
                started = perf_counter()
                try:
                    rows = await run(statement)
                    self._is_over = len(rows) < batch
                    models: list[Any] = plan.decode(rows, model)
                    self.observer.tell_ended()
                finally:
                    self._spent += perf_counter() - started
                return models

            yield fetch

    def _within(self) -> AbstractAsyncContextManager[Session]:
        driver = self._engine.driver
        if self._transaction is None:
            return driver.session(read_only=True, may_last=True)
        return nullcontext(driver.transaction(self._transaction))


def _check(arguments: Mapping[str, Any], batch: Any) -> None:
    if type(batch) is not int or batch < 1:
        raise EngineError("P2019", "`batch` must be a positive int.", {"path": "batch"})
    take = arguments.get("take")
    if isinstance(take, int) and take < 0:
        raise EngineError(
            "P2019", "`take` must not be negative in a stream; turn the order round.", {"path": "take"}
        )
