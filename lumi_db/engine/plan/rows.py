"""Plans for one row of any model with what is nested in it.

Rows that a foreign key of ours (`foreign`) will point at are written first, ours next, and last what changes at
the other end: of those keys, of foreign keys that point at us and of join tables (`inverse`).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from itertools import count
from typing import Any

from ..condition import AllOf, Compare, Condition
from ..datamodel import Datamodel, Field, Model, Relation
from ..errors import EngineError
from ..operation import Assign, CreateRow, NestedWrite, UpdateRow
from ..operators import OPERATORS
from ..sources import Bound, Context, Now, Source
from ..sql.writes import Writes
from ..statement import Statement
from ..values import bound_converter, converter
from .foreign import ForeignSide
from .inverse import InverseSide
from .steps import Row, Step, Steps, in_order, in_turn, no_related, nothing, query


class RowPlans:
    """Plans single rows; a key numbers each row that a plan binds, for statements that come later."""

    def __init__(self, datamodel: Datamodel, writes: Writes) -> None:
        self.datamodel = datamodel
        self.writes = writes
        self._keys = count()
        self._foreign = ForeignSide(self)
        self._inverse = InverseSide(self)

    def bound(self, key: int, field: Field) -> Source:
        return Bound(key, field.name, bound_converter(field, self.datamodel.enums))

    def new_key(self) -> int:
        return next(self._keys)

    def create(self, row: CreateRow, linked: Sequence[Assign] = ()) -> tuple[int, Step]:
        """Plan a new row; its key fields are bound under the key that is returned."""
        key = self.new_key()
        before, foreign = self._foreign.plan(row.nested)
        values = in_order(row.model, [*row.values, *foreign, *linked])
        insert = self.writes.insert(row.model, values, self._needed(row.model, row.nested))
        after = [step for write in row.nested for step in self._inverse.plan(write, key, is_new=True)]

        def step(context: Context) -> Steps:
            yield from in_turn(before, context)
            context.bound[key] = (yield from query(insert, context))[0]
            yield from in_turn(after, context)

        return key, step

    def update(self, row: UpdateRow, key: int) -> Step:
        """Plan the update of a row that was read under `key` with its `needed` fields."""
        before, foreign = self._foreign.plan(row.nested, key)
        assigns = self.moved(row.model, foreign, row.assignments)
        needed = self._needed(row.model, row.nested)
        update = (
            self.writes.update(row.model, assigns, self.is_row(row.model, key), needed) if assigns else None
        )
        after = [
            step
            for write in row.nested
            for step in (*self._foreign.changes(write, key), *self._inverse.plan(write, key))
        ]

        def step(context: Context) -> Steps:
            yield from in_turn(before, context)
            if update is not None:
                rows = yield from query(update, context)
                context.bound[key] = rows[0] if rows else context.bound[key]
            yield from in_turn(after, context)

        return step

    def update_at(
        self, row: UpdateRow, where: Condition, missing: Callable[[], EngineError]
    ) -> tuple[int, Step]:
        """Plan the update of one row with nothing nested in it, which must be there."""
        key = self.new_key()
        update = self.writes.update(row.model, row.assignments, where, row.model.id_fields)

        def step(context: Context) -> Steps:
            rows = yield from query(update, context)
            if not rows:
                raise missing()
            context.bound[key] = rows[0]

        return key, step

    def moved(self, model: Model, foreign: Sequence[Assign], others: Sequence[Assign] = ()) -> list[Assign]:
        """Add a foreign key's new values to what else changes in a row; `@updatedAt` goes with them, as in Prisma."""
        fields = [field for field in model.fields.values() if field.is_updated_at and foreign]
        now = [Assign(field, "set", Now(converter(field, self.datamodel.enums))) for field in fields]
        return in_order(model, [*now, *others, *foreign])

    def find(
        self,
        model: Model,
        where: Condition,
        fields: Iterable[Field],
        missing: Callable[[], EngineError],
        *,
        to_update: bool = False,
    ) -> tuple[int, Step]:
        """Plan to read one row that must be there; `missing` makes the error for when it is not."""
        key = self.new_key()
        find = self.writes.find(model, where, list(fields), to_update=to_update)

        def step(context: Context) -> Steps:
            rows = yield from query(find, context)
            if not rows:
                raise missing()
            context.bound[key] = rows[0]

        return key, step

    def part(self, relation: Relation, key: int, where: Condition) -> Step:
        """Plan to let go of the related rows where the condition holds. Raises P2014 if they cannot be let go."""
        return self._inverse.disconnect(relation, key, where)

    def needed(self, row: UpdateRow) -> list[Field]:
        """The fields of the row that its own plan goes by."""
        return self._needed(row.model, row.nested)

    def is_row(self, model: Model, key: int) -> Condition:
        return AllOf(tuple(_equals(field, self.bound(key, field)) for field in model.id_fields))

    def _needed(self, model: Model, nested: Iterable[NestedWrite]) -> list[Field]:
        wanted = {*model.id_fields, *(field for write in nested for field in write.relation.local)}
        return [field for field in model.fields.values() if field in wanted]

    def target(self, relation: Relation) -> Model:
        return self.datamodel.models[relation.target]

    def linked(self, relation: Relation, key: int) -> tuple[Relation, list[Source]]:
        return relation, [self.bound(key, field) for field in relation.local]

    def delete_linked(
        self, relation: Relation, key: int, where: Condition, instead: Sequence[Assign] = ()
    ) -> Step:
        """Plan to delete one related row, or to do `instead` to it."""
        target, linked = self.target(relation), self.linked(relation, key)
        if instead:
            delete = self.writes.update(target, instead, where, target.id_fields, linked=linked)
        else:
            delete = self.writes.delete(target, where, target.id_fields, linked=linked)

        def step(context: Context) -> Steps:
            if not (yield from query(delete, context)):
                raise no_related(relation, "delete")

        return step

    def linked_change(
        self, relation: Relation, key: int, where: Condition, update: UpdateRow
    ) -> tuple[Callable[[Context], Generator[Statement, Any, Row | None]], Step]:
        """Plan to find the one related row that is meant, and to change it."""
        far = self.new_key()
        fields = list(dict.fromkeys([*self.needed(update), *self.far_fields(relation)]))
        linked = self.linked(relation, key)
        find = self.writes.find(self.target(relation), where, fields, linked=linked, to_update=True)
        change = self.update(update, far)

        def found(context: Context) -> Generator[Statement, Any, Row | None]:
            rows = yield from query(find, context)
            if rows:
                context.bound[far] = rows[0]
            return rows[0] if rows else None

        return found, change

    def update_linked(self, relation: Relation, key: int, where: Condition, update: UpdateRow) -> Step:
        """Plan the update of one related row; as in Prisma, an empty one does not even need the row."""
        if not update.assignments and not update.nested:
            return nothing
        find, change = self.linked_change(relation, key, where, update)

        def step(context: Context) -> Steps:
            if (yield from find(context)) is None:
                raise no_related(relation, "update")
            yield from change(context)

        return step

    def far_fields(self, relation: Relation) -> list[Field]:
        target = self.datamodel.models[relation.target]
        wanted = {*target.id_fields, *relation.remote}
        return [field for field in target.fields.values() if field in wanted]


def _equals(field: Field, source: Source) -> Condition:
    return Compare(field, OPERATORS["equals"], source)
