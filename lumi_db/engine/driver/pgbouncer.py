"""Connections through PgBouncer in transaction mode, where only a transaction keeps the same server connection.

https://www.pgbouncer.org/features.html#sql-feature-map-for-pooling-modes. So no statement has a name, none needs what
another one left behind, and what raw SQL does to its session is taken back before its transaction ends. asyncpg
without a cache sends the text of a statement with its values, in one message, after it has asked for the types of both
by another one: that may go over two connections of the server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import asyncpg

from ..errors import EngineError
from .cancelling import CANCELLING, request_cancel
from .held import RESET, Held
from .raw import RawResult
from .raw_statements import execute_raw_on, fetch_raw_on
from .url import Target

# What PgBouncer accepts in a startup packet and keeps apart for each client; it refuses a client that asks for more.
STARTUP_SETTINGS = ("application_name", "DateStyle", "TimeZone")
# Deferred triggers see the settings of their transaction, and then these are gone.
_RESET = f"SET CONSTRAINTS ALL IMMEDIATE; {RESET}"

# The stubs of asyncpg make it generic, which it is not, and leave out what is overridden here.
_Connection: Any = asyncpg.Connection
Result = TypeVar("Result")
Work = Callable[[], Awaitable[Result]]


def check_target(target: Target) -> None:
    """Refuse what cannot be had through PgBouncer. Raises EngineError P1013."""
    if target.options:
        reason = (
            "options cannot be used with pgbouncer=true: give these settings to the role by ALTER ROLE … SET"
        )
        raise EngineError("P1013", f"The database URL is invalid: {reason}.", {"details": reason})


def startup_settings(settings: Mapping[str, str]) -> dict[str, str]:
    """Return what of a session's settings goes into the startup packet."""
    return {name: settings[name] for name in STARTUP_SETTINGS}


def local_settings(settings: Mapping[str, str]) -> str:
    """Return the SQL that gives a transaction the settings of a session which PgBouncer does not accept."""
    others = {name: value for name, value in settings.items() if name not in STARTUP_SETTINGS}
    return "".join(f"; SET LOCAL {name} = {_literal(name, value)}" for name, value in others.items())


def reset_sql(settings: Mapping[str, str]) -> str:
    """Return the SQL that takes back, in a transaction, what was done to its session.

    PgBouncer takes each SET and RESET of what it keeps for a client as the client's wish, so these are set again.
    """
    ours = "".join(
        f"; SET {name} = {_literal(name, value)}" for name, value in startup_settings(settings).items()
    )
    return _RESET + ours


def _literal(name: str, value: str) -> str:
    # A search path is a list of quoted names already.
    return value if name == "search_path" else "'{}'".format(value.replace("'", "''"))


class PooledConnection(_Connection):  # type: ignore[misc]  # of type Any, see above
    """asyncpg's connection without names for statements and without settings of its session.

    `local` is sent with every BEGIN; with `needs_local` a statement outside of a transaction gets one around it.
    `reset_sql` is what raw SQL needs before its COMMIT.
    """

    _server_caps: Any

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.local = ""
        self.needs_local = False
        self.reset_sql = _RESET
        # asyncpg would turn JIT off and on again around its own statements, each on another connection.
        self._server_caps = self._server_caps._replace(jit=False)

    async def _get_statement(self, query: str, timeout: float | None, **options: Any) -> Any:
        return await super()._get_statement(query, timeout, **{**options, "named": False})

    async def execute(self, query: str, *args: Any, timeout: float | None = None) -> str:
        if query.startswith("BEGIN"):
            query += self.local
        elif self._is_bare():
            return await self._alone(partial(super().execute, query, *args, timeout=timeout))
        tag: str = await super().execute(query, *args, timeout=timeout)
        return tag

    async def fetch(self, query: str, *args: Any, **options: Any) -> Any:
        if self._is_bare():
            return await self._alone(partial(super().fetch, query, *args, **options))
        return await super().fetch(query, *args, **options)

    async def copy_to_table(self, table_name: str, **options: Any) -> str:
        if self._is_bare():
            return await self._alone(partial(super().copy_to_table, table_name, **options))
        tag: str = await super().copy_to_table(table_name, **options)
        return tag

    async def _cancel(self, sent: asyncio.Future[None], *ended: asyncio.Future[None] | None) -> None:
        """Do what asyncpg does, with a request that nothing cuts off."""
        protocol, loop = self._protocol, asyncio.get_running_loop()
        try:
            if protocol is not None:
                key = (protocol.backend_pid, protocol.backend_secret)
                request = partial(request_cancel, self._addr, key, self._params.ssl)
                await loop.run_in_executor(CANCELLING, request)
        finally:
            self._cancellations.discard(asyncio.current_task(loop))
            if not sent.done():
                sent.set_result(None)
        for one in ended:
            if one is not None:
                await asyncio.shield(one)

    def _is_bare(self) -> bool:
        return self.needs_local and not self.is_in_transaction()

    async def _alone(self, work: Work[Result]) -> Result:
        await self.execute("BEGIN")
        result = await undoing(self, work)
        await self.execute("COMMIT")
        return result


async def undoing(connection: Any, work: Work[Result]) -> Result:
    """Run `work` in the transaction that is open, and roll that back if it fails.

    Who cancels it has the pool clean the connection.
    """
    try:
        return await work()
    except Exception:
        with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            if connection.is_in_transaction():
                await connection.execute("ROLLBACK")
        raise


class PooledHeld(Held):
    """A connection to PgBouncer as the pool holds it."""

    __slots__ = ()

    def keep(self, sql: str, prepared: Any) -> None:
        """Keep nothing: the next connection of the server would not know it."""

    async def commit(self) -> str:
        """Send COMMIT; before it, take back what raw SQL did to the session."""
        if not self.touched:
            return await super().commit()
        try:
            tag: str = await self.connection.execute(f"{self.connection.reset_sql}; COMMIT")
        except asyncpg.InFailedSQLTransactionError:
            await self.rollback()
            tag = "ROLLBACK"
        self.touched = False
        return tag

    async def rollback(self) -> None:
        if not self.touched:
            await super().rollback()
            return
        # They are taken for the session, also in a transaction that is rolled back.
        await self.connection.execute("ROLLBACK; SELECT pg_advisory_unlock_all()")
        self.touched = False

    async def reset(self) -> None:
        """Do nothing: this would be done to whatever connection of the server is free."""

    async def alone(self, work: Work[Result], *, keeps_session: bool) -> Result:
        """Run raw SQL in a transaction of its own, unless it cannot be, as VACUUM, or need not be."""
        if keeps_session and not self.connection.needs_local:
            return await work()
        try:
            return await self._in_transaction(work)
        except asyncpg.ActiveSQLTransactionError:
            # Refused before anything was done; what says so leaves its session as it was.
            return await work()

    async def _in_transaction(self, work: Work[Result]) -> Result:
        await self.connection.execute("BEGIN")
        try:
            result = await work()
            if self.connection.is_in_transaction():
                await self.commit()
        except Exception:
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                if self.connection.is_in_transaction():
                    await self.rollback()
            raise
        finally:
            self.touched = self.touched and self.connection.is_in_transaction()
        return result


async def fetch_raw_alone(
    held: PooledHeld, sql: str, parameters: Sequence[Any], *, keeps_session: bool = False
) -> RawResult:
    work = partial(fetch_raw_on, held, sql, parameters, keeps_session=keeps_session)
    return await held.alone(work, keeps_session=keeps_session)


async def execute_raw_alone(
    held: PooledHeld, sql: str, parameters: Sequence[Any], *, keeps_session: bool = False
) -> int:
    work = partial(execute_raw_on, held, sql, parameters, keeps_session=keeps_session)
    return await held.alone(work, keeps_session=keeps_session)
