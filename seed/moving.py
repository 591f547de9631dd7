"""Let a shop end on another day: the story stays, all of its instants move together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from seed.moments import AS_OF
from seed.tables import Part, Row, Table


def shift_to(day: date) -> timedelta:
    """Return how far instants move for a shop that ends on a day."""
    return day - AS_OF.date()


def move(part: Part, shift: timedelta) -> Part:
    """Return the part with every instant of its rows moved."""
    if not shift:
        return part
    return replace(part, tables=tuple(_move_table(table, shift) for table in part.tables))


def _move_table(table: Table, shift: timedelta) -> Table:
    return replace(table, rows=[_move_row(row, shift) for row in table.rows])


def _move_row(row: Row, shift: timedelta) -> Row:
    return {name: value + shift if isinstance(value, datetime) else value for name, value in row.items()}
