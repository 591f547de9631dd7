"""The engine: takes a call of the generated client through bind, plan, SQL and decode.

Everything but the loop that talks to the driver is pure; what depends on a call's shape only is kept.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

from .datamodel import Datamodel
from .driver import Driver, Session
from .errors import EngineError
from .events import EventHub, OperationEvent, QueryEvent
from .failures import in_schema_words
from .ids import IdSource
from .locking import check_locking
from .metrics import Calls
from .operation import Lock
from .options import EngineOptions
from .plan.create_many import create_many
from .plan.steps import Steps, alone
from .plans import Plans
from .policies import NO_POLICIES, Policies
from .raw import is_selection, raw_parameters, raw_result, raw_sql, run_raw
from .sources import Context
from .statement import Statement
from .transacting import Callback, call_all

_RAW = ("query_raw", "query_first", "execute_raw")

Run = Callable[[Statement], Awaitable[Any]]
Result = TypeVar("Result")


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
    ) -> None:
        self.driver = driver
        self.calls = Calls()
        self._datamodel = datamodel
        self._hub = hub
        self._options = options
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
        return _Operation(self, method, model, transaction, lock=lock).run(arguments, root_selection)

    async def execute_batch(self, calls: Sequence[Mapping[str, Any]], transaction: str | None) -> None:
        """Run the calls of a batch in one transaction: all of them, or none. All are checked before the first."""
        operations = [_Operation(self, call["method"], call.get("model"), None) for call in calls]
        inputs = [(call["arguments"], call.get("root_selection")) for call in calls]
        for operation, given in zip(operations, inputs, strict=True):
            operation.check(*given)
        async with self._session_of(transaction) as session:
            for operation, given in zip(operations, inputs, strict=True):
                await operation.run_in(session, *given)

    def _session_of(self, transaction: str | None) -> AbstractAsyncContextManager[Session]:
        if transaction is None:
            return self.driver.session()
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
            self._hub.tell_operation(OperationEvent(None, action, duration, 1, told.label, told.message))
            raise told from error.__cause__

    def wanted_setting(self, method: str, arguments: Mapping[str, Any]) -> str | None:
        """Return what the policies' setting shall be for this call; None where it does not matter."""
        if self._setting is None or not _may_write(method, arguments):
            return None
        return self._setting[1]() or ""

    def setting_statement(self, value: str) -> Statement:
        assert self._setting is not None
        return Statement("SELECT set_config($1, $2, true)", (self._setting[0], value), "rows")

    def context(self, values: list[Any]) -> Context:
        return Context(values, self._clock, self._ids)

    def translate(self, error: EngineError, model: type | None) -> EngineError:
        name = str(getattr(model, "__prisma_model__", "")) or None
        return in_schema_words(error, self._datamodel, self._datamodel.models.get(name) if name else None)

    @property
    def hub(self) -> EventHub:
        return self._hub

    @property
    def shows_parameters(self) -> bool:
        return self._options.event_parameters


class _Operation:
    """One call on its way: which connection it uses, and what it tells the listeners."""

    __slots__ = (
        "_engine",
        "_lock",
        "_many",
        "_method",
        "_model",
        "_session",
        "_setting",
        "_statements",
        "_transaction",
    )

    def __init__(
        self,
        engine: Engine,
        method: str,
        model: type | None,
        transaction: str | None,
        session: Session | None = None,
        lock: Lock | None = None,
    ) -> None:
        self._engine = engine
        self._lock = lock
        self._many: list[Statement] | None = None
        self._method = method
        self._model = model
        self._transaction = transaction
        self._session = session
        self._setting: str | None = None
        self._statements = 0

    async def run(self, arguments: Mapping[str, Any], root_selection: Sequence[str] | None) -> Any:
        calls = self._engine.calls
        calls.active += 1
        started = perf_counter()
        try:
            if self._transaction is not None:
                self._session = self._engine.driver.transaction(self._transaction)
            self._setting = self._engine.wanted_setting(self._method, arguments)
            result = await self._work(arguments, root_selection)
        except (EngineError, RecursionError) as error:
            raise self._told(error, started) from error.__cause__
        finally:
            calls.active -= 1
            calls.durations.add(perf_counter() - started)
        self._tell_operation(started, None)
        return result

    async def run_in(
        self, session: Session, arguments: Mapping[str, Any], root_selection: Sequence[str] | None
    ) -> Any:
        self._session = session
        return await self.run(arguments, root_selection)

    def check(self, arguments: Mapping[str, Any], root_selection: Sequence[str] | None) -> None:
        """Refuse what can be refused before anything is sent."""
        started = perf_counter()
        try:
            self._check(arguments, root_selection)
        except (EngineError, RecursionError) as error:
            raise self._told(error, started) from error.__cause__

    def _check(self, arguments: Mapping[str, Any], root_selection: Sequence[str] | None) -> None:
        engine = self._engine
        if self._method in _RAW:
            raw_sql(arguments["query"])
            raw_parameters(arguments["parameters"])
            return
        assert self._model is not None
        if self._method == "create_many":
            self._many = engine.plans.create_many(self._model, arguments, engine.context([]))
            return
        plan, values = engine.plans.find(self._method, self._model, arguments, root_selection)
        plan.check(engine.context(values))

    def _told(self, error: EngineError | RecursionError, started: float) -> EngineError:
        """Return the error in the words of the schema, after the listeners were told of it."""
        if isinstance(error, RecursionError):
            error = EngineError("P2009", "The arguments are nested too deeply.", {})
        told = self._engine.translate(error, self._model)
        self._tell_operation(started, told)
        return told

    async def _work(self, arguments: Mapping[str, Any], root_selection: Sequence[str] | None) -> Any:
        engine = self._engine
        if self._lock is not None:
            check_locking(self._method)
        if self._method in _RAW:
            return await self._raw(arguments)
        assert self._model is not None
        if self._method == "create_many":
            statements = self._many or engine.plans.create_many(self._model, arguments, engine.context([]))
            count = await self._drive(create_many(statements), atomic=len(statements) > 1)
            return {"count": count}
        plan, values = engine.plans.find(self._method, self._model, arguments, root_selection, self._lock)
        context = engine.context(values)
        if plan.only is not None:
            statement = plan.only.fill(context)
            if self._setting and self._session is None:
                return plan.decode(await self._drive(alone(statement), atomic=True), self._model)
            return plan.decode(await self._runner()(statement), self._model)
        plan.check(context)
        if plan.shortcut is not None and plan.shortcut[0](context):
            return plan.decode(await self._drive(plan.shortcut[1](context), atomic=False), self._model)
        return plan.decode(await self._drive(plan.run(context), atomic=plan.atomic), self._model)

    def _drive(self, steps: Steps, *, atomic: bool) -> Awaitable[Any]:
        if (atomic or self._setting) and self._session is None:
            return self._drive_atomically(steps)
        return _drive(steps, self._runner())

    async def _drive_atomically(self, steps: Steps) -> Any:
        async with self._engine.driver.session() as session:
            self._session = session
            return await _drive(steps, self._runner())

    def _runner(self) -> Run:
        session = self._session
        if self._method in _RAW:
            run = self._observed(partial(run_raw, session or self._engine.driver))
        else:
            run = self._observed(session.run if session is not None else self._engine.driver.run)
        if session is None or self._setting is None:
            return run
        return partial(self._run_as_set, session, self._setting, run)

    async def _run_as_set(self, session: Session, setting: str, run: Run, statement: Statement) -> Any:
        """Run a statement of a write while the policies' setting is what this task wants, whatever others want."""
        async with session.wire.turn:
            if session.wire.setting != setting:
                configure = self._observed(lambda statement: session.configure(statement, setting))
                await configure(self._engine.setting_statement(setting))
            return await run(statement)

    async def _raw(self, arguments: Mapping[str, Any]) -> Any:
        sql, parameters = raw_sql(arguments["query"]), raw_parameters(arguments["parameters"])
        returns_rows = self._method != "execute_raw"
        statement = Statement(sql, parameters, "rows" if returns_rows else "count")
        result = await self._drive(alone(statement), atomic=False)
        return raw_result(result, for_model=self._model is not None) if returns_rows else result

    def _observed(self, run: Run) -> Run:
        """Return `run`, which also tells the listeners of each statement if there are any."""
        hub = self._engine.hub
        if not hub.query_listeners and not hub.operation_listeners:
            return run
        in_transaction = self._session is not None

        async def observed(statement: Statement) -> Any:
            self._statements += 1
            started = perf_counter()
            try:
                result = await run(statement)
            except EngineError as error:
                self._tell_query(statement, started, 0, in_transaction, error)
                raise
            rows = result if isinstance(result, int) else _length(result)
            self._tell_query(statement, started, rows, in_transaction, None)
            return result

        return observed

    def _tell_query(
        self,
        statement: Statement,
        started: float,
        rows: int,
        in_transaction: bool,
        error: EngineError | None,
    ) -> None:
        hub = self._engine.hub
        if not hub.query_listeners:
            return
        event = QueryEvent(
            model=_name(self._model),
            action=self._method,
            sql=statement.sql,
            duration=perf_counter() - started,
            rows=rows,
            parameter_count=len(statement.parameters),
            parameters=statement.parameters if self._engine.shows_parameters else None,
            in_transaction=in_transaction,
            error=error.label if error else None,
        )
        hub.tell_query(event)

    def _tell_operation(self, started: float, error: EngineError | None) -> None:
        hub = self._engine.hub
        if not hub.operation_listeners:
            return
        event = OperationEvent(
            model=_name(self._model),
            action=self._method,
            duration=perf_counter() - started,
            statements=self._statements,
            error=error.label if error else None,
            message=error.message if error else None,
        )
        hub.tell_operation(event)


def _may_write(method: str, arguments: Mapping[str, Any]) -> bool:
    if method in ("query_raw", "query_first"):
        return not is_selection(arguments["query"])
    return not method.startswith(("find_", "count", "group_by"))


async def _drive(steps: Steps, run: Run) -> Any:
    """Carry out a plan: the only loop that does I/O."""
    try:
        statement = next(steps)
        while True:
            statement = steps.send(await run(statement))
    except StopIteration as done:
        return done.value


def _name(model: type | None) -> str | None:
    return None if model is None else getattr(model, "__prisma_model__", model.__name__)


def _length(result: Any) -> int:
    return len(result.rows) if hasattr(result, "rows") else len(result)
