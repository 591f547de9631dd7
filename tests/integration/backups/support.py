"""A shop to back up, and what a database holds."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from lumi_db.backups.comparing import session
from lumi_db.backups.contents import Contents, read_contents
from lumi_db.config import Settings

CATEGORY = """INSERT INTO "Category" (id, name, slug, "updatedAt") VALUES ('{id}', 'Boots', '{id}', now())"""


def name_of(url: str) -> str:
    return urlsplit(url).path[1:]


async def ask(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def add_category(url: str, name: str) -> None:
    await ask(url, CATEGORY.format(id=name))


async def contents_of(url: str) -> Contents:
    async with session(url, settings=Settings.load()) as connection:
        return await read_contents(connection)


async def list_databases(url: str, prefix: str) -> set[str]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "SELECT datname FROM pg_database WHERE starts_with(datname, $1)", prefix
        )
    finally:
        await connection.close()
    return {str(row["datname"]) for row in rows}


async def drop(url: str, *names: str) -> None:
    for name in names:
        await ask(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def until(seconds: float, question: str, url: str) -> None:
    """Ask the server again and again until it says true."""
    for _ in range(int(seconds / 0.02)):
        if await ask(url, question):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"not true within {seconds} s: {question}")
