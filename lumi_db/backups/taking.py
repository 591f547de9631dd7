"""Take a backup: one moment of the database as a dump, and beside it what the dump must hold."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from lumi_db.client import table_names
from lumi_db.config import Settings
from lumi_db.embedded.clients import Clients
from lumi_db.engine.driver.direct import DirectConnection, transaction
from lumi_db.engine.driver.url import parse_url
from lumi_db.errors import ForeignDatabase

from . import programs
from .comparing import OnStep, choose_programs, session, try_out
from .contents import Contents, Roles, list_tables, read_contents, read_roles, read_sequences
from .errors import BackupError, NotTheSame, RestoreRefused, file_errors, server_errors
from .files import (
    FOLDER,
    check_new,
    checksum,
    default_file,
    partial_file,
    partial_of,
    publish,
    remove_leftovers,
    unverified_of,
)
from .manifest import FORMAT, Manifest
from .properties import Properties, find_properties

_MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
_MODE = "ISOLATION LEVEL REPEATABLE READ READ ONLY"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was taken: its file, its manifest, and what a person should know."""

    file: Path
    manifest: Manifest
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Moment:
    contents: Contents
    sequences_until: Mapping[str, int]
    roles: Roles
    properties: Properties
    server_version: str


async def take_backup(
    url: str, *, file: Path | None, settings: Settings, verify: bool = True, on_step: OnStep = lambda _: None
) -> Backup:
    """Write the database at `url` into `file`, by default a new one in `backups/`, and verify it by restoring it.

    The file has its name only when it is whole, and its contents were compared (with `verify`). Raises BackupError,
    SetupError.
    """
    database = parse_url(url).database
    if file:
        check_new(file)
    with server_errors("backing up"):
        async with session(url, settings=settings) as connection:
            await _check_worth(connection, database)
            if verify:
                await _check_may_create(connection)
            clients = await choose_programs(connection)
            name = file or _choose_file(database)
            with partial_file(name) as opened:
                on_step("Dump")
                moment = await _dump(connection, clients, opened, url=url, database=database)
                manifest = _describe(name, moment, clients, database)
                if verify:
                    on_step("Verify")
                    manifest = await _verify(
                        connection, name, manifest, url=url, clients=clients, settings=settings
                    )
                publish(name, manifest.to_json(), name=name)
    return Backup(name, manifest, _notes(clients, connection.server_version))


def _choose_file(database: str) -> Path:
    folder = Path(FOLDER)
    if folder.is_dir():
        remove_leftovers(folder)
    return default_file(database, datetime.now(UTC), folder=folder)


async def _check_worth(connection: DirectConnection, database: str) -> None:
    """Refuse what is not the shop: a backup of the wrong database is found out when it is needed."""
    tables = {name.rpartition(".")[2].strip('"') for name in await list_tables(connection)}
    if not tables & table_names():
        raise ForeignDatabase(
            f"Database {database} holds none of the shop's tables: let DATABASE_URL name the shop's database."
        )


async def _check_may_create(connection: DirectConnection) -> None:
    if not await connection.fetch_value(_MAY_CREATE):
        raise RestoreRefused(
            "A backup is verified in a scratch database, and the user of DATABASE_URL may not create one: "
            "grant it (ALTER ROLE … CREATEDB), or add --no-verify and check the file where it may."
        )


async def _dump(
    connection: DirectConnection, clients: Clients, opened: IO[bytes], *, url: str, database: str
) -> _Moment:
    """Dump and count what one snapshot shows, both at the same time."""
    async with transaction(connection, mode=_MODE):
        snapshot = str(await connection.fetch_value("SELECT pg_export_snapshot()"))
        dumping = asyncio.create_task(programs.dump(clients, url, snapshot=snapshot, into=opened))
        try:
            contents = await read_contents(connection)
            roles, properties = await read_roles(connection), await find_properties(connection, database)
            version = str(
                await connection.fetch_value("SELECT split_part(current_setting('server_version'), ' ', 1)")
            )
            await dumping
        finally:
            await _end(dumping)
    with file_errors(Path(opened.name)):
        os.fsync(opened.fileno())
    if properties is None:
        raise BackupError(f"Database {database} was renamed meanwhile: run the command again.")
    return _Moment(contents, await read_sequences(connection), roles, properties, version)


async def _end(task: asyncio.Task[None]) -> None:
    if not task.done():
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _describe(name: Path, moment: _Moment, clients: Clients, database: str) -> Manifest:
    found, size = checksum(partial_of(name))
    return Manifest(
        format=FORMAT,
        sha256=found,
        bytes=size,
        database=database,
        taken_at=datetime.now(UTC),
        verified_at=None,
        server_version=moment.server_version,
        pg_dump_version=clients.version,
        contents=moment.contents,
        sequences_until=dict(moment.sequences_until),
        roles=moment.roles,
        properties=moment.properties,
    )


async def _verify(
    connection: DirectConnection,
    name: Path,
    manifest: Manifest,
    *,
    url: str,
    clients: Clients,
    settings: Settings,
) -> Manifest:
    """Return the manifest, verified; what is not as it should be is kept under a name that says so."""
    try:
        await try_out(connection, partial_of(name), manifest, url=url, clients=clients, settings=settings)
    except BackupError as error:
        kept = unverified_of(name)
        publish(name, manifest.to_json(), name=kept)
        kind = NotTheSame if isinstance(error, NotTheSame) else BackupError
        raise kind(f"The backup is not verified, and kept as {kept}. {error}") from None
    return manifest.verified()


def _notes(clients: Clients, server: int) -> tuple[str, ...]:
    if clients.major == server:
        return ()
    newer = f"pg_dump {clients.version} was used, since there is none of PostgreSQL {server} here"
    return (f"{newer}: restore with programs as new, or install postgresql-client-{server}.",)
