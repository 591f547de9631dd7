"""Filters and sort orders that come from outside: known fields only, and never a secret one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lumi_db.client import load_datamodel
from lumi_db.dto.base import shortened
from lumi_db.engine.datamodel import Field
from lumi_db.errors import QueryError
from lumi_db.redaction import SECRET_FIELDS

LARGEST_PAGE = 10_000
DEEPEST_FILTER = 8
OPERATORS = (
    "equals", "not", "in", "not_in", "lt", "lte", "gt", "gte", "contains", "startswith", "endswith",
    "mode", "has", "has_some", "has_every", "is_empty",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SortKey:
    field: Field
    descending: bool


def known_fields(entity: str) -> Mapping[str, Field]:
    """Return the scalar fields of a model that may be filtered by."""
    secret = SECRET_FIELDS.get(entity, frozenset())
    return {
        name: field for name, field in load_datamodel().models[entity].fields.items() if name not in secret
    }


def read_filters(entity: str, filters: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the client's `where` for filters like `{"status": "ACTIVE", "price": {"gte": 10}}`.

    Raises QueryError for a field or an operator that does not exist.
    """
    if filters is None:
        return {}
    if not isinstance(filters, Mapping):
        message = "filters must be a mapping from fields to what they must be."
        raise QueryError(message, entity=entity, fields=("filters",))
    known = known_fields(entity)
    for name, wanted in filters.items():
        if name not in known:
            said = shortened(name)
            raise QueryError(
                f"`{said}` is not a field to filter by: use one of {', '.join(known)}.",
                entity=entity,
                fields=(said,),
            )
        for operator in wanted if isinstance(wanted, Mapping) else ():
            if operator not in OPERATORS:
                raise QueryError(
                    f"`{name}.{shortened(operator)}` is not a way to filter: use one of {', '.join(OPERATORS)}.",
                    entity=entity,
                    fields=(name,),
                )
        _check_values(entity, known[name], wanted)
    return dict(filters)


def _check_values(entity: str, field: Field, wanted: Any, depth: int = 0) -> None:
    """Refuse what the client takes and the shop does not: floats for money, instants without an offset."""
    if isinstance(wanted, Mapping | list | tuple) and depth < DEEPEST_FILTER:
        for one in wanted.values() if isinstance(wanted, Mapping) else wanted:
            _check_values(entity, field, one, depth + 1)
    elif field.type == "Decimal" and isinstance(wanted, float):
        message = f"`{field.name}` must not be a float, which is not exact: give a Decimal, or a text such as '49.90'."
        raise QueryError(message, entity=entity, fields=(field.name,))
    elif field.type == "DateTime" and not _has_offset(wanted):
        message = f"`{field.name}` must be an instant with its offset, such as 2026-01-31T12:00:00Z."
        raise QueryError(message, entity=entity, fields=(field.name,))


def _has_offset(wanted: Any) -> bool:
    """Tell whether an instant says where it is; what is none the client refuses."""
    try:
        moment = datetime.fromisoformat(wanted) if isinstance(wanted, str) else wanted
    except ValueError:
        return True
    return not isinstance(moment, datetime) or moment.tzinfo is not None


def read_sort(
    entity: str, sort: str | Sequence[str] | None, *, default: Sequence[str]
) -> tuple[SortKey, ...]:
    """Read `"-createdAt"` or `["status", "-createdAt"]`; the id follows, so that the order is that of one row each.

    Raises QueryError for a field that does not exist, cannot be sorted by, or is named twice.
    """
    given = default if sort is None else [sort] if isinstance(sort, str) else sort
    if not isinstance(given, Sequence) or not all(isinstance(one, str) for one in given):
        message = "sort must be a text like `price,-createdAt`, or a list of such."
        raise QueryError(message, entity=entity, fields=("sort",))
    names = [name for one in given for name in one.split(",")]
    sortable = {
        n: f for n, f in known_fields(entity).items() if not f.is_list and f.type not in ("Json", "Bytes")
    }
    for name in names:
        if name.removeprefix("-") not in sortable:
            raise QueryError(
                f"`{shortened(name.removeprefix('-'))}` is not a field to sort by: use one of {', '.join(sortable)}, "
                "with `-` before it for the largest first.",
                entity=entity,
                fields=("sort",),
            )
    keys = [SortKey(sortable[name.removeprefix("-")], name.startswith("-")) for name in names]
    if len({key.field.name for key in keys}) < len(keys):
        raise QueryError("A field is named twice in `sort`: name it once.", entity=entity, fields=("sort",))
    rest = [
        key
        for key in load_datamodel().models[entity].id_fields
        if key.name not in {k.field.name for k in keys}
    ]
    is_descending = bool(keys) and keys[-1].descending
    return (*keys, *(SortKey(field, is_descending) for field in rest))


def read_size(size: int, *, name: str = "size") -> int:
    """Check the size of a page. Raises QueryError unless it is from 1 to 10,000."""
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= LARGEST_PAGE:
        raise QueryError(f"{name} must be a whole number from 1 to {LARGEST_PAGE:,}.", fields=(name,))
    return size


def read_number(number: int) -> int:
    """Check the number of a page. Raises QueryError unless it is from 1 to 2,147,483,648."""
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 2**31:
        raise QueryError("The number of a page must be a whole number from 1 on.", fields=("number",))
    return number


def as_order(keys: Sequence[SortKey], *, turned: bool = False) -> list[dict[str, str]]:
    """Return the client's `order`; `turned` is from the last row to the first."""
    return [{key.field.name: "desc" if key.descending != turned else "asc"} for key in keys]
