"""What is wrong with the indexes: too many, too few, broken; each with the SQL that mends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from lumi_db.maintenance import quote

from .indexes import ForeignKey, IndexUse, Role
from .tables import TableUse

BIG = 10_000
"""Rows from which a table is big: below, reading all of it costs less than a few milliseconds."""
LONGEST_NAME = 63


class Fault(StrEnum):
    """What can be wrong with an index, or with having none; in the order of how much it matters."""

    INVALID = "invalid"
    MISSING = "missing"
    SCANNED = "scanned"
    DUPLICATE = "duplicate"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class IndexFault:
    """A fault, a sentence about it, the SQL that mends it ('' where it is not known), and the line of schema.prisma.

    `prisma` is what its model has to gain (`+`) or lose (`-`), so that Prisma does not take the change back.
    """

    fault: Fault
    table: str
    index: str | None
    told: str
    sql: str = ""
    prisma: str = ""


def find_index_faults(
    indexes: Sequence[IndexUse], foreign_keys: Sequence[ForeignKey], tables: Sequence[TableUse]
) -> tuple[IndexFault, ...]:
    """Judge what was read of one database. Nothing is asked, and nothing is changed."""
    twice = list(_find_duplicate(indexes))
    dropped = {one.index for one in twice}
    found = [
        *_find_invalid(indexes),
        *_find_missing(indexes, foreign_keys),
        *_find_scanned(tables),
        *twice,
        *(one for one in _find_unused(indexes) if one.index not in dropped),
    ]
    return tuple(found)


def create_index(table: str, columns: Sequence[str], *, schema: str = "public") -> str:
    """Return the statement that makes an index without stopping the shop, under the name that Prisma would give."""
    name = index_name(table, columns)
    listed = ", ".join(one if one.startswith("(") else quote(one) for one in columns)
    return f"CREATE INDEX CONCURRENTLY {quote(name)} ON {place(schema, table)} ({listed});"


def prisma_index(columns: Sequence[str]) -> str:
    """Return the line of schema.prisma for it; '' for an index on an expression, which Prisma cannot say."""
    return "" if any(one.startswith("(") for one in columns) else f"@@index([{', '.join(columns)}])"


def index_name(table: str, columns: Sequence[str]) -> str:
    """Return Prisma's name of an index, cut as Prisma cuts it: before its ending."""
    words = [one if not one.startswith("(") else "expr" for one in columns]
    stem, end = f"{table}_{'_'.join(words)}", "_idx"
    return stem.encode()[: LONGEST_NAME - len(end)].decode(errors="ignore") + end


def place(schema: str, name: str) -> str:
    """Return a name as SQL; the schema of everybody's search_path is left out."""
    return quote(name) if schema == "public" else f"{quote(schema)}.{quote(name)}"


def _find_invalid(indexes: Sequence[IndexUse]) -> Iterator[IndexFault]:
    for one in indexes:
        if one.is_valid or one.is_being_built:
            continue
        name = place(one.schema, one.name)
        yield IndexFault(
            Fault.INVALID, one.table, one.name,
            f"{one.name} was never finished: no query reads by it, and every write keeps it. Make it anew.",
            f"REINDEX INDEX CONCURRENTLY {name};",
        )  # fmt: skip


def _find_missing(indexes: Sequence[IndexUse], foreign_keys: Sequence[ForeignKey]) -> Iterator[IndexFault]:
    for key in foreign_keys:
        mine = (one for one in indexes if (one.schema, one.table) == (key.schema, key.table))
        if any(one.serves(key.columns) for one in mine):
            continue
        yield IndexFault(
            Fault.MISSING, key.table, None,
            f"The foreign key {key.name} has no index on {', '.join(key.columns)}: joins read all of {key.table}, "
            "and so does every deletion on the other side.",
            create_index(key.table, key.columns, schema=key.schema),
            f"+ {prisma_index(key.columns)}",
        )  # fmt: skip


def _find_scanned(tables: Sequence[TableUse]) -> Iterator[IndexFault]:
    for one in tables:
        if one.rows < BIG or one.seq_scans <= one.index_scans:
            continue
        yield IndexFault(
            Fault.SCANNED, one.name, None,
            f"{one.name} has about {one.rows:,} rows and is mostly read as a whole: {one.seq_scans:,} times, and "
            f"{one.index_scans:,} times by an index. `lumi-db stats statements` names the statements, "
            "`lumi-db queries explain` the index.",
        )  # fmt: skip


def _find_duplicate(indexes: Sequence[IndexUse]) -> Iterator[IndexFault]:
    valid = sorted((one for one in indexes if one.is_valid), key=_shape)
    for _, group in groupby(valid, key=_shape):
        # the one that others need stays; of equals the first by name
        first, *others = sorted(
            group, key=lambda one: (list(Role).index(one.role), not one.is_unique, one.name)
        )
        for one in others:
            if one.role in (Role.PRIMARY, Role.CONSTRAINT) or (one.is_unique and not first.is_unique):
                continue
            yield IndexFault(
                Fault.DUPLICATE, one.table, one.name,
                f"{one.name} is {first.name} once more: every write keeps both.",
                drop_index(one), _prisma_loss(one),
            )  # fmt: skip


def _find_unused(indexes: Sequence[IndexUse]) -> Iterator[IndexFault]:
    for one in indexes:
        if one.scans or one.role is not Role.NOBODY or not one.is_valid:
            continue
        yield IndexFault(
            Fault.UNUSED, one.table, one.name,
            f"{one.name} was never read by since the statistics count, and no key or rule needs it; "
            "look on the standbys too, which count for themselves.",
            drop_index(one), _prisma_loss(one),
        )  # fmt: skip


def drop_index(one: IndexUse) -> str:
    """Return the statement that drops an index without stopping the shop."""
    return f"DROP INDEX CONCURRENTLY {place(one.schema, one.name)};"


def _prisma_loss(one: IndexUse) -> str:
    if one.is_partial or "" in one.columns:
        return ""
    return f"- {prisma_index(one.columns)}"


def _shape(one: IndexUse) -> tuple[str, str, str]:
    return one.schema, one.table, one.shape
