"""Restore a dump into an empty database and prove that it holds what was backed up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lumi_db.config import Settings
from lumi_db.embedded.clients import Clients, find_clients
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.maintenance import direct_connection, scratch_database

from . import programs
from .contents import SESSION, Roles, describe, find_differences, read_contents
from .errors import NotTheSame, ProgramFailed, RestoreRefused, server_errors
from .manifest import Manifest

OnStep = Callable[[str], None]
NAME = "lumi-db backup"
_LARGE = 64 << 20
_UNUSABLE = """
SELECT name FROM unnest($1::text[]) AS name LEFT JOIN pg_roles ON rolname = name
WHERE oid IS NULL OR name = ANY($2::text[]) AND NOT pg_has_role(oid, 'MEMBER') ORDER BY 1
"""
_TLS = "SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)"


@asynccontextmanager
async def session(url: str, *, settings: Settings) -> AsyncIterator[DirectConnection]:
    """Give a connection under whose settings the same rows are the same text on every server."""
    async with direct_connection(without_limits(url), settings=settings, name=NAME) as connection:
        await connection.run_script(SESSION)
        yield connection


def without_limits(url: str) -> str:
    """Return `url` without the time limit that it may put on statements: reading every row takes longer."""
    parts = urlsplit(url)
    kept = [one for one in parse_qsl(parts.query, keep_blank_values=True) if one[0] != "socket_timeout"]
    return urlunsplit(parts._replace(query=urlencode(kept)))


async def choose_programs(connection: DirectConnection, manifest: Manifest | None = None) -> Clients:
    """Return pg_dump and pg_restore that fit the server; where our connection has TLS, theirs has it too.

    A dump is read by no pg_restore that is older than the pg_dump which wrote it.
    """
    version = max(connection.server_version, manifest.pg_dump_major if manifest else 0)
    needs_tls = bool(await connection.fetch_value(_TLS))
    return find_clients("pg_dump", "pg_restore", server=version, needs_tls=needs_tls)


async def try_out(
    connection: DirectConnection,
    file: Path,
    manifest: Manifest,
    *,
    url: str,
    clients: Clients,
    settings: Settings,
) -> None:
    """Restore `file` into a scratch database, compare, and drop it. Raises NotTheSame and other BackupErrors."""
    with server_errors("verifying the backup"):
        async with scratch_database(connection, url, options=manifest.properties.options) as scratch:
            await fill(connection, file, manifest, url=scratch, clients=clients, settings=settings)


async def fill(
    connection: DirectConnection,
    file: Path,
    manifest: Manifest | None,
    *,
    url: str,
    clients: Clients,
    settings: Settings,
    in_one: bool = False,
) -> list[str]:
    """Restore `file` into the empty database at `url` and compare; return the roles that could not be used."""
    unusable = await _find_unusable(connection, manifest.roles) if manifest else []
    options = ["--no-owner", "--no-privileges"] if unusable else []
    if not in_one and manifest and manifest.bytes > _LARGE:
        options.append("--jobs=4")
    server = connection.server_version
    await _restore(clients, url, file, server=server, options=options, in_one=in_one)
    async with session(url, settings=settings) as restored:
        if manifest and unusable:
            await _close_functions(restored, manifest.roles)
        # a dump has no statistics, without which the first queries are planned blindly
        await restored.run_script("ANALYZE")
        if manifest:
            await _compare(restored, manifest)
    return unusable


async def _restore(
    clients: Clients, url: str, file: Path, *, server: int, options: list[str], in_one: bool
) -> None:
    try:
        await programs.restore(clients, url, file, server=server, options=options, in_one=in_one)
    except ProgramFailed as error:
        if "role " in str(error) and "does not exist" in str(error):
            raise RestoreRefused(
                f"{str(error).partition(':')[0]}: make that role, then run it again."
            ) from None
        raise


async def _find_unusable(connection: DirectConnection, roles: Roles) -> list[str]:
    """Return the roles of the dump that are missing here, and the owners that we cannot hand anything over to."""
    names = sorted({*roles.owners, *roles.granted})
    return [str(row["name"]) for row in await connection.fetch(_UNUSABLE, names, list(roles.owners))]


async def _close_functions(restored: DirectConnection, roles: Roles) -> None:
    """Take from everybody what only rights would have taken: they were not restored."""
    for function in roles.closed_functions:
        await restored.run_script(f"REVOKE EXECUTE ON {function} FROM PUBLIC")


async def _compare(restored: DirectConnection, manifest: Manifest) -> None:
    differences = find_differences(
        manifest.contents,
        await read_contents(restored),
        sequences_until=manifest.sequences_until,
        same_version=restored.server_version == manifest.server_major,
    )
    if differences:
        raise NotTheSame(f"What was restored is not what was backed up: {describe(differences)}.")
