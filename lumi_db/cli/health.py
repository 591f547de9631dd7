"""`lumi-db health` and `lumi-db doctor`: is the database well, and is everything around it?"""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Annotated

import typer

from lumi_db import Database
from lumi_db.errors import SetupError

from .console import Json, out, print_json, settings_with_log
from .doctor import Finding, Grade, examine
from .failures import ExitCode
from .target import get_target

_MARKS = {Grade.GOOD: "[green]✓[/]", Grade.NOTE: "[yellow]![/]", Grade.BAD: "[red]✗[/]"}


def health(
    wait: Annotated[
        float, typer.Option(min=0, max=3600, help="Seconds to try again while the server is not ready.")
    ] = 0,
    json_: Json = False,
) -> None:
    """Ask the database whether it answers and has every migration: for probes of containers and load balancers.

    Exits with 0 only where both are so. Nothing is written, and no row is read.
    """
    found = asyncio.run(_health(wait))
    if json_:
        print_json(found)
    elif found["is_up"]:
        out.print(f"[green]✓[/] PostgreSQL {found['server_version']} answers in {found['latency_ms']} ms.")
    if found["is_up"] and found["problem"] is None and not json_:
        out.print("[green]✓[/] It has every migration.")
    elif not json_:
        out.print(f"✗ {found['problem']}", style="red", markup=False, soft_wrap=True)
    if found["problem"] is not None:
        raise typer.Exit(ExitCode.MEND)


async def _health(wait: float) -> dict[str, object]:
    settings = settings_with_log(
        database_url=get_target().url, database_connect_retry_ms=round(wait * 1000), database_pool_min=0
    )
    db = Database(settings)
    answer: dict[str, object] = {"is_up": False, "server_version": None, "latency_ms": None, "problem": None}
    try:
        await db.open(verify=False)
        told = await db.health()
        answer |= {"is_up": told.is_up, "server_version": told.server_version}
        answer |= {"latency_ms": round(told.latency * 1000, 1), "problem": told.error}
        if told.is_up:
            await db.check()
    except SetupError as error:
        answer["problem"] = str(error)
    finally:
        await db.close()
    return answer


def doctor(json_: Json = False) -> None:
    """Examine everything that lumi-db needs, and say what to do about what is wrong.

    Settings, client, programs, connection, server, migrations and clocks; nothing is changed. Exits with 1 where
    something is wrong; what may be as it is has an exclamation mark.
    """
    findings = asyncio.run(examine())
    if json_:
        print_json([asdict(one) for one in findings])
    else:
        for one in findings:
            _show(one)
    if any(one.grade is Grade.BAD for one in findings):
        raise typer.Exit(ExitCode.MEND)


def _show(one: Finding) -> None:
    out.print(f"{_MARKS[one.grade]} [bold]{one.what:<12}[/] ", end="")
    out.print(one.told, markup=False, soft_wrap=True)
