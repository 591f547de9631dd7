"""What a picture shows, before anything has a place: boxes of rows, and links between rows.

A link goes from the row that is pointed at to the foreign key. Areas show all fields of their models, and models of
other areas that they touch as stubs; the overview shows all models with their keys alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from lumi_db.engine import Datamodel
from lumi_db.engine.datamodel import Field, Model, Relation
from tools.areas import AREAS, Area, area_of

from .styles import FLIPPED, STYLES


class End(Enum):
    """How many rows may be at an end of a link, as a crow's foot says it."""

    ONE = "one"
    NONE_OR_ONE = "none or one"
    ANY = "any number"


@dataclass(frozen=True, slots=True)
class Row:
    """A field: which keys it is part of, its name, and its type as the schema writes it."""

    keys: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Box:
    """A model with the rows that are shown, or a stub: models of other areas, or foreign keys of theirs, as rows."""

    id: str
    rows: tuple[Row, ...]
    is_stub: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key: the boxes and rows that it connects, and how many rows may be at its ends.

    The one who points stands to the right of the one pointed at, or to the left in a flipped link.
    """

    area: Area
    parent: str
    parent_row: str
    parent_end: End
    child: str
    child_row: str
    child_end: End
    is_flipped: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """One picture. In an overview the boxes of an area are drawn on a common ground."""

    name: str
    title: str
    description: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    is_overview: bool = False


def list_diagrams(datamodel: Datamodel) -> tuple[Diagram, ...]:
    """Return the overview, then a diagram for each area."""
    return (_overview(datamodel), *(_of_area(area, datamodel) for area in AREAS))


def _overview(datamodel: Datamodel) -> Diagram:
    boxes = tuple(_box(name, datamodel, only_keys=True) for area in AREAS for name in area.models)
    links = tuple(_link(key, datamodel, flipped=FLIPPED) for key in _foreign_keys(datamodel))
    what = f"All {len(boxes)} models by area, with their primary and foreign keys, and all {len(links)} relations."
    return Diagram("er-diagram", "The schema", what, boxes, links, is_overview=True)


def _of_area(area: Area, datamodel: Datamodel) -> Diagram:
    keys = [key for key in _foreign_keys(datamodel) if {key.model, key.target} & set(area.models)]
    boxes = [_box(name, datamodel, only_keys=False) for name in area.models]
    stubs = [*_stubs_of_parents(keys, area), *_stubs_of_children(keys, area)]
    links = [_link(key, datamodel, area=area, flipped=STYLES[area.name].flipped) for key in keys]
    what = f"{', '.join(area.models)}: all fields, and the relations to models of other areas."
    return Diagram(f"er/{area.name}", area.title, what, (*boxes, *stubs), tuple(links))


def _box(name: str, datamodel: Datamodel, *, only_keys: bool) -> Box:
    return Box(name, tuple(_rows(datamodel.models[name], only_keys=only_keys)))


def _stubs_of_parents(keys: list[Relation], area: Area) -> Iterator[Box]:
    """Yield a stub for each model and each other one that it points at, so that its lines are short."""
    pairs = dict.fromkeys((key.model, key.target) for key in keys if key.target not in area.models)
    for model, target in pairs:
        yield Box(_parent_stub(model, target), (Row("", target, ""),), is_stub=True)


def _stubs_of_children(keys: list[Relation], area: Area) -> Iterator[Box]:
    """Yield for each model the list of the foreign keys elsewhere that point at it, those that must first."""
    outside = sorted(
        (key for key in keys if key.model not in area.models), key=lambda key: not key.is_required
    )
    for target in dict.fromkeys(key.target for key in outside):
        rows = [Row("", _name(key), "") for key in outside if key.target == target]
        yield Box(_child_stub(target), tuple(rows), is_stub=True)


def _parent_stub(model: str, target: str) -> str:
    return f"{target} of {model}"


def _child_stub(target: str) -> str:
    return f"keys of {target}"


def _foreign_keys(datamodel: Datamodel) -> Iterator[Relation]:
    for model in datamodel.models.values():
        yield from (relation for relation in model.relations.values() if relation.owns_key)


def _name(key: Relation) -> str:
    return f"{key.model}.{key.local[0].name}"


def _link(key: Relation, datamodel: Datamodel, *, area: Area | None = None, flipped: frozenset[str]) -> Link:
    """Return the link of a foreign key; with an area, its ends outside of that are stubs."""
    parent, parent_row, child, child_row = key.target, key.remote[0].name, key.model, key.local[0].name
    if area and key.target not in area.models:
        parent, parent_row = _parent_stub(key.model, key.target), key.target
    if area and key.model not in area.models:
        child, child_row = _child_stub(key.target), _name(key)
    return Link(
        area=area_of(key.target),
        parent=parent,
        parent_row=parent_row,
        parent_end=End.ONE if key.is_required else End.NONE_OR_ONE,
        child=child,
        child_row=child_row,
        child_end=End.ANY if datamodel.opposite(key).is_list else End.NONE_OR_ONE,
        is_flipped=_name(key) in flipped,
    )


def _rows(model: Model, *, only_keys: bool) -> Iterator[Row]:
    foreign = {field for key in model.relations.values() if key.owns_key for field in key.local}
    for field in model.fields.values():
        keys = _keys(field, model, is_foreign=field in foreign)
        if not only_keys or "K" in keys:
            yield Row(keys, field.name, _type(field))


def _keys(field: Field, model: Model, *, is_foreign: bool) -> str:
    is_unique = any(key.fields == (field,) for key in model.uniques)
    if field in model.id_fields:
        return "PK FK" if is_foreign else "PK"
    if is_foreign:
        return "FK U" if is_unique else "FK"
    return "U" if is_unique else ""


def _type(field: Field) -> str:
    many = "[]" if field.is_list else ""
    return f"{field.type}{many or ('' if field.is_required else '?')}"
