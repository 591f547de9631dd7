"""What a call sends, and how PostgreSQL would carry it out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from lumi_db import Database, Settings
from lumi_db.engine import QueryEvent
from lumi_db.engine.call import RAW
from lumi_db.engine.statement import Statement
from lumi_db.shop import Shop

from .read import Read
from .sample import Sample

LONG = timedelta(minutes=5)


class Undone(Exception):
    """Ends a transaction of which nothing is to stay."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement as it was sent."""

    sql: str
    parameters: tuple[object, ...]
    is_raw: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """A statement and the plan that PostgreSQL has for these very values."""

    sent: Sent
    plan: dict[str, Any]


def settings_for(url: str) -> Settings:
    """Return settings under which a slow plan is seen to its end."""
    return Settings(database_url=SecretStr(url), query_timeout_ms=0, lumi_env="test")


@asynccontextmanager
async def undone(db: Database) -> AsyncIterator[Any]:
    """Give a transaction that is rolled back."""
    with suppress(Undone):
        async with db.tx(max_wait=LONG, timeout=LONG) as tx:
            yield tx
            raise Undone


async def capture(db: Database, read: Read, sample: Sample) -> list[Sent]:
    """Call the repository and return the statements that it has sent; of what they changed nothing stays."""
    sent: list[Sent] = []

    def hear(event: QueryEvent) -> None:
        if event.parameters is not None and not event.sql.startswith(_NO_PLAN):
            sent.append(Sent(event.sql, event.parameters, event.action in RAW))

    async with undone(db) as tx:
        end = db.on_query(hear)
        try:
            await read.call(Shop(tx), sample)
        finally:
            end()
    return sent


async def explain(tx: Any, statements: Sequence[Sent], *, is_small: bool = False) -> list[Explained]:
    """Ask for the plans, in the caller's transaction; without scans where tables are so small that one is as good."""
    session = tx._engine._driver.transaction(tx._tx_id)
    await session.command(f"SET LOCAL enable_seqscan = {'off' if is_small else 'on'}")
    found = []
    for one in statements:
        asked = f"EXPLAIN (FORMAT JSON) {one.sql}"
        if one.is_raw:
            (answer,) = (await session.fetch_raw(asked, one.parameters)).rows[0]
        else:
            ((answer,),) = await session.run(Statement(asked, one.parameters))
        plan = json.loads(answer) if isinstance(answer, str) else answer
        found.append(Explained(one, plan[0]["Plan"]))
    return found


_NO_PLAN = ("SELECT set_config(", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET ")
