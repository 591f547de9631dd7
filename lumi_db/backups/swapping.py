"""Put one database in the place of another in one transaction, while clients are connected."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

from lumi_db.engine.driver.direct import DirectConnection, ScriptFailed, transaction
from lumi_db.engine.errors import EngineError
from lumi_db.maintenance.scratch import quote

from .errors import RestoreRefused

_IN_USE = "55006"
_TRIES = 2
_PAUSE = 0.05
_LONGEST_NAME = 63
_CLIENTS = (
    "SELECT pid, usename::text AS role FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()"
)


async def swap(connection: DirectConnection, new: str, name: str, *, helper: DirectConnection) -> str:
    """Rename database `name` to one with the time in it and `new` to `name`; return the old one's new name.

    The server lets nobody in while it waits for the last client to leave; `helper`, a connection to another database,
    ends those that are there. Raises RestoreRefused where somebody cannot be ended.
    """
    kept = kept_name(name, datetime.now(UTC))
    script = f"{rename(name, kept)}; {rename(new, name)}"
    for left in reversed(range(_TRIES)):
        ending = asyncio.create_task(_end_clients(helper, name))
        try:
            async with transaction(connection):
                await connection.run_script(script)
        except ScriptFailed as error:
            if error.sqlstate != _IN_USE:
                raise
            if not left:
                raise RestoreRefused(await _who(helper, name)) from None
        else:
            return kept
        finally:
            ending.cancel()
            await asyncio.gather(ending, return_exceptions=True)
    raise AssertionError


def rename(old: str, new: str) -> str:
    """Return the statement that renames a database."""
    return f"ALTER DATABASE {quote(old)} RENAME TO {quote(new)}"


def kept_name(name: str, at: datetime) -> str:
    """Return `<name>_before_<time>`, cut to what PostgreSQL takes."""
    suffix = f"_before_{at:%Y%m%d_%H%M%S}"
    return name.encode()[: _LONGEST_NAME - len(suffix)].decode(errors="ignore") + suffix


async def _end_clients(helper: DirectConnection, name: str) -> None:
    while True:
        for client in await helper.fetch(_CLIENTS, name):
            # one that may not be ended must not keep the others; it is named when the renaming gives up
            with suppress(EngineError):
                await helper.fetch("SELECT pg_terminate_backend($1)", client["pid"])
        await asyncio.sleep(_PAUSE)


async def _who(helper: DirectConnection, name: str) -> str:
    roles = sorted({str(client["role"]) for client in await helper.fetch(_CLIENTS, name)})
    named = f" (clients of role {', '.join(roles)})" if roles else ""
    return (
        f"Database {name} is in use{named} and cannot be replaced: stop the programs that use it, then run the "
        "command again. Nothing was changed."
    )
