"""Opening one connection, with the settings of the session that all statements rely on."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlencode

import asyncpg

from ..errors import EngineError
from ..histogram import Histogram
from ..options import EngineOptions
from .failures import DRIVER_ERRORS, translate_connecting
from .held import Held
from .pgbouncer import (
    PooledConnection,
    PooledHeld,
    check_target,
    local_settings,
    reset_sql,
    startup_settings,
)
from .tls import check_files
from .url import Target

OLDEST_SERVER = 15
STATEMENTS_KEPT = 2048
SERVER_FIRST = 0.25
WRONG_SERVER = asyncpg.exceptions.TargetServerAttributeNotMatched
# After these another host may do; a server that refuses a login has answered for all.
NEXT_HOST = (OSError, WRONG_SERVER, asyncpg.CannotConnectNowError)


class Connector:
    """Opens connections to one target."""

    def __init__(self, target: Target, options: EngineOptions, *, timeout: float) -> None:
        self.target = target
        self._timeout = timeout
        self._arguments = connect_arguments(target, options)
        self._settings = session_settings(target, options)

    async def open(self) -> Any:
        """Open a connection.

        Raises EngineError P1000, P1001, P1002, P1003, P1010, P1011, P1015 (server older than 15), P2037.
        """
        try:
            connection = await self._connect()
        except (*DRIVER_ERRORS, ValueError) as error:
            raise translate_connecting(error, target=self.target) from None
        version = connection.get_server_version()
        if version.major < OLDEST_SERVER:
            connection.terminate()
            raise EngineError(
                "P1015",
                f"The database server at {self.target.place} is PostgreSQL {version.major}; "
                f"version {OLDEST_SERVER} or newer is needed.",
                # since version 10 the second number is what asyncpg calls micro
                {"database_version": f"{version.major}.{version.micro}"},
            )
        if self.target.pgbouncer:
            connection.local = local_settings(self._settings)
            connection.needs_local = self.target.schema is not None
            connection.reset_sql = reset_sql(self._settings)
        return connection

    async def _connect(self) -> Any:
        """Connect to the first host that is reached in time and is what `target_session_attrs` asks for.

        As libpq does it: the time limit is for each host, and of several the last resort is any that answers.
        """
        wanted = self.target.target_session_attrs
        failure: BaseException | None = None
        for attributes in ("standby", "any") if wanted == "prefer-standby" else (wanted,):
            for host in self.target.hosts:
                try:
                    return await self._connect_to(host, attributes)
                except NEXT_HOST as error:
                    # That a server is not the right one says more than that another one is away.
                    failure = failure if isinstance(failure, WRONG_SERVER) else error
        assert failure is not None
        raise failure

    async def _connect_to(self, host: tuple[str, int], attributes: str) -> Any:
        only = {"host": [host[0]], "port": [host[1]], "target_session_attrs": attributes}
        async with asyncio.timeout(self._timeout):
            return await asyncpg.connect(**{**self._arguments, **only})

    def hold(self, connection: Any, *, now: float, statements: Histogram) -> Held:
        """Return a connection as the pool holds it."""
        kind = PooledHeld if self.target.pgbouncer else Held
        return kind(connection, now=now, statements=statements)


def connect_arguments(target: Target, options: EngineOptions) -> dict[str, Any]:
    """Return the arguments of asyncpg.connect; all are given, so PG* variables set only a password."""
    arguments: dict[str, Any] = {
        "host": [host for host, _ in target.hosts],
        "port": [port for _, port in target.hosts],
        "user": target.user,
        "password": target.password,
        "database": target.database,
        "target_session_attrs": target.target_session_attrs,
        "server_settings": _startup_settings(target, options),
        "statement_cache_size": _cache_size(target),
        "max_cached_statement_lifetime": 0,
        "max_cacheable_statement_size": 0,
        "command_timeout": _command_timeout(target, options),
        "timeout": None,
    }
    if target.pgbouncer:
        check_target(target)
        arguments["connection_class"] = PooledConnection
    if all(host.startswith("/") for host, _ in target.hosts):
        return {**arguments, "ssl": False}
    check_files(target.ssl_files)
    # asyncpg takes certificate files from a DSN only.
    tls = {"sslmode": target.ssl_mode or "prefer", **target.ssl_files}
    return {**arguments, "dsn": f"postgresql://?{urlencode(tls)}"}


def _cache_size(target: Target) -> int:
    if target.pgbouncer:
        return 0
    return STATEMENTS_KEPT if target.statement_cache_size is None else target.statement_cache_size


def _command_timeout(target: Target, options: EngineOptions) -> float | None:
    """Return how long the client waits for an answer.

    PgBouncer cannot be told statement_timeout for what runs outside of a transaction, and may wait for a connection of
    the server long before; in a transaction the server's own limit comes first.
    """
    limits = [target.socket_timeout]
    if target.pgbouncer and options.query_timeout:
        limits.append(options.query_timeout + SERVER_FIRST)
    return min((limit for limit in limits if limit), default=None)


def _startup_settings(target: Target, options: EngineOptions) -> dict[str, str]:
    settings = session_settings(target, options)
    return startup_settings(settings) if target.pgbouncer else settings


def session_settings(target: Target, options: EngineOptions) -> dict[str, str]:
    """Return the settings of a session; `RESET ALL` comes back to them.

    JIT is off: it is chosen by estimated cost, and compiling takes longer than the engine's statements run.
    """
    settings = {
        "application_name": target.application_name or options.application_name,
        "TimeZone": "UTC",
        "DateStyle": "ISO, MDY",
        "IntervalStyle": "postgres",
        "jit": "off",
    }
    if target.schema:
        quoted = target.schema.replace('"', '""')
        settings["search_path"] = f'"{quoted}"'
    if options.query_timeout is not None:
        settings["statement_timeout"] = _milliseconds(options.query_timeout)
    if options.idle_in_transaction_timeout is not None:
        settings["idle_in_transaction_session_timeout"] = _milliseconds(options.idle_in_transaction_timeout)
    if target.options:
        settings["options"] = target.options
    return settings


def _milliseconds(seconds: float) -> str:
    return str(max(1, round(seconds * 1000)))
