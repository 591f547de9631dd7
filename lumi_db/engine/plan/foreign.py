"""Relations whose foreign key is in the row itself: what they point at is written before the row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..datamodel import Field, Model, Relation
from ..operation import (
    Assign,
    Condition,
    CreateRow,
    NestedAction,
    NestedConnect,
    NestedConnectOrCreate,
    NestedCreate,
    NestedDelete,
    NestedDisconnect,
    NestedUpdate,
    NestedUpsert,
    NestedWrite,
    UpdateRow,
)
from ..sources import Constant, Context
from .steps import Step, Steps, no_record, query

if TYPE_CHECKING:
    from .rows import RowPlans


class ForeignSide:
    def __init__(self, rows: RowPlans) -> None:
        self._rows = rows

    def plan(self, nested: Iterable[NestedWrite], key: int | None = None) -> tuple[list[Step], list[Assign]]:
        """Plan what must stand before the row: steps, and the foreign key's values."""
        steps: list[Step] = []
        assigns: list[Assign] = []
        for write in nested:
            if not write.relation.owns_key:
                continue
            for action in write.actions:
                far, step = self._action(write.relation, action, key)
                steps += [step] if step else []
                assigns += self._foreign_key(write.relation, far, action)
        return steps, assigns

    def _foreign_key(self, relation: Relation, far: int | None, action: NestedAction) -> list[Assign]:
        if far is not None:
            pairs = zip(relation.local, relation.remote, strict=True)
            return [Assign(near, "set", self._rows.bound(far, field)) for near, field in pairs]
        if isinstance(action, NestedDisconnect | NestedDelete):
            return [Assign(field, "set", Constant(None)) for field in relation.local if not field.is_required]
        return []

    def _action(
        self, relation: Relation, action: NestedAction, key: int | None
    ) -> tuple[int | None, Step | None]:
        target = self._rows.target(relation)
        fields = self._rows.far_fields(relation)
        match action:
            case NestedCreate(row):
                return self._rows.create(row)
            case NestedConnect(where):
                return self._rows.find(target, where, fields, no_record(relation, "connect"))
            case NestedConnectOrCreate(where, row):
                return self._find_or_create(target, where, fields, row)
            case NestedUpdate(where, update) if key is not None:
                return None, self._rows.update_linked(relation, key, where, update)
            case NestedUpsert(where, row, update) if key is not None:
                return self._upsert_far(relation, key, where, row, update)
            case _:
                return None, None

    def _find_or_create(
        self, model: Model, where: Condition, fields: list[Field], row: CreateRow
    ) -> tuple[int, Step]:
        key = self._rows.new_key()
        find = self._rows.writes.find(model, where, fields)
        created, create = self._rows.create(row)

        def step(context: Context) -> Steps:
            rows = yield from query(find, context)
            if not rows:
                yield from create(context)
            context.bound[key] = rows[0] if rows else context.bound[created]

        return key, step

    def _upsert_far(
        self, relation: Relation, key: int, where: Condition, row: CreateRow, update: UpdateRow
    ) -> tuple[int, Step]:
        far, (find, change) = self._rows.new_key(), self._rows.linked_change(relation, key, where, update)
        created, create = self._rows.create(row)

        def step(context: Context) -> Steps:
            found = yield from find(context)
            if found is None:
                yield from create(context)
                context.bound[far] = context.bound[created]
            else:
                yield from change(context)
                context.bound[far] = found

        return far, step

    def deletes(self, write: NestedWrite, key: int) -> list[Step]:
        """Plan the deletes of rows that ours pointed at, which can only go once it has let go of them."""
        if not write.relation.owns_key:
            return []
        return [
            self._rows.delete_linked(write.relation, key, one.where)
            for one in write.actions
            if isinstance(one, NestedDelete)
        ]
