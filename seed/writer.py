"""Write the parts of a profile: each in one transaction, rows that are there already left as they are."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from seed.actions import Actions, actions_of
from seed.compare import compare_table
from seed.errors import ForeignRows
from seed.failures import explain
from seed.others import Others
from seed.schema import client_errors
from seed.tables import NATURAL_KEYS, Part, Row, Table

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


@dataclass(frozen=True, slots=True)
class PartResult:
    """Say how many rows of a part were created and how many were there, and how long it took in seconds.

    `changed` of those that were there were given the profile's values.
    """

    name: str
    created: int
    existing: int
    seconds: float
    changed: int = 0

    def add(self, other: Self) -> Self:
        """Return the sum with what more of the part came to."""
        return replace(
            self,
            created=self.created + other.created,
            existing=self.existing + other.existing,
            seconds=self.seconds + other.seconds,
            changed=self.changed + other.changed,
        )


@dataclass(slots=True)
class Writer:
    """Writes parts into one database.

    `foreign` names the rows that are not the profile's own, or is empty; where there are such rows, nothing
    new is written beside them. `on_rows` is told a part and a number of rows after each table, `on_wait` is
    called when another run is waited for. `overwrite` gives rows that differ the profile's values.
    """

    db: Database
    foreign: str = ""
    on_rows: Callable[[str, int], None] | None = None
    on_wait: Callable[[], None] | None = None
    overwrite: bool = False
    _others: Others = field(default_factory=Others)

    async def write(self, part: Part) -> PartResult:
        """Write one part in a transaction. Raises `ForeignRows`, `SeedConflict`, `PartNotWritten`."""
        started = time.perf_counter()
        created = changed = 0
        try:
            async with self.db.tx(max_wait=_TIMEOUT, timeout=_TIMEOUT) as tx:
                # Seeds are not audited (rulings, data model 15); where the role does not own the tables, they are.
                await tx.query_raw(_NO_AUDIT)
                await self._take_turn(tx, part)
                for table in part.tables:
                    created += await self._insert(tx, part, table)
                    if self.overwrite:
                        changed += await self._overwrite(tx, table)
                    self._refuse_foreign(part, created + changed)
                    if self.on_rows:
                        self.on_rows(part.name, len(table.rows))
                for name, last in part.sequences:
                    await tx.query_raw(_MOVE_SEQUENCE.format(name=name), last)
        except client_errors.DataError as error:
            raise explain(part.name, error) from error
        return PartResult(part.name, created, part.size - created, time.perf_counter() - started, changed)

    async def _take_turn(self, tx: Prisma, part: Part) -> None:
        answer = await tx.query_raw(_TRY_LOCK, LOCK, part.turn)
        if not answer[0]["taken"]:
            if self.on_wait:
                self.on_wait()
            await tx.query_raw(_LOCK, LOCK, part.turn)

    async def _insert(self, tx: Prisma, part: Part, table: Table) -> int:
        actions = actions_of(tx, table.name)
        rows = list(self._others.follow(table.rows))
        created = await self._create(actions, part, table, rows) if rows else 0
        if created < len(rows) and table.span is None and table.name in NATURAL_KEYS:
            key = NATURAL_KEYS[table.name]
            names = [row[key] for row in table.rows]
            self._others.learn(table, await actions.find_many(where={key: {"in": names}}))
        return created

    async def _create(self, actions: Actions, part: Part, table: Table, rows: Sequence[Row]) -> int:
        """Create what is not there; by COPY, which refuses what is there, where nothing is."""
        if table.span is not None:
            there = await actions.count(where=table.span.where)
            if there == len(rows):
                return 0
            # COPY would only say which key is taken.
            self._refuse_foreign(part, len(rows))
            if not there:
                return await actions.load_many(rows)
        return await actions.create_many(rows, skip_duplicates=True)

    async def _overwrite(self, tx: Prisma, table: Table) -> int:
        """Give rows that differ the profile's values; what never changes stays."""
        changed = 0
        async for difference in compare_table(tx, table, self._others):
            values = {name: value for name, value in difference.ours.items() if name != "createdAt"}
            if values:
                # Else the client would say that the row was changed now.
                values["updatedAt"] = difference.row["updatedAt"]
                await actions_of(tx, table.name).update_many(data=values, where=difference.key)
                changed += 1
        return changed

    def _refuse_foreign(self, part: Part, created: int) -> None:
        if self.foreign and created:
            raise ForeignRows(
                f"The database holds {self.foreign} that this profile did not make, so its missing rows "
                f"({part.name}) were not written: let DATABASE_URL name an empty database."
            )
