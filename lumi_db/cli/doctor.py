"""The examinations of `lumi-db doctor`, in the order in which one needs the other."""

from __future__ import annotations

import asyncio
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from lumi_db.client import check_generated
from lumi_db.config import Settings, is_checkout, project_root
from lumi_db.embedded.clients import find_clients
from lumi_db.embedded.programs import find_programs, major_version
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.engine.errors import EngineError
from lumi_db.errors import LumiError, SetupError
from lumi_db.maintenance import direct_connection
from lumi_db.migrations import State, compare, read_history, read_migrations

from .console import settings_with_log
from .failures import describe_refusal
from .prisma import prisma_command
from .target import get_direct_target

EXTENSIONS = ("pg_trgm", "unaccent")
LARGEST_SKEW = 5.0
LEAST_SPACE = 1 << 30
_SERVER_SQL = """
SELECT current_setting('server_version') AS version, current_setting('max_connections')::int AS connections,
    pg_encoding_to_char(encoding) AS encoding, clock_timestamp() AS now,
    ARRAY(SELECT name::text FROM pg_available_extensions) AS extensions,
    (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS used
FROM pg_database WHERE datname = current_database()
"""


class Grade(StrEnum):
    """How an examination ended."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was examined, and one sentence about it."""

    what: str
    grade: Grade
    told: str


async def examine() -> tuple[Finding, ...]:
    """Examine everything; what cannot be examined because of a fault before it is left out."""
    found = [Finding("Python", Grade.GOOD, f"{platform.python_version()} in {sys.prefix}")]
    found.append(_try("settings", lambda: _said(Settings.load())))
    if found[-1].grade is Grade.BAD:
        return tuple(found)
    found += [
        _try("client", _client),
        _try("Prisma", _prisma, Grade.NOTE),
        _try("programs", _programs, Grade.NOTE),
    ]
    found.append(_disk())
    return (*found, *await _examine_database())


def _try(what: str, work: Callable[[], str], otherwise: Grade = Grade.BAD) -> Finding:
    try:
        return Finding(what, Grade.GOOD, work())
    except LumiError as error:
        return Finding(what, otherwise, str(error))


def _said(settings: Settings) -> str:
    where = (
        "DATABASE_URL is set"
        if settings.database_url
        else "DATABASE_URL is not set: the demo's server is used"
    )
    return f"valid; LUMI_ENV is {settings.lumi_env}, {where}"


def _client() -> str:
    check_generated()
    return "generated from this schema.prisma" if is_checkout() else "as it came with the package"


def _prisma() -> str:
    if not is_checkout():
        return "not needed outside a clone"
    prisma_command(project_root(), ["validate"])
    return "installed, for `lumi-db prisma` and `lumi-db migrate new`"


def _programs() -> str:
    folder = find_programs()
    return f"PostgreSQL {major_version(folder)}, for the demo's server and the tests"


def _disk() -> Finding:
    free = shutil.disk_usage(project_root()).free
    told = f"{free / (1 << 30):.1f} GB are free where {Path(project_root())} lies"
    return Finding("disk", Grade.GOOD if free > LEAST_SPACE else Grade.NOTE, told)


async def _examine_database() -> tuple[Finding, ...]:
    try:
        url = get_direct_target().url
        settings = settings_with_log(database_url=url, database_connect_retry_ms=0)
        async with direct_connection(url, settings=settings, name="lumi-db doctor") as connection:
            row = (await connection.fetch(_SERVER_SQL))[0]
            server = Finding("server", Grade.GOOD, f"PostgreSQL {row['version']} answers")
            found = [server, *_examine_server(row, settings), await _migrations(connection)]
            backups = await asyncio.to_thread(_try, "backups", lambda: _dump(connection), Grade.NOTE)
            return (*found, backups)
    except SetupError as error:
        return (Finding("server", Grade.BAD, str(error)),)


def _examine_server(row: dict[str, object], settings: Settings) -> Iterator[Finding]:
    encoding = str(row["encoding"])
    yield Finding(
        "encoding",
        Grade.GOOD if encoding == "UTF8" else Grade.BAD,
        "UTF8" if encoding == "UTF8" else f"The database is in {encoding}: make one with ENCODING 'UTF8'.",
    )
    available = row["extensions"]
    missing = [one for one in EXTENSIONS if isinstance(available, list) and one not in available]
    yield Finding(
        "extensions",
        Grade.BAD if missing else Grade.GOOD,
        f"The server lacks {', '.join(missing)}: install postgresql-contrib there."
        if missing
        else f"{', '.join(EXTENSIONS)} can be had",
    )
    yield _connections(int(str(row["connections"])), int(str(row["used"])), settings.database_pool_max)
    yield _clock(row["now"])


def _connections(most: int, used: int, pool: int) -> Finding:
    told = f"{used} of {most} are used; this program's pool takes up to {pool}"
    if used + pool <= most:
        return Finding("connections", Grade.GOOD, told)
    return Finding(
        "connections", Grade.NOTE, f"{told}: lower DATABASE_POOL_MAX or raise the server's max_connections."
    )


def _clock(now: object) -> Finding:
    apart = abs((datetime.now(UTC) - now).total_seconds()) if isinstance(now, datetime) else 0.0
    if apart <= LARGEST_SKEW:
        return Finding("clocks", Grade.GOOD, f"{apart:.1f} s apart at most")
    return Finding(
        "clocks",
        Grade.NOTE,
        f"This machine and the server are {apart:.0f} s apart: let both keep time by NTP.",
    )


async def _migrations(connection: DirectConnection) -> Finding:
    try:
        standings = compare(read_migrations(), await read_history(connection))
    except SetupError as error:
        return Finding("migrations", Grade.BAD, str(error))
    except EngineError as error:
        return Finding("migrations", Grade.BAD, describe_refusal(error) or str(error))
    behind = [one for one in standings if one.state is not State.APPLIED]
    if not behind:
        return Finding("migrations", Grade.GOOD, f"all {len(standings)} are applied")
    return Finding(
        "migrations",
        Grade.BAD,
        f"{len(behind)} of {len(standings)} are not as in the files, first {behind[0].name} ({behind[0].state}): "
        "see `lumi-db migrate status`.",
    )


def _dump(connection: DirectConnection) -> str:
    clients = find_clients("pg_dump", "pg_restore", server=connection.server_version)
    return f"pg_dump {clients.version} is here for `lumi-db backup`"
