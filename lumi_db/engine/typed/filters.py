"""`where`: filters, and the keys of one row with further filters beside them."""

from __future__ import annotations

from ..datamodel import Enum, Field, Model, Relation, UniqueKey
from .head import filter_types
from .names import given_type, literal, read_only, typed_dict


def render_enum(enum: Enum) -> str:
    """Write the names of an enum as text, and its filters."""
    name = f"_{enum.name}Name"
    type_ = f"Union[_enums.{enum.name}, {name}]"
    return f"{name} = {literal(enum.values)}\n{filter_types(enum.name, type_)}"


def render_filters(model: Model) -> str:
    """Write the filters of a model, of its relations from elsewhere, and of one row of it."""
    name, where = model.name, f'"{model.name}Where"'
    scalars = {field.name: read_only(_filter(field)) for field in model.fields.values()}
    relations = {one.name: read_only(_relation(one)) for one in model.relations.values()}
    logic = {key: read_only(f"Sequence[{where}]") for key in ("AND", "OR", "NOT")}
    single = f'"is": ReadOnly[Optional[{where}]], "is_not": ReadOnly[Optional[{where}]]'
    return "".join(
        (
            typed_dict(f"{name}Where", scalars | relations | logic),
            f"_{name}Filters = Union[{name}Where, _types.{name}WhereInput]\n",
            f'_{name}Is = TypedDict("_{name}Is", {{{single}}}, total=False)\n',
            typed_dict(f"_{name}Some", {key: read_only(where) for key in ("some", "every", "none")}),
            *(_unique(model, key) for key in model.uniques),
            f"{name}Unique = Union[{', '.join(_unique_names(model))}, _types.{name}WhereUniqueInput]\n",
        )
    )


def _filter(field: Field) -> str:
    if field.is_list:
        return f"_types.{field.type}ListFilter"
    if field.type == "Json":
        return "_JsonFilter" if field.is_required else "Union[None, _JsonFilter]"
    null = "" if field.is_required else "Null"
    parts = [*(["None"] if null else []), given_type(field), f"_{field.type}{null}Filter"]
    return f"Union[{', '.join(parts)}]"


def _relation(relation: Relation) -> str:
    if relation.is_list:
        return f'"_{relation.target}Some"'
    return f'"_{relation.target}Is"' if relation.is_required else f'Optional["_{relation.target}Is"]'


def _unique(model: Model, key: UniqueKey) -> str:
    """Write the filter that names a row by one key, whatever else it asks of it."""
    name, base = _unique_name(model, key), f"{model.name}Where"
    if len(key.fields) == 1:
        return typed_dict(name, {key.name: f"Required[ReadOnly[{given_type(key.fields[0])}]]"}, bases=base)
    parts = {field.name: f"Required[ReadOnly[{given_type(field)}]]" for field in key.fields}
    values = f"{model.name}Key_{key.name}"
    return typed_dict(values, parts) + typed_dict(
        name, {key.name: f"Required[ReadOnly[{values}]]"}, bases=base
    )


def _unique_names(model: Model) -> list[str]:
    return list(dict.fromkeys(_unique_name(model, key) for key in model.uniques))


def _unique_name(model: Model, key: UniqueKey) -> str:
    return f"_{model.name}By_{key.name}"
