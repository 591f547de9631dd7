"""Every way to read is in the table of plans, and every index is there for something."""

from __future__ import annotations

import inspect
from collections import Counter
from typing import Any

import asyncpg

from benchmarks.plans.exceptions import EXCEPTIONS
from benchmarks.plans.index_table import SQL, Index, lines, names_of
from benchmarks.plans.reads import READS
from benchmarks.plans.report import PAGE, between
from lumi_db import Database
from lumi_db.repositories import Repository


def methods_of(database: Database) -> dict[str, set[str]]:
    """Return the public methods of each repository, by its name in the shop."""
    return {
        name: {
            method for method, _ in inspect.getmembers(rows, inspect.ismethod) if not method.startswith("_")
        }
        for name, rows in vars(database.shop).items()
        if isinstance(rows, Repository)
    }


async def indexes_of(url: str) -> list[Index]:
    connection: Any = await asyncpg.connect(url)
    try:
        return [Index.of(row) for row in await connection.fetch(SQL)]
    finally:
        await connection.close()


def test_every_method_has_a_plan_or_a_reason(database: Database) -> None:
    methods = methods_of(database)
    known = {read.method for read in READS}
    listed = {f"{name}.{method}" for name, its in methods.items() for method in its}
    assert not known - listed, "the table names what no repository has"
    lacking = {one for one in listed - known if one.partition(".")[2] not in EXCEPTIONS}
    assert not lacking, "give each a Read in benchmarks/plans, or a reason in its exceptions.py"
    assert EXCEPTIONS.keys() <= {method for its in methods.values() for method in its}


def test_every_read_has_a_name_of_its_own_and_a_reason_for_a_scan() -> None:
    assert [name for name, count in Counter(read.name for read in READS).items() if count > 1] == []
    assert [read.name for read in READS if (read.scans or not read.indexes) and not read.reason] == []


async def test_the_table_names_indexes_that_there_are(direct_url: str) -> None:
    there = {index.name for index in await indexes_of(direct_url)}
    assert {name for read in READS for name in names_of(read)} - there == set()


async def test_every_index_is_there_for_something(direct_url: str) -> None:
    idle = [index.name for index in await indexes_of(direct_url) if not index.purposes(READS)]
    assert idle == [], "nothing reads by it, and it keeps no rule: is it wanted?"


async def test_the_page_shows_what_each_index_serves(direct_url: str) -> None:
    table = "\n".join(lines(await indexes_of(direct_url), READS))
    assert between(PAGE, "indexes") == table, "run: python -m benchmarks.plans --indexes"
