"""`explain`: the plans of an operation's statements, of which nothing stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .call import RAW, Call
from .driver import Session
from .driver.session import finish
from .errors import EngineError
from .observing import Run
from .operation import Lock
from .plan.create_many import TAKES_COPY
from .plan.steps import Steps
from .statement import Statement

if TYPE_CHECKING:
    from .engine import Engine


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """A statement, and what EXPLAIN says of it. Like the log of a server, the plan shows the values in conditions."""

    sql: str
    plan: str


class Explained(BaseException):
    """Ends the caller's work when its last statement is explained: it has no result to go on with."""


class Explaining(Call):
    """Explains every statement of a call before it runs. The only statement of a call does not run at all.

    With `analyze` it runs once for its plan and is undone, and if others follow it runs again.
    """

    __slots__ = ("_analyze", "_is_last", "_plans")

    def __init__(
        self,
        engine: Engine,
        method: str,
        model: type | None,
        transaction: str,
        lock: Lock | None,
        *,
        analyze: bool,
        plans: list[QueryPlan],
    ) -> None:
        super().__init__(engine, method, model, transaction, lock=lock)
        self._analyze = analyze
        self._is_last = True
        self._plans = plans

    def _drive(self, steps: Steps, *, atomic: bool) -> Awaitable[Any]:
        self._is_last = not atomic
        return super()._drive(steps, atomic=atomic)

    def _observed(self, run: Run) -> Run:
        """Tell no listener: what runs here is not the caller's."""
        return run

    def _tell_operation(self, duration: float, error: EngineError | None) -> None:
        """Tell no listener of the whole either."""

    def _set(self, session: Session, run: Run) -> Run:
        return super()._set(session, self._explained(run))

    def _explained(self, run: Run) -> Run:
        async def explained(statement: Statement) -> Any:
            if statement.sql == TAKES_COPY:  # COPY has no plan, but the INSERT in its place has
                return [{"takes": False}]
            await self._explain(statement)
            if self._is_last:
                raise Explained
            return await run(statement)

        return explained

    async def _explain(self, statement: Statement) -> None:
        session = self._session
        assert session is not None
        options = "ANALYZE, BUFFERS" if self._analyze else "COSTS"
        explain = statement._replace(sql=f"EXPLAIN ({options}) {statement.sql}", returns="rows")
        name = await session.set_savepoint()
        try:
            lines = await self._lines(session, explain)
        finally:
            await finish(session.rollback_to(name))
        self._plans.append(QueryPlan(statement.sql, "\n".join(lines)))

    async def _lines(self, session: Session, explain: Statement) -> list[str]:
        if self._method in RAW:
            result = await session.fetch_raw(explain.sql, explain.parameters)
            return [line for (line,) in result.rows]
        return [row[0] for row in await session.run(explain)]


async def explain(view: Any, work: Callable[[Any], Awaitable[Any]]) -> None:
    """Run the caller's work on a view of the client that explains, until its last statement."""
    with suppress(Explained):
        await work(view)


def explained(plans: list[QueryPlan]) -> list[QueryPlan]:
    """Return the plans. Raises P2019 if there are none."""
    if plans:
        return plans
    raise EngineError(
        "P2019",
        "explain(): the work called no operation of the client it was given; "
        "give a function like `lambda c: c.user.find_many()`.",
        {"argument": "work"},
    )
