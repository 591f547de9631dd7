"""Calls that are written as SQL without a database, and answers short enough for a table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from types import ModuleType
from typing import Any, cast

from pydantic import BaseModel

from lumi_db.engine.actions import extend_actions
from lumi_db.engine.datamodel import Datamodel
from lumi_db.engine.driver import Driver
from lumi_db.engine.engine import Engine
from lumi_db.engine.events import EventHub
from lumi_db.engine.options import EngineOptions

Call = Callable[[Any], Awaitable[Any]]


class Reader:
    """Writes a call of the generated client as one statement: bind, plan and SQL with no database at all."""

    def __init__(self, package: ModuleType, datamodel: Datamodel) -> None:
        self._engine = Engine(datamodel, cast(Driver, None), EventHub(), EngineOptions())
        self._package = package

    async def write(self, call: Call) -> tuple[str, tuple[Any, ...]]:
        given = await self._given(call)
        plan, values = self._engine.plans.find(
            given["method"], given["model"], given["arguments"], given.get("root_selection")
        )
        statement = next(plan.run(self._engine.context(values)))
        return statement.sql, statement.parameters

    async def _given(self, call: Call) -> Mapping[str, Any]:
        given: dict[str, Any] = {}

        class Recorder(self._package.Prisma):  # type: ignore[name-defined,misc]
            async def _execute(self, **arguments: Any) -> Any:
                given.update(arguments)
                raise _Recorded

            async def _run(self, method: str, arguments: Any, model: Any) -> Any:
                await self._execute(method=method, arguments=arguments, model=model)

        recorder = Recorder(use_dotenv=False)
        extend_actions(recorder, Recorder, self._package.Prisma)
        try:
            await call(recorder)
        except _Recorded:
            return given
        raise AssertionError("The call did not reach the engine.")


class _Recorded(Exception):
    """The call has come as far as the engine."""


class Filters:
    """Checks filters: the condition as it is written, and the rows that are found by it."""

    def __init__(self, reader: Reader, rows: Any, sent: list[Any]) -> None:
        self._reader = reader
        self._rows = rows
        self._sent = sent

    async def check(
        self,
        model: str,
        table: str,
        where: Mapping[str, Any],
        condition: str,
        parameters: tuple[Any, ...],
        found: list[Any],
    ) -> None:
        """Find `where` in the client's `model`, in the order of ids, and compare SQL, parameters and ids."""

        def call(client: Any) -> Any:
            return getattr(client, model).find_many(where=where, order={"id": "asc"})

        sql, values = await self._reader.write(call)
        filtered = f" WHERE {condition}" if condition else ""
        assert sql.endswith(f' FROM "{table}" AS "t0"{filtered} ORDER BY "t0"."id" ASC')
        assert values == parameters
        assert ids(await call(self._rows)) == found
        assert [(event.sql, event.parameters) for event in self._sent] == [(sql, parameters)]


def ids(result: Any) -> Any:
    """Return the ids of a list of rows, or of the one row."""
    if isinstance(result, list):
        return [ids(row) for row in result]
    return result if result is None else result.id


def tree(row: Any, *names: str) -> Any:
    """Return these fields of a row or of a list of rows, and of the rows below them."""
    if isinstance(row, list):
        return [tree(one, *names) for one in row]
    if not isinstance(row, BaseModel):
        return row
    values = {name: getattr(row, name, None) for name in names if name in type(row).model_fields}
    return {name: tree(value, *names) for name, value in values.items() if value is not None}


def naive(year: int, month: int, day: int, *clock: int) -> datetime:
    """Return an instant as it is sent to a column without a time zone; `clock` is hour to microsecond."""
    hour, minute, second, microsecond = (*clock, 0, 0, 0, 0)[:4]
    return datetime(year, month, day, hour, minute, second, microsecond)  # noqa: DTZ001
