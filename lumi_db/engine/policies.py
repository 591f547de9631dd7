"""Policies: what the owner of a client adds to every operation, before it is planned.

A rewrite sees the bound operation, whatever way it was asked, and its result is kept with the plan: on the next call
of the same shape it costs nothing. What it depends on beside the operation is the `mode`, part of the plan's key.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from .datamodel import Datamodel, Field, Model
from .operation import Assign, Operation

Rewrite = Callable[[Operation, Datamodel, Any], Operation]
RefuseInput = Callable[[Model, Field, bool], str | None]
NewValue = Callable[[Model, Field], Any]
OnUpdate = Callable[[Model], tuple[Assign, ...]]


def _no_mode() -> Hashable:
    return None


def _accept(model: Model, field: Field, is_new: bool) -> str | None:
    return None


def _any_value(model: Model, field: Field) -> Any:
    return None


def _nothing_more(model: Model) -> tuple[Assign, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Policies:
    """The policies of one client.

    - `rewrites` are applied in order, each given the current `mode`.
    - `refuse_input` is asked for every field that a caller writes to a new or an old row; it returns why it may not.
    - `new_value` returns the one value that a caller may give to a field of a new row; None for any.
    - `on_update` says what every update of a model assigns besides, updates that only move a foreign key included.
      Where a write reads such a row before it updates it, the row is locked.
    - `setting` is the name of a custom setting of PostgreSQL and what it shall be while this task writes. It holds for
      the transaction, which is made where there is none; None costs nothing.
    """

    rewrites: tuple[Rewrite, ...] = ()
    mode: Callable[[], Hashable] = _no_mode
    refuse_input: RefuseInput = _accept
    new_value: NewValue = _any_value
    on_update: OnUpdate = _nothing_more
    setting: tuple[str, Callable[[], str | None]] | None = None

    def rewrite(self, operation: Operation, datamodel: Datamodel, mode: Any) -> Operation:
        for one in self.rewrites:
            operation = one(operation, datamodel, mode)
        return operation


NO_POLICIES = Policies()
