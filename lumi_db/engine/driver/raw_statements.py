"""The caller's own SQL on one connection. What `keeps_session` is prepared there once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg

from .held import Held
from .raw import RawResult, convert_parameters, type_name

# What a kept statement says when the tables, or the statements of the server, are no longer those it was made for.
_OUTDATED = (
    asyncpg.InvalidCachedStatementError,
    asyncpg.exceptions.OutdatedSchemaCacheError,
    asyncpg.InvalidSQLStatementNameError,
)


async def fetch_raw_on(
    held: Held, sql: str, parameters: Sequence[Any], *, keeps_session: bool = False
) -> RawResult:
    prepared, rows = await _fetch(held, sql, parameters, keeps_session)
    attributes = prepared.get_attributes()
    return RawResult(
        columns=tuple(one.name for one in attributes),
        types=tuple(type_name(one.type.name) for one in attributes),
        rows=[tuple(row) for row in rows],
    )


async def execute_raw_on(
    held: Held, sql: str, parameters: Sequence[Any], *, keeps_session: bool = False
) -> int:
    prepared, _ = await _fetch(held, sql, parameters, keeps_session)
    return affected(_tag(prepared))


async def _fetch(
    held: Held, sql: str, parameters: Sequence[Any], keeps_session: bool
) -> tuple[Any, list[Any]]:
    kept = held.prepared.get(sql) if keeps_session else None
    if kept is not None:
        try:
            return kept, await _fetch_prepared(kept, parameters)
        except _OUTDATED:
            del held.prepared[sql]
            if held.connection.is_in_transaction():
                raise
    held.touched = held.touched or not keeps_session
    prepared = await held.connection.prepare(sql)
    rows = await _fetch_prepared(prepared, parameters)
    if keeps_session:
        held.keep(sql, prepared)
    # These took the connection's cached statements away on the server.
    held.retired = held.retired or _tag(prepared).startswith(("DEALLOCATE", "DISCARD"))
    return prepared, rows


async def _fetch_prepared(prepared: Any, parameters: Sequence[Any]) -> list[Any]:
    rows: list[Any] = await prepared.fetch(*convert_parameters(parameters, prepared.get_parameters()))
    return rows


def _tag(prepared: Any) -> str:
    """Return the command tag; what is empty or a comment has none."""
    return prepared.get_statusmsg() or ""


def affected(status: str) -> int:
    """Return the number at the end of a command tag (`UPDATE 3`), or 0 where there is none."""
    number = status.rpartition(" ")[2]
    return int(number) if number.isdigit() else 0
