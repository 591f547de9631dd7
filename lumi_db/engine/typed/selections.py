"""`include`, `select` and `omit`. Below a `select` or an `omit` all rows are dictionaries, so both may be nested."""

from __future__ import annotations

from ..datamodel import Model, Relation
from .names import read_only, typed_dict


def render_selections(model: Model) -> str:
    """Write which relations and fields of a model can be asked for, and the arguments of a relation to it."""
    name = model.name
    flags = {field: read_only("_bool") for field in model.fields}
    related = {one.name: read_only(f"Union[_bool, {_rows(one)}]") for one in model.relations.values()}
    lists = {one.name: one.target for one in model.relations.values() if one.is_list}
    counts = {key: read_only(f'Union[_bool, "_{target}Counted"]') for key, target in lists.items()}
    if lists:
        related["_count"] = read_only(f'Union[_bool, "_{name}Count"]')
    return "".join(
        (
            typed_dict(
                f"{name}Relations",
                {one.name: read_only(f"Union[_bool, {_models(one)}]") for one in model.relations.values()},
            ),
            typed_dict(f"_{name}RowRelations", related),
            typed_dict(f"{name}Select", flags | related),
            typed_dict(f"{name}Omit", flags),
            typed_dict(f"_{name}Count", {"select": f'Required[ReadOnly["_{name}CountSelect"]]'})
            if lists
            else "",
            typed_dict(f"_{name}CountSelect", counts) if lists else "",
            _arguments(name),
        )
    )


def _arguments(name: str) -> str:
    """Write the arguments of a relation to a model: of many rows, of one, and of one that may be missing."""
    where = {"where": read_only(f'"_{name}Filters"')}
    page = {
        **where,
        "order_by": read_only(f'"_{name}Orders"'),
        "take": read_only("_int"),
        "skip": read_only("_int"),
        "cursor": read_only(f'"{name}Unique"'),
        # not read-only: as with filters, mypy is to see at once that the generated arguments are others
        "distinct": f"Sequence[_types.{name}ScalarFieldKeys]",
    }
    models = {"include": read_only(f'"{name}Relations"')}
    rows = {
        "select": read_only(f'"{name}Select"'),
        "omit": read_only(f'"{name}Omit"'),
        "include": read_only(f'"_{name}RowRelations"'),
    }
    required = {"where": f'Required[ReadOnly["_{name}Filters"]]'}
    return "".join(
        (
            typed_dict(f"_{name}Many", page | models),
            typed_dict(f"_{name}One", models),
            typed_dict(f"_{name}Maybe", required | models),
            typed_dict(f"_{name}ManyRows", page | rows),
            typed_dict(f"_{name}OneRow", rows),
            typed_dict(f"_{name}MaybeRow", where | rows),
            typed_dict(f"_{name}Counted", where),
        )
    )


def _models(relation: Relation) -> str:
    if relation.is_list:
        return f'"_{relation.target}Many"'
    return f'"_{relation.target}One"' + ("" if relation.is_required else f', "_{relation.target}Maybe"')


def _rows(relation: Relation) -> str:
    kind = "ManyRows" if relation.is_list else "OneRow" if relation.is_required else "MaybeRow"
    return f'"_{relation.target}{kind}"'
