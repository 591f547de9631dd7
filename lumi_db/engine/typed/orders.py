"""`order`: by fields, by fields of related rows, by their number, by how well a text is found."""

from __future__ import annotations

from ..datamodel import Model
from .names import literal, read_only, typed_dict


def render_orders(model: Model) -> str:
    """Write the orders of a model; prisma-client-py's own stay allowed."""
    name, texts = model.name, _texts(model)
    items = {field: read_only("_Sort") for field in model.fields}
    items |= {
        one.name: read_only("_CountOrder" if one.is_list else f'"{one.target}OrderBy"')
        for one in model.relations.values()
    }
    relevance = {
        "fields": f"Required[ReadOnly[Sequence[{literal(texts)}]]]",
        "search": "Required[ReadOnly[_str]]",
        "sort": "Required[ReadOnly[_types.SortOrder]]",
    }
    if texts:
        items["_relevance"] = read_only(f'"_{name}Relevance"')
    either = f"{name}OrderBy, _types.{name}OrderByInput"
    return "".join(
        (
            typed_dict(f"{name}OrderBy", items),
            typed_dict(f"_{name}Relevance", relevance) if texts else "",
            f"_{name}Orders = Union[{either}, Sequence[Union[{either}]]]\n",
        )
    )


def _texts(model: Model) -> list[str]:
    return [field.name for field in model.fields.values() if field.type == "String" and not field.is_list]
