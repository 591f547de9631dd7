"""Change what an operation assigns to rows that exist, wherever in it that happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lumi_db.engine.datamodel import Datamodel, Model, Relation
from lumi_db.engine.operation import (
    Assign,
    Create,
    CreateRow,
    NestedAction,
    NestedConnectOrCreate,
    NestedCreate,
    NestedCreateMany,
    NestedUpdate,
    NestedUpdateMany,
    NestedUpsert,
    NestedWrite,
    Operation,
    Update,
    UpdateMany,
    UpdateRow,
    Upsert,
)

Change = Callable[[Model, Sequence[Assign]], tuple[Assign, ...]]


def change_updates(operation: Operation, datamodel: Datamodel, change: Change) -> Operation:
    """Return the operation with `change` applied to the assignments of all its updates."""
    match operation:
        case Create():
            return replace(operation, row=_created(operation.row, datamodel, change))
        case Update():
            return replace(operation, row=_updated(operation.row, datamodel, change))
        case Upsert():
            return replace(
                operation,
                create=_created(operation.create, datamodel, change),
                update=_updated(operation.update, datamodel, change),
            )
        case UpdateMany():
            return replace(operation, assignments=change(operation.model, operation.assignments))
        case _:
            return operation


def _updated(row: UpdateRow, datamodel: Datamodel, change: Change) -> UpdateRow:
    assignments = change(row.model, row.assignments)
    return replace(row, assignments=assignments, nested=_nested(row.nested, datamodel, change))


def _created(row: CreateRow, datamodel: Datamodel, change: Change) -> CreateRow:
    return replace(row, nested=_nested(row.nested, datamodel, change))


def _nested(writes: Sequence[NestedWrite], datamodel: Datamodel, change: Change) -> tuple[NestedWrite, ...]:
    return tuple(
        replace(
            write, actions=tuple(_action(write.relation, one, datamodel, change) for one in write.actions)
        )
        for write in writes
    )


def _action(relation: Relation, action: NestedAction, datamodel: Datamodel, change: Change) -> NestedAction:
    match action:
        case NestedCreate() | NestedConnectOrCreate():
            return replace(action, row=_created(action.row, datamodel, change))
        case NestedCreateMany():
            return replace(action, rows=tuple(_created(row, datamodel, change) for row in action.rows))
        case NestedUpdate():
            return replace(action, row=_updated(action.row, datamodel, change))
        case NestedUpdateMany():
            return replace(action, assignments=change(datamodel.models[relation.target], action.assignments))
        case NestedUpsert():
            return replace(
                action,
                create=_created(action.create, datamodel, change),
                update=_updated(action.update, datamodel, change),
            )
        case _:
            return action
