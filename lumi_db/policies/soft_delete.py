"""Soft delete: a row with `deletedAt` is not there, wherever an operation refers to its model (rulings, data model 4).

It acts like the foreign keys do: a row without `deletedAt` that a real delete would take along (a required relation
with `onDelete: Cascade`) is hidden with the row it belongs to, and an optional relation to a deleted row reads as null.
What a soft delete changes in other tables, and where it is refused, the database's triggers know (docs/schema.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from lumi_db.engine.condition import ALWAYS, AllOf, AnyOf, Condition, IsNull, Not, Related, Unlinked
from lumi_db.engine.datamodel import Datamodel, Field, Model, Relation
from lumi_db.engine.operation import (
    Assign,
    Count,
    Create,
    CreateMany,
    CreateRow,
    Delete,
    DeleteMany,
    Find,
    GroupBy,
    Include,
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
    Operation,
    Order,
    OrderKey,
    RelatedCount,
    Select,
    Through,
    Totals,
    Update,
    UpdateMany,
    UpdateRow,
    Upsert,
    UpsertMany,
)
from lumi_db.engine.sources import Now
from lumi_db.engine.values import converter

FIELD = "deletedAt"


def soft_delete(operation: Operation, datamodel: Datamodel, mode: Any) -> Operation:
    """Hide deleted rows from the operation, and let its deletes set `deletedAt`; see `Scope.deleted` for the mode."""
    return (
        operation
        if mode in ("purged", "imported")
        else _Rewriter(datamodel, hides=mode == "hidden").operation(operation)
    )


@dataclass(frozen=True, slots=True)
class _Rewriter:
    datamodel: Datamodel
    hides: bool

    def operation(self, operation: Operation) -> Operation:  # noqa: C901 - one case for each
        match operation:
            case Find() | Count() | Totals():
                return replace(operation, select=self.select(operation.select))
            case GroupBy(model, _, where):
                return replace(operation, where=self.rows(model, where))
            case Create(row, select):
                return replace(operation, row=self.created(row), select=self.returned(select))
            case Update(where, row, select):
                where = self.rows(row.model, where)
                return Update(where, self.updated(row), self.returned(select))
            case Upsert():
                return self.upsert(operation)
            case Delete(where, select):
                return self.delete(where, select)
            case UpdateMany(model, where, _, select):
                returned = None if select is None else self.returned(select)
                return replace(operation, where=self.rows(model, where), select=returned)
            case CreateMany(_, _, select):
                return replace(operation, select=None if select is None else self.returned(select))
            case UpsertMany(select=select):
                guard = self.rows(select.model, ALWAYS)
                return replace(operation, select=self.returned(select), guard=guard)
            case DeleteMany(model, where):
                where, deleting = self.rows(model, where), self.deleting(model)
                return (
                    UpdateMany(model, _live(model, where), deleting) if deleting else DeleteMany(model, where)
                )

    def delete(self, where: Condition, select: Select) -> Operation:
        model = select.model
        where, select, deleting = self.rows(model, where), self.returned(select), self.deleting(model)
        return Delete(_live(model, where) if deleting else where, select, deleting)

    def upsert(self, upsert: Upsert) -> Upsert:
        # A deleted row has given its single unique values free, but it keeps its id and the keys of several fields.
        model = upsert.create.model
        return replace(
            upsert,
            where=self.rows(model, upsert.where),
            create=self.created(upsert.create),
            update=self.updated(upsert.update),
            select=self.returned(upsert.select),
            guard=self.rows(model, ALWAYS),
        )

    def deleting(self, model: Model) -> tuple[Assign, ...]:
        """Return what a soft delete assigns; nothing for a model that has none."""
        fields = [one for one in model.fields.values() if one.name == FIELD or one.is_updated_at]
        return tuple(map(self.now, fields)) if FIELD in model.fields else ()

    def now(self, field: Field) -> Assign:
        return Assign(field, "set", Now(converter(field, self.datamodel.enums)))

    def living(self, model: Model, via: Relation | None) -> tuple[Condition, ...]:
        """Return the conditions for a row to be there; those of the row it was reached from, by `via`, hold already."""
        if FIELD in model.fields:
            return (IsNull(model.fields[FIELD]),)
        return tuple(
            Related(relation, AllOf(parts), exists=True)
            for relation in model.relations.values()
            if relation.owns_key and relation.is_required and relation.on_delete == "Cascade"
            if via is None or (via.model, via.opposite) != (relation.target, relation.name)
            if (parts := self.living(self.datamodel.models[relation.target], None))
        )

    def rows(self, model: Model, where: Condition, via: Relation | None = None) -> Condition:
        """Return the condition for rows that are there."""
        return _all(self.condition(where), self.living(model, via)) if self.hides else where

    def condition(self, condition: Condition) -> Condition:
        match condition:
            case AllOf(parts):
                return AllOf(tuple(map(self.condition, parts)))
            case AnyOf(parts):
                return AnyOf(tuple(map(self.condition, parts)))
            case Not(part):
                return Not(self.condition(part))
            case Related(relation, where):
                return replace(condition, where=self.target_rows(relation, where))
            case Unlinked(relation) if not relation.is_required:
                there = self.target_rows(relation, ALWAYS)
                return condition if there == ALWAYS else Related(relation, there, exists=False)
            case _:
                return condition

    def target_rows(self, relation: Relation, where: Condition) -> Condition:
        """Return the condition for rows that a row which is there is related to."""
        return self.rows(self.datamodel.models[relation.target], where, relation)

    def select(self, select: Select, via: Relation | None = None) -> Select:
        if not self.hides:
            return select
        cursor = select.cursor
        if cursor is not None:
            cursor = replace(cursor, key=self.rows(select.model, cursor.key, via))
        return replace(
            self.returned(select),
            where=self.rows(select.model, select.where, via),
            order=tuple(map(self.order, select.order)),
            cursor=cursor,
        )

    def order(self, order: Order) -> Order:
        return replace(order, key=self.order_key(order.key))

    def order_key(self, key: OrderKey) -> OrderKey:
        match key:
            case Through(relation, below):
                return Through(relation, self.order_key(below), self.target_rows(relation, key.where))
            case RelatedCount():
                return self.count(key)
            case _:
                return key

    def count(self, count: RelatedCount) -> RelatedCount:
        return replace(count, where=self.target_rows(count.relation, count.where))

    def returned(self, select: Select) -> Select:
        """Rewrite what is read with a row that was just written."""
        if not self.hides:
            return select
        includes = (Include(one.relation, self.select(one.select, one.relation)) for one in select.includes)
        return replace(select, includes=tuple(includes), counts=tuple(map(self.count, select.counts)))

    def created(self, row: CreateRow) -> CreateRow:
        return replace(row, nested=self.nested(row.nested))

    def updated(self, row: UpdateRow) -> UpdateRow:
        return replace(row, nested=self.nested(row.nested))

    def nested(self, writes: Sequence[NestedWrite]) -> tuple[NestedWrite, ...]:
        return tuple(
            replace(one, actions=tuple(self.action(one.relation, action) for action in one.actions))
            for one in writes
        )

    def action(  # noqa: C901 - one case for each kind of nested write
        self, relation: Relation, action: NestedAction
    ) -> NestedAction:
        target = self.datamodel.models[relation.target]
        match action:
            case NestedCreate(row):
                return NestedCreate(self.created(row))
            case NestedCreateMany(rows):
                return replace(action, rows=tuple(map(self.created, rows)))
            case NestedConnect(where):
                return NestedConnect(self.rows(target, where))
            case NestedConnectOrCreate(where, row):
                return NestedConnectOrCreate(self.rows(target, where), self.created(row))
            case NestedSet(wheres):
                wheres = tuple(self.rows(target, where) for where in wheres)
                return NestedSet(wheres, among=self.target_rows(relation, ALWAYS))
            case NestedDisconnect(where) if relation.owns_key and where == ALWAYS:
                return action  # it empties this row's own key, to whatever row it leads
            case NestedDisconnect(where):
                return NestedDisconnect(self.target_rows(relation, where))
            case NestedDelete(where):
                where, deleting = self.target_rows(relation, where), self.deleting(target)
                return NestedDelete(_live(target, where) if deleting else where, deleting)
            case NestedDeleteMany(where):
                where, deleting = self.target_rows(relation, where), self.deleting(target)
                return (
                    NestedUpdateMany(_live(target, where), deleting) if deleting else NestedDeleteMany(where)
                )
            case NestedUpdate(where, row):
                return NestedUpdate(self.target_rows(relation, where), self.updated(row))
            case NestedUpdateMany(where):
                return replace(action, where=self.target_rows(relation, where))
            case NestedUpsert(where, create, update):
                return NestedUpsert(
                    self.target_rows(relation, where), self.created(create), self.updated(update)
                )


def _live(model: Model, where: Condition) -> Condition:
    """Leave rows alone that were deleted before: the instant of a soft delete stays."""
    return _all(where, (IsNull(model.fields[FIELD]),))


def _all(where: Condition, parts: tuple[Condition, ...]) -> Condition:
    if not parts:
        return where
    known = where.parts if isinstance(where, AllOf) else (where,)
    return AllOf((*known, *(part for part in parts if part not in known)))
