"""`lumi-db migrate new|check|lint`: for who writes migrations; `new` and `check` need the project's Prisma."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from lumi_db.config import checkout_root
from lumi_db.engine.driver.direct import has_statements
from lumi_db.errors import MigrationRefused, SetupError
from lumi_db.maintenance import direct_connection, scratch_database
from lumi_db.migrations import find_migrations_folder, list_migrations, read_migrations
from lumi_db.migrations.check import Proof, check_migrations
from lumi_db.migrations.draft import DOWN_HEAD, UP_HEAD, name_migration, write_migration
from lumi_db.migrations.lint import Finding, lint

from .console import Json, out, print_json, settings_with_log
from .failures import ExitCode
from .prisma import prisma_command, prisma_environment
from .running import run_stoppable
from .target import get_direct_target

DIFFERENCE = 2


def new(
    words: Annotated[str, typer.Argument(metavar="NAME", help="What it does: add_gift_cards.")],
    empty: Annotated[
        bool, typer.Option("--empty", help="For SQL of your own: a trigger, a check, rows.")
    ] = False,
) -> None:
    """Write a new migration: migration.sql from what changed in schema.prisma, and a draft of down.sql.

    Both are drafts to be read: Prisma knows tables, and not triggers, checks and rows. Nothing is applied.
    """
    root, folder = checkout_root(), find_migrations_folder()
    name = name_migration(words, now=datetime.now(UTC), existing=list_migrations(folder))
    head = UP_HEAD.format(words=words.strip().replace("_", " ").capitalize())
    if empty:
        script, undo = "", ""
    else:
        script, undo = _draft(root, folder, name)
    write_migration(folder / name, script=head + script, undo=DOWN_HEAD + undo)
    out.print(f"Written: {folder / name}", soft_wrap=True, markup=False)
    out.print("Next: read both files, then lumi-db migrate check, lint, up.")


def _draft(root: Path, folder: Path, name: str) -> tuple[str, str]:
    """Return what leads from the migrations to the schema, and back from there."""
    schema = str(root / "schema.prisma")
    script = _diff("--from-migrations", str(folder), "--to-schema-datamodel", schema, "--script")
    if not has_statements(script):
        raise MigrationRefused(
            "schema.prisma and the migrations do not differ: change the schema first, or add --empty for SQL "
            "of your own."
        )
    with tempfile.TemporaryDirectory() as scratch:
        longer = Path(shutil.copytree(folder, Path(scratch) / "migrations"))
        write_migration(longer / name, script=script, undo="")
        undo = _diff("--from-migrations", str(longer), "--to-migrations", str(folder), "--script")
    return script, undo


def check(json_: Json = False) -> None:
    """Prove all migrations on a scratch database; exits with 1 where something is wrong.

    Each goes up, down and up again; together they are schema.prisma, within 30 s; every foreign key and every list
    of the specification has its index, and every table its timestamps.
    """
    root = checkout_root()
    proofs = [*run_stoppable(_check()), _check_schema(root)]
    if json_:
        print_json([asdict(one) for one in proofs])
    else:
        for one in proofs:
            out.print(f"[red]✗[/] {one.what}" if one.faults else f"[green]✓[/] {one.what}", soft_wrap=True)
            for fault in one.faults:
                out.print(f"    {fault}", markup=False, soft_wrap=True)
    if any(one.faults for one in proofs):
        raise typer.Exit(ExitCode.MEND)


async def _check() -> tuple[Proof, ...]:
    url = get_direct_target(start=True).url
    settings = settings_with_log(database_url=url)
    async with (
        direct_connection(url, settings=settings) as connection,
        scratch_database(connection, url) as scratch_url,
        direct_connection(scratch_url, settings=settings) as scratch,
    ):
        return await check_migrations(scratch, read_migrations())


def _check_schema(root: Path) -> Proof:
    folder, schema = find_migrations_folder(), root / "schema.prisma"
    said = _diff("--from-migrations", str(folder), "--to-schema-datamodel", str(schema), "--exit-code")
    what = "the migrations together are schema.prisma"
    return Proof(what, (f"They differ: {' '.join(said.split())[:300]}",) if said else ())


def _diff(*arguments: str) -> str:
    """Run `prisma migrate diff` and return what it found; with --exit-code nothing where nothing differs."""
    root = checkout_root()
    environment = {
        **prisma_environment(root),
        "DATABASE_URL": get_direct_target(start=True).url,
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        prisma_command(root, ["migrate", "diff", *arguments]),
        cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode not in (0, DIFFERENCE):
        said = " ".join(done.stderr.partition("Error:")[2].split())[:300]
        raise SetupError(f"`prisma migrate diff` failed: {said or 'it said nothing'}.")
    return "" if "--exit-code" in arguments and done.returncode == 0 else done.stdout


def lint_command(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Migrations; default: all that are new.")
    ] = None,
    json_: Json = False,
) -> None:
    """Look in the new migrations for what would stop a shop that is open; exits with 1 where something is found.

    squawk's rules, with what .squawk.toml takes out of them, and ours: the name, a down.sql, no transaction of its
    own, CONCURRENTLY alone. What is meant is allowed above its statement by: -- squawk-ignore RULE
    """
    root, migrations = checkout_root(), read_migrations()
    if unknown := sorted(set(names or ()) - {one.name for one in migrations}):
        raise MigrationRefused(f"There is no migration {unknown[0]}: `lumi-db migrate status` lists them.")
    chosen = [one for one in migrations if not names or one.name in names]
    found = lint(chosen, folder=find_migrations_folder(), config=root / ".squawk.toml")
    if json_:
        print_json([asdict(one) for one in found])
    else:
        _show(found)
    if found:
        raise typer.Exit(ExitCode.MEND)


def _show(found: tuple[Finding, ...]) -> None:
    for one in found:
        place = f"{one.migration}:{one.line}" if one.line else one.migration
        out.print(f"✗ {place} {one.rule}: {one.message}", markup=False, soft_wrap=True)
    if not found:
        out.print("Nothing found in the new migrations.")
