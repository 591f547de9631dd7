"""Relations whose foreign key is in the other row, or that have a join table: written after the row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from ..condition import ALWAYS, AllOf, AnyOf, Compare, Condition, IsNull, Not
from ..datamodel import Relation
from ..operation import (
    Assign,
    CreateRow,
    NestedAction,
    NestedConnect,
    NestedConnectOrCreate,
    NestedCreate,
    NestedCreateMany,
    NestedDelete,
    NestedDeleteMany,
    NestedDisconnect,
    NestedSet,
    NestedUpdate,
    NestedUpdateMany,
    NestedUpsert,
    NestedWrite,
    UpdateRow,
)
from ..operators import DIFFERS
from ..sources import Constant, Context
from ..sql.writer import Template
from .insert_rows import insert_rows
from .steps import Step, Steps, in_order, no_related, query, required_relation

if TYPE_CHECKING:
    from .rows import RowPlans


def _is_plain_row(relation: Relation, action: NestedAction) -> bool:
    """Whether a row can be written together with others: nothing has to be known of it afterwards."""
    is_alone = isinstance(action, NestedCreate) and not action.row.nested
    return is_alone and relation.is_list and relation.join is None


class InverseSide:
    def __init__(self, rows: RowPlans) -> None:
        self._rows = rows

    def plan(self, write: NestedWrite, key: int, *, is_new: bool = False) -> list[Step]:
        """Plan what happens at the other end; nothing can be there yet of a row that `is_new`."""
        relation, steps = write.relation, list[Step]()
        if relation.owns_key:
            return steps
        for is_plain, actions in groupby(write.actions, partial(_is_plain_row, relation)):
            if is_plain:
                rows = [action.row for action in actions if isinstance(action, NestedCreate)]
                steps += self._create_many_linked(relation, key, rows, skip_duplicates=False)
            else:
                steps += [step for one in actions for step in self._action(relation, one, key, is_new)]
        return steps

    def _action(self, relation: Relation, action: NestedAction, key: int, is_new: bool) -> list[Step]:
        match action:
            case NestedCreateMany(rows, skip_duplicates):
                return self._create_many_linked(relation, key, rows, skip_duplicates=skip_duplicates)
            case NestedCreate() | NestedConnect() | NestedConnectOrCreate():
                room = [] if is_new else self._make_room(relation, key, action)
                return [*room, self._add(relation, action, key)]
            case _:
                return self._change(relation, action, key)

    def _add(
        self, relation: Relation, action: NestedCreate | NestedConnect | NestedConnectOrCreate, key: int
    ) -> Step:
        match action:
            case NestedCreate(row):
                return self._create_linked(relation, key, row)
            case NestedConnect(where):
                return self._connect(relation, key, where)
            case NestedConnectOrCreate(where, row):
                return self._connect_or_create(relation, key, where, row)

    def _change(self, relation: Relation, action: NestedAction, key: int) -> list[Step]:
        match action:
            case NestedDisconnect(where):
                return [self.disconnect(relation, key, where)]
            case NestedSet(wheres, among):
                return self._set(relation, key, wheres, among)
            case NestedDelete(where, instead):
                return [self._rows.delete_linked(relation, key, where, instead)]
            case NestedDeleteMany(where):
                return [self._delete_many_linked(relation, key, where)]
            case NestedUpdate(where, update):
                return [self._rows.update_linked(relation, key, where, update)]
            case NestedUpdateMany(where, assignments):
                return self._update_many_linked(relation, key, where, assignments)
            case NestedUpsert(where, row, update):
                return [self._upsert_linked(relation, key, where, row, update)]
            case _:
                raise AssertionError(f"{type(action).__name__} adds rows")

    def _pointing_here(self, relation: Relation, key: int) -> list[Assign]:
        """The foreign key of the other row, set to ours; nothing for a join table."""
        if relation.join is not None:
            return []
        pairs = zip(relation.remote, relation.local, strict=True)
        return [Assign(far, "set", self._rows.bound(key, near)) for far, near in pairs]

    def _make_room(
        self, relation: Relation, key: int, action: NestedCreate | NestedConnect | NestedConnectOrCreate
    ) -> list[Step]:
        """Let go of the row at the other end of a one-to-one relation before another takes its place."""
        if relation.is_list:
            return []
        others = ALWAYS if isinstance(action, NestedCreate) else Not(action.where)
        return [self.disconnect(relation, key, others)]

    def _create_linked(self, relation: Relation, key: int, row: CreateRow) -> Step:
        created, create = self._rows.create(row, self._pointing_here(relation, key))
        if relation.join is None:
            return create
        join = self._join(relation, key, created)

        def step(context: Context) -> Steps:
            yield from create(context)
            yield from query(join, context)

        return step

    def _create_many_linked(
        self, relation: Relation, key: int, rows: Sequence[CreateRow], *, skip_duplicates: bool
    ) -> list[Step]:
        target, linked = self._rows.target(relation), self._pointing_here(relation, key)
        filled = [[*row.values, *linked] for row in rows]
        inserts = insert_rows(self._rows.writes, target, filled, skip_duplicates=skip_duplicates)
        return [partial(query, insert) for insert in inserts]

    def _join(self, relation: Relation, near: int, far: int) -> Template:
        return self._rows.writes.join(
            relation, self._rows.bound(near, relation.local[0]), self._rows.bound(far, relation.remote[0])
        )

    def _connect(self, relation: Relation, key: int, where: Condition) -> Step:
        connect = self._try_to_connect(relation, key, where)

        def step(context: Context) -> Steps:
            if not (yield from connect(context)):
                raise no_related(relation, "connect")

        return step

    def _try_to_connect(self, relation: Relation, key: int, where: Condition) -> Step:
        """Plan to connect a row if it is there; the step's result says whether it was."""
        target = self._rows.target(relation)
        if relation.join is None:
            moved = self._rows.moved(target, self._pointing_here(relation, key))
            return partial(
                query,
                self._rows.writes.update(target, moved, where, target.id_fields),
            )
        far = self._rows.new_key()
        find = self._rows.writes.find(target, where, self._rows.far_fields(relation))
        join = self._join(relation, key, far)

        def step(context: Context) -> Steps:
            rows = yield from query(find, context)
            if rows:
                context.bound[far] = rows[0]
                yield from query(join, context)
            return rows

        return step

    def _connect_or_create(self, relation: Relation, key: int, where: Condition, row: CreateRow) -> Step:
        connect = self._try_to_connect(relation, key, where)
        create = self._create_linked(relation, key, row)

        def step(context: Context) -> Steps:
            if not (yield from connect(context)):
                yield from create(context)

        return step

    def _set(self, relation: Relation, key: int, wheres: Sequence[Condition], among: Condition) -> list[Step]:
        """Part all others, then connect; as in Prisma a missing row is an error only with a join table."""
        others = Not(AnyOf(tuple(wheres)))
        part = self.disconnect(relation, key, others if among == ALWAYS else AllOf((others, among)))
        if relation.join is not None:
            return [part, *(self._connect(relation, key, one) for one in wheres)]
        apart = self._apart(relation, key)
        return [part, *(self._try_to_connect(relation, key, AllOf((one, apart))) for one in wheres)]

    def _apart(self, relation: Relation, key: int) -> Condition:
        """The other row is not linked here yet: what is stays untouched, its `@updatedAt` too, as in Prisma."""
        pairs = zip(relation.remote, relation.local, strict=True)
        parts = [Compare(far, DIFFERS, self._rows.bound(key, near)) for far, near in pairs]
        return AnyOf((*parts, *(IsNull(far) for far in relation.remote if not far.is_required)))

    def disconnect(self, relation: Relation, key: int, where: Condition) -> Step:
        """Plan to let go of the related rows that match. Raises P2014 where their foreign key is required."""
        if relation.join is not None:
            return self._unjoin(relation, key, where)
        emptied = [Assign(field, "set", Constant(None)) for field in relation.remote if not field.is_required]
        if not emptied:
            return self._refuse_orphans(relation, key, where)
        target = self._rows.target(relation)
        emptied = in_order(target, emptied)
        return partial(
            query,
            self._rows.writes.update(target, emptied, where, (), linked=self._rows.linked(relation, key)),
        )

    def _unjoin(self, relation: Relation, key: int, where: Condition) -> Step:
        near = self._rows.bound(key, relation.local[0])
        return partial(query, self._rows.writes.unjoin(relation, near, where))

    def _refuse_orphans(self, relation: Relation, key: int, where: Condition) -> Step:
        """A required foreign key cannot be emptied: P2014 if there is a row that would have to be."""
        target = self._rows.target(relation)
        linked = self._rows.linked(relation, key)
        find = self._rows.writes.find(target, where, target.id_fields, linked=linked)

        def step(context: Context) -> Steps:
            if (yield from query(find, context)):
                raise required_relation(relation, self._rows.datamodel.opposite(relation))

        return step

    def _delete_many_linked(self, relation: Relation, key: int, where: Condition) -> Step:
        target, linked = self._rows.target(relation), self._rows.linked(relation, key)
        return partial(query, self._rows.writes.delete(target, where, (), linked=linked))

    def _update_many_linked(
        self, relation: Relation, key: int, where: Condition, assignments: Sequence[Assign]
    ) -> list[Step]:
        if not assignments:
            return []
        linked = self._rows.linked(relation, key)
        target = self._rows.target(relation)
        return [partial(query, self._rows.writes.update(target, assignments, where, (), linked=linked))]

    def _upsert_linked(
        self, relation: Relation, key: int, where: Condition, row: CreateRow, update: UpdateRow
    ) -> Step:
        find, change = self._rows.linked_change(relation, key, where, update)
        create = self._create_linked(relation, key, row)

        def step(context: Context) -> Steps:
            found = yield from find(context)
            yield from (create if found is None else change)(context)

        return step
