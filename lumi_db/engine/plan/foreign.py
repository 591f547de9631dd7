"""Relations whose foreign key is in the row itself: what they point at is written before the row."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from ..condition import ALWAYS, AllOf, Condition, Not, Related
from ..datamodel import Relation
from ..operation import (
    Assign,
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
from .steps import Step, Steps, in_order, in_turn, no_related, query

if TYPE_CHECKING:
    from .rows import RowPlans

Planned = tuple[list[Step], list[Assign]]


class ForeignSide:
    def __init__(self, rows: RowPlans) -> None:
        self._rows = rows

    def plan(self, nested: Iterable[NestedWrite], key: int | None = None) -> Planned:
        """Plan what must stand before the row: steps, and the foreign key's values that go into it.

        `key` is the row's own, if it is there already.
        """
        steps: list[Step] = []
        assigns: list[Assign] = []
        for write in nested:
            for action in write.actions if write.relation.owns_key else ():
                more, values = self._put(write.relation, action, key)
                steps += more
                assigns += values
        return steps, assigns

    def changes(self, write: NestedWrite, key: int) -> list[Step]:
        """Plan what happens to the row that ours points at once ours is written."""
        if not write.relation.owns_key:
            return []
        return [step for action in write.actions for step in self._change(write.relation, action, key)]

    def _put(self, relation: Relation, action: NestedAction, key: int | None) -> Planned:
        match action:
            case NestedCreate(row):
                far, step = self._rows.create(row)
                return [step], self._pointing_at(relation, far)
            case NestedConnect(where):
                far, step = self._find(relation, where)
                return [step, *self._make_free(relation, far, key)], self._pointing_at(relation, far)
            case NestedConnectOrCreate(where, row):
                far, step = self._find_or_create(relation, where, row, key)
                return [step], self._pointing_at(relation, far)
            case _:
                return [], []

    def _change(self, relation: Relation, action: NestedAction, key: int) -> list[Step]:
        match action:
            case NestedUpdate(where, update):
                return [self._rows.update_linked(relation, key, where, update)]
            case NestedUpsert(where, row, update):
                return [self._upsert(relation, key, where, row, update)]
            case NestedDisconnect(where):
                return [self._let_go(relation, key, where)]
            case NestedDelete(where, instead):
                if instead:
                    return [self._rows.delete_linked(relation, key, where, instead)]
                return [self._delete(relation, key, where)]
            case _:
                return []

    def _pointing_at(self, relation: Relation, far: int) -> list[Assign]:
        pairs = zip(relation.local, relation.remote, strict=True)
        return [Assign(near, "set", self._rows.bound(far, field)) for near, field in pairs]

    def _find(self, relation: Relation, where: Condition) -> tuple[int, Step]:
        fields = self._rows.far_fields(relation)
        missing = partial(no_related, relation, "connect")
        return self._rows.find(self._rows.target(relation), where, fields, missing)

    def _make_free(self, relation: Relation, far: int, key: int | None) -> list[Step]:
        """Part the row that ours will point at from the one it is one-to-one with until now."""
        opposite = self._rows.datamodel.opposite(relation)
        if opposite.is_list:
            return []
        model = self._rows.datamodel.models[relation.model]
        others = ALWAYS if key is None else Not(self._rows.is_row(model, key))
        return [self._rows.part(opposite, far, others)]

    def _find_or_create(
        self, relation: Relation, where: Condition, row: CreateRow, key: int | None
    ) -> tuple[int, Step]:
        far = self._rows.new_key()
        find = self._rows.writes.find(self._rows.target(relation), where, self._rows.far_fields(relation))
        make_free = self._make_free(relation, far, key)
        created, create = self._rows.create(row)

        def step(context: Context) -> Steps:
            rows = yield from query(find, context)
            if rows:
                context.bound[far] = rows[0]
                yield from in_turn(make_free, context)
            else:
                yield from create(context)
                context.bound[far] = context.bound[created]

        return far, step

    def _upsert(
        self, relation: Relation, key: int, where: Condition, row: CreateRow, update: UpdateRow
    ) -> Step:
        find, change = self._rows.linked_change(relation, key, where, update)
        created, create = self._rows.create(row)
        model = self._rows.datamodel.models[relation.model]
        moved = self._rows.moved(model, self._pointing_at(relation, created))
        point = self._rows.writes.update(model, moved, self._rows.is_row(model, key), ())

        def step(context: Context) -> Steps:
            if (yield from find(context)) is None:
                yield from create(context)
                yield from query(point, context)
            else:
                yield from change(context)

        return step

    def _let_go(self, relation: Relation, key: int, where: Condition) -> Step:
        """Empty the foreign key where what it points at meets the condition; this leaves `@updatedAt` alone."""
        model = self._rows.datamodel.models[relation.model]
        emptied = [Assign(field, "set", Constant(None)) for field in relation.local if not field.is_required]
        here = self._rows.is_row(model, key)
        meant = here if where == ALWAYS else AllOf((here, Related(relation, where, exists=True)))
        return partial(query, self._rows.writes.update(model, in_order(model, emptied), meant, ()))

    def _delete(self, relation: Relation, key: int, where: Condition) -> Step:
        """Delete what the row points at, once it has let go of it."""
        target, far = self._rows.target(relation), self._rows.new_key()
        find = self._rows.writes.find(
            target, where, target.id_fields, linked=self._rows.linked(relation, key)
        )
        let_go = self._let_go(relation, key, ALWAYS)
        delete = self._rows.writes.delete(target, self._rows.is_row(target, far), ())

        def step(context: Context) -> Steps:
            rows = yield from query(find, context)
            if not rows:
                raise no_related(relation, "delete")
            context.bound[far] = rows[0]
            yield from let_go(context)
            yield from query(delete, context)

        return step
