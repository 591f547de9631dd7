"""One rule of the shop as a query for the rows that break it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """Hold what is wrong with the rows that `sql` finds; it returns one text column `id`, the row's name to people."""

    name: str
    wrong: str
    sql: str


def rows_where(name: str, wrong: str, table: str, condition: str, *, id: str = '"id"') -> Check:  # noqa: A002
    """Make the check of a rule that one row breaks alone, where the condition holds."""
    return Check(name, wrong, f'SELECT {id} AS "id" FROM "{table}" WHERE {condition}')


def duplicates(name: str, wrong: str, table: str, fields: str, condition: str = "true") -> Check:
    """Make the check of a rule that some fields are unique among the rows where the condition holds."""
    return Check(
        name,
        wrong,
        f'SELECT concat_ws(\':\', {fields}) AS "id" FROM "{table}" WHERE {condition} '
        f"GROUP BY {fields} HAVING count(*) > 1",
    )
