"""Conditions of a plan, as PostgreSQL prints them, read for the columns that an index could begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NAME = r'(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)'
_COLUMN = re.compile(rf"^(?:({NAME})\.)?({NAME})$")
_CAST = re.compile(r"^\((.*)\)::[\w \"\[\]().]+$", re.DOTALL)
_IS_NULL = re.compile(r"^(.*) IS NULL$", re.DOTALL)
_COMPARISON = re.compile(r" (=|<=|>=|<|>) ")
# Only what gives the same for the same value for ever can be indexed; of these, of a column, it is known.
_CALL = re.compile(r"^(?:lower|upper|btrim|md5|abs|length)(\(.*\))$", re.DOTALL)
EQUAL, FLAG, EMPTY, RANGE = "equal", "flag", "empty", "range"


@dataclass(frozen=True, slots=True)
class Condition:
    """A column, or an expression in brackets, that is compared.

    `kind` is EQUAL, FLAG (it is true, or false), EMPTY (it is null) or RANGE.
    """

    column: str
    kind: str


def read_conditions(text: str, *, alias: str | None = None) -> tuple[Condition, ...]:
    """Read `((status = 'A'::text) AND (price > 5))`: what it asks of columns of the table `alias`, in order.

    An OR is one condition that no single index serves; so is LIKE, and what compares two columns of the same table.
    """
    found = (_read(part, alias) for part in _split(text))
    return tuple(dict.fromkeys(one for one in found if one))


def unquoted(name: str) -> str:
    """Return an identifier without its quotes."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def column_of(text: str, *, alias: str | None = None) -> str | None:
    """Return the column, or the expression in brackets, that a side of a comparison or a sort key is; else None."""
    text = _bare(text)
    while cast := _CAST.match(text):
        text = _bare(cast[1])
    if text in ("true", "false"):
        return None
    if found := _COLUMN.match(text):
        owner = found[1] and unquoted(found[1])
        return unquoted(found[2]) if owner in (None, alias) else None
    if (call := _CALL.match(text)) and (inside := column_of(call[1], alias=alias)) and inside[0] != "(":
        return f"({_without_alias(text, alias)})"
    return None


def _read(text: str, alias: str | None) -> Condition | None:
    text = _bare(text)
    if found := _IS_NULL.match(text):
        column = column_of(found[1], alias=alias)
        return Condition(column, EMPTY) if column else None
    if text.startswith("NOT "):
        text = text[4:]
    elif sides := _sides(text):
        left, operator, right = sides
        columns = [one for side in (left, right) if (one := column_of(side, alias=alias))]
        # a row compared with itself
        if len(columns) != 1:
            return None
        return Condition(columns[0], EQUAL if operator == "=" else RANGE)
    column = column_of(text, alias=alias)
    return Condition(column, FLAG) if column and not column.startswith("(") else None


def _sides(text: str) -> tuple[str, str, str] | None:
    for found in _COMPARISON.finditer(text):
        if _depth(text[: found.start()]) == 0:
            return text[: found.start()], found[1], text[found.end() :]
    return None


def _split(text: str) -> Iterator[str]:
    """Give the parts that are joined by AND on the outside; brackets and quotes are left whole."""
    text, start = _bare(text), 0
    if any(_depth(text[: found.start()]) == 0 for found in re.finditer(" OR ", text)):
        yield text
        return
    for found in re.finditer(" AND ", text):
        if _depth(text[: found.start()]) == 0:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _bare(text: str) -> str:
    """Return `text` without the brackets around all of it."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and _closes_last(text):
        text = text[1:-1].strip()
    return text


def _closes_last(text: str) -> bool:
    depth = 0
    for place, letter in _outside_quotes(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place == len(text) - 1
    return False


def _depth(text: str) -> int:
    """Return how many brackets are open at the end of `text`; 1 000 where it ends within quotes."""
    depth, quote = 0, ""
    for letter in text:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        else:
            depth += (letter == "(") - (letter == ")")
    return 1_000 if quote else depth


def _outside_quotes(text: str) -> Iterator[tuple[int, str]]:
    quote = ""
    for place, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        else:
            yield place, letter


def _without_alias(text: str, alias: str | None) -> str:
    if alias is None:
        return text
    return re.sub(rf'(?<![\w"])(?:{re.escape(alias)}|"{re.escape(alias)}")\.', "", text)
