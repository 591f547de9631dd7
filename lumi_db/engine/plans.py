"""The plans of one client: bound, planned and written as SQL once for every shape of call, then kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .bind import Binder
from .bind.common import missing, wrong_type
from .datamodel import Datamodel, Field, Model, UniqueKey
from .errors import EngineError
from .locking import locked
from .operation import CreateMany, Lock, UpsertMany
from .plan import Plan, Planner
from .plan.create_many import CreateManyPlans
from .plan.load import LoadPart, LoadPlans
from .plan.many_rows import Numbered
from .plan.upsert_many import UpsertManyPlans
from .policies import NO_POLICIES, Policies
from .shape import flatten, skeleton, weight
from .sources import Context

_PLANS_KEPT = 2_000
# and no more keys and leaves of shapes in all than this: a plan takes about 90 bytes for each
_ITEMS_KEPT = 300_000


class Plans:
    """Finds the plan for a call, or makes it."""

    def __init__(self, datamodel: Datamodel, policies: Policies = NO_POLICIES) -> None:
        self._datamodel = datamodel
        self._policies = policies
        self._binder = Binder(datamodel, policies)
        self._planner = Planner(datamodel, policies.on_update)
        self._create_many = CreateManyPlans(datamodel, self._binder.inputs)
        self._upsert_many = UpsertManyPlans(datamodel, self._binder.inputs, policies.on_update)
        self._load = LoadPlans(datamodel, self._binder.inputs)
        self._plans: dict[Any, Plan] = {}
        self._lookups: dict[Any, Plan] = {}
        self._items = 0
        # calls for which no plan was kept
        self.misses = 0

    def find(
        self,
        method: str,
        model: type,
        arguments: Mapping[str, Any],
        root_selection: Sequence[str] | None,
        lock: Lock | None = None,
    ) -> tuple[Plan, list[Any]]:
        """Return the plan for a call, made now or kept from one of the same shape, and the call's values."""
        mode = self._policies.mode()
        lookup = _lookup(method, arguments) if lock is None else None
        if lookup is not None and (kept := self._lookups.get((model, lookup[0], mode))) is not None:
            return kept, [lookup[1]]
        shape, values = flatten(arguments)
        key = (method, model, tuple(root_selection) if root_selection else None, lock, mode, shape)
        plan = self._plans.get(key)
        if plan is None:
            self.misses += 1
            plan = self._make_plan(method, model, shape, root_selection, lock, mode)
            self._keep(key, plan)
        # Without a value the text is a word in the shape: a field may be called `mode`.
        if lookup is not None and values:
            self._lookups[model, lookup[0], mode] = plan
        return plan, values

    def _keep(self, key: Any, plan: Plan) -> None:
        """Keep a plan, and let go of the oldest for it: neither many shapes nor large ones may fill the memory."""
        added = weight(key[-1])
        while self._plans and (len(self._plans) >= _PLANS_KEPT or self._items + added > _ITEMS_KEPT):
            oldest = next(iter(self._plans))
            del self._plans[oldest]
            self._items -= weight(oldest[-1])
        if added <= _ITEMS_KEPT:
            self._plans[key] = plan
            self._items += added

    def _make_plan(
        self,
        method: str,
        model: type,
        shape: Any,
        root_selection: Sequence[str] | None,
        lock: Lock | None,
        mode: Any,
    ) -> Plan:
        target = self._model_of(model)
        fields = _fields_of(model, target)
        operation = self._binder.bind(
            method, target, skeleton(shape), fields=fields, root_selection=root_selection
        )
        operation = self._policies.rewrite(operation, self._datamodel, mode)
        return self._planner.plan(operation if lock is None else locked(operation, lock))

    def mode(self) -> Any:
        """Return what plans depend on beside the call: the mode of the policies."""
        return self._policies.mode()

    def name_of(self, model: type) -> str:
        return self._model_of(model).name

    def unique_key(self, model: type, name: str) -> UniqueKey | None:
        """Return the key that `name` stands for in `where`."""
        return next((key for key in self._model_of(model).uniques if key.name == name), None)

    def _model_of(self, model: type) -> Model:
        name = str(getattr(model, "__prisma_model__", model.__name__))
        try:
            return self._datamodel.models[name]
        except KeyError:
            raise EngineError("P2009", f"The schema has no model {name}.", {"model": name}) from None

    def bulk(self, method: str, model: type, arguments: Mapping[str, Any], context: Context) -> Plan:
        """Return the plan for many rows; it is made anew for every call, from kept parts."""
        target = self._model_of(model)
        rows = arguments.get("data")
        if rows is None:
            raise missing("data", target.name)
        if not isinstance(rows, (Mapping, list, tuple)):
            raise wrong_type("data", "a list of dicts", rows)
        rows = [rows] if isinstance(rows, Mapping) else list(rows)
        operation = self._binder.bind(
            method, target, arguments, fields=_fields_of(model, target), root_selection=None
        )
        operation = self._policies.rewrite(operation, self._datamodel, self._policies.mode())
        if isinstance(operation, UpsertMany):
            return self._upsert_many.plan(operation, rows, context)
        assert isinstance(operation, CreateMany)
        return self._create_many.plan(operation, rows, context)

    def load(self, model: type, rows: Sequence[Numbered], context: Context) -> Iterator[LoadPart]:
        """Return a chunk of rows as it is copied."""
        return self._load.parts(self._model_of(model), rows, context)


def _lookup(method: str, arguments: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return field and value of the commonest call, a row by one text and no more, whose shape is the field."""
    if method != "find_unique" or len(arguments) != 2 or arguments.get("include") is not None:
        return None
    where = arguments.get("where")
    if type(where) is not dict or len(where) != 1:
        return None
    [(field, value)] = where.items()
    return (field, value) if type(value) is str and type(field) is str else None


def _fields_of(model: type, target: Model) -> list[Field]:
    """The scalar fields that the caller's class has: a partial class selects fewer columns."""
    known: Mapping[str, Any] = getattr(model, "model_fields", {})
    fields = [field for name, field in target.fields.items() if name in known]
    return fields or list(target.fields.values())
