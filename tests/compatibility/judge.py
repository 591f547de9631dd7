"""Both clients on equal databases: every call is asked of both, and answers and tables are compared."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg

from lumi_db.engine import in_process
from lumi_db.engine.datamodel import Datamodel
from lumi_db.testing.databases import Databases

from .answers import Outcome, is_same, plain, read_error, read_official, read_ours
from .dialect import Call, generated, translate
from .official import Official, generate, run_official
from .worlds import World

# Whether two answers to a call may differ.
Excused = Callable[[Call, Outcome, Outcome], bool]

_READS = ("find_", "count", "aggregate", "group_by")
_TABLES = """
    SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> '_prisma_migrations'
"""
_SEQUENCES = """
    SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false) FROM pg_sequences;
"""


class Judge:
    """Asks both clients of one world."""

    def __init__(
        self, datamodel: Datamodel, client: Any, package: Any, official: Official, sides: Sequence[Side]
    ) -> None:
        self.datamodel = datamodel
        self.client = client
        self._errors = package.errors
        self._fields = package.fields
        self._official = official
        self._sides = sides

    async def reset(self, seed: str) -> None:
        """Empty both databases and run `seed`, an SQL script, in both."""
        await asyncio.gather(*(side.reset(seed) for side in self._sides))

    async def compare(self, calls: Sequence[Call], *, at_once: bool = False) -> None:
        """Ask both; raise AssertionError with the differences if they do not mean the same.

        Compared are results with their order, error codes, and after writes the contents of all tables.
        `at_once` sends all calls in one `batch_()` and one `$transaction`: then there is but one answer.
        """
        differences = await self.differences(calls, at_once=at_once)
        assert not differences, "\n".join(["The clients differ.", *map(str, calls), *differences])

    async def differences(
        self, calls: Sequence[Call], *, at_once: bool = False, excused: Excused | None = None
    ) -> list[str]:
        """Ask both and list how their answers, and the tables after them, differ.

        `excused` is asked of every two answers whether they may differ.
        """
        official = await self._ask_official(calls, at_once)
        ours = await self._ask_us(calls, at_once)
        found = [
            f"call {number}\n  here:   {mine}\n  Prisma: {its}"
            for number, (mine, its) in enumerate(zip(ours, official, strict=True), 1)
            if not (excused is not None and excused(calls[number - 1], mine, its))
            and not is_same(mine, its, exact=_is_exact(calls[number - 1]))
        ]
        if not all(call.action.startswith(_READS) for call in calls):
            found += await self._compare_tables()
        return found

    async def _ask_us(self, calls: Sequence[Call], at_once: bool) -> list[Outcome]:
        if not at_once:
            return [await self._ask_one(call) for call in calls]
        try:
            async with self.client.batch_() as batch:
                for call in calls:
                    _action(batch, call)(**generated(call.arguments, self._fields))
        except self._errors.PrismaError as error:
            return [read_error(error)]
        return [Outcome()]

    async def _ask_one(self, call: Call) -> Outcome:
        try:
            return read_ours(call.action, await self._act(call))
        except self._errors.PrismaError as error:
            return read_error(error)

    async def _act(self, call: Call) -> Any:
        return await _action(self.client, call)(**generated(call.arguments, self._fields))

    async def _ask_official(self, calls: Sequence[Call], at_once: bool) -> list[Outcome]:
        translated = [translate(call, self.datamodel) for call in calls]
        return [read_official(answer) for answer in await self._official.ask(translated, at_once=at_once)]

    async def _compare_tables(self) -> list[str]:
        ours, official = await asyncio.gather(*(side.read_tables() for side in self._sides))
        found = []
        for table, rows in ours.items():
            here = [row for row in rows if row not in official[table]]
            there = [row for row in official[table] if row not in rows]
            if here or there or len(rows) != len(official[table]):
                found.append(f"table {table}\n  here:   {here}\n  Prisma: {there}")
        return found


def _is_exact(call: Call) -> bool:
    """Rows are dictionaries of just what was asked for, where models have None besides."""
    return not call.arguments.keys().isdisjoint(("select", "omit"))


# Rows of the audit log have ids of their own on each side.
_NO_AUDIT = """
    DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lumi.audit = off', current_database()); END $$
"""


class Side:
    """The database of one client, seen past it."""

    def __init__(self, connection: asyncpg.Connection, tables: Sequence[str]) -> None:
        self._connection = connection
        self._tables = tables
        unions = (f"SELECT '{table}', to_jsonb(t)::text FROM {table} AS t" for table in tables)
        self._contents = " UNION ALL ".join(unions)
        self._emptying = "".join(f"DELETE FROM {table};" for table in tables) + _SEQUENCES

    @classmethod
    async def open(cls, url: str) -> Side:
        connection = await asyncpg.connect(url, timeout=20, command_timeout=60)
        await connection.execute(_NO_AUDIT)
        return cls(connection, [row[0] for row in await connection.fetch(_TABLES)])

    async def reset(self, seed: str) -> None:
        # As a replica: rules that triggers keep, a trail of audit for one, are not asked of test data, and rows may
        # go in any order. TRUNCATE makes new files for every table and index, which takes ten times as long.
        await self._connection.execute(
            "SET session_replication_role = replica;"
            f"{self._emptying} {seed};"
            "SET session_replication_role = origin"
        )

    async def read_tables(self) -> Mapping[str, list[Any]]:
        """Return each table's rows in the common form, in an order of their own."""
        tables: dict[str, list[Any]] = {table: [] for table in self._tables}
        for table, text in await self._connection.fetch(self._contents):
            tables[table].append(plain(json.loads(text)))
        return {table: sorted(rows, key=str) for table, rows in tables.items()}

    async def close(self) -> None:
        await self._connection.close()


def _action(client: Any, call: Call) -> Any:
    return getattr(getattr(client, call.model.lower()), call.action)


@asynccontextmanager
async def open_judge(world: World, databases: Databases, *, root: Path) -> AsyncIterator[Judge]:
    """Open both clients of a world, each on a fresh database, for the running event loop."""
    official_client = generate(world.schema, name=world.name, root=root)
    package = world.load_package(root)
    client_class = in_process(package.Prisma, datamodel=world.datamodel)
    with databases.migrated() as our_url, databases.migrated() as official_url:
        sides = [await Side.open(url) for url in (our_url, official_url)]
        try:
            async with (
                client_class(datasource={"url": our_url}, use_dotenv=False) as client,
                run_official(official_client, official_url, root=root) as official,
            ):
                yield Judge(Datamodel.load(world.datamodel), client, package, official, sides)
        finally:
            for side in sides:
                await side.close()
