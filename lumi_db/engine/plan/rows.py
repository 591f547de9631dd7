"""Plans for one row of any model with what is nested in it.

Rows on the far side of a foreign key of ours (`foreign`) are written first, ours next, and those whose
foreign key points at us, or that are joined through a table (`inverse`), last.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from itertools import count
from typing import Any

from ..datamodel import Datamodel, Field, Model, Relation
from ..operation import AllOf, Assign, Compare, Condition, CreateRow, NestedWrite, UpdateRow
from ..sources import Bound, Context, Source
from ..sql.writes import Writes
from ..statement import Statement
from ..values import bound_converter
from .foreign import ForeignSide
from .inverse import InverseSide
from .steps import Row, Step, Steps, in_order, in_turn, no_record, not_found, query


class RowPlans:
    """Plans single rows; a key numbers each row that a plan binds, for statements that come later."""

    def __init__(self, datamodel: Datamodel) -> None:
        self._datamodel = datamodel
        self.writes = Writes(datamodel)
        self._keys = count()
        self._foreign = ForeignSide(self)
        self._inverse = InverseSide(self)

    def bound(self, key: int, field: Field) -> Source:
        return Bound(key, field.name, bound_converter(field, self._datamodel.enums))

    def new_key(self) -> int:
        return next(self._keys)

    def create(self, row: CreateRow, linked: Sequence[Assign] = ()) -> tuple[int, Step]:
        """Plan a new row; its key fields are bound under the key that is returned."""
        key = self.new_key()
        before, foreign = self._foreign.plan(row.nested)
        values = in_order(row.model, [*row.values, *foreign, *linked])
        insert = self.writes.insert(row.model, values, self._needed(row.model, row.nested))
        after = [step for write in row.nested for step in self._inverse.plan(write, key)]

        def step(context: Context) -> Steps:
            yield from in_turn(before, context)
            context.bound[key] = (yield from query(insert, context))[0]
            yield from in_turn(after, context)

        return key, step

    def update(self, row: UpdateRow, key: int) -> Step:
        """Plan the update of a row that was read under `key` with its `needed` fields."""
        before, foreign = self._foreign.plan(row.nested, key)
        assigns = in_order(row.model, [*row.assignments, *foreign])
        needed = self._needed(row.model, row.nested)
        here = self.is_row(row.model, key)
        update = self.writes.update(row.model, assigns, here, needed) if assigns else None
        after = [step for write in row.nested for step in self._inverse.plan(write, key)]
        let_go = [step for write in row.nested for step in self._foreign.deletes(write, key)]

        def step(context: Context) -> Steps:
            yield from in_turn(before, context)
            old = context.bound[key]
            if update is not None:
                rows = yield from query(update, context)
                context.bound[key] = rows[0] if rows else old
            yield from in_turn(after, context)
            new, context.bound[key] = context.bound[key], old
            yield from in_turn(let_go, context)
            context.bound[key] = new

        return step

    def find(self, model: Model, where: Condition, fields: Iterable[Field], missing: str) -> tuple[int, Step]:
        """Plan to read one row that must be there; `missing` says what was looked for."""
        key = self.new_key()
        find = self.writes.find(model, where, list(fields))

        def step(context: Context) -> Steps:
            rows = yield from query(find, context)
            if not rows:
                raise not_found(missing, model.name)
            context.bound[key] = rows[0]

        return key, step

    def needed(self, row: UpdateRow) -> list[Field]:
        """The fields of the row that its own plan goes by."""
        return self._needed(row.model, row.nested)

    def is_row(self, model: Model, key: int) -> Condition:
        return AllOf(tuple(_equals(field, self.bound(key, field)) for field in model.id_fields))

    def _needed(self, model: Model, nested: Iterable[NestedWrite]) -> list[Field]:
        wanted = {*model.id_fields, *(field for write in nested for field in write.relation.local)}
        return [field for field in model.fields.values() if field in wanted]

    def target(self, relation: Relation) -> Model:
        return self._datamodel.models[relation.target]

    def linked(self, relation: Relation, key: int) -> tuple[Relation, list[Source]]:
        return relation, [self.bound(key, field) for field in relation.local]

    def delete_linked(self, relation: Relation, key: int, where: Condition) -> Step:
        target = self.target(relation)
        delete = self.writes.delete(target, where, target.id_fields, linked=self.linked(relation, key))

        def step(context: Context) -> Steps:
            if not (yield from query(delete, context)):
                raise not_found(no_record(relation, "delete"), relation.target)

        return step

    def linked_change(
        self, relation: Relation, key: int, where: Condition, update: UpdateRow
    ) -> tuple[Callable[[Context], Generator[Statement, Any, Row | None]], Step]:
        """Plan to find the one related row that is meant, and to change it."""
        far = self.new_key()
        fields = list(dict.fromkeys([*self.needed(update), *self.far_fields(relation)]))
        find = self.writes.find(self.target(relation), where, fields, linked=self.linked(relation, key))
        change = self.update(update, far)

        def found(context: Context) -> Generator[Statement, Any, Row | None]:
            rows = yield from query(find, context)
            if rows:
                context.bound[far] = rows[0]
            return rows[0] if rows else None

        return found, change

    def update_linked(self, relation: Relation, key: int, where: Condition, update: UpdateRow) -> Step:
        find, change = self.linked_change(relation, key, where, update)

        def step(context: Context) -> Steps:
            if (yield from find(context)) is None:
                raise not_found(no_record(relation, "update"), relation.target)
            yield from change(context)

        return step

    def far_fields(self, relation: Relation) -> list[Field]:
        target = self._datamodel.models[relation.target]
        wanted = {*target.id_fields, *relation.remote}
        return [field for field in target.fields.values() if field in wanted]


def _equals(field: Field, source: Source) -> Condition:
    return Compare(field, "equals", source)
