"""`lumi-db demo`, which `make demo` calls: a shop on a PostgreSQL of its own, and a look at it."""

from __future__ import annotations

import asyncio

from lumi_db import Database, embedded
from lumi_db.client import model_names
from lumi_db.config import Settings, project_root

from .console import out, settings_with_log
from .db import describe, note_outside
from .guard import check_for_strangers
from .migrate import deploy_migrations
from .report import render_report
from .steps import Steps
from .target import Target, given_url

NEXT = """
[bold]Try next[/]
  [cyan]. .venv/bin/activate[/]    makes python, prisma and lumi-db the project's own
  [cyan]prisma migrate status[/]   the migrations of this database
  [cyan]lumi-db db url[/]          its address, for psql and for your own program
  [cyan]make test[/]               the tests, on a PostgreSQL of their own
  [cyan]make stop[/]               stops PostgreSQL; the data stays
"""


def demo() -> None:
    """Start PostgreSQL, apply the migrations, seed the demo shop and show it.

    With DATABASE_URL set, that database is used: it must be empty, or hold this demo and nothing else.
    """
    _check_allowed()
    steps = Steps(out)
    target = _start(steps)
    asyncio.run(_fill_and_show(steps, target))
    out.print(NEXT.rstrip())
    if not target.is_own:
        out.print(f"\n[dim]{describe(target)}[/]", soft_wrap=True)


def _check_allowed() -> None:
    from seed.profiles import get_profile
    from seed.runner import check_allowed

    check_allowed(get_profile("demo"), Settings.load())


def _start(steps: Steps) -> Target:
    if url := given_url():
        return Target(url, is_own=False)
    with steps.step("PostgreSQL") as step:
        was_running = embedded.find(project_root()) is not None
        server = embedded.start(project_root())
        step.result = "runs already" if was_running else "started"
    note_outside(server)
    return Target(server.url, is_own=True)


async def _fill_and_show(steps: Steps, target: Target) -> None:
    db = Database(settings_with_log(database_url=target.url))
    try:
        await db.open(verify=False)
        await _check(db, target)
        await _migrate(steps, target, db.settings)
        await db.check()
        await _seed(steps, db)
        await _show(db)
    finally:
        await db.close()


async def _check(db: Database, target: Target) -> None:
    await db.check(allow_pending=True)
    if not target.is_own:
        await check_for_strangers(db)


async def _migrate(steps: Steps, target: Target, settings: Settings) -> None:
    with steps.step("Migrations") as step:
        applied = await asyncio.to_thread(deploy_migrations, target.url, settings)
        step.result = f"{applied} applied" if applied else "all applied before"


async def _seed(steps: Steps, db: Database) -> None:
    from seed.runner import run_seed

    with steps.step("Demo shop") as step:
        result = await run_seed(db, profile="demo", progress=step.advance)
        step.result = (
            f"{result.created:,} rows created" if result.created else f"{result.existing:,} rows, all there"
        )
    for part in result.parts:
        said = f"{part.created:,} created" if part.created else f"{part.existing:,} there"
        steps.line(f"  {part.name}", said, part.seconds, is_detail=True)
    if result.admin_password:
        secret = result.admin_password.get_secret_value()
        out.print(
            f"\n[bold]admin@lumi.com[/] has the password [bold]{secret}[/], shown this once.", soft_wrap=True
        )


async def _show(db: Database) -> None:
    out.print(await render_report(db, sorted(model_names())))
