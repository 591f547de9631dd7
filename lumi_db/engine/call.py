"""`Call`: one call of the client on its way through the engine, and what is told of it."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

from .comments import with_comment
from .driver import Session
from .errors import EngineError
from .locking import check_locking
from .observing import Observer, Run
from .operation import Lock
from .plan import Plan
from .plan.steps import Steps, alone
from .raw import exact_result, is_selection, raw_parameters, raw_result, raw_sql, run_raw
from .statement import Statement

if TYPE_CHECKING:
    from .engine import Engine

RAW = frozenset(("query_raw", "query_first", "execute_raw"))
READS = frozenset(
    (
        "find_unique", "find_unique_or_raise", "find_first", "find_first_or_raise", "find_many", "count", "group_by",
        "aggregate",
    )
)  # fmt: skip
# The number of their rows is no part of a call's shape.
_BULK = frozenset(("create_many", "create_many_and_return", "upsert_many"))


class Call:
    """One call on its way: which connection it uses, and what it tells the listeners."""

    __slots__ = (
        "_bulk",
        "_engine",
        "_lock",
        "_method",
        "_model",
        "_session",
        "_setting",
        "_transaction",
        "observer",
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
        self._bulk: Plan | None = None
        self._engine = engine
        self._lock = lock
        self._method = method
        self._model = model
        self._transaction = transaction
        self._session = session
        self._setting: str | None = None
        self.observer = Observer(engine, method, model, transaction, started=perf_counter())

    async def run(self, arguments: Mapping[str, Any], root_selection: Sequence[str] | None) -> Any:
        """Run the call to its end. Raises what `Engine.raised` makes of an EngineError."""
        engine = self._engine
        calls = engine.calls
        calls.active += 1
        self.observer.arguments = arguments
        started = perf_counter()
        try:
            if self._transaction is not None:
                self._session = engine.driver.transaction(self._transaction)
            self._setting = engine.wanted_setting(self._method, arguments)
            result = await self.work(arguments, root_selection)
        except (EngineError, RecursionError) as error:
            raise self.failed(error, started) from None
        finally:
            self.observer.tell_ended()
            calls.active -= 1
            calls.add(self._method, self._model, perf_counter() - started)
        if engine.hub.hears_operations:
            self._tell_operation(perf_counter() - started, None)
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
            raise self._told(error, perf_counter() - started) from error.__cause__

    def _check(self, arguments: Mapping[str, Any], root_selection: Sequence[str] | None) -> None:
        engine = self._engine
        if self._method in RAW:
            raw_sql(arguments["query"])
            raw_parameters(arguments["parameters"])
            return
        assert self._model is not None
        if self._method in _BULK:
            self._bulk = engine.plans.bulk(self._method, self._model, arguments, engine.context([]))
            return
        plan, values = engine.plans.find(self._method, self._model, arguments, root_selection)
        plan.check(engine.context(values))

    def failed(self, error: EngineError | RecursionError, started: float) -> Exception:
        """Return what the client raises for an error, after the listeners were told of it."""
        told = self._told(error, perf_counter() - started)
        error.__context__ = None  # the driver's error, which repeats values
        return self._engine.raised(told, self._method)

    def _told(self, error: EngineError | RecursionError, duration: float) -> EngineError:
        """Return the error in the words of the schema, after the listeners were told of it."""
        if isinstance(error, RecursionError):
            error = EngineError("P2009", "The arguments are nested too deeply.", {})
        told = self._translated(error)
        self._tell_operation(duration, told)
        return told

    def _translated(self, error: EngineError) -> EngineError:
        error.meta.pop("line", None)  # of a part of the rows, as COPY counts them
        return self._engine.translate(error, self._model)

    async def work(self, arguments: Mapping[str, Any], root_selection: Sequence[str] | None) -> Any:
        """Do what the call asks for. Raises EngineError."""
        engine = self._engine
        if self._lock is not None:
            check_locking(self._method)
        if self._method in RAW:
            return await self._raw(arguments)
        assert self._model is not None
        if self._method in _BULK:
            context = engine.context([])
            plan = self._bulk or engine.plans.bulk(self._method, self._model, arguments, context)
            drive = self._drive_undoing if plan.undoes and self._transaction else self._drive
            return plan.decode(await drive(plan.run(context), atomic=plan.atomic), self._model)
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

    async def _drive_undoing(self, steps: Steps, *, atomic: bool) -> Any:
        """Drive a plan in a transaction so that nothing is left of it if it fails."""
        assert self._transaction is not None
        async with self._engine.driver.savepoint(self._transaction) as session:
            self._session = session
            return await self._drive(steps, atomic=atomic)

    async def _drive_atomically(self, steps: Steps) -> Any:
        async with self._engine.driver.session() as session:
            self._session = session
            return await _drive(steps, self._runner())

    def _runner(self) -> Run:
        session = self._session
        if self._method in RAW:
            send: Run = partial(run_raw, session or self._engine.driver)
        else:
            send = session.run if session is not None else self._engine.driver.run
        run = self._observed(self._tagged(send))
        return run if session is None else self._set(session, run)

    def _set(self, session: Session, run: Run) -> Run:
        """Return `run`, before which the policies' setting is set if this call needs it."""
        if self._setting is None:
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
        statement = Statement(
            sql,
            parameters,
            "rows" if returns_rows else "count",
            keeps_session=bool(arguments.get("keeps_session")),
        )
        result = await self._drive(alone(statement), atomic=False)
        if not returns_rows:
            return result
        if arguments.get("exact"):
            return exact_result(result)
        return raw_result(result, for_model=self._model is not None)

    def _observed(self, run: Run) -> Run:
        """Return `run`, which also tells the listeners of each statement if there are any."""
        if self._engine.hub.has_listeners:
            return self.observer.observed(run, in_transaction=self._session is not None)
        return run

    def _tagged(self, run: Run) -> Run:
        tags = self._engine.tags(self._method, self._model)
        if not tags:
            return run
        return lambda statement: run(with_comment(statement, tags))

    def _tell_operation(self, duration: float, error: EngineError | None) -> None:
        self.observer.tell_operation(duration, error)


def may_write(method: str, arguments: Mapping[str, Any]) -> bool:
    if method in ("query_raw", "query_first"):
        return not is_selection(arguments["query"])
    return method not in READS


async def _drive(steps: Steps, run: Run) -> Any:
    """Carry out a plan: the only loop that does I/O."""
    try:
        statement = next(steps)
        while True:
            statement = steps.send(await run(statement))
    except StopIteration as done:
        return done.value
