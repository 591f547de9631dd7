"""`lumi-db backup` and `lumi-db restore`: the shop's database as a file, and back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from lumi_db.engine.driver.url import parse_url
from lumi_db.migrations import list_migrations

from .console import Json, errors, out, print_json, settings_with_log
from .running import run_stoppable
from .steps import Steps
from .target import get_direct_target

if TYPE_CHECKING:
    from lumi_db.backups import Manifest, Restored, Target
    from lumi_db.backups.comparing import OnStep
    from lumi_db.config import Settings

DEPLOY = "run `lumi-db migrate up`"


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="Where to; default: backups/<database>-<time in UTC>.dump. Never overwrites."
        ),
    ] = None,
    verify: Annotated[
        bool,
        typer.Option(
            # a user who may not CREATE DATABASE has nowhere to restore into: the file is proved elsewhere then
            "--verify/--no-verify",
            help="Restore it into a scratch database and compare every row. Leave that out only where "
            "you may not create databases, and prove the file elsewhere: "
            "lumi-db restore FILE --check.",
        ),
    ] = True,
    as_json: Json = False,
) -> None:
    """Back up the database into a file, and prove by restoring it that it can be used.

    The file is a dump of PostgreSQL, which pg_restore reads. FILE.json beside
    it holds its checksum and what must be in it: keep the two together.

    The shop can be used meanwhile. Roles and their passwords belong to the
    server and are not in the file.

    It works on DIRECT_URL, else DATABASE_URL, else the server of `make demo`.
    """
    from lumi_db.backups import take_backup

    settings, target = settings_with_log(), get_direct_target()
    with _steps(is_quiet=as_json) as on_step:
        taken = run_stoppable(
            take_backup(target.url, file=file, settings=settings, verify=verify, on_step=on_step)
        )
    _show(
        {"file": str(taken.file), **_summary(taken.manifest), "notes": list(taken.notes)},
        taken.notes, as_json=as_json,
    )  # fmt: skip


def restore(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A file that `lumi-db backup` wrote, with its FILE.json beside it."
        ),
    ],
    check: Annotated[
        bool, typer.Option("--check", help="Only prove that it can be restored; no database is changed.")
    ] = False,
    to: Annotated[
        str | None, typer.Option(metavar="DATABASE", help="Under this name; default: that of DATABASE_URL.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of what is there, which is kept renamed.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; in production, it is meant.")] = False,
    manifest: Annotated[
        bool,
        typer.Option(
            " /--without-manifest",
            show_default=False,
            help="FILE.json is lost: restore without comparing anything.",
        ),
    ] = True,
    as_json: Json = False,
) -> None:
    """Restore a backup: into a new database, compared with what was backed up, and only then put in place.

    A missing database is made, an empty one filled. One that holds something
    is left alone without --replace. With it, its clients are disconnected,
    and it stays as <name>_before_<time> until you drop it.

    Whatever fails meanwhile, the database is as it was before, or whole.

    Try first: lumi-db restore FILE --check
    """
    from lumi_db.backups import find_target, read_backup, restore_backup

    settings, url = settings_with_log(), get_direct_target().url
    found = read_backup(file, with_manifest=manifest)
    if check:
        _check(file, found, url=url, settings=settings, as_json=as_json)
        return
    database = parse_url(url).database if to is None else to
    there = run_stoppable(find_target(url, database=database, settings=settings))
    _ask(there, database, settings, replace=replace, is_meant=yes)
    with _steps(is_quiet=as_json) as on_step:
        work = restore_backup(
            file, found, url=url, database=database, settings=settings, replace=replace, on_step=on_step
        )
        restored = run_stoppable(work)
    _show_restored(restored, as_json=as_json)


def _check(file: Path, manifest: Manifest | None, *, url: str, settings: Settings, as_json: bool) -> None:
    from lumi_db.backups import check_backup

    if manifest is None:
        raise typer.BadParameter("--check compares with the manifest: leave out --without-manifest.")
    with _steps(is_quiet=as_json) as on_step:
        on_step("Check")
        run_stoppable(check_backup(file, manifest, url=url, settings=settings))
    _show({"file": str(file), **_summary(manifest.verified())}, (), as_json=as_json)


def _ask(there: Target, database: str, settings: Settings, *, replace: bool, is_meant: bool) -> None:
    """Let a person say that replacing is meant. Raises RestoreRefused where nobody can."""
    from lumi_db.backups import RestoreRefused, Target

    if there is not Target.FULL or not replace or is_meant:
        return
    if settings.lumi_env == "production":
        raise RestoreRefused(
            f"LUMI_ENV is production, where replacing database {database} ends its clients: "
            "add --yes if that is meant."
        )
    if not sys.stdin.isatty():
        raise RestoreRefused("--replace asks first, and there is no terminal: add --yes if that is meant.")
    if typer.prompt(f"Type {database} to replace that database", err=True) != database:
        raise RestoreRefused("That is not its name: nothing was changed; run the command again.")


def _show_restored(restored: Restored, *, as_json: bool) -> None:
    notes = list(restored.notes)
    if restored.manifest and (pending := _describe_migrations(restored.manifest)):
        notes.append(pending)
    if restored.replaced and not as_json:
        notes.append(
            "What was there is kept; when all is well: "
            f'psql "$(lumi-db db url)" -c \'DROP DATABASE "{restored.replaced}"\''
        )
    summary = _summary(restored.manifest.verified()) if restored.manifest else {}
    whole = {**summary, "database": restored.database, "replaced": restored.replaced, "notes": notes}
    _show(whole, notes, as_json=as_json)


def _describe_migrations(manifest: Manifest) -> str | None:
    """Say how the migrations of the backup and of this version differ."""
    applied, ours = manifest.contents.migrations, list_migrations()
    if unknown := [name for name in applied if ours and name not in ours]:
        return f"It has migrations that this version does not know, first {unknown[0]}: use the version that made it."
    pending = [name for name in ours if applied and name not in applied]
    return (
        f"It lacks {len(pending)} migrations of this version, first {pending[0]}: {DEPLOY}."
        if pending
        else None
    )


def _summary(manifest: Manifest) -> dict[str, Any]:
    return {
        "database": manifest.database,
        "taken_at": manifest.taken_at.isoformat(timespec="seconds"),
        "verified": manifest.verified_at is not None,
        "tables": len(manifest.contents.tables),
        "rows": manifest.rows,
        "bytes": manifest.bytes,
        "sha256": manifest.sha256,
        "server_version": manifest.server_version,
    }


def _show(summary: dict[str, Any], notes: tuple[str, ...] | list[str], *, as_json: bool) -> None:
    if as_json:
        print_json(summary)
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in summary.items():
        if name == "notes" or value is None:
            continue
        shown = f"{value:,}" if type(value) is int else {True: "yes", False: "no"}.get(value, str(value))
        table.add_row(name.replace("_", " "), shown)
    out.print(table)
    for note in notes:
        out.print(f"• {note}", soft_wrap=True, markup=False)


@contextmanager
def _steps(*, is_quiet: bool) -> Iterator[OnStep]:
    """Give a function that ends the step before and begins the one it is called with, on stderr."""
    steps = Steps(errors)
    with ExitStack() as running:

        def on_step(title: str) -> None:
            running.close()
            if not is_quiet:
                running.enter_context(steps.step(title))

        yield on_step
