"""`lumi-db migrate repair`: what a failed migration left, and the step that leads on."""

from __future__ import annotations

from typing import Annotated

import typer

from lumi_db.config import Settings
from lumi_db.errors import SetupError
from lumi_db.maintenance import direct_connection
from lumi_db.migrations import read_migrations
from lumi_db.migrations.repair import Diagnosis, Mark, Verdict, diagnose, mark

from .console import Json, out, print_json, settings_with_log
from .failures import ExitCode
from .running import run_stoppable
from .target import get_direct_target

_SHOWN = 20
_CERTAIN = {Verdict.NOTHING: Mark.ROLLED_BACK, Verdict.EVERYTHING: Mark.APPLIED}
_SENTENCES = {
    Verdict.NOTHING: "Nothing of it is left: the database is as it was before.",
    Verdict.EVERYTHING: "All of it is there: the database is as it should be after it.",
    Verdict.PARTS: "Parts of it are there.",
    Verdict.UNCERTAIN: "What it left cannot be told",
}


def repair(
    as_: Annotated[
        Mark | None, typer.Option("--as", help="What to write into the history, once you know it is true.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Needed where LUMI_ENV is production.")] = False,
    json_: Json = False,
) -> None:
    """Look at a migration that began and did not end, and lead on. Without --as it changes nothing.

    It compares the tables, columns, constraints, indexes, triggers and functions of the database with those of a
    scratch database before and after the migration. Rows are not compared. Exits with 1 while something is to mend.
    """
    if as_ and not yes and Settings.load().lumi_env == "production":
        raise SetupError("LUMI_ENV is production: add --yes if the history is to be changed.")
    found = run_stoppable(_repair(as_))
    if json_:
        print_json(_as_json(found, as_))
    elif found is None:
        out.print("Nothing to repair: every migration that began has ended.")
    elif as_ is None:
        _show(found)
    else:
        done = "applied" if as_ is Mark.APPLIED else "not applied; `lumi-db migrate up` tries it again"
        out.print(f"Migration {found.entry.name} now counts as {done}.", soft_wrap=True)
    if found is not None and as_ is None:
        raise typer.Exit(ExitCode.MEND)


async def _repair(as_: Mark | None) -> Diagnosis | None:
    target = get_direct_target()
    settings = settings_with_log(database_url=target.url)
    async with direct_connection(target.url, settings=settings, name="lumi-db migrate") as connection:
        found = await diagnose(connection, read_migrations(), url=target.url, settings=settings)
        if found is not None and as_ is not None:
            _check(found, as_)
            await mark(connection, found.entry, as_)
    return found


def _check(found: Diagnosis, as_: Mark) -> None:
    expected = _CERTAIN.get(found.verdict)
    if expected and expected is not as_:
        raise SetupError(f"{_SENTENCES[found.verdict]} Use --as {expected}.")
    if found.verdict is Verdict.PARTS:
        raise SetupError(
            f"Parts of migration {found.entry.name} are there, so it is neither applied nor rolled back: "
            "finish it or take it back by hand first; `lumi-db migrate repair` lists what."
        )


def _show(found: Diagnosis) -> None:
    entry = found.entry
    out.print(f"[bold]{entry.name}[/] began at {entry.started_at:%Y-%m-%d %H:%M:%S} UTC and did not end.")
    if entry.logs:
        out.print(f"It said: {entry.logs.strip().splitlines()[0]}", markup=False, soft_wrap=True)
    reason = f" ({found.reason})." if found.reason else ""
    out.print(f"{_SENTENCES[found.verdict]}{reason}", soft_wrap=True, markup=False)
    _list("There, and not before it", found.made)
    _list("Still missing", found.missing)
    out.print(_next(found.verdict), soft_wrap=True, markup=False)


def _list(title: str, lines: tuple[str, ...]) -> None:
    if not lines:
        return
    out.print(f"{title}:")
    for line in lines[:_SHOWN]:
        out.print(f"  {line.splitlines()[0]}", markup=False, soft_wrap=True)
    if len(lines) > _SHOWN:
        out.print(f"  … and {len(lines) - _SHOWN} more")


def _next(verdict: Verdict) -> str:
    if verdict in _CERTAIN:
        return f"Next: lumi-db migrate repair --as {_CERTAIN[verdict]}"
    if verdict is Verdict.PARTS:
        return (
            "Next: drop what it made, or make what is missing (psql: lumi-db db shell), "
            "then run lumi-db migrate repair again."
        )
    return "Next: look at the rows it was to change, then lumi-db migrate repair --as applied, or --as rolled-back."


def _as_json(found: Diagnosis | None, as_: Mark | None) -> dict[str, object]:
    if found is None:
        return {"failed": None}
    return {
        "failed": found.entry.name,
        "logs": found.entry.logs,
        "verdict": found.verdict.value,
        "reason": found.reason or None,
        "made": found.made,
        "missing": found.missing,
        "marked": as_.value if as_ else None,
    }
