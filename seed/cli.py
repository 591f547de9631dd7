"""The command line of the seed."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from lumi_db.cli.console import errors, out, settings_with_log
from lumi_db.cli.failures import FailureGroup
from seed.profiles import PROFILES, get_profile
from seed.report import LiveProgress, as_dict, list_profiles, show
from seed.runner import SeedResult, check_allowed, run_seed

EPILOG = """
[bold]Try first[/bold]

  python -m seed --list             what there is
  python -m seed --profile demo     a shop; a second run changes nothing
  LUMI_ADMIN_PASSWORD=… python -m seed --profile prod

[bold]Good to know[/bold]

  It works on DATABASE_URL, else on the running server of `make demo`.
  Rows that are there already are never changed.
  Each part is one transaction: after Ctrl-C, the next run completes the rest.
  Exit codes: 0 done · 1 to mend, said in one sentence · 2 usage · 130 Ctrl-C.
"""

app = typer.Typer(
    cls=FailureGroup,
    epilog=EPILOG,
    subcommand_metavar="",
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def seed(
    profile: Annotated[
        str, typer.Option("--profile", "-p", help=f"What to seed: {', '.join(PROFILES)}.", metavar="NAME")
    ] = "demo",
    list_only: Annotated[bool, typer.Option("--list", help="List the profiles and do nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Fill the database with the rows of a profile, the same ones on any day."""
    if list_only:
        list_profiles(out)
        return
    result = asyncio.run(_run(profile, is_quiet=as_json))
    if as_json:
        out.print_json(json.dumps(as_dict(result)))
    else:
        show(out, result)


async def _run(profile: str, *, is_quiet: bool) -> SeedResult:
    from lumi_db import Database

    settings = settings_with_log()
    check_allowed(get_profile(profile), settings)
    async with Database(settings) as db:
        with LiveProgress(errors, is_quiet=is_quiet) as live:
            return await run_seed(db, profile, progress=live.advance, on_wait=live.say_waiting)
