"""Plans for rows with what is nested in them.

Rows on the far side of a foreign key of ours are written first, ours next, and those whose foreign key
points at us, or that are joined through a table, last.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from itertools import count
from typing import Any

from ..datamodel import Datamodel, Field, Model, Relation
from ..errors import EngineError
from ..operation import (
    ALWAYS,
    AllOf,
    AnyOf,
    Assign,
    Compare,
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
from ..sources import Bound, Constant, Context, Source
from ..sql.writer import Template
from ..sql.writes import Writes
from ..statement import Statement
from ..values import bound_converter
from .steps import Row, Step, Steps, not_found, query


class RowPlans:
    """Plans single rows of any model; keys number the rows that a plan binds."""

    def __init__(self, datamodel: Datamodel) -> None:
        self._datamodel = datamodel
        self._writes = Writes(datamodel)
        self._keys = count()

    def bound(self, key: int, field: Field) -> Source:
        return Bound(key, field.name, bound_converter(field, self._datamodel.enums))

    def create(self, row: CreateRow, linked: Sequence[Assign] = ()) -> tuple[int, Step]:
        """Plan a new row; its key fields are bound under the key that is returned."""
        key = next(self._keys)
        before, foreign = self._far_sides(row.nested)
        values = in_order(row.model, [*row.values, *foreign, *linked])
        insert = self._writes.insert(row.model, values, self._needed(row.model, row.nested))
        after = [step for write in row.nested for step in self._near_side(write, key)]

        def step(context: Context) -> Steps:
            yield from _all(before, context)
            context.bound[key] = (yield from query(insert, context))[0]
            yield from _all(after, context)

        return key, step

    def update(self, row: UpdateRow, key: int) -> Step:
        """Plan the update of a row that was read under `key` with its `needed` fields."""
        before, foreign = self._far_sides(row.nested, key)
        assigns = in_order(row.model, [*row.assignments, *foreign])
        needed = self._needed(row.model, row.nested)
        here = self.is_row(row.model, key)
        update = self._writes.update(row.model, assigns, here, needed) if assigns else None
        after = [step for write in row.nested for step in self._near_side(write, key)]
        let_go = [step for write in row.nested for step in self._far_deletes(write, key)]

        def step(context: Context) -> Steps:
            yield from _all(before, context)
            old = context.bound[key]
            if update is not None:
                rows = yield from query(update, context)
                context.bound[key] = rows[0] if rows else old
            yield from _all(after, context)
            new, context.bound[key] = context.bound[key], old
            yield from _all(let_go, context)
            context.bound[key] = new

        return step

    def find(self, model: Model, where: Condition, fields: Iterable[Field], missing: str) -> tuple[int, Step]:
        """Plan to read one row that must be there; `missing` says what was looked for."""
        key = next(self._keys)
        find = self._writes.find(model, where, list(fields))

        def step(context: Context) -> Steps:
            yield from self._bind_one(find, key, context, model, missing)

        return key, step

    def needed(self, row: UpdateRow) -> list[Field]:
        """The fields of the row that its own plan goes by."""
        return self._needed(row.model, row.nested)

    def is_row(self, model: Model, key: int) -> Condition:
        return AllOf(tuple(_equals(field, self.bound(key, field)) for field in model.id_fields))

    def _needed(self, model: Model, nested: Iterable[NestedWrite]) -> list[Field]:
        wanted = {*model.id_fields, *(field for write in nested for field in write.relation.local)}
        return [field for field in model.fields.values() if field in wanted]

    def _bind_one(self, find: Template, key: int, context: Context, model: Model, missing: str) -> Steps:
        rows = yield from query(find, context)
        if not rows:
            raise not_found(missing, model.name)
        context.bound[key] = rows[0]

    # --- relations whose foreign key is in the row itself ------------------------------------------------

    def _far_sides(self, nested: Iterable[NestedWrite], key: int | None = None) -> tuple[list[Step], list[Assign]]:
        """Plan what must stand before the row: steps, and the foreign key's values."""
        steps: list[Step] = []
        assigns: list[Assign] = []
        for write in nested:
            if not write.relation.owns_key:
                continue
            for action in write.actions:
                far, step = self._far_side(write.relation, action, key)
                steps += [step] if step else []
                assigns += self._foreign_key(write.relation, far, action)
        return steps, assigns

    def _foreign_key(self, relation: Relation, far: int | None, action: NestedAction) -> list[Assign]:
        if far is not None:
            pairs = zip(relation.local, relation.remote, strict=True)
            return [Assign(near, "set", self.bound(far, field)) for near, field in pairs]
        if isinstance(action, NestedDisconnect | NestedDelete):
            return [Assign(field, "set", Constant(None)) for field in relation.local if not field.is_required]
        return []

    def _far_side(self, relation: Relation, action: NestedAction, key: int | None) -> tuple[int | None, Step | None]:
        target = self._datamodel.models[relation.target]
        fields = self._far_fields(relation)
        match action:
            case NestedCreate(row):
                return self.create(row)
            case NestedConnect(where):
                return self.find(target, where, fields, _no_record(relation, "connect"))
            case NestedConnectOrCreate(where, row):
                return self._find_or_create(target, where, fields, row)
            case NestedUpdate(where, update) if key is not None:
                return None, self._update_linked(relation, key, where, update)
            case NestedUpsert(where, row, update) if key is not None:
                return self._upsert_far(relation, key, where, row, update)
            case _:
                return None, None

    def _far_fields(self, relation: Relation) -> list[Field]:
        target = self._datamodel.models[relation.target]
        wanted = {*target.id_fields, *relation.remote}
        return [field for field in target.fields.values() if field in wanted]

    def _find_or_create(
        self, model: Model, where: Condition, fields: list[Field], row: CreateRow
    ) -> tuple[int, Step]:
        key = next(self._keys)
        find = self._writes.find(model, where, fields)
        created, create = self.create(row)

        def step(context: Context) -> Steps:
            rows = yield from query(find, context)
            if not rows:
                yield from create(context)
            context.bound[key] = rows[0] if rows else context.bound[created]

        return key, step

    def _upsert_far(
        self, relation: Relation, key: int, where: Condition, row: CreateRow, update: UpdateRow
    ) -> tuple[int, Step]:
        far, (find, change) = next(self._keys), self._linked_change(relation, key, where, update)
        created, create = self.create(row)

        def step(context: Context) -> Steps:
            found = yield from find(context)
            if found is None:
                yield from create(context)
                context.bound[far] = context.bound[created]
            else:
                yield from change(context)
                context.bound[far] = found

        return far, step

    def _far_deletes(self, write: NestedWrite, key: int) -> list[Step]:
        """Plan the deletes of rows that ours pointed at, which can only go once it has let go of them."""
        if not write.relation.owns_key:
            return []
        return [self._delete_linked(write.relation, key, one.where) for one in write.actions if isinstance(one, NestedDelete)]

    # --- relations whose foreign key is in the other row, or in a join table ------------------------------

    def _near_side(self, write: NestedWrite, key: int) -> list[Step]:
        if write.relation.owns_key:
            return []
        return [step for action in write.actions for step in self._near_action(write.relation, action, key)]

    def _near_action(self, relation: Relation, action: NestedAction, key: int) -> list[Step]:
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
                return [self._disconnect(relation, key, others), *(self._connect(relation, key, one) for one in wheres)]
            case NestedDelete(where):
                return [self._delete_linked(relation, key, where)]
            case NestedDeleteMany(where):
                return [self._statement(self._writes.delete(self._target(relation), where, (), linked=self._linked(relation, key)))]
            case NestedUpdate(where, update):
                return [self._update_linked(relation, key, where, update)]
            case NestedUpdateMany(where, assignments):
                return self._update_many_linked(relation, key, where, assignments)
            case NestedUpsert(where, row, update):
                return [self._upsert_linked(relation, key, where, row, update)]

    def _target(self, relation: Relation) -> Model:
        return self._datamodel.models[relation.target]

    def _linked(self, relation: Relation, key: int) -> tuple[Relation, list[Source]]:
        return relation, [self.bound(key, field) for field in relation.local]

    def _pointing_here(self, relation: Relation, key: int) -> list[Assign]:
        """The foreign key of the other row, set to ours; nothing for a join table."""
        if relation.join is not None:
            return []
        pairs = zip(relation.remote, relation.local, strict=True)
        return [Assign(far, "set", self.bound(key, near)) for far, near in pairs]

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
        created, create = self.create(row, self._pointing_here(relation, key))
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
            self._writes.insert(row.model, values, (), skip_conflicts=skip_duplicates)
        )

    def _join(self, relation: Relation, near: int, far: int) -> Template:
        return self._writes.join(relation, self.bound(near, relation.local[0]), self.bound(far, relation.remote[0]))

    def _connect(self, relation: Relation, key: int, where: Condition) -> Step:
        missing = _no_record(relation, "connect")
        if relation.join is not None:
            far, find = self.find(self._target(relation), where, self._far_fields(relation), missing)
            join = self._join(relation, key, far)

            def joined(context: Context) -> Steps:
                yield from find(context)
                yield from query(join, context)

            return joined
        target = self._target(relation)
        update = self._writes.update(target, self._pointing_here(relation, key), where, target.id_fields)

        def step(context: Context) -> Steps:
            if not (yield from query(update, context)):
                raise not_found(missing, relation.target)

        return step

    def _connect_or_create(self, relation: Relation, key: int, where: Condition, row: CreateRow) -> Step:
        find = self._writes.find(self._target(relation), where, self._far_fields(relation))
        connect, create = self._connect(relation, key, where), self._create_linked(relation, key, row)

        def step(context: Context) -> Steps:
            rows = yield from query(find, context)
            yield from (connect if rows else create)(context)

        return step

    def _disconnect(self, relation: Relation, key: int, where: Condition) -> Step:
        if relation.join is None:
            cleared = [Assign(field, "set", Constant(None)) for field in relation.remote if not field.is_required]
            if not cleared:
                return self._refuse_orphans(relation, key, where)
            return self._statement(
                self._writes.update(self._target(relation), cleared, where, (), linked=self._linked(relation, key))
            )
        far = next(self._keys)
        find = self._writes.find(
            self._target(relation), where, self._far_fields(relation), linked=self._linked(relation, key)
        )
        near = self.bound(key, relation.local[0])
        unjoin = self._writes.unjoin(relation, near, self.bound(far, relation.remote[0]))

        def step(context: Context) -> Steps:
            for row in (yield from query(find, context)):
                context.bound[far] = row
                yield from query(unjoin, context)

        return step

    def _refuse_orphans(self, relation: Relation, key: int, where: Condition) -> Step:
        """A required foreign key cannot be emptied: P2014 if there is a row that would have to be."""
        target = self._target(relation)
        find = self._writes.find(target, where, target.id_fields, linked=self._linked(relation, key))

        def step(context: Context) -> Steps:
            if (yield from query(find, context)):
                raise _required_relation(relation)

        return step

    def _delete_linked(self, relation: Relation, key: int, where: Condition) -> Step:
        target = self._target(relation)
        delete = self._writes.delete(target, where, target.id_fields, linked=self._linked(relation, key))

        def step(context: Context) -> Steps:
            if not (yield from query(delete, context)):
                raise not_found(_no_record(relation, "delete"), relation.target)

        return step

    def _linked_change(
        self, relation: Relation, key: int, where: Condition, update: UpdateRow
    ) -> tuple[Callable[[Context], Generator[Statement, Any, Row | None]], Step]:
        """Plan to find the one related row that is meant, and to change it."""
        far = next(self._keys)
        fields = list(dict.fromkeys([*self.needed(update), *self._far_fields(relation)]))
        find = self._writes.find(self._target(relation), where, fields, linked=self._linked(relation, key))
        change = self.update(update, far)

        def found(context: Context) -> Generator[Statement, Any, Row | None]:
            rows = yield from query(find, context)
            if rows:
                context.bound[far] = rows[0]
            return rows[0] if rows else None

        return found, change

    def _update_linked(self, relation: Relation, key: int, where: Condition, update: UpdateRow) -> Step:
        find, change = self._linked_change(relation, key, where, update)

        def step(context: Context) -> Steps:
            if (yield from find(context)) is None:
                raise not_found(_no_record(relation, "update"), relation.target)
            yield from change(context)

        return step

    def _update_many_linked(
        self, relation: Relation, key: int, where: Condition, assignments: Sequence[Assign]
    ) -> list[Step]:
        if not assignments:
            return []
        linked = self._linked(relation, key)
        return [self._statement(self._writes.update(self._target(relation), assignments, where, (), linked=linked))]

    def _upsert_linked(
        self, relation: Relation, key: int, where: Condition, row: CreateRow, update: UpdateRow
    ) -> Step:
        find, change = self._linked_change(relation, key, where, update)
        create = self._create_linked(relation, key, row)

        def step(context: Context) -> Steps:
            found = yield from find(context)
            yield from (create if found is None else change)(context)

        return step


def in_order(model: Model, assigns: Iterable[Assign]) -> list[Assign]:
    """Sort the columns as the schema has them; of two values for one column the later wins."""
    by_name = {assign.field.name: assign for assign in assigns}
    return [by_name[name] for name in model.fields if name in by_name]


def _equals(field: Field, source: Source) -> Condition:
    return Compare(field, "equals", source)


def _all(steps: Iterable[Step], context: Context) -> Steps:
    for step in steps:
        yield from step(context)


def _no_record(relation: Relation, word: str) -> str:
    return f"No '{relation.target}' record was found for a nested {word} on the relation '{relation.model}.{relation.name}'."


def _required_relation(relation: Relation) -> Exception:
    return EngineError(
        "P2014",
        f"The change would leave a {relation.target} without its required {relation.opposite}: "
        f"connect it elsewhere or delete it instead.",
        {"relation_name": relation.name, "model_a_name": relation.model, "model_b_name": relation.target},
    )
