"""Remember rows that are there under other ids than ours, so that what refers to them follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from seed.tables import NATURAL_KEYS, REFERENCES, Row, Table


@dataclass(slots=True)
class Others:
    """Holds the ids that rows have in this database where they are not ours."""

    _ids: dict[tuple[str, str], str] = field(default_factory=dict)

    def learn(self, table: Table, found: Iterable[Any]) -> None:
        """Note the ids of the rows that were found by what names them to people."""
        key = NATURAL_KEYS[table.name]
        ours = {str(row[key]): str(row["id"]) for row in table.rows}
        for row in found:
            expected = ours.get(getattr(row, key))
            if expected is not None and row.id != expected:
                self._ids[(table.name, expected)] = row.id

    def follow(self, rows: Iterable[Row]) -> Iterable[Row]:
        """Return the rows with references to what is there."""
        return [self._follow(row) for row in rows] if self._ids else rows

    def id_of(self, table: str, id: str) -> str:  # noqa: A002
        """Return the id that a row of ours has here."""
        return self._ids.get((table, id), id)

    def _follow(self, row: Row) -> Row:
        changed = {
            name: other
            for name, target in REFERENCES.items()
            if (other := self._ids.get((target, str(row.get(name))))) is not None
        }
        return {**row, **changed} if changed else row
