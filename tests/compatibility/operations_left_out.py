"""What random operations leave out, and why: the differences that docs/compatibility.md lists.

Each function is asked where such an operation would be made. Beside them:

- a cursor only at the root of a find, and no `where` beside it together with `distinct`: two ways in Prisma;
- no blanks in the text of `@db.Json`, which keeps them;
- orders end with the id: rows that tie have no order in Prisma;
- no foreign keys beside nested writes of relations: Prisma refuses them;
- in `where` of update_many and delete_many only that related rows are there: over nulls Prisma reads the contrary
  otherwise there than in finds;
- no empty nested `update` in a list: Prisma leaves out those after it;
- no value for `@updatedAt` where a relation moves the foreign key: Prisma writes over it;
- no `having` without a filter: Prisma panics;
- no unusual native types: Prisma cannot read all of them itself, so tests/compatibility has them one by one;
- no `search`: a preview feature of Prisma Client JS; no null beside Json: two nulls there;
- no division by zero, no numbers beyond a column or 2^53: bare errors, lost digits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lumi_db.engine.datamodel import Datamodel, Field, Model, Relation

from .answers import Outcome
from .dialect import Call


def is_plain_text(text: str) -> bool:
    """Whether a text is without the wildcards of LIKE, which Prisma does not escape."""
    return not set(text) & set("%_\\")


def may_connect_or_create(datamodel: Datamodel, relation: Relation) -> bool:
    """A one-to-one relation that is taken is P2002 in Prisma, and replaced here."""
    return relation.is_list or datamodel.opposite(relation).is_list


def may_filter_one(relation: Relation) -> bool:
    """Prisma heeds filters of `disconnect` and `upsert` only from the side without the foreign key."""
    return not relation.owns_key


def may_stand_beside_cursor(model: Model, order: Sequence[Mapping[str, Any]]) -> bool:
    """Whether Prisma pages in the database: in memory, by a compound id or by nulls, it filters before it seeks."""
    fields = [model.fields[name] for entry in order for name in entry]
    return len(model.id_fields) == 1 and all(one.is_required and not one.is_list for one in fields)


def may_count_from_cursor(model: Model) -> bool:
    """Prisma refuses to count from a cursor by a compound id (P2019)."""
    return len(model.id_fields) == 1


def has_no_extremes(field: Field) -> bool:
    """Whether PostgreSQL has no `min` and `max` of the field's type: a bare error in Prisma."""
    return field.native in ("Uuid", "Xml", "Bit", "VarBit")


def may_part_rows(field: Field) -> bool:
    """Rows of one `create_many` with and without a value that the database fills are two statements here."""
    filled = field.type in ("Json", "Bytes", "DateTime", "Decimal")
    return field.default is not None and (field.is_filled_by_database or filled)


def may_push_json(value: object) -> bool:
    """Prisma takes a list in `push` on a Json list for one element, and refuses a null there."""
    return value is not None


def may_change_key(datamodel: Datamodel, relation: Relation) -> bool:
    """Where a key that is changed is a part of the row's own id, Prisma answers with an empty list."""
    ids = datamodel.models[relation.model].id_fields
    return not (relation.owns_key and set(relation.local) & set(ids))


def is_fault_of_many(datamodel: Datamodel, call: Call, ours: Outcome, official: Outcome) -> bool:
    """Whether both fail at a nested write: that can have several faults, and Prisma finds them in another order."""
    if ours.error is None or official.error is None or "validation" in (ours.error, official.error):
        return False
    data = call.arguments.get("data", {})
    parts = [data, data.get("create"), data.get("update")] if isinstance(data, dict) else []
    relations = datamodel.models[call.model].relations.keys()
    return any(isinstance(part, dict) and relations & part.keys() for part in parts)


def may_ask_for_none(relation: Relation) -> bool:
    """A compound key of which a part is null points at nothing here; in Prisma all of it must be null."""
    return not relation.owns_key or len(relation.local) == 1
