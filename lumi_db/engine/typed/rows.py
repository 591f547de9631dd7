"""What a `select` or an `omit` gives: dictionaries with some of a model's fields."""

from __future__ import annotations

from ..datamodel import Model, Relation
from .names import read_type, typed_dict


def render_rows(model: Model) -> str:
    """Write the dictionary that stands for a row."""
    name = model.name
    items = {field.name: read_type(field) for field in model.fields.values()}
    items |= {one.name: _related(one) for one in model.relations.values()}
    lists = [one.name for one in model.relations.values() if one.is_list]
    if lists:
        items["_count"] = f'"_{name}Counts"'
    counts = typed_dict(f"_{name}Counts", dict.fromkeys(lists, "_int")) if lists else ""
    return counts + typed_dict(f"{name}Row", items, about=f"A row of {name}: what was selected of it.")


def _related(relation: Relation) -> str:
    row = f'"{relation.target}Row"'
    return f"List[{row}]" if relation.is_list else row if relation.is_required else f"Optional[{row}]"
