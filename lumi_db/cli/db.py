"""`lumi-db db …`: the PostgreSQL server of `make demo`, and the roles of a database."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer

from lumi_db import Database, embedded
from lumi_db.backups.programs import database_argument, environment_of
from lumi_db.config import child_environment, project_root
from lumi_db.embedded.clients import find_clients
from lumi_db.embedded.programs import OLDEST, find_programs
from lumi_db.engine.driver.url import parse_url
from lumi_db.testing.server import NAME as TESTS
from lumi_db.testing.server import stop_unused

from .console import errors, out, settings_with_log
from .roles import PREFIX, read_roles_script, write_roles
from .target import Target, find_target, get_direct_target, get_target, start_target

TLS_MODES = ("require", "verify-ca", "verify-full")

app = typer.Typer(
    help="Start, stop and find the PostgreSQL server of this clone.",
    no_args_is_help=True,
)


@app.command()
def start() -> None:
    """Start the server, or find it running, and say how to reach it."""
    server = embedded.start(project_root())
    note_outside(server)
    out.print(f"PostgreSQL runs: {server.url}", soft_wrap=True)


@app.command()
def stop(
    all_: Annotated[
        bool, typer.Option("--all", help="Stop the tests' server too, unless tests run.")
    ] = False,
) -> None:
    """Stop the server; its data stays in .lumi."""
    root = project_root()
    stopped = embedded.stop(root)
    if all_:
        stop_unused(root)
    out.print("PostgreSQL is stopped; its data is kept." if stopped else "PostgreSQL was not running.")


@app.command()
def delete(yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False) -> None:
    """Stop the servers of this clone and delete their data; a server of DATABASE_URL is not touched."""
    if not yes:
        typer.confirm("Delete the demo's database and all that was written to it?", abort=True)
    for name in (embedded.DEMO, TESTS):
        embedded.delete(project_root(), name=name)
    out.print("The servers of this clone and their data are deleted.")


@app.command()
def url(
    start: Annotated[
        bool, typer.Option("--start", help="Start the demo's server where it is needed.")
    ] = False,
) -> None:
    """Print the URL of the database that commands use, for example for psql: psql "$(lumi-db db url)"."""
    target = start_target() if start else get_target()
    print(target.url)


@app.command()
def status() -> None:
    """Say which database commands use; exits with 1 where there is none."""
    target = find_target()
    if target is None:
        out.print(
            "No server runs and DATABASE_URL is not set; `lumi-db db start` starts one.", soft_wrap=True
        )
        raise typer.Exit(1)
    out.print(describe(target), soft_wrap=True)


@app.command()
def programs() -> None:
    """Print the folder of PostgreSQL's programs: export PATH="$(lumi-db db programs):$PATH"."""
    print(find_programs())


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def shell(
    arguments: Annotated[
        list[str] | None, typer.Argument(help="What psql is told, such as -c 'SELECT 1'.")
    ] = None,
) -> None:
    """Open psql on the database that commands use; the password goes by the environment."""
    url = get_direct_target().url
    needs_tls = parse_url(url).ssl_mode in TLS_MODES
    psql = find_clients("psql", server=OLDEST, needs_tls=needs_tls).path("psql")
    command = [str(psql), database_argument(url), *(arguments or [])]
    environment = child_environment({**environment_of(url), "LC_ALL": None, "TZ": None})
    sys.stdout.flush()
    os.execve(psql, command, environment)  # noqa: S606  # psql gets our signals and terminal


@app.command()
def roles(
    prefix: Annotated[
        str, typer.Option(help="Begin the names otherwise: roles belong to the whole server.")
    ] = PREFIX,
    sql: Annotated[bool, typer.Option("--sql", help="Print the script and run nothing.")] = False,
) -> None:
    """Make the roles owner, app and readonly, each with the least rights; run it again after migrations."""
    script = read_roles_script(prefix=prefix)
    if sql:
        print(script, end="")
        return
    asyncio.run(_write_roles(get_target(), prefix))
    out.print(
        f"{prefix}_owner owns the shop's tables; {prefix}_app and {prefix}_readonly have their rights.\n"
        f"Let a login be one of them: GRANT {prefix}_app TO <login>;",
        soft_wrap=True,
        markup=False,
    )


async def _write_roles(target: Target, prefix: str) -> None:
    async with Database(settings_with_log(database_url=target.url)) as db:
        await write_roles(db, prefix=prefix)


def describe(target: Target) -> str:
    """Return where a database is, without user and password."""
    if target.is_own:
        return f"The demo's own server: {target.url}"
    parts = urlsplit(target.url)
    return f"The server of DATABASE_URL: {unquote(parts.netloc.rpartition('@')[2])}{parts.path}"


def note_outside(server: embedded.Server) -> None:
    """Say where the data is when it could not be put into the clone."""
    place = server.place
    if place.is_outside and place.account:
        errors.print(
            f"[dim]PostgreSQL runs as {place.account.name}, who may not enter {place.root}: "
            f"its data is in {place.home}.[/]",
            soft_wrap=True,
        )
