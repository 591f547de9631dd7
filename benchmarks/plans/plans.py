"""Ask for the plans of every read, and again without each index that was meant for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lumi_db import Database
from lumi_db.engine.errors import EngineError

from .capture import Sent, capture, explain, settings_for, undone
from .judge import problems_of
from .read import Read
from .reads import READS
from .world import World

Plans = list[Mapping[str, Any]]

_DROP = """
DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint
        WHERE contype = 'p' AND conindid = '"{name}"'::regclass
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', found.owner, found.conname); RETURN; END LOOP;
    EXECUTE 'DROP INDEX "{name}" CASCADE';
END $$
"""


@dataclass(frozen=True, slots=True)
class Looked:
    """A read, what it sends, how PostgreSQL carries it out, and what is wrong with that."""

    read: Read
    sent: list[Sent]
    plans: Plans
    problems: list[str]


async def look_at_all(world: World) -> list[Looked]:
    """Return the plans of every read, with the values of the first sample."""
    shown = Database(settings_for(world.url), event_parameters=True)
    # what was sent is sent again, so its values are needed as they were
    shown._options = replace(shown._options, mask_parameters=False)
    async with shown as db:
        return [await _look(db, world, read) for read in READS]


async def _look(db: Database, world: World, read: Read) -> Looked:
    sent = await capture(db, read, world.samples[0])
    async with undone(db) as tx:
        explained = await explain(tx, sent, is_small=read.is_small)
    plans: Plans = [one.plan for one in explained]
    return Looked(read, sent, plans, problems_of(read, plans, world.tables))


async def find_idle(world: World, looked: list[Looked]) -> list[str]:
    """Return the indexes that no read misses, of those that are meant for one: each is dropped, and that is undone."""
    idle = []
    async with Database(settings_for(world.url)) as db:
        for name in sorted({name for one in looked for name in one.read.indexes if "|" not in name}):
            users = [one for one in looked if name in one.read.indexes]
            async with undone(db) as tx:
                await tx.execute_raw(_DROP.format(name=name), keeps_session=True)
                if not await _is_missed(tx, world, users):
                    idle.append(name)
    return idle


async def _is_missed(tx: Any, world: World, users: Iterable[Looked]) -> bool:
    for one in users:
        try:
            explained = await explain(tx, one.sent, is_small=one.read.is_small)
        except EngineError:
            return True  # ON CONFLICT cannot even be planned without its index
        if problems_of(one.read, [found.plan for found in explained], world.tables):
            return True
    return False
