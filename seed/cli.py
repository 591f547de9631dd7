"""The command line of the seed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from lumi_db.cli.console import errors, out, settings_with_log
from lumi_db.cli.failures import FailureGroup
from lumi_db.config import Settings
from seed.choices import LOCALES, USUAL_DAY, Choices, read_day
from seed.errors import BadChoice, NotInProduction
from seed.profiles import PROFILES, Profile, get_profile
from seed.report import LiveProgress, list_profiles, show
from seed.report_status import show_findings, show_status
from seed.sizes import choose_size

if TYPE_CHECKING:
    from lumi_db import Database
    from seed.plan import Plan
    from seed.runner import SeedResult
    from seed.status import Status

EPILOG = """
[bold]Try first[/bold]

  python -m seed --list                what there is
  python -m seed --profile demo        a shop; a second run changes nothing
  python -m seed --status              what is there and what differs
  python -m seed validate              whether every rule of the shop holds
  python -m seed --profile qa --scale 10
  LUMI_ADMIN_PASSWORD=… python -m seed --profile prod

[bold]Good to know[/bold]

  It works on DATABASE_URL, else on the running server of `make demo`.
  Rows that are there already are never changed without --overwrite.
  Each part is one transaction: after Ctrl-C, the next run completes the rest.
  Exit codes: 0 done · 1 to mend, said in one sentence · 2 usage · 130 Ctrl-C.
"""

T = TypeVar("T")

app = typer.Typer(
    cls=FailureGroup,
    epilog=EPILOG,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Parts = Annotated[
    str, typer.Option(metavar="PARTS", help="These parts, and what they need; joined by commas.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.callback(invoke_without_command=True)
def seed(  # one a choice, as typer reads them
    context: typer.Context,
    profile: Annotated[
        str, typer.Option("--profile", "-p", help=f"What to seed: {', '.join(PROFILES)}.", metavar="NAME")
    ] = "demo",
    list_only: Annotated[bool, typer.Option("--list", help="List the profiles and do nothing.")] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Say what is there and what differs; 1 if anything does.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done and do nothing.")
    ] = False,
    only: _Parts = "",
    skip: Annotated[
        str, typer.Option(metavar="PARTS", help="All parts but these, and those that need them.")
    ] = "",
    seed: Annotated[int, typer.Option(help="Another number plays other orders.")] = 0,
    as_of: Annotated[
        str, typer.Option(metavar="DAY", help="The day the story ends, like 2026-10-01.")
    ] = USUAL_DAY.isoformat(),
    locale: Annotated[str, typer.Option(help=f"The language that comes first: {', '.join(LOCALES)}.")] = "tr",
    scale: Annotated[int | None, typer.Option(help="qa: so many times 1,000 products.", min=1)] = None,
    products: Annotated[int | None, typer.Option(help="qa: a number of one's own.", min=1)] = None,
    customers: Annotated[int | None, typer.Option(help="qa: a number of one's own.", min=1)] = None,
    orders: Annotated[int | None, typer.Option(help="qa: a number of one's own.", min=0)] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Give rows that differ the profile's values again.")
    ] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Delete all rows of the shop first; asks.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; in production, it is meant.")] = False,
    as_json: _Json = False,
) -> None:
    """Fill the database with the rows of a profile, the same ones on any day."""
    if context.invoked_subcommand is not None:
        return
    if list_only:
        list_profiles(out)
        return
    chosen = get_profile(profile)
    size = choose_size(chosen.name, scale, products, customers, orders)
    choices = Choices(seed=seed, as_of=read_day(as_of), locale=locale, size=size)
    if status or dry_run:
        found = asyncio.run(
            _with_database(lambda db, live: _read(db, live, chosen, choices, only, skip), as_json)
        )
        show_status(out, found, as_json=as_json, is_dry=dry_run, overwrite=overwrite)
        raise typer.Exit(0 if dry_run or found.is_complete else 1)
    _check_meant(chosen, is_meant=yes, reset=reset)
    if reset:
        asyncio.run(_with_database(lambda db, _: _reset(db, is_meant=yes), is_quiet=True))

    async def work(db: Database, live: LiveProgress) -> SeedResult:
        from seed.runner import run_seed

        plan = _plan(chosen, choices, only, skip)
        return await run_seed(
            db,
            chosen.name,
            plan=plan,
            progress=live.advance,
            on_wait=live.say_waiting,
            is_meant=yes,
            overwrite=overwrite,
        )

    show(out, asyncio.run(_with_database(work, as_json)), as_json=as_json)


@app.command()
def validate(as_json: _Json = False) -> None:
    """Prove by SQL that every rule of the shop holds, on any database; exits with 1 where one is broken."""

    async def work(db: Database, live: LiveProgress) -> tuple[int, list[Finding]]:
        checks = await list_checks(db.client, db.settings.tax_rate)
        return len(checks), [finding async for finding in find_broken(db.client, checks, live.advance)]

    from seed.checks.run import Finding, find_broken, list_checks

    count, findings = asyncio.run(_with_database(work, as_json))
    show_findings(out, findings, count, as_json=as_json)
    raise typer.Exit(1 if findings else 0)


@app.command()
def tables() -> None:
    """Write the tables of docs/seeding.md anew from the profiles."""
    from lumi_db.config import project_root
    from seed.describe import write_tables

    changed = write_tables(project_root() / "docs" / "seeding.md")
    out.print(
        "The tables of docs/seeding.md are new." if changed else "The tables of docs/seeding.md are right."
    )


async def _with_database(work: Callable[[Database, LiveProgress], Awaitable[T]], is_quiet: bool) -> T:
    from lumi_db import Database
    from seed.failures import explain_outside
    from seed.schema import client_errors

    async with Database(settings_with_log()) as db:
        with LiveProgress(errors, is_quiet=is_quiet) as live:
            try:
                return await work(db, live)
            except client_errors.DataError as error:
                if (said := explain_outside(error)) is None:
                    raise
                raise said from error


def _plan(profile: Profile, choices: Choices, only: str, skip: str) -> Plan:
    return profile.plan(choices).choose(_names(only), _names(skip))


def _names(given: str) -> list[str]:
    return [name.strip() for name in given.split(",") if name.strip()]


async def _read(
    db: Database, live: LiveProgress, profile: Profile, choices: Choices, only: str, skip: str
) -> Status:
    from seed.status import read_status

    return await read_status(db, profile, _plan(profile, choices, only, skip), live.advance)


def _check_meant(profile: Profile, *, is_meant: bool, reset: bool) -> None:
    from seed.runner import check_allowed

    settings = Settings.load()
    check_allowed(profile, settings, is_meant=is_meant)
    if reset and settings.lumi_env == "production" and not is_meant:
        raise NotInProduction(
            "LUMI_ENV is production, where --reset deletes all rows for good: add --yes if that is meant."
        )


async def _reset(db: Database, *, is_meant: bool) -> None:
    from seed.reset import count_all, empty_all

    rows = await count_all(db)
    if rows and not is_meant:
        if not sys.stdin.isatty():
            raise BadChoice(
                "--reset asks before it deletes, and there is no terminal: add --yes if that is meant."
            )
        typer.confirm(f"Delete all {rows:,} rows of the shop in this database?", abort=True, err=True)
    await empty_all(db)
