"""The engine: takes the calls of the generated client (`call.py`) through bind, plan, SQL and decode.

Everything but the loop that talks to the driver is pure; what depends on a call's shape only is kept.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from copy import copy
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, TypeVar

from .call import READS, Call, may_write
from .caller import find_caller
from .comments import with_comment
from .datamodel import Datamodel
from .driver import Driver, Session
from .errors import EngineError
from .events import EventHub, OperationEvent
from .explaining import Explaining, QueryPlan
from .failures import in_schema_words
from .ids import IdSource
from .load import Loading
from .metrics import Calls
from .models import name_of
from .observing import Observer, length
from .operation import Lock
from .options import EngineOptions
from .plans import Plans
from .policies import NO_POLICIES, Policies
from .sources import Context
from .statement import Statement
from .streaming import Fetch, Streaming
from .transacting import Callback, call_all

Result = TypeVar("Result")


_WRITES = frozenset(("create", "update", "delete", "update_many", "delete_many"))


def as_it_is(error: EngineError, method: str) -> Exception:
    """Raise EngineErrors themselves; a client has its own exceptions made of them."""
    return error


def utc_now() -> datetime:
    return datetime.now(UTC)


class Engine:
    """Runs the operations of one client on one driver."""

    def __init__(
        self,
        datamodel: Datamodel,
        driver: Driver,
        hub: EventHub,
        options: EngineOptions,
        *,
        clock: Callable[[], datetime] = utc_now,
        ids: IdSource | None = None,
        policies: Policies = NO_POLICIES,
        raised: Callable[[EngineError, str], Exception] = as_it_is,
    ) -> None:
        self.driver = driver
        self.raised = raised
        self.calls = Calls()
        self._datamodel = datamodel
        self._hub = hub
        self.options = options
        self._clock = clock
        self._ids = ids or IdSource()
        self.plans = Plans(datamodel, policies)
        self._setting = policies.setting

    def execute(
        self,
        method: str,
        arguments: Mapping[str, Any],
        model: type | None = None,
        root_selection: Sequence[str] | None = None,
        transaction: str | None = None,
        lock: Lock | None = None,
    ) -> Awaitable[Any]:
        """Run one operation and return what the generated action takes as `result`.

        With a `lock` it must be a find, which locks the rows it returns.

        Raises:
            EngineError: with a Prisma code, for input and for whatever the database answers.
        """
        is_alone = transaction is None and lock is None and not self._hub.hears_all
        if is_alone and (method in READS or (method in _WRITES and not self._wants_setting())):
            return self._run_alone(method, arguments, model, root_selection)
        return Call(self, method, model, transaction, lock=lock).run(arguments, root_selection)

    def _wants_setting(self) -> bool:
        return self._setting is not None and bool(self._setting[1]())

    async def _run_alone(
        self,
        method: str,
        arguments: Mapping[str, Any],
        model: type | None,
        root_selection: Sequence[str] | None,
    ) -> Any:
        """Run what most calls are, one statement by itself, by a shorter way than `Call.run`."""
        calls = self.calls
        calls.active += 1
        started = perf_counter()
        statement, call, observer = None, None, None
        try:
            assert model is not None
            plan, values = self.plans.find(method, model, arguments, root_selection)
            if plan.only is None:
                call = Call(self, method, model, None)
                return await call.work(arguments, root_selection)
            statement = plan.only.fill(Context(values, self._clock, self._ids))
            if self.options.sql_tags is None:
                rows = await self.driver.run(statement)
            else:
                rows = await self.driver.run(with_comment(statement, self.tags(method, model)))
            if perf_counter() - started >= self._hub.slowest_unheard:
                observer = Observer(self, method, model, None, started=started, arguments=arguments)
                observer.ended(statement, started, length(rows))
            return plan.decode(rows, model)
        except (EngineError, RecursionError) as error:
            call = call or Call(self, method, model, None)
            if observer is not None:
                call.observer = observer
            elif statement is not None and isinstance(error, EngineError):
                call.observer.failed(statement, started, error)
            raise call.failed(error, started) from None
        finally:
            if observer is not None:
                observer.tell_ended()
            calls.active -= 1
            calls.durations[method, model].add(perf_counter() - started)

    def load(
        self, rows: Any, model: type, transaction: str | None, lock: Lock | None, chunk: int
    ) -> Awaitable[Any]:
        """Write rows by COPY, `chunk` of them at a time, and return their number."""
        call = Loading(self, "load_many", model, transaction, lock=lock)
        return call.run({"rows": rows, "chunk": chunk}, None)

    def stream(
        self,
        arguments: Mapping[str, Any],
        model: type,
        transaction: str | None,
        lock: Lock | None,
        batch: int,
    ) -> AbstractAsyncContextManager[Fetch]:
        """Give what fetches the next `batch` rows of a find."""
        return Streaming(self, "stream", model, transaction, lock=lock).opened(arguments, batch)

    def raising_its_own(self) -> Engine:
        """Return this engine as one that raises EngineErrors, whatever they are made of for the client."""
        engine = copy(self)
        engine.raised = as_it_is
        return engine

    def explain(
        self,
        method: str,
        arguments: Mapping[str, Any],
        model: type | None,
        root_selection: Sequence[str] | None,
        transaction: str,
        lock: Lock | None,
        *,
        analyze: bool,
        plans: list[QueryPlan],
    ) -> Awaitable[Any]:
        """Add the plans of an operation's statements to `plans`, in a transaction that is to be rolled back."""
        call = Explaining(self, method, model, transaction, lock, analyze=analyze, plans=plans)
        return call.run(arguments, root_selection)

    async def execute_batch(self, calls: Sequence[Mapping[str, Any]], transaction: str | None) -> None:
        """Run the calls of a batch in one transaction: all of them, or none. All are checked before the first."""
        operations = [Call(self, call["method"], call.get("model"), None) for call in calls]
        inputs = [(call["arguments"], call.get("root_selection")) for call in calls]
        for operation, given in zip(operations, inputs, strict=True):
            operation.check(*given)
        async with self._session_of(transaction) as session:
            for operation, given in zip(operations, inputs, strict=True):
                await operation.run_in(session, *given)

    def _session_of(self, transaction: str | None) -> AbstractAsyncContextManager[Session]:
        if transaction is None:
            return self.driver.session(may_last=True)
        return nullcontext(self.driver.transaction(transaction))

    async def begin(self, **settings: Any) -> str:
        """Begin an interactive transaction; see `Driver.begin`."""
        return await self._control("begin", self.driver.begin(**settings))

    async def commit(self, transaction: str) -> None:
        """Commit it, then call what was to be called after that.

        Deferred constraints speak here: their errors are those of any write.
        """
        await call_all(await self._control("commit", self.driver.commit(transaction)))

    def after_commit(self, transaction: str, callback: Callback) -> None:
        self.driver.after_commit(transaction, callback)

    async def rollback(self, transaction: str) -> None:
        await self._control("rollback", self.driver.rollback(transaction))

    async def _control(self, action: str, work: Awaitable[Result]) -> Result:
        """Wait for a step of transaction control, and tell the listeners if it failed."""
        started = perf_counter()
        try:
            return await work
        except EngineError as error:
            told = self.translate(error, None)
            duration = perf_counter() - started
            self._hub.tell_operation(
                OperationEvent(
                    None,
                    action,
                    duration,
                    statements=1,
                    executing=duration,
                    caller=find_caller(),
                    trace_id=self.trace_id(),
                    error=told.label,
                    sqlstate=told.meta.get("sqlstate"),
                    message=told.message,
                )
            )
            raise told from error.__cause__

    def wanted_setting(self, method: str, arguments: Mapping[str, Any]) -> str | None:
        """Return what the policies' setting shall be for this call; None where it does not matter."""
        if self._setting is None or not may_write(method, arguments):
            return None
        return self._setting[1]() or ""

    def setting_statement(self, value: str) -> Statement:
        assert self._setting is not None
        return Statement("SELECT set_config($1, $2, true)", (self._setting[0], value), "rows")

    def context(self, values: list[Any]) -> Context:
        return Context(values, self._clock, self._ids)

    def translate(self, error: EngineError, model: type | None) -> EngineError:
        """Return the error in the words of the schema."""
        name = str(getattr(model, "__prisma_model__", "")) or None
        return in_schema_words(error, self._datamodel, self._datamodel.models.get(name) if name else None)

    @property
    def hub(self) -> EventHub:
        return self._hub

    def trace_id(self) -> str | None:
        return None if self.options.trace_id is None else self.options.trace_id()

    def tags(self, method: str, model: type | None) -> Mapping[str, str]:
        """Return what is written behind the SQL of a call, if anything is."""
        return {} if self.options.sql_tags is None else self.options.sql_tags(name_of(model), method)
