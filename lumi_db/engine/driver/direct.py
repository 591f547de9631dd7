"""One connection of one's own, beside any pool: for scripts of several statements, such as migrations."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from ..options import EngineOptions
from .connect import Connector
from .failures import DRIVER_ERRORS, SERVER_ERRORS, is_lost, meta_of, primary_message, translate
from .url import parse_url

OPTIONS = EngineOptions(application_name="lumi-db")


class ScriptFailed(Exception):
    """PostgreSQL refused a script: its own message, the SQLSTATE, and the line of the script (None: not known).

    `position` counts the characters of the script from 1. The message's DETAIL, which repeats values of rows, is
    left out.
    """

    def __init__(
        self,
        message: str,
        *,
        sqlstate: str,
        line: int | None,
        hint: str | None = None,
        position: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.sqlstate = sqlstate
        self.line = line
        self.hint = hint
        self.position = position


class DirectConnection:
    """A connection without time limits on its statements; what it raises is EngineError or ScriptFailed."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    @property
    def is_in_transaction(self) -> bool:
        """Tell whether a transaction block is open on the server."""
        return bool(self._connection.is_in_transaction())

    @property
    def server_version(self) -> int:
        """The server's major version, such as 18."""
        return int(self._connection.get_server_version().major)

    async def run_script(self, script: str) -> None:
        """Run a script in one message, as Prisma does: outside of a transaction block it is one of its own.

        One of comments only is not sent. Raises ScriptFailed for what PostgreSQL refuses and EngineError P1017 for a
        lost connection.
        """
        if not has_statements(script):
            # asyncpg has no answer to an empty query
            return
        try:
            await self._connection.execute(script)
        except SERVER_ERRORS as error:
            if is_lost(error):
                raise translate(error) from None
            raise _script_failure(error, script) from None
        except DRIVER_ERRORS as error:
            raise translate(error) from None

    async def run_statement(self, sql: str) -> list[dict[str, Any]]:
        """Run one statement that a person wrote, and no second one behind it; return its rows.

        Raises ScriptFailed for what PostgreSQL refuses and EngineError P1017 for a lost connection.
        """
        try:
            rows = await self._connection.fetch(sql)
        except SERVER_ERRORS as error:
            if is_lost(error):
                raise translate(error) from None
            raise _script_failure(error, sql) from None
        except DRIVER_ERRORS as error:
            raise translate(error) from None
        return [dict(row) for row in rows]

    async def fetch(self, sql: str, *parameters: object) -> list[dict[str, Any]]:
        """Run one statement and return its rows. Raises EngineError."""
        try:
            rows = await self._connection.fetch(sql, *parameters)
        except DRIVER_ERRORS as error:
            raise translate(error) from None
        return [dict(row) for row in rows]

    async def fetch_value(self, sql: str, *parameters: object) -> Any:
        """Run one statement and return the first column of its first row, None without rows. Raises EngineError."""
        rows = await self.fetch(sql, *parameters)
        return next(iter(rows[0].values())) if rows else None

    async def close(self) -> None:
        """End the connection; one that is lost is dropped."""
        try:
            await self._connection.close(timeout=5)
        except DRIVER_ERRORS:
            self._connection.terminate()


async def open_direct(url: str, *, timeout: float, application_name: str = "lumi-db") -> DirectConnection:
    """Open one connection within `timeout` seconds. Raises EngineError as `Connector.open`, and P1013."""
    options = replace(OPTIONS, application_name=application_name)
    return DirectConnection(await Connector(parse_url(url), options, timeout=timeout).open())


@asynccontextmanager
async def transaction(connection: DirectConnection, *, mode: str = "") -> AsyncIterator[None]:
    """Run `BEGIN … COMMIT` around the block; anything raised inside rolls back."""
    await connection.run_script(f"BEGIN {mode}")
    try:
        yield
    except BaseException:
        if connection.is_in_transaction:
            await connection.run_script("ROLLBACK")
        raise
    await connection.run_script("COMMIT")


def _script_failure(error: Any, script: str) -> ScriptFailed:
    told = getattr(error, "position", None)
    position = int(told) if told else None
    return ScriptFailed(
        primary_message(error),
        sqlstate=str(meta_of(error)["sqlstate"]),
        line=script.count("\n", 0, position - 1) + 1 if position else None,
        hint=error.hint,
        position=position,
    )


def has_statements(script: str) -> bool:
    """Tell whether a script is more than comments and spaces."""
    return bool(re.sub(r"--[^\n]*|/\*.*?\*/|[\s;]", "", script, flags=re.DOTALL))
