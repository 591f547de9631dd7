"""The command `lumi-db`: one file a group of commands.

Exit codes: 0 done · 1 something the person who runs it must mend, said in one sentence · 2 wrong usage ·
3 a bug · 130 interrupted. `lumi-db prisma` ends with Prisma's own code.
"""

from __future__ import annotations

import typer

from .failures import FailureGroup

EPILOG = """
[bold]Try first[/bold]

  make demo                      a shop to look at, on a PostgreSQL of its own
  lumi-db doctor                 what is missing or wrong, and what to do about it
  lumi-db db status              which database the commands use
  lumi-db migrate status         which migrations it has
  lumi-db stats locks            who waits for whom; beside it what is slow, large or unused

[bold]Which database[/bold]

  DATABASE_URL, from the environment or from .env: PostgreSQL 15 or newer.
  Where it is not set: the server of `make demo`, which starts when needed.

[bold]Exit codes[/bold]

  0 done · 1 something for you to mend, said in a sentence · 2 wrong usage · 3 a bug · 130 interrupted
"""

app = typer.Typer(
    name="lumi-db",
    cls=FailureGroup,
    help="The data layer of the Lumi shop: its database, its migrations, its backups, its demo.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line."""
    command_line()()


def command_line() -> typer.Typer:
    """Return `lumi-db` with all of its commands, which are imported now."""
    from . import backup, db, demo, health, metrics, migrate, openapi, prisma, queries, stats, version

    if not app.registered_commands:
        app.command("demo")(demo.demo)
        app.add_typer(db.app, name="db")
        app.add_typer(migrate.app, name="migrate")
        app.command("prisma", **prisma.SETTINGS)(prisma.prisma)
        app.command("backup")(backup.backup)
        app.command("restore")(backup.restore)
        app.add_typer(stats.app, name="stats")
        app.add_typer(metrics.app, name="metrics")
        app.add_typer(queries.app, name="queries")
        app.command("openapi")(openapi.openapi)
        app.command("health")(health.health)
        app.command("doctor")(health.doctor)
        app.command("version")(version.version)
    return app
