"""Filters and sort orders that come from outside: known fields only, and never a secret one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lumi_db.client import load_datamodel
from lumi_db.engine.datamodel import Field
from lumi_db.errors import QueryError
from lumi_db.redaction import SECRET_FIELDS

LARGEST_PAGE = 10_000
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
    known = known_fields(entity)
    for name, wanted in (filters or {}).items():
        if name not in known:
            raise QueryError(
                f"`{name}` is not a field to filter by: use one of {', '.join(known)}.",
                entity=entity,
                fields=(name,),
            )
        for operator in wanted if isinstance(wanted, Mapping) else ():
            if operator not in OPERATORS:
                raise QueryError(
                    f"`{name}.{operator}` is not a way to filter: use one of {', '.join(OPERATORS)}.",
                    entity=entity,
                    fields=(name,),
                )
    return dict(filters or {})


def read_sort(
    entity: str, sort: str | Sequence[str] | None, *, default: Sequence[str]
) -> tuple[SortKey, ...]:
    """Read `"-createdAt"` or `["status", "-createdAt"]`; the id follows, so that the order is that of one row each.

    Raises QueryError for a field that does not exist, cannot be sorted by, or is named twice.
    """
    given = default if sort is None else [sort] if isinstance(sort, str) else sort
    names = [name for one in given for name in one.split(",")]
    sortable = {
        n: f for n, f in known_fields(entity).items() if not f.is_list and f.type not in ("Json", "Bytes")
    }
    for name in names:
        if name.removeprefix("-") not in sortable:
            raise QueryError(
                f"`{name.removeprefix('-')}` is not a field to sort by: use one of {', '.join(sortable)}, "
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


def as_order(keys: Sequence[SortKey], *, turned: bool = False) -> list[dict[str, str]]:
    """Return the client's `order`; `turned` is from the last row to the first."""
    return [{key.field.name: "desc" if key.descending != turned else "asc"} for key in keys]
