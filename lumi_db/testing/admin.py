"""One connection for databases to be made and dropped by, beside whatever loop the test has."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg

from lumi_db.maintenance import url_of

T = TypeVar("T")
_OF_LIBPQ = {"host", "port", "user", "password", "dbname", "sslmode", "sslcert", "sslkey", "sslrootcert"}


class Admin:
    """A connection on the event loop of a thread of its own, so that tests with and without a loop can use it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="lumi-admin")
        self._thread.start()
        self._connection: asyncpg.Connection[Any] = self._wait(connect(url))

    def execute(self, sql: str) -> None:
        self._wait(self._connection.execute(sql))

    def fetch(self, sql: str, *values: object) -> list[Any]:
        """Return the first column of every row."""
        rows = self._wait(self._connection.fetch(sql, *values))
        return [row[0] for row in rows]

    def run_scripts(self, database: str, scripts: list[tuple[str, str]]) -> None:
        """Run (name, SQL) pairs in `database`; an error says which one failed."""
        self._wait(_run_scripts(url_of(self.url, database), scripts))

    def close(self) -> None:
        self._wait(self._connection.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def connect(url: str) -> asyncpg.Connection[Any]:
    """Open a connection, leaving out the parameters of the URL that are Prisma's own (`schema`, `connection_limit`)."""
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query) if key in _OF_LIBPQ]
    host = next((value for key, value in query if key == "host"), None)
    query = [(key, value) for key, value in query if key != "host"]
    dsn = urlunsplit(parts._replace(query=urlencode(query)))
    # beside a host of its own asyncpg does not look at the port in the URL
    return await asyncpg.connect(dsn, host=host, port=parts.port if host else None, timeout=10)


async def _run_scripts(url: str, scripts: list[tuple[str, str]]) -> None:
    connection = await connect(url)
    try:
        for name, sql in scripts:
            await _run_script(connection, name, sql)
    finally:
        await connection.close()


async def _run_script(connection: asyncpg.Connection[Any], name: str, sql: str) -> None:
    try:
        await connection.execute(sql)
    except asyncpg.PostgresError as error:
        raise RuntimeError(f"migration {name} failed: {error}") from error
