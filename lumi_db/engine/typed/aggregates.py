"""What is counted, summed and compared, and what comes of it: null where there are no rows, Decimals exact."""

from __future__ import annotations

from ..bind.aggregates import can_take
from ..datamodel import Field, Model
from .names import optional, read_only, read_type, typed_dict


def render_aggregates(model: Model) -> str:
    """Write what `aggregate` and `group_by` take and give."""
    name = model.name
    summed = [field for field in model.fields.values() if can_take("sum", field)]
    compared = [field for field in model.fields.values() if can_take("min", field)]
    results = {"_sum": f"_{name}Sums", "_avg": f"_{name}Averages", "_min": f"_{name}Extremes"}
    results["_max"] = results["_min"]
    counts = {"_count": f"_types.{name}CountAggregateOutput"}
    base, keys = f"_{name}Results", {field.name: read_type(field) for field in model.fields.values()}
    return "".join(
        (
            typed_dict(f"{name}Summed", {field.name: read_only("_bool") for field in summed}),
            typed_dict(f"{name}Compared", {field.name: read_only("_bool") for field in compared}),
            typed_dict(f"_{name}Sums", {field.name: _nullable(field) for field in summed}),
            typed_dict(f"_{name}Averages", {field.name: _average(field) for field in summed}),
            typed_dict(f"_{name}Extremes", {field.name: _nullable(field) for field in compared}),
            typed_dict(base, results),
            typed_dict(f"{name}Aggregate", {"_count": "_int"}, bases=base),
            typed_dict(f"{name}AggregateCounts", counts, bases=base),
            typed_dict(f"{name}GroupRow", keys | counts, bases=base),
            _group_order(model, summed, compared),
        )
    )


def _group_order(model: Model, summed: list[Field], compared: list[Field]) -> str:
    """Write the order of groups by their fields, and by what is aggregated in them."""
    name, sort = model.name, read_only("_types.SortOrder")
    functions = {
        "count": [*model.fields.values()],
        "avg": summed,
        "sum": summed,
        "min": compared,
        "max": compared,
    }
    parts = {"count": "Counted", "avg": "Summed", "sum": "Summed", "min": "Compared", "max": "Compared"}
    kinds = {parts[function]: fields for function, fields in functions.items()}
    return "".join(
        (
            *(
                typed_dict(f"_{name}{kind}Order", {field.name: sort for field in fields})
                for kind, fields in kinds.items()
            ),
            typed_dict(
                f"_{name}GroupOrder",
                {field: read_only("_Sort") for field in model.fields}
                | {f"_{function}": read_only(f"_{name}{kind}Order") for function, kind in parts.items()},
            ),
        )
    )


def _nullable(field: Field) -> str:
    type_ = read_type(field)
    return type_ if type_.startswith("Optional[") else optional(type_)


def _average(field: Field) -> str:
    return optional("_decimal.Decimal" if field.type == "Decimal" else "_float")
