"""The table of docs/query-optimization.md: every index, and what it is there for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .read import Read

_DEFINITION = re.compile(
    r"CREATE (?P<unique>UNIQUE )?INDEX \S+ ON (?:\w+\.)?\S+ USING (?P<kind>\w+) (?P<rest>.*)"
)

SQL = """
SELECT t.relname AS table, c.relname AS name, pg_get_indexdef(c.oid) AS definition, i.indisprimary AS is_primary,
    i.indisunique AS is_unique,
    coalesce((SELECT array_agg(DISTINCT r.relname::text ORDER BY r.relname::text) FROM pg_constraint f
        JOIN pg_class r ON r.oid = f.confrelid
        WHERE f.contype = 'f' AND f.conrelid = t.oid AND f.conkey[1] = i.indkey[0]), '{}') AS owners
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> '_prisma_migrations'
ORDER BY t.relname, NOT i.indisprimary, c.relname
"""


@dataclass(frozen=True, slots=True)
class Index:
    """An index of the catalogue; `owners` are the tables that its first column points at."""

    table: str
    name: str
    columns: str
    is_primary: bool
    is_unique: bool
    owners: tuple[str, ...]

    @classmethod
    def of(cls, row: Mapping[str, object]) -> Index:
        found = _DEFINITION.match(str(row["definition"]))
        assert found is not None, row["definition"]
        kind = "" if found["kind"] == "btree" else f"{found['kind']} "
        columns = f"{kind}{found['rest']}".replace('"', "")
        owners = row["owners"]
        assert isinstance(owners, Sequence)
        return cls(
            str(row["table"]),
            str(row["name"]),
            columns,
            bool(row["is_primary"]),
            bool(row["is_unique"]),
            tuple(owners),
        )

    def purposes(self, reads: Iterable[Read]) -> list[str]:
        """Return what the index is for: the reads, then the rule that it keeps, then the foreign key that it serves."""
        found = [f"`{read.name}`" for read in reads if self.name in names_of(read)]
        if self.is_unique and not self.is_primary:
            found.append("a rule: unique")
        if self.is_primary:
            found.append("the key")
        if self.owners:
            found.append(f"deleting a row of {' or '.join(self.owners)}")
        return found


def names_of(read: Read) -> set[str]:
    """Return the indexes of a read, also those of which one serves as well as another."""
    return {name for one in read.indexes for name in one.split("|")}


def lines(indexes: Iterable[Index], reads: Sequence[Read]) -> list[str]:
    """Return the table in Markdown."""
    head = ["| index | of | serves |", "| --- | --- | --- |"]
    return head + [
        f"| `{one.name}` | {one.columns.replace('|', chr(92) + '|')} | {'; '.join(one.purposes(reads))} |"
        for one in indexes
    ]
