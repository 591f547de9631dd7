"""`Observer`: what the listeners are told of one call, statement by statement and as a whole."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from .caller import find_caller
from .driver import LAST_WAIT
from .errors import EngineError
from .events import OperationEvent, QueryEvent
from .masking import mask, secrets_of
from .models import name_of
from .statement import Statement

if TYPE_CHECKING:
    from .engine import Engine

Run = Callable[[Statement], Awaitable[Any]]
NOTHING: Mapping[str, Any] = {}


class _Ended(NamedTuple):
    """A statement that has ended, and of which nobody was told yet."""

    statement: Statement
    at: float
    waited: float
    duration: float
    rows: int
    in_transaction: bool


class Observer:
    """Told of a statement when it ends, and of its success once it is known how long decoding took."""

    __slots__ = ("_decoding", "_ended", "_engine", "_executing", "_method", "_model", "_statements",
                 "_transaction", "_waited", "_waited_until", "arguments")  # fmt: skip

    def __init__(
        self,
        engine: Engine,
        method: str,
        model: type | None,
        transaction: str | None,
        *,
        started: float,
        arguments: Mapping[str, Any] = NOTHING,
    ) -> None:
        self.arguments = arguments
        self._engine = engine
        self._method = method
        self._model = model
        self._transaction = transaction
        self._ended: _Ended | None = None
        self._waited_until = started
        self._statements = 0
        self._waited = self._executing = self._decoding = 0.0

    def observed(self, run: Run, *, in_transaction: bool) -> Run:
        """Return `run`, which also tells the listeners of each statement."""

        async def observed(statement: Statement) -> Any:
            self.tell_ended(with_decoding=False)
            started = perf_counter()
            try:
                result = await run(statement)
            except EngineError as error:
                self.failed(statement, started, error, in_transaction=in_transaction)
                raise
            self.ended(statement, started, length(result), in_transaction=in_transaction)
            return result

        return observed

    def ended(self, statement: Statement, started: float, rows: int, *, in_transaction: bool = False) -> None:
        """Count a statement that ended now; it is told of by `tell_ended`."""
        now = perf_counter()
        waited, duration = self._count(started, now)
        if duration >= self._engine.hub.slowest_unheard:
            self._ended = _Ended(statement, now, waited, duration, rows, in_transaction)

    def failed(
        self, statement: Statement, started: float, error: EngineError, *, in_transaction: bool = False
    ) -> None:
        """Tell of a statement that failed now."""
        now = perf_counter()
        waited, duration = self._count(started, now)
        if duration >= self._engine.hub.slowest_unheard:
            self._tell(_Ended(statement, now, waited, duration, 0, in_transaction), 0.0, error)

    def tell_ended(self, *, with_decoding: bool = True) -> None:
        """Tell of the statement that ended last; with its decoding, if that is what happened since."""
        ended, self._ended = self._ended, None
        if ended is not None:
            decoding = perf_counter() - ended.at if with_decoding else 0.0
            self._decoding += decoding
            self._tell(ended, decoding, None)

    def tell_operation(self, duration: float, error: EngineError | None) -> None:
        """Tell of the whole call."""
        self.tell_ended(with_decoding=error is None)
        engine = self._engine
        engine.hub.tell_operation(
            OperationEvent(
                model=name_of(self._model),
                action=self._method,
                duration=duration,
                waited=self._waited,
                executing=self._executing,
                decoding=self._decoding,
                statements=self._statements,
                transaction=self._transaction,
                caller=find_caller() if engine.hub.has_listeners else None,
                trace_id=engine.trace_id(),
                error=error.label if error else None,
                sqlstate=error.meta.get("sqlstate") if error else None,
                message=error.message if error else None,
            )
        )

    def _count(self, started: float, now: float) -> tuple[float, float]:
        """Return how long a statement, or the call before it, waited for a connection, and how long it ran."""
        until, waited = LAST_WAIT.get()
        if until <= self._waited_until:
            waited = 0.0
        else:
            self._waited_until = until
        duration = now - max(started, until)
        self._statements += 1
        self._waited += waited
        self._executing += duration
        return waited, duration

    def _shown(self, parameters: tuple[Any, ...]) -> tuple[Any, ...]:
        options = self._engine.options
        if not options.mask_parameters:
            return parameters
        secrets = secrets_of(self.arguments, options.secret_fields)
        return mask(parameters, secrets, all_of_them="parameters" in self.arguments)

    def _tell(self, ended: _Ended, decoding: float, error: EngineError | None) -> None:
        engine, parameters = self._engine, None
        if engine.options.event_parameters:
            parameters = self._shown(ended.statement.parameters)
        engine.hub.tell_query(
            QueryEvent(
                model=name_of(self._model),
                action=self._method,
                sql=ended.statement.sql,
                duration=ended.duration,
                waited=ended.waited,
                decoding=decoding,
                rows=ended.rows,
                parameter_count=len(ended.statement.parameters),
                parameters=parameters,
                in_transaction=ended.in_transaction,
                transaction=self._transaction,
                caller=find_caller(),
                trace_id=engine.trace_id(),
                error=error.label if error else None,
            )
        )


def length(result: Any) -> int:
    if isinstance(result, int):
        return result
    return len(result.rows) if hasattr(result, "rows") else len(result)
