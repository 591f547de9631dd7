"""The large shop: a database of its own on a server of its own, kept from run to run."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from lumi_db import Database, Settings, embedded
from lumi_db.cli.migrate import deploy_migrations
from lumi_db.config import project_root
from lumi_db.embedded.lock import hold
from lumi_db.errors import LumiError
from lumi_db.testing.admin import connect
from seed.bulk.world import VERSION, Size

from .fill import FILLING, fill
from .index_table import SQL, Index
from .sample import Sample, read_samples

if TYPE_CHECKING:
    import asyncpg

NAME = "plans"
FULL = Size(products=100_000, customers=200_000, orders=1_000_000)
LONG = Size(products=20_000, customers=40_000, orders=200_000)
"""The size of `make test-long`, where the whole shop would take too long."""

# Costs are PostgreSQL's own defaults: a plan must not need a server that was tuned for it.
SETTINGS = {**embedded.FAST, "shared_buffers": "1GB"}

_LOCK = project_root() / ".lumi" / "plans.lock"
_PATIENCE = 1_800
_DOING = "looking at the plans of a large shop"
_COMMENT = """
SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1"""
_SIZES = """
SELECT relname, reltuples FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"""
_VALID = """
SELECT c.relname AS name, t.relname AS table FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> '_prisma_migrations' ORDER BY 2, 1"""

_EMPTY = "lumi_plans_empty"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class World:
    """An open shop: where it is, how many rows its tables have, its indexes by their tables, and what to ask for."""

    url: str
    size: Size
    tables: Mapping[str, float]
    indexes: Mapping[str, str]
    samples: list[Sample]
    server: str


async def read_indexes() -> list[Index]:
    """Return the indexes of the schema, from an empty database that is made for it and dropped."""
    with _serving() as server:
        admin = await connect(server.url_of("postgres"))
        try:
            await admin.execute(f"DROP DATABASE IF EXISTS {_EMPTY} WITH (FORCE)")
            await admin.execute(f"CREATE DATABASE {_EMPTY}")
            await _migrate(server.url_of(_EMPTY))
            connection = await connect(server.url_of(_EMPTY))
            found = [Index.of(row) for row in await connection.fetch(SQL)]
            await connection.close()
            await admin.execute(f"DROP DATABASE {_EMPTY}")
        finally:
            await admin.close()
    return found


@asynccontextmanager
async def open_world(size: Size, tell: Tell = lambda _: None) -> AsyncIterator[World]:
    """Give the shop, made now if it is not there, not whole or of another version; its data stay afterwards.

    Made anew it takes some 10 minutes at full size. Raises EmbeddedError where another run has it for too long.
    """
    with _serving() as server:
        database = f"lumi_plans_{size.products}_{size.customers}_{size.orders}"
        url = server.url_of(database)
        admin = await connect(server.url_of("postgres"))
        try:
            await _make_ready(admin, database, url, size, tell)
        finally:
            await admin.close()
        connection = await connect(url)
        try:
            world = await _look(connection, url, size)
        finally:
            await connection.close()
        yield world


def delete_worlds() -> None:
    """Delete the server and all shops on it."""
    with hold(_LOCK, seconds=_PATIENCE, doing=_DOING):
        embedded.delete(project_root(), name=NAME)


@contextmanager
def _serving() -> Iterator[embedded.Server]:
    """Give the server, to one run at a time, and stop it at the end."""
    with hold(_LOCK, seconds=_PATIENCE, doing=_DOING):
        server = embedded.start(project_root(), name=NAME, settings=SETTINGS)
        try:
            yield server
        finally:
            embedded.stop(project_root(), name=NAME)


async def _look(connection: asyncpg.Connection[Any], url: str, size: Size) -> World:
    tables = {row["relname"]: row["reltuples"] for row in await connection.fetch(_SIZES)}
    indexes = {row["name"]: row["table"] for row in await connection.fetch(_VALID)}
    server = await connection.fetchval("SHOW server_version")
    return World(url, size, tables, indexes, await read_samples(connection), server)


async def _make_ready(
    admin: asyncpg.Connection[Any], database: str, url: str, size: Size, tell: Tell
) -> None:
    wanted = f"complete {_version(size)}"
    if await admin.fetchval(_COMMENT, database) == wanted and await _migrate_on(url):
        return
    await admin.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    await admin.execute(f"CREATE DATABASE {database}")
    started = perf_counter()
    await _migrate(url)
    await _seed(url, size, tell)
    tell("what the profile qa leaves empty")
    connection = await connect(url)
    try:
        await fill(connection)
    finally:
        await connection.close()
    await admin.execute(f"COMMENT ON DATABASE {database} IS '{wanted}'")
    tell(f"made in {perf_counter() - started:.0f} s")


def _version(size: Size) -> str:
    """Name what the rows come from."""
    named = f"{VERSION} {size} {FILLING}"
    return hashlib.sha256(named.encode()).hexdigest()[:16]


async def _migrate_on(url: str) -> bool:
    """Apply what has come since to a shop that is there; tell whether it can still be used."""
    try:
        count = await _migrate(url)
    except LumiError:
        return False  # a migration was changed or taken away
    if count:
        connection = await connect(url)
        await connection.execute("VACUUM (ANALYZE)")
        await connection.close()
    return True


async def _migrate(url: str) -> int:
    return await asyncio.to_thread(deploy_migrations, url, Settings(database_url=SecretStr(url)))


async def _seed(url: str, size: Size, tell: Tell) -> None:
    from seed.choices import Choices
    from seed.profiles import get_profile
    from seed.runner import run_seed

    shown = -1

    def progress(part: str, done: int, total: int) -> None:
        nonlocal shown
        if (percent := 100 * done // total) > shown:
            shown = percent
            tell(f"seeding {size.orders:,} orders: {percent} % ({part})")

    plan = get_profile("qa").plan(Choices(size=size))
    async with Database(Settings(database_url=SecretStr(url), lumi_env="test")) as db:
        await run_seed(db, "qa", plan=plan, progress=progress)
