"""Writes SQL: text and parameters apart, identifiers through one function, values only as `$n`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..datamodel import JoinTable, Model
from ..sources import Context, SlotValue, Source
from ..statement import Statement


def quote(identifier: str) -> str:
    """Quote an identifier. Every name in a statement passes here."""
    return '"' + identifier.replace('"', '""') + '"'


def quote_table(named: Model | JoinTable) -> str:
    return f"{quote(named.schema)}.{quote(named.table)}" if named.schema else quote(named.table)


@dataclass(frozen=True, slots=True)
class Template:
    """A statement's text with the sources of its parameters; `fill` makes it a statement."""

    sql: str
    sources: tuple[Source, ...]
    returns: Literal["rows", "count"] = "rows"

    def fill(self, context: Context) -> Statement:
        return Statement(self.sql, tuple([source(context) for source in self.sources]), self.returns)


class Writer:
    """Numbers parameters and table aliases in the order in which they are written."""

    def __init__(self) -> None:
        self._sources: list[Source] = []
        self._places: dict[SlotValue, str] = {}
        self._aliases = 0

    def parameter(self, source: Source) -> str:
        """Return `$n` for a source; the same value of the call for the same use is sent once."""
        if isinstance(source, SlotValue) and source in self._places:
            return self._places[source]
        self._sources.append(source)
        place = f"${len(self._sources)}"
        if isinstance(source, SlotValue):
            self._places[source] = place
        return place

    def alias(self) -> str:
        self._aliases += 1
        return f'"t{self._aliases - 1}"'

    def template(self, sql: str, returns: Literal["rows", "count"] = "rows") -> Template:
        return Template(sql, tuple(self._sources), returns)


def comma(parts: Sequence[str]) -> str:
    return ", ".join(parts)
