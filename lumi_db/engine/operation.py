"""Operations: what a call means, checked against the datamodel, with a `Source` for every value.

Binding makes these trees; planning and SQL only read them. Schema order is kept everywhere, so that calls
of equal meaning give equal SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .condition import ALWAYS, Condition
from .datamodel import Field, Model, Relation, UniqueKey
from .sources import Source

Function = Literal["count", "avg", "sum", "min", "max"]


# --- reads -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RelatedCount:
    """The number of related rows that meet `where`."""

    relation: Relation
    where: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Relevance:
    """How well the text of these fields, joined, answers a full-text search."""

    fields: tuple[Field, ...]
    text: Source


@dataclass(frozen=True, slots=True)
class Through:
    """What `key` is for the one related row; null, or zero for a number, where there is none that meets `where`."""

    relation: Relation
    key: OrderKey
    where: Condition = ALWAYS


OrderKey = Field | RelatedCount | Relevance | Through


@dataclass(frozen=True, slots=True)
class Order:
    key: OrderKey
    descending: bool
    nulls: Literal["first", "last"] | None = None

    @property
    def nulls_first(self) -> bool:
        """Where nulls stand; PostgreSQL takes them for the largest values."""
        return self.nulls == "first" if self.nulls else self.descending


@dataclass(frozen=True, slots=True)
class Cursor:
    """Start at the row that `key` names, in the order of the selection."""

    key: Condition


@dataclass(frozen=True, slots=True)
class Include:
    relation: Relation
    select: Select


@dataclass(frozen=True, slots=True)
class Select:
    """Rows of one model. `backwards` takes the last rows: the order is turned, and again at the end.

    They are given as models, or as dictionaries if they are `plain`, which may hold `counts` of related rows too.
    """

    model: Model
    fields: tuple[Field, ...]
    where: Condition = ALWAYS
    order: tuple[Order, ...] = ()
    take: Source | None = None
    skip: Source | None = None
    backwards: bool = False
    cursor: Cursor | None = None
    distinct: tuple[Field, ...] = ()
    includes: tuple[Include, ...] = ()
    counts: tuple[RelatedCount, ...] = ()
    plain: bool = False

    @property
    def is_flat(self) -> bool:
        """Whether all that is read stands in the rows themselves."""
        return not self.includes and not self.counts


LockStrength = Literal["update", "no key update", "share", "key share"]


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock on the rows a find returns; `waiting` says what to do about rows that others have locked."""

    strength: LockStrength
    waiting: Literal["wait", "skip locked", "nowait"] = "wait"


@dataclass(frozen=True, slots=True)
class Find:
    select: Select
    single: bool
    required: bool
    lock: Lock | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One number: a function over a column, or over rows (`field` is None)."""

    function: Function
    field: Field | None


@dataclass(frozen=True, slots=True, eq=False)
class AggregateField(Field):
    """What a function makes of a column, in the place of a field: in `having` and in the order of groups."""

    function: Function


@dataclass(frozen=True, slots=True)
class Count:
    select: Select
    counted: tuple[Aggregate, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers over all rows of a selection; `bare_count` gives their number itself in the place of a dictionary."""

    select: Select
    aggregates: tuple[Aggregate, ...]
    bare_count: bool


@dataclass(frozen=True, slots=True)
class GroupBy:
    model: Model
    by: tuple[Field, ...]
    where: Condition
    having: Condition
    order: tuple[Order, ...]
    take: Source | None
    skip: Source | None
    backwards: bool
    aggregates: tuple[Aggregate, ...]


# --- writes ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Assign:
    """Set a column. `operator` is a key of `sql.writes.ASSIGNMENTS`."""

    field: Field
    operator: str
    value: Source


@dataclass(frozen=True, slots=True)
class CreateRow:
    """A new row: its own columns, then the relations that must be written with it."""

    model: Model
    values: tuple[Assign, ...]
    nested: tuple[NestedWrite, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateRow:
    model: Model
    assignments: tuple[Assign, ...]
    nested: tuple[NestedWrite, ...] = ()


@dataclass(frozen=True, slots=True)
class NestedCreate:
    row: CreateRow


@dataclass(frozen=True, slots=True)
class NestedCreateMany:
    rows: tuple[CreateRow, ...]
    skip_duplicates: bool


@dataclass(frozen=True, slots=True)
class NestedConnect:
    where: Condition


@dataclass(frozen=True, slots=True)
class NestedConnectOrCreate:
    where: Condition
    row: CreateRow


@dataclass(frozen=True, slots=True)
class NestedDisconnect:
    """Let go of the related rows that match; it is no error if there are none."""

    where: Condition


@dataclass(frozen=True, slots=True)
class NestedSet:
    """Make these the only related rows; of the others, those that meet `among` are let go."""

    wheres: tuple[Condition, ...]
    among: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class NestedDelete:
    """Delete one related row, which must exist, or do `instead` to it."""

    where: Condition
    instead: tuple[Assign, ...] = ()


@dataclass(frozen=True, slots=True)
class NestedDeleteMany:
    where: Condition


@dataclass(frozen=True, slots=True)
class NestedUpdate:
    """Update one related row, which must exist."""

    where: Condition
    row: UpdateRow


@dataclass(frozen=True, slots=True)
class NestedUpdateMany:
    where: Condition
    assignments: tuple[Assign, ...]


@dataclass(frozen=True, slots=True)
class NestedUpsert:
    where: Condition
    create: CreateRow
    update: UpdateRow


NestedAction = (
    NestedCreate
    | NestedCreateMany
    | NestedConnect
    | NestedConnectOrCreate
    | NestedDisconnect
    | NestedSet
    | NestedDelete
    | NestedDeleteMany
    | NestedUpdate
    | NestedUpdateMany
    | NestedUpsert
)


@dataclass(frozen=True, slots=True)
class NestedWrite:
    """What happens to the rows at the other end of one relation, in this order."""

    relation: Relation
    actions: tuple[NestedAction, ...]


@dataclass(frozen=True, slots=True)
class Create:
    row: CreateRow
    select: Select


@dataclass(frozen=True, slots=True)
class Update:
    where: Condition
    row: UpdateRow
    select: Select


@dataclass(frozen=True, slots=True)
class Upsert:
    """`conflict` is the only key in `where` if `create` sets it too: then one ON CONFLICT may do.

    `pairs` are its values in `where` and in `create`; they must be equal for that. A row in the way that does not meet
    `guard` is none to update.
    """

    where: Condition
    create: CreateRow
    update: UpdateRow
    select: Select
    conflict: UniqueKey | None
    pairs: tuple[tuple[Source, Source], ...]
    guard: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete one row, which must exist, or do `instead` to it."""

    where: Condition
    select: Select
    instead: tuple[Assign, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateMany:
    """`select` is what is returned of the rows; without it they are counted."""

    model: Model
    where: Condition
    assignments: tuple[Assign, ...]
    select: Select | None = None


@dataclass(frozen=True, slots=True)
class DeleteMany:
    model: Model
    where: Condition


@dataclass(frozen=True, slots=True)
class CreateMany:
    """New rows, which are no part of the operation. Without `select` they are counted."""

    model: Model
    skip_duplicates: bool
    select: Select | None = None


@dataclass(frozen=True, slots=True)
class UpsertMany:
    """New rows, which are no part of the operation, or updates of those that have their `key`.

    `update` are the fields that are overwritten; None for all that a row gives. A row in the way that does not meet
    `guard` is none to update.
    """

    key: UniqueKey
    update: tuple[Field, ...] | None
    select: Select
    guard: Condition = ALWAYS


BulkOperation = CreateMany | UpsertMany
Operation = (
    Find
    | Count
    | Totals
    | GroupBy
    | Create
    | Update
    | Upsert
    | Delete
    | UpdateMany
    | DeleteMany
    | BulkOperation
)
