"""Databases for a moment: to try migrations or a backup in, and to be dropped however that ends.

Who makes one holds an advisory lock with its number as long as it lives. So those of a run that was killed are told
from those in use, and the next run drops them.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from lumi_db.engine.driver.direct import DirectConnection, ScriptFailed
from lumi_db.errors import SetupError

from .connection import url_of

PREFIX = "lumi_scratch_"
LOCK_CLASS = 0x4C756D73
_NO_RIGHT = "42501"
_LEFTOVERS = """
SELECT datname::text AS name FROM pg_database
WHERE datname ~ '^lumi_scratch_[0-9]+$' AND pg_has_role(datdba, 'USAGE')
  AND substr(datname, 14)::int8 NOT IN (
    SELECT objid::int8 FROM pg_locks WHERE locktype = 'advisory' AND classid = $1)
"""


@asynccontextmanager
async def scratch_database(
    connection: DirectConnection, url: str, *, options: str = ""
) -> AsyncIterator[str]:
    """Give the URL of a new empty database on the server of `connection` and `url`; it is dropped at the end.

    `options` are more of CREATE DATABASE. Renamed meanwhile, it stays.
    Raises SetupError where the user may not create databases.
    """
    await _drop_leftovers(connection)
    number = secrets.randbelow(2**31)
    name = f"{PREFIX}{number}"
    await connection.fetch("SELECT pg_advisory_lock($1, $2)", LOCK_CLASS, number)
    try:
        await _create(connection, name, options)
        try:
            yield url_of(url, name)
        finally:
            await drop_database(connection, name)
    finally:
        await connection.fetch("SELECT pg_advisory_unlock($1, $2)", LOCK_CLASS, number)


async def drop_database(connection: DirectConnection, name: str) -> None:
    """Drop a database with all that is connected to it, if it is there."""
    await connection.run_script(f"DROP DATABASE IF EXISTS {quote(name)} WITH (FORCE)")


def quote(name: str) -> str:
    """Return `name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


async def _create(connection: DirectConnection, name: str, options: str) -> None:
    try:
        await connection.run_script(f"CREATE DATABASE {quote(name)} TEMPLATE template0 {options}")
    except ScriptFailed as error:
        if error.sqlstate != _NO_RIGHT:
            raise
        raise SetupError(
            "This needs a scratch database, and the user of DATABASE_URL may not create one: "
            "grant it (ALTER ROLE … CREATEDB), or use a user who may."
        ) from None


async def _drop_leftovers(connection: DirectConnection) -> None:
    for row in await connection.fetch(_LEFTOVERS, LOCK_CLASS):
        await drop_database(connection, str(row["name"]))
