"""What plans are made of.

A step is a generator that yields statements, receives what they gave, and never does I/O itself; the
engine's loop drives it. So a nested write reads top to bottom, and a test can feed rows by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from typing import Any

from ..datamodel import Model, Relation, UniqueKey
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


def alone(statement: Statement) -> Steps:
    """Run a statement that is a whole plan."""
    return (yield statement)


_DEPENDS = "An operation failed because it depends on one or more records that were required but not found."


def not_found(cause: str, model: str) -> EngineError:
    """Return the error for a root row that is not there."""
    return EngineError("P2025", f"{_DEPENDS} {cause}", {"cause": cause, "modelName": model})


def key_taken(model: Model, key: UniqueKey) -> EngineError:
    """Return P2002 for a row that is in the way and that the operation may not touch."""
    names = ", ".join(f"`{field.name}`" for field in key.fields)
    meta = {"modelName": model.name, "target": [field.name for field in key.fields]}
    return EngineError("P2002", f"Unique constraint failed on {model.name}: {names} must be unique.", meta)


def no_related(relation: Relation, verb: str) -> EngineError:
    """Return the error for a row that a nested write needs, with the code Prisma has for it.

    `relation` in its meta tells it apart from a root row that is not there.
    """
    place = f"{relation.model}.{relation.name}"
    cause = f"No '{relation.target}' record was found for a nested {verb} on the relation '{place}'."
    meta = {"cause": cause, "modelName": relation.model, "relation": place}
    if verb == "connect" and relation.is_list and relation.join is None:
        return EngineError("P2018", f"The required connected records were not found. {cause}", meta)
    if verb == "delete" and relation.is_list:
        return EngineError("P2017", f"The records of a relation are not connected. {cause}", meta)
    return EngineError("P2025", f"{_DEPENDS} {cause}", meta)


def required_relation(relation: Relation, opposite: Relation) -> EngineError:
    """Return P2014, for a row whose foreign key cannot be emptied; `relation` leads from the other side to it."""
    return EngineError(
        "P2014",
        f"The change would leave a {relation.target} without its required {opposite.name}: "
        f"connect it elsewhere or delete it instead.",
        {"relation_name": relation.name, "model_a_name": relation.model, "model_b_name": relation.target},
    )


def nothing(context: Context) -> Steps:
    """Do nothing, as a step."""
    yield from ()


def in_turn(steps: Iterable[Step], context: Context) -> Steps:
    for step in steps:
        yield from step(context)


def in_order(model: Model, assigns: Iterable[Assign]) -> list[Assign]:
    """Sort the columns as the schema has them; of two values for one column the later wins."""
    by_name = {assign.field.name: assign for assign in assigns}
    return [by_name[name] for name in model.fields if name in by_name]
