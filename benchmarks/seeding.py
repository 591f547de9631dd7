"""The profile qa beside COPY by hand: the same rows, made beforehand, into the same tables with all their triggers."""

from __future__ import annotations

import asyncio
import io
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr

from lumi_db import Database, Settings
from lumi_db.cli.migrate import deploy_migrations
from lumi_db.client import table_names
from lumi_db.testing.admin import connect
from seed.bulk.world import SCALE_1, Size
from seed.choices import Choices
from seed.profiles import get_profile
from seed.runner import run_seed

from .world import World

_SEEDED, _BY_HAND = "lumi_bench_qa", "lumi_bench_by_hand"
_COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position"""


async def measure_seeding(world: World, size: Size = SCALE_1) -> dict[str, float]:
    """Return the seconds of a seed of qa, and how many times as long as COPY by hand it takes.

    Not pinned: two connections and the making of rows share the machine's cores, as they do for a user.
    """
    admin = await connect(_named(world.url, "postgres"))
    try:
        for name in (_SEEDED, _BY_HAND):
            await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            await admin.execute(f"CREATE DATABASE {name}")
            await _migrate(_named(world.url, name))
        seconds, tables = await _seed(_named(world.url, _SEEDED), size)
        by_hand = await _copy(_named(world.url, _SEEDED), _named(world.url, _BY_HAND), tables)
        for name in (_SEEDED, _BY_HAND):
            await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()
    return {"qa seed": seconds, "qa seed/by hand": seconds / by_hand}


async def _seed(url: str, size: Size) -> tuple[float, list[str]]:
    """Seed qa and return the seconds and its tables in their order; the administrator's hash is not waited for."""
    started = perf_counter()
    plan = get_profile("qa").plan(Choices(size=size)).choose(skip=["admin"])
    async with Database(Settings(database_url=SecretStr(url), lumi_env="test")) as db:
        await run_seed(db, "qa", plan=plan)
    seconds = perf_counter() - started
    names = {name.lower(): name for name in table_names()}
    return seconds, list(dict.fromkeys(names[table.name] for part in plan.parts() for table in part.tables))


async def _copy(source: str, target: str, tables: list[str]) -> float:
    """Copy all rows into an empty database, a table at a time on one connection, and return the seconds."""
    reader, writer = await connect(source), await connect(target)
    try:
        made = [(table, *await _read(reader, table)) for table in tables]
        started = perf_counter()
        async with writer.transaction():
            await writer.execute("SET LOCAL lumi.audit = 'off'")
            for table, columns, rows in made:
                await writer.copy_to_table(table, source=io.BytesIO(rows), columns=columns)
        return perf_counter() - started
    finally:
        await reader.close()
        await writer.close()


async def _read(reader: Any, table: str) -> tuple[list[str], bytes]:
    columns = [row[0] for row in await reader.fetch(_COLUMNS, table)]
    rows = io.BytesIO()
    await reader.copy_from_table(table, output=rows, columns=columns)
    return columns, rows.getvalue()


async def _migrate(url: str) -> None:
    await asyncio.to_thread(deploy_migrations, url, Settings(database_url=SecretStr(url)))


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
