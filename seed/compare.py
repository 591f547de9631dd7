"""Hold what a profile makes against what a database has."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from lumi_db.client import load_datamodel
from seed.actions import Actions, actions_of
from seed.others import Others
from seed.tables import NATURAL_KEYS, Part, Row, Table

if TYPE_CHECKING:
    from lumi_db.client import Prisma

# What the database and the client count and mirror by themselves, and what is never told of two databases.
_NOT_COMPARED = {("productvariant", "stock"), ("user", "passwordHash")}
_NEVER = ("id", "version")
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold a row of ours that is there: its key here, and our values of the fields that differ there."""

    table: str
    key: Mapping[str, object]
    row: Row
    ours: Row


@dataclass(frozen=True, slots=True)
class PartState:
    """Count the rows of a part that a profile expects, that are there, and that differ; name the fields of one."""

    name: str
    expected: int
    there: int
    different: int
    example: str = ""

    @property
    def missing(self) -> int:
        """Count the rows that are not there."""
        return self.expected - self.there

    def add(self, other: Self) -> Self:
        """Return the sum with more of the same part."""
        return replace(
            self,
            expected=self.expected + other.expected,
            there=self.there + other.there,
            different=self.different + other.different,
            example=self.example or other.example,
        )


async def compare_part(client: Prisma, part: Part, others: Others) -> PartState:
    """Read what is there of a part, a table at a time, and compare it."""
    state = PartState(part.name, 0, 0, 0)
    for table in part.tables:
        there, different, example = 0, 0, ""
        async for difference in compare_table(client, table, others):
            there += 1
            if difference.ours:
                different += 1
                example = example or _tell(difference)
        state = state.add(PartState(part.name, len(table.rows), there, different, example))
    return state


async def compare_table(client: Prisma, table: Table, others: Others) -> AsyncIterator[Difference]:
    """Give every row of ours that is there, with the fields that differ: none for most."""
    actions = actions_of(client, table.name)
    for rows in _chunks(table):
        found = await _find(actions, table, rows, others)
        for row in others.follow(rows):
            key = _key_of(table, row, others)
            if (model := found.get(tuple(key.values()))) is not None:
                yield Difference(table.name, key, row, _different(table, row, model))


async def _find(
    actions: Actions, table: Table, rows: list[Row], others: Others
) -> dict[tuple[object, ...], Any]:
    names = key_fields(table.name)
    if table.span is not None:
        first, last = rows[0][table.span.field], rows[-1][table.span.field]
        found = await actions.find_many(where={table.span.field: {"gte": first, "lte": last}})
    else:
        found = await actions.find_many(where=_where(table, rows, others))
        if table.name in NATURAL_KEYS:
            others.learn(table, found)
    return {tuple(getattr(model, name) for name in names): model for model in found}


def _where(table: Table, rows: list[Row], others: Others) -> Mapping[str, object]:
    first = key_fields(table.name)[0]
    by_key = {first: {"in": [row[first] for row in others.follow(rows)]}}
    natural = NATURAL_KEYS.get(table.name)
    return {"OR": [by_key, {natural: {"in": [row[natural] for row in rows]}}]} if natural else by_key


def _key_of(table: Table, row: Row, others: Others) -> dict[str, object]:
    key = {name: row[name] for name in key_fields(table.name)}
    return {"id": others.id_of(table.name, str(key["id"]))} if "id" in key else key


def _chunks(table: Table) -> Iterator[list[Row]]:
    return (list(table.rows[first : first + _AT_ONCE]) for first in range(0, len(table.rows), _AT_ONCE))


def _different(table: Table, row: Row, model: Any) -> Row:
    return {
        name: value
        for name, value in row.items()
        if name not in _NEVER
        and (table.name, name) not in _NOT_COMPARED
        and _plain(value) != _plain(getattr(model, name))
    }


def _plain(value: Any) -> Any:
    """Take a Json value out of what it is wrapped in."""
    return getattr(value, "data", value)


def _tell(difference: Difference) -> str:
    return f"{difference.table} {':'.join(map(str, difference.key.values()))} ({', '.join(difference.ours)})"


@cache
def key_fields(table: str) -> tuple[str, ...]:
    """Return the names of the fields of a table's primary key."""
    models = {name.lower(): model for name, model in load_datamodel().models.items()}
    return tuple(field.name for field in models[table].id_fields)
