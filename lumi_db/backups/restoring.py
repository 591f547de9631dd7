"""Restore a backup: into a new database beside the target, compared, and only then put in its place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from lumi_db.client import table_names
from lumi_db.config import Settings
from lumi_db.embedded.clients import Clients
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.engine.driver.url import parse_url
from lumi_db.errors import AccessDenied, ConnectionFailed, DatabaseMissing
from lumi_db.maintenance import scratch_database, url_of

from . import programs
from .comparing import OnStep, choose_programs, fill, session, try_out
from .contents import is_empty
from .errors import NotTheSame, RestoreRefused, server_errors
from .files import check_readable
from .manifest import Manifest, check_checksum, read_manifest
from .properties import Properties, apply_properties, find_properties
from .swapping import rename, swap

LOCK_CLASS = 0x4C756D72
_BESIDE = ("postgres", "template1")
_LONGEST_NAME = 63
_REFUSED = "P1000"
_LOCK = "SELECT pg_try_advisory_lock($1, hashtext($2))"


class Target(Enum):
    """What is there where a backup is to be restored."""

    MISSING = "missing"
    EMPTY = "empty"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: the database, the name of the one it replaced (None: nothing), and what a person should know."""

    database: str
    manifest: Manifest | None
    replaced: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Work:
    """One restore, with all that its steps need."""

    file: Path
    manifest: Manifest | None
    url: str
    database: str
    settings: Settings
    connection: DirectConnection
    clients: Clients

    async def fill(self, url: str, *, in_one: bool = False) -> list[str]:
        return await fill(
            self.connection, self.file, self.manifest,
            url=url, clients=self.clients, settings=self.settings, in_one=in_one,
        )  # fmt: skip


def read_backup(file: Path, *, with_manifest: bool = True) -> Manifest | None:
    """Return the manifest of `file`, whose checksum holds; None `with_manifest` false. Raises FileProblem."""
    if not with_manifest:
        check_readable(file)
        return None
    manifest = read_manifest(file)
    check_checksum(file, manifest)
    tables = {name.rpartition(".")[2].strip('"') for name in manifest.contents.tables}
    if not tables & table_names():
        raise RestoreRefused(f"{file} holds none of the shop's tables: name a backup of the shop.")
    return manifest


async def find_target(url: str, *, database: str, settings: Settings) -> Target:
    """Tell what is there under the name `database` on the server of `url`."""
    check_name(database)
    with server_errors("looking at the target"):
        async with beside(url, database=database, settings=settings) as connection:
            return await _look(connection, url, database=database, settings=settings)


async def check_backup(file: Path, manifest: Manifest, *, url: str, settings: Settings) -> None:
    """Restore `file` into a scratch database, compare it and drop it. Raises NotTheSame and other BackupErrors."""
    with server_errors("checking the backup"):
        async with beside(url, database="", settings=settings) as connection:
            _check_version(connection, file, manifest)
            clients = await choose_programs(connection, manifest)
            await programs.check_archive(clients, file)
            await try_out(connection, file, manifest, url=url, clients=clients, settings=settings)


async def restore_backup(
    file: Path,
    manifest: Manifest | None,
    *,
    url: str,
    database: str,
    settings: Settings,
    replace: bool = False,
    on_step: OnStep = lambda _: None,
) -> Restored:
    """Restore `file` as `database` on the server of `url`.

    A database that holds something is replaced only with `replace`, and kept under another name. Whatever fails or
    kills this, the target is as it was or whole. Raises BackupError, SetupError.
    """
    check_name(database)
    with server_errors("restoring"):
        async with beside(url, database=database, settings=settings) as connection:
            await _take_turn(connection, database)
            _check_version(connection, file, manifest)
            clients = await choose_programs(connection, manifest)
            await programs.check_archive(clients, file)
            work = _Work(file, manifest, url, database, settings, connection, clients)
            return await _restore(work, replace=replace, on_step=on_step)


def check_name(database: str) -> None:
    """Raise RestoreRefused where PostgreSQL could not have a database of this name."""
    if not database or "\0" in database or len(database.encode()) > _LONGEST_NAME or "/" in database:
        raise RestoreRefused(
            f"A database cannot be called {database[:80]!r}: choose a name of 1 to {_LONGEST_NAME} bytes without /."
        )
    if database in ("template0", "template1"):
        raise RestoreRefused(f"{database} is PostgreSQL's own: choose another name.")


@asynccontextmanager
async def beside(url: str, *, database: str, settings: Settings) -> AsyncIterator[DirectConnection]:
    """Give a connection to a database of the server that is not `database`, or else to it where it is there."""
    names = [name for name in (*_BESIDE, parse_url(url).database) if name != database]
    async with AsyncExitStack() as stack:
        urls = [url_of(url, _quoted(name)) for name in (*names, database) if name]
        yield await _open_first(stack, urls, settings)


async def _open_first(stack: AsyncExitStack, urls: list[str], settings: Settings) -> DirectConnection:
    """Open the first database of these that is there and lets us in; raise what the first one says if none does."""
    failed: list[ConnectionFailed] = []
    for url in urls:
        try:
            return await stack.enter_async_context(session(url, settings=settings))
        except (AccessDenied, DatabaseMissing) as error:
            failed.append(error)
            if error.code == _REFUSED:
                break
    raise failed[0]


async def _take_turn(connection: DirectConnection, database: str) -> None:
    if not await connection.fetch_value(_LOCK, LOCK_CLASS, database):
        raise RestoreRefused(f"Another run is restoring {database}: wait for it, then run the command again.")


def _check_version(connection: DirectConnection, file: Path, manifest: Manifest | None) -> None:
    if manifest and connection.server_version < manifest.server_major:
        raise RestoreRefused(
            f"{file} was taken from PostgreSQL {manifest.server_major} and this server runs "
            f"{connection.server_version}: restore it on PostgreSQL {manifest.server_major} or newer."
        )


async def _look(connection: DirectConnection, url: str, *, database: str, settings: Settings) -> Target:
    if await find_properties(connection, database) is None:
        return Target.MISSING
    async with session(url_of(url, _quoted(database)), settings=settings) as target:
        return Target.EMPTY if await is_empty(target) else Target.FULL


async def _restore(work: _Work, *, replace: bool, on_step: OnStep) -> Restored:
    target = await _look(work.connection, work.url, database=work.database, settings=work.settings)
    if target is Target.EMPTY:
        on_step("Restore")
        return await _restore_in_place(work)
    if target is Target.FULL and not replace:
        raise RestoreRefused(
            f"Database {work.database} holds something: add --replace to put the backup in its place (what is there "
            "is kept under another name), or restore beside it with --to."
        )
    return await _restore_beside(
        work, await _properties_for(work), is_there=target is Target.FULL, on_step=on_step
    )


async def _restore_in_place(work: _Work) -> Restored:
    """Fill the empty database in one transaction: that needs no right to create databases."""
    try:
        unusable = await work.fill(url_of(work.url, _quoted(work.database)), in_one=True)
    except NotTheSame as error:
        raise NotTheSame(f"{error} Do not use database {work.database}: drop it and restore again.") from None
    return Restored(work.database, work.manifest, notes=_notes(unusable))


async def _properties_for(work: _Work) -> Properties | None:
    """Return those of the database that is replaced, else those that the backup remembers."""
    found = await find_properties(work.connection, work.database)
    return found or (work.manifest.properties if work.manifest else None)


async def _restore_beside(
    work: _Work, properties: Properties | None, *, is_there: bool, on_step: OnStep
) -> Restored:
    options = properties.options if properties else ""
    async with scratch_database(work.connection, work.url, options=options) as scratch:
        on_step("Restore")
        unusable = await work.fill(scratch)
        on_step("Put in place")
        new, replaced = parse_url(scratch).database, None
        failed = await apply_properties(work.connection, new, properties) if properties else []
        if is_there:
            async with beside(work.url, database=work.database, settings=work.settings) as helper:
                replaced = await swap(work.connection, new, work.database, helper=helper)
        else:
            await work.connection.run_script(rename(new, work.database))
    return Restored(work.database, work.manifest, replaced, _notes(unusable, failed))


def _notes(unusable: list[str], failed: list[str] | None = None) -> tuple[str, ...]:
    notes = [f"Not carried over: {what}." for what in failed or ()]
    if unusable:
        notes.append(
            f"Restored without owners and rights, since this server lacks roles of the backup or you are no member "
            f"of them ({', '.join(unusable)}): run `lumi-db db roles`."
        )
    return tuple(notes)


def _quoted(database: str) -> str:
    return quote(database, safe="")
