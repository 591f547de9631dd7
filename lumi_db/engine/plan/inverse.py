"""Relations whose foreign key is in the other row, or that have a join table: written after the row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..datamodel import Relation
from ..errors import EngineError
from ..operation import (
    ALWAYS,
    AnyOf,
    Assign,
    Condition,
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
    Not,
    UpdateRow,
)
from ..sources import Constant, Context
from ..sql.writer import Template
from .steps import Step, Steps, in_order, no_record, not_found, query

if TYPE_CHECKING:
    from .rows import RowPlans


class InverseSide:
    def __init__(self, rows: RowPlans) -> None:
        self._rows = rows

    def plan(self, write: NestedWrite, key: int) -> list[Step]:
        if write.relation.owns_key:
            return []
        return [step for action in write.actions for step in self._action(write.relation, action, key)]

    def _action(self, relation: Relation, action: NestedAction, key: int) -> list[Step]:
        match action:
            case NestedCreate(row):
                return [*self._make_room(relation, key), self._create_linked(relation, key, row)]
            case NestedCreateMany(rows, skip_duplicates):
                return [self._insert_linked(relation, key, row, skip_duplicates) for row in rows]
            case NestedConnect(where):
                return [*self._make_room(relation, key, where), self._connect(relation, key, where)]
            case NestedConnectOrCreate(where, row):
                return [self._connect_or_create(relation, key, where, row)]
            case NestedDisconnect(where):
                return [self._disconnect(relation, key, where)]
            case NestedSet(wheres):
                others = Not(AnyOf(wheres))
                return [
                    self._disconnect(relation, key, others),
                    *(self._connect(relation, key, one) for one in wheres),
                ]
            case NestedDelete(where):
                return [self._rows.delete_linked(relation, key, where)]
            case NestedDeleteMany(where):
                return [
                    self._statement(
                        self._rows.writes.delete(
                            self._rows.target(relation), where, (), linked=self._rows.linked(relation, key)
                        )
                    )
                ]
            case NestedUpdate(where, update):
                return [self._rows.update_linked(relation, key, where, update)]
            case NestedUpdateMany(where, assignments):
                return self._update_many_linked(relation, key, where, assignments)
            case NestedUpsert(where, row, update):
                return [self._upsert_linked(relation, key, where, row, update)]

    def _pointing_here(self, relation: Relation, key: int) -> list[Assign]:
        """The foreign key of the other row, set to ours; nothing for a join table."""
        if relation.join is not None:
            return []
        pairs = zip(relation.remote, relation.local, strict=True)
        return [Assign(far, "set", self._rows.bound(key, near)) for far, near in pairs]

    def _statement(self, template: Template) -> Step:
        def step(context: Context) -> Steps:
            yield from query(template, context)

        return step

    def _make_room(self, relation: Relation, key: int, keep: Condition | None = None) -> list[Step]:
        """Let go of the row at the other end of a one-to-one relation before another takes its place."""
        if relation.is_list or any(field.is_required for field in relation.remote):
            return []
        return [self._disconnect(relation, key, Not(keep) if keep else ALWAYS)]

    def _create_linked(self, relation: Relation, key: int, row: CreateRow) -> Step:
        created, create = self._rows.create(row, self._pointing_here(relation, key))
        if relation.join is None:
            return create
        join = self._join(relation, key, created)

        def step(context: Context) -> Steps:
            yield from create(context)
            yield from query(join, context)

        return step

    def _insert_linked(self, relation: Relation, key: int, row: CreateRow, skip_duplicates: bool) -> Step:
        values = in_order(row.model, [*row.values, *self._pointing_here(relation, key)])
        return self._statement(
            self._rows.writes.insert(row.model, values, (), skip_conflicts=skip_duplicates)
        )

    def _join(self, relation: Relation, near: int, far: int) -> Template:
        return self._rows.writes.join(
            relation, self._rows.bound(near, relation.local[0]), self._rows.bound(far, relation.remote[0])
        )

    def _connect(self, relation: Relation, key: int, where: Condition) -> Step:
        missing = no_record(relation, "connect")
        if relation.join is not None:
            far, find = self._rows.find(
                self._rows.target(relation), where, self._rows.far_fields(relation), missing
            )
            join = self._join(relation, key, far)

            def joined(context: Context) -> Steps:
                yield from find(context)
                yield from query(join, context)

            return joined
        target = self._rows.target(relation)
        update = self._rows.writes.update(target, self._pointing_here(relation, key), where, target.id_fields)

        def step(context: Context) -> Steps:
            if not (yield from query(update, context)):
                raise not_found(missing, relation.target)

        return step

    def _connect_or_create(self, relation: Relation, key: int, where: Condition, row: CreateRow) -> Step:
        find = self._rows.writes.find(self._rows.target(relation), where, self._rows.far_fields(relation))
        connect, create = self._connect(relation, key, where), self._create_linked(relation, key, row)

        def step(context: Context) -> Steps:
            rows = yield from query(find, context)
            yield from (connect if rows else create)(context)

        return step

    def _disconnect(self, relation: Relation, key: int, where: Condition) -> Step:
        if relation.join is None:
            cleared = [
                Assign(field, "set", Constant(None)) for field in relation.remote if not field.is_required
            ]
            if not cleared:
                return self._refuse_orphans(relation, key, where)
            return self._statement(
                self._rows.writes.update(
                    self._rows.target(relation), cleared, where, (), linked=self._rows.linked(relation, key)
                )
            )
        far = self._rows.new_key()
        find = self._rows.writes.find(
            self._rows.target(relation),
            where,
            self._rows.far_fields(relation),
            linked=self._rows.linked(relation, key),
        )
        near = self._rows.bound(key, relation.local[0])
        unjoin = self._rows.writes.unjoin(relation, near, self._rows.bound(far, relation.remote[0]))

        def step(context: Context) -> Steps:
            for row in (yield from query(find, context)):
                context.bound[far] = row
                yield from query(unjoin, context)

        return step

    def _refuse_orphans(self, relation: Relation, key: int, where: Condition) -> Step:
        """A required foreign key cannot be emptied: P2014 if there is a row that would have to be."""
        target = self._rows.target(relation)
        find = self._rows.writes.find(
            target, where, target.id_fields, linked=self._rows.linked(relation, key)
        )

        def step(context: Context) -> Steps:
            if (yield from query(find, context)):
                raise _required_relation(relation)

        return step

    def _update_many_linked(
        self, relation: Relation, key: int, where: Condition, assignments: Sequence[Assign]
    ) -> list[Step]:
        if not assignments:
            return []
        linked = self._rows.linked(relation, key)
        return [
            self._statement(
                self._rows.writes.update(self._rows.target(relation), assignments, where, (), linked=linked)
            )
        ]

    def _upsert_linked(
        self, relation: Relation, key: int, where: Condition, row: CreateRow, update: UpdateRow
    ) -> Step:
        find, change = self._rows.linked_change(relation, key, where, update)
        create = self._create_linked(relation, key, row)

        def step(context: Context) -> Steps:
            found = yield from find(context)
            yield from (create if found is None else change)(context)

        return step


def _required_relation(relation: Relation) -> Exception:
    return EngineError(
        "P2014",
        f"The change would leave a {relation.target} without its required {relation.opposite}: "
        f"connect it elsewhere or delete it instead.",
        {"relation_name": relation.name, "model_a_name": relation.model, "model_b_name": relation.target},
    )
