"""What plans are made of.

A step is a generator that yields statements, receives what they gave, and never does I/O itself; the
engine's loop drives it. So a nested write reads top to bottom, and a test can feed rows by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from typing import Any

from ..datamodel import Model, Relation
from ..errors import EngineError
from ..operation import Assign
from ..sources import Context
from ..sql.writer import Template
from ..statement import Statement

Row = Mapping[str, Any]
Rows = Sequence[Row]
Steps = Generator[Statement, Any, Any]
Step = Callable[[Context], Steps]


def query(template: Template, context: Context) -> Generator[Statement, Any, Any]:
    """Run one statement and return its rows, or their number."""
    return (yield template.fill(context))


def not_found(cause: str, model: str) -> EngineError:
    message = (
        "An operation failed because it depends on one or more records that were required but not found."
    )
    return EngineError("P2025", f"{message} {cause}", {"cause": cause, "modelName": model})


def no_record(relation: Relation, word: str) -> str:
    place = f"the relation '{relation.model}.{relation.name}'"
    return f"No '{relation.target}' record was found for a nested {word} on {place}."


def in_turn(steps: Iterable[Step], context: Context) -> Steps:
    for step in steps:
        yield from step(context)


def in_order(model: Model, assigns: Iterable[Assign]) -> list[Assign]:
    """Sort the columns as the schema has them; of two values for one column the later wins."""
    by_name = {assign.field.name: assign for assign in assigns}
    return [by_name[name] for name in model.fields if name in by_name]
