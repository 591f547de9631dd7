"""Write the parts of a profile: each in one transaction, rows that are there already left as they are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from seed.errors import ForeignRows
from seed.failures import explain
from seed.schema import client_errors
from seed.tables import NATURAL_KEYS, REFERENCES, Part, Row, Table

if TYPE_CHECKING:
    from lumi_db import Database
    from lumi_db.client import Prisma

# All parts share this lock, so that who holds it alone has the database to itself. The key is "lumi" in ASCII.
LOCK = 0x6C756D69
_NO_AUDIT = "SELECT set_config('lumi.audit', 'off', true)"
# Two runs at once take turns at every part.
_TRY_LOCK = """
SELECT pg_try_advisory_xact_lock_shared($1::int) AND pg_try_advisory_xact_lock($1::int, hashtext($2)) AS taken"""
_LOCK = """
SELECT pg_advisory_xact_lock_shared($1::int)::text AS taken,
    pg_advisory_xact_lock($1::int, hashtext($2))::text AS part"""
_MOVE_SEQUENCE = 'SELECT setval(\'"{name}"\', $1) AS moved FROM "{name}" WHERE last_value < $1'

# A part takes well under a second; the rest is for waiting on another run and for slow networks.
_TIMEOUT = timedelta(minutes=2)


class Actions(Protocol):
    """What the writer needs of the client's actions for one model."""

    async def create_many(self, data: Sequence[Row], *, skip_duplicates: bool) -> int: ...

    async def load_many(self, rows: Iterable[Row]) -> int: ...

    async def find_many(self, *, where: Mapping[str, object]) -> list[Any]: ...

    async def count(self, *, where: Mapping[str, object]) -> int: ...


@dataclass(frozen=True, slots=True)
class PartResult:
    """Say how many rows of a part were created and how many were there, and how long it took in seconds."""

    name: str
    created: int
    existing: int
    seconds: float

    def add(self, other: Self) -> Self:
        """Return the sum with what more of the part came to."""
        return replace(
            self,
            created=self.created + other.created,
            existing=self.existing + other.existing,
            seconds=self.seconds + other.seconds,
        )


@dataclass(slots=True)
class Writer:
    """Writes parts into one database.

    `foreign` names the rows that are not the profile's own, or is empty; where there are such rows, nothing
    new is written beside them. `on_rows` is told a part and a number of rows after each table, `on_wait` is
    called when another run is waited for.
    """

    db: Database
    foreign: str = ""
    on_rows: Callable[[str, int], None] | None = None
    on_wait: Callable[[], None] | None = None
    _others: dict[tuple[str, str], str] = field(default_factory=dict)

    async def write(self, part: Part) -> PartResult:
        """Write one part in a transaction. Raises `ForeignRows`, `SeedConflict`, `PartNotWritten`."""
        started = time.perf_counter()
        created = 0
        try:
            async with self.db.tx(max_wait=_TIMEOUT, timeout=_TIMEOUT) as tx:
                # Seeds are not audited (rulings, data model 15); where the role does not own the tables, they are.
                await tx.query_raw(_NO_AUDIT)
                await self._take_turn(tx, part)
                for table in part.tables:
                    created += await self._insert(tx, table)
                    self._refuse_foreign(part, created)
                    if self.on_rows:
                        self.on_rows(part.name, len(table.rows))
                for name, last in part.sequences:
                    await tx.query_raw(_MOVE_SEQUENCE.format(name=name), last)
        except client_errors.DataError as error:
            raise explain(part.name, error) from error
        return PartResult(part.name, created, part.size - created, time.perf_counter() - started)

    async def _take_turn(self, tx: Prisma, part: Part) -> None:
        answer = await tx.query_raw(_TRY_LOCK, LOCK, part.turn)
        if not answer[0]["taken"]:
            if self.on_wait:
                self.on_wait()
            await tx.query_raw(_LOCK, LOCK, part.turn)

    async def _insert(self, tx: Prisma, table: Table) -> int:
        actions = actions_of(tx, table.name)
        rows = [self._follow(row) for row in table.rows] if self._others else table.rows
        created = await self._create(actions, table, rows) if rows else 0
        if created < len(rows) and table.span is None and table.name in NATURAL_KEYS:
            await self._learn_ids(actions, table)
        return created

    async def _create(self, actions: Actions, table: Table, rows: Sequence[Row]) -> int:
        """Create what is not there; by COPY, which refuses what is there, where nothing is."""
        if table.span is not None:
            there = await actions.count(where=table.span.where)
            if there == len(rows):
                return 0
            if not there:
                return await actions.load_many(rows)
        return await actions.create_many(rows, skip_duplicates=True)

    async def _learn_ids(self, actions: Actions, table: Table) -> None:
        """Find rows that are there under other ids, so that what comes after refers to them."""
        key = NATURAL_KEYS[table.name]
        expected = {str(row[key]): str(row["id"]) for row in table.rows}
        for found in await actions.find_many(where={key: {"in": list(expected)}}):
            ours = expected[getattr(found, key)]
            if found.id != ours:
                self._others[(table.name, ours)] = found.id

    def _follow(self, row: Row) -> Row:
        changed = {
            name: other
            for name, target in REFERENCES.items()
            if (other := self._others.get((target, str(row.get(name))))) is not None
        }
        return {**row, **changed} if changed else row

    def _refuse_foreign(self, part: Part, created: int) -> None:
        if self.foreign and created:
            raise ForeignRows(
                f"The database holds {self.foreign} that this profile did not make, so its missing rows "
                f"({part.name}) were not written: let DATABASE_URL name an empty database."
            )


def actions_of(client: Prisma, table: str) -> Actions:
    """Return the client's actions for a table."""
    return cast(Actions, getattr(client, table))
