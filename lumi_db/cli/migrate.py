"""`lumi-db migrate …`: the migrations of a database, from Python alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from rich.table import Table

from lumi_db.config import Settings
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.errors import SetupError
from lumi_db.maintenance import direct_connection
from lumi_db.migrations import (
    Applied,
    Standing,
    State,
    apply_pending,
    compare,
    read_history,
    read_migrations,
    undo,
)
from lumi_db.migrations.up import LOCK_TIMEOUT

from .authoring import check, lint_command, new
from .console import Json, errors, out, print_json, settings_with_log
from .failures import ExitCode
from .repair import repair
from .running import run_stoppable
from .target import Target, get_direct_target

Result = TypeVar("Result")
NAME = "lumi-db migrate"
LockTimeout = Annotated[
    float,
    typer.Option(
        min=0.001, max=3600, help="Seconds to wait for a table that is in use; the shop waits as long."
    ),
]
_WIDEST = 1_000
_STYLES = {
    State.APPLIED: "green",
    State.PENDING: "yellow",
    State.FAILED: "bold red",
    State.CHANGED: "red",
    State.UNKNOWN: "red",
}
_REMEDIES = {
    State.PENDING: "`lumi-db migrate up` applies what is pending.",
    State.FAILED: "`lumi-db migrate repair` says what a failed migration left and how to go on.",
    State.CHANGED: "A file was changed after it was applied: take it back to what was applied, "
    "and write a new migration for what is to change.",
    State.UNKNOWN: "The database has migrations that are not among these files: it is newer than this checkout.",
}

app = typer.Typer(
    help="Apply, undo and look at the migrations of a database. Safe beside `prisma migrate deploy`: "
    "the files, the table, the lock and the checksums are Prisma's.",
    no_args_is_help=True,
)
app.command()(repair)
app.command()(new)
app.command()(check)
app.command("lint")(lint_command)


@app.command()
def up(
    to: Annotated[str | None, typer.Option(metavar="NAME", help="Stop after this migration.")] = None,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json_: Json = False,
) -> None:
    """Apply the migrations that the database lacks, each whole or not at all.

    A migration that fails or is killed is undone, and the ones before it stay. Only what PostgreSQL refuses to run
    in a transaction (CREATE INDEX CONCURRENTLY) can stop half-way: `lumi-db migrate repair` then says how to go on.
    """

    async def work(connection: DirectConnection) -> tuple[Applied, ...]:
        return await apply_pending(
            connection,
            read_migrations(),
            to=to,
            lock_timeout=lock_timeout,
            progress=_progress("applied", json_),
        )

    done = _on_database(work)
    _report(done, "applied", json_, nothing="Nothing to apply: the database has every migration.")


@app.command()
def down(
    name: Annotated[
        str | None, typer.Argument(help="The migration to undo; it must be the last. Default: the last.")
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="NAME", help="Undo every migration after this one.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Needed where LUMI_ENV is production.")] = False,
    lock_timeout: LockTimeout = LOCK_TIMEOUT,
    json_: Json = False,
) -> None:
    """Undo the last migration by its down.sql, or all after a named one, in one transaction.

    What a migration added goes with the rows in it. In production a new migration that mends things is the better
    way unless the release was minutes ago; take a backup first: lumi-db backup.
    """
    if name is not None and to is not None:
        raise typer.BadParameter("name one migration to undo, or --to the one to go back to.")
    if Settings.load().lumi_env == "production" and not yes:
        raise SetupError(
            "LUMI_ENV is production, where undoing a migration deletes what it added: "
            "take a backup and add --yes if that is meant."
        )

    async def work(connection: DirectConnection) -> tuple[Applied, ...]:
        return await undo(
            connection,
            read_migrations(),
            name=name,
            to=to,
            lock_timeout=lock_timeout,
            progress=_progress("undone", json_),
        )

    _report(_on_database(work), "undone", json_, nothing="Nothing to undo.")


@app.command()
def status(json_: Json = False) -> None:
    """Show where every migration stands; exits with 1 unless the database has all of them as they are in the files."""

    async def work(connection: DirectConnection) -> tuple[Standing, ...]:
        return compare(read_migrations(), await read_history(connection))

    standings = _on_database(work)
    if json_:
        print_json([_as_json(one) for one in standings])
    else:
        _show(standings)
    if any(one.state is not State.APPLIED for one in standings):
        raise typer.Exit(ExitCode.MEND)


def deploy_migrations(url: str, settings: Settings) -> int:
    """Apply what the database at `url` lacks and return how many migrations that were, as `lumi-db migrate up` does."""
    return len(asyncio.run(_deploy(url, settings)))


async def _deploy(url: str, settings: Settings) -> tuple[Applied, ...]:
    async with direct_connection(url, settings=settings, name=NAME) as connection:
        return await apply_pending(connection, read_migrations())


def _on_database(work: Callable[[DirectConnection], Awaitable[Result]]) -> Result:
    target: Target = get_direct_target()
    settings = settings_with_log(database_url=target.url)

    async def run() -> Result:
        async with direct_connection(target.url, settings=settings, name=NAME) as connection:
            return await work(connection)

    return run_stoppable(run())


def _progress(verb: str, json_: bool) -> Callable[[Applied], None]:
    def show(one: Applied) -> None:
        if not json_:
            out.print(f"[green]✓[/] {one.name} {verb} [dim]{one.seconds:.2f} s[/]", soft_wrap=True)

    return show


def _report(done: tuple[Applied, ...], verb: str, json_: bool, *, nothing: str) -> None:
    if json_:
        print_json({verb: [{"name": one.name, "seconds": round(one.seconds, 3)} for one in done]})
    elif not done:
        out.print(nothing)


def _show(standings: tuple[Standing, ...]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("Migration", "State", "Applied (UTC)", "down.sql"):
        table.add_column(title, no_wrap=True)
    for one in standings:
        when = f"{one.applied_at:%Y-%m-%d %H:%M:%S}" if one.applied_at else ""
        state = f"[{_STYLES[one.state]}]{one.state}[/]"
        table.add_row(one.name, state, when, "yes" if one.can_be_undone else "[yellow]no[/]")
    # as wide as its names: they are what one searches for and copies, in a pipe too
    out.width = max(out.width, out.measure(table, options=out.options.update(width=_WIDEST)).maximum)
    out.print(table)
    for state, remedy in _REMEDIES.items():
        if any(one.state is state for one in standings):
            errors.print(remedy, soft_wrap=True)


def _as_json(one: Standing) -> dict[str, object]:
    return {
        "name": one.name,
        "state": one.state.value,
        "applied_at": one.applied_at.isoformat() if one.applied_at else None,
        "can_be_undone": one.can_be_undone,
    }
