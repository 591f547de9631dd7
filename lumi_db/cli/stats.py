"""`lumi-db stats …`: what PostgreSQL knows of itself, for the one who is on call."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, TypeVar

import typer

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.errors import SetupError
from lumi_db.migrations.required import INDEXED
from lumi_db.statistics import (
    Chain,
    Connections,
    IndexFault,
    IndexOrder,
    IndexUse,
    NotCounted,
    StatementOrder,
    TableOrder,
    TableUse,
    enable_statements,
    find_blindness,
    find_counted_since,
    find_index_faults,
    list_foreign_keys,
    list_indexes,
    list_statements,
    list_tables,
    read_connections,
    read_locks,
    reading,
)

from . import stats_tables as show
from .console import Json, errors, print_json, settings_with_log
from .target import get_direct_target

Result = TypeVar("Result")
Limit = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="Rows to show at most.")]
LIMIT = 20

app = typer.Typer(
    help="Ask PostgreSQL about itself: sizes, indexes, slow statements, connections, locks. Nothing is changed.",
    no_args_is_help=True,
)


@app.command()
def tables(
    sort: Annotated[TableOrder, typer.Option(help="scans: rows read by sequential scans.")] = TableOrder.SIZE,
    limit: Limit = LIMIT,
    json_: Json = False,
) -> None:
    """Show the tables: rows (estimated), sizes, dead rows, last vacuum and analyze, and how they are read."""

    async def work(connection: DirectConnection) -> tuple[tuple[TableUse, ...], datetime | None]:
        return await list_tables(connection, order=sort), await find_counted_since(connection)

    found, since = _ask(work)
    if json_:
        rows = [{**asdict(one), "dead_share": round(one.dead_share, 4)} for one in found[:limit]]
        print_json({"since": since, "tables": rows})
    else:
        show.tables(found, limit=limit, since=since)


@app.command()
def indexes(
    sort: Annotated[IndexOrder, typer.Option(help="scans: the least used first.")] = IndexOrder.SIZE,
    limit: Limit = LIMIT,
    json_: Json = False,
) -> None:
    """Show the indexes, how often they were used, and what is wrong: broken, missing, double and unused ones.

    Each comes with the SQL that mends it, for a migration of its own: lumi-db migrate new NAME --empty.
    """

    async def work(
        connection: DirectConnection,
    ) -> tuple[tuple[IndexUse, ...], tuple[IndexFault, ...], datetime | None]:
        found = await list_indexes(connection, order=sort, required=INDEXED)
        keys, used = await list_foreign_keys(connection), await list_tables(connection)
        return found, find_index_faults(found, keys, used), await find_counted_since(connection)

    found, faults, since = _ask(work)
    if json_:
        print_json(
            {
                "since": since,
                "indexes": [asdict(one) for one in found[:limit]],
                "faults": [asdict(one) for one in faults],
            }
        )
    else:
        show.indexes(found, faults, limit=limit, since=since)


@app.command()
def statements(
    sort: Annotated[StatementOrder, typer.Option(help="Milliseconds, but for calls and rows.")] = (
        StatementOrder.TOTAL
    ),
    slower_than: Annotated[
        float, typer.Option(metavar="MS", min=0, help="Only those that take so long on average.")
    ] = 0,
    enable: Annotated[
        bool, typer.Option("--enable", help="Make the extension in this database first: CREATE EXTENSION.")
    ] = False,
    limit: Limit = LIMIT,
    json_: Json = False,
) -> None:
    """Show the statements that cost the most, by pg_stat_statements: calls, times, rows, and their share of all time.

    The demo's server counts them already; --enable lets this database show them.
    """

    async def work(connection: DirectConnection) -> show.Counts:
        if enable:
            await enable_statements(connection)
        counted = await list_statements(connection, order=sort, slower_than=slower_than)
        return counted, await find_blindness(connection)

    try:
        counted, hidden = _ask(work)
    except NotCounted as error:
        raise _for_own_server(error) from None
    if json_:
        rows = [asdict(one) for one in counted.statements[:limit]]
        print_json({"since": counted.since, "hidden": hidden, "statements": rows})
    else:
        show.statements(counted, limit=limit)
        _say(hidden)


@app.command()
def connections(limit: Limit = LIMIT, json_: Json = False) -> None:
    """Show who is connected, doing what, for how long; those idle in a transaction first, since they hold locks."""

    async def work(connection: DirectConnection) -> tuple[Connections, str | None]:
        return await read_connections(connection), await find_blindness(connection)

    found, hidden = _ask(work)
    if json_:
        groups = [asdict(one) for one in found.groups]
        sessions = [asdict(one) for one in found.sessions[:limit]]
        print_json(
            {
                "max_connections": found.most,
                "reserved": found.reserved,
                "used": found.used,
                "hidden": hidden,
                "groups": groups,
                "sessions": sessions,
            }
        )
    else:
        show.connections(found, limit=limit)
        _say(hidden)


@app.command()
def locks(limit: Limit = LIMIT, json_: Json = False) -> None:
    """Show who waits for whom in this database: those that block others, with all behind them and the SQL that ends it.

    That SQL rolls back what the session has not committed. Look at what it does before you run it.
    """

    async def work(connection: DirectConnection) -> tuple[tuple[Chain, ...], str | None]:
        return await read_locks(connection), await find_blindness(connection)

    found, hidden = _ask(work)
    if json_:
        print_json({"hidden": hidden, "chains": [asdict(one) for one in found[:limit]]})
    else:
        show.locks(found, limit=limit)
        _say(hidden if found else None)


def _ask(work: Callable[[DirectConnection], Awaitable[Result]]) -> Result:
    target = get_direct_target()
    settings = settings_with_log(database_url=target.url)

    async def run() -> Result:
        async with reading(target.url, settings=settings) as connection:
            return await work(connection)

    return asyncio.run(run())


def _for_own_server(error: NotCounted) -> SetupError:
    """Return what to do where the server is the clone's own, and was started before it counted statements."""
    if get_direct_target().is_own and "CREATE EXTENSION" in str(error) and "restart" in str(error):
        return NotCounted(
            "The demo's server was started without pg_stat_statements: run `lumi-db db stop`, `lumi-db db start`, "
            "and `lumi-db stats statements --enable`."
        )
    return error


def _say(hidden: Sequence[str] | str | None) -> None:
    if hidden:
        errors.print(str(hidden), style="yellow", markup=False, soft_wrap=True)
