"""`Batching`: finds by a unique key that are called in one turn of the event loop are one statement.

As the data loader of Prisma Client JS, which is in the page on query optimisation of Prisma's documentation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from .datamodel import Field, UniqueKey
from .errors import EngineError
from .plan.steps import not_found
from .shape import flatten

if TYPE_CHECKING:
    from .engine import Engine

METHODS = frozenset(("find_unique", "find_unique_or_raise"))
# More conditions in one statement take longer to plan than statements of their own.
_MOST_COMPOUND = 256
_REFUSED_INPUT = ("P2009", "P2012", "P2019")
# Types in which what PostgreSQL finds equal is equal in Python.
_TEXTS = (None, "Text", "VarChar", "Uuid")
_NUMBERS = (None, "Integer", "SmallInt", "BigInt")

_Values = tuple[Any, ...]


@dataclass(slots=True)
class _Call:
    method: str
    arguments: Mapping[str, Any]
    values: _Values
    answer: asyncio.Future[Any]


@dataclass(slots=True)
class _Group:
    """Calls of one shape, and what they have in common."""

    model: type
    key: UniqueKey
    calls: list[_Call] = field(default_factory=list)
    task: asyncio.Task[None] | None = None

    def leave(self) -> None:
        """Stop the statement when nobody waits for it any more."""
        if self.task is not None and all(call.answer.done() for call in self.calls):
            self.task.cancel()


def batched(execute: Callable[..., Awaitable[Any]], find: Callable[..., Awaitable[Any]]) -> Any:
    """Return a client's `_execute` that leaves finds by a unique key to `find`."""

    async def execute_batched(*, method: str, arguments: Any, model: Any = None, **more: Any) -> Any:
        if method in METHODS:
            return {"data": {"result": await find(method, arguments, model)}}
        return await execute(method=method, arguments=arguments, model=model, **more)

    return execute_batched


class Batching:
    """Gathers the finds of one view of a client."""

    def __init__(self, engine: Engine, transaction: str | None) -> None:
        self._engine = engine
        self._transaction = transaction
        self._groups: dict[Hashable, _Group] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def find(self, method: str, arguments: Mapping[str, Any], model: type) -> Any:
        """Answer a find, together with others of its shape where that means the same."""
        key = self._key(arguments, model)
        values = None if key is None else _values(key, arguments["where"])
        if key is None or values is None:
            return await self._alone(method, arguments, model)
        group = self._group(key, arguments, model)
        answer = asyncio.get_running_loop().create_future()
        group.calls.append(_Call(method, arguments, values, answer))
        try:
            return await answer
        except asyncio.CancelledError:
            group.leave()
            raise

    def _key(self, arguments: Mapping[str, Any], model: type) -> UniqueKey | None:
        """Return the key, if a call asks for it and for nothing else, and its rows can be told apart by it."""
        where = arguments.get("where")
        others = (item for name, item in arguments.items() if name not in ("where", "include"))
        if not isinstance(where, dict) or len(where) != 1 or any(item is not None for item in others):
            return None
        key = self._engine.plans.unique_key(model, next(iter(where)))
        known: Mapping[str, Any] = getattr(model, "model_fields", {})
        is_told_apart = key is not None and all(
            one.name in known and _is_comparable(one) for one in key.fields
        )
        return key if is_told_apart else None

    def _group(self, key: UniqueKey, arguments: Mapping[str, Any], model: type) -> _Group:
        name = (
            model,
            key.name,
            _frozen(flatten({"include": arguments.get("include")})),
            self._engine.plans.mode(),
        )
        group = self._groups.get(name)
        if group is None:
            group = self._groups[name] = _Group(model, key)
            # It runs after all that is ready in this turn, and in the scope of the first call.
            asyncio.get_running_loop().call_soon(self._begin, name)
        return group

    def _begin(self, name: Hashable) -> None:
        group = self._groups.pop(name)
        group.task = asyncio.get_running_loop().create_task(self._answer(group))
        self._tasks.add(group.task)
        group.task.add_done_callback(self._tasks.discard)

    async def _answer(self, group: _Group) -> None:
        calls = [call for call in group.calls if not call.answer.done()]
        size = len(calls) if len(group.key.fields) == 1 else _MOST_COMPOUND
        try:
            for start in range(0, len(calls), size or 1):
                await self._answer_part(group, calls[start : start + size])
        except Exception as error:  # noqa: BLE001 - whatever it is, it is for those who wait
            for call in calls:
                _fail(call, error)
        finally:
            for call in calls:
                call.answer.cancel()

    async def _answer_part(self, group: _Group, calls: list[_Call]) -> None:
        try:
            if len(calls) == 1:
                _give(calls[0], await self._alone(calls[0].method, calls[0].arguments, group.model))
                return
            arguments = {**calls[0].arguments, "where": _any_of(group.key, calls)}
            rows = await self._engine.execute("find_many", arguments, group.model, None, self._transaction)
        except EngineError as error:
            if error.code not in _REFUSED_INPUT or len(calls) == 1:
                raise
            # Whose input it was shows only when each is asked for by itself.
            for call in calls:
                await self._answer_alone(group, call)
        else:
            if _are_asked_for(rows, group.key, calls):
                self._hand_out(group, calls, rows)
                return
            # The caller's own model has changed the key.
            for call in calls:
                await self._answer_alone(group, call)

    async def _answer_alone(self, group: _Group, call: _Call) -> None:
        try:
            _give(call, await self._alone(call.method, call.arguments, group.model))
        except EngineError as error:
            _fail(call, error)

    def _hand_out(self, group: _Group, calls: list[_Call], rows: list[Any]) -> None:
        found = {_key_of(row, group.key): row for row in rows}
        taken: set[_Values] = set()
        for call in calls:
            row = found.get(call.values)
            if row is None and call.method.endswith("_or_raise"):
                name = self._engine.plans.name_of(group.model)
                _fail(call, not_found(f"No '{name}' record was found for the query.", name))
                continue
            # Who asks for the same row gets one of his own.
            _give(call, row.model_copy(deep=True) if call.values in taken and row is not None else row)
            taken.add(call.values)

    async def _alone(self, method: str, arguments: Mapping[str, Any], model: type) -> Any:
        return await self._engine.execute(method, arguments, model, None, self._transaction)


def _key_of(row: Any, key: UniqueKey) -> _Values:
    return tuple(getattr(row, one.name) for one in key.fields)


def _are_asked_for(rows: list[Any], key: UniqueKey, calls: list[_Call]) -> bool:
    return {_key_of(row, key) for row in rows} <= {call.values for call in calls}


def _frozen(part: Any) -> Hashable:
    """Return a shape with its values as what can be a key: includes of other values are other finds."""
    if isinstance(part, list | tuple):
        return tuple(map(_frozen, part))
    try:
        hash(part)
    except TypeError:
        return id(part)
    return part  # type: ignore[no-any-return]  # it has a hash


def _is_comparable(one: Field) -> bool:
    if one.is_enum:
        return False
    natives = {"String": _TEXTS, "Int": _NUMBERS, "BigInt": _NUMBERS}.get(one.type, ())
    return one.native in natives


def _values(key: UniqueKey, where: Mapping[str, Any]) -> _Values | None:
    """Return the key's values as rows will have them; None if there is one that a row could not have."""
    parts = where if len(key.fields) == 1 else where[key.name]
    if not isinstance(parts, dict) or parts.keys() != {one.name for one in key.fields}:
        return None
    values = tuple(_value(one, parts[one.name]) for one in key.fields)
    return None if None in values else values


def _value(one: Field, value: Any) -> Any:
    if one.type != "String":
        return int(value) if isinstance(value, int) and not isinstance(value, bool) else None
    if not isinstance(value, str | UUID):
        return None
    if one.native != "Uuid":
        return str(value) if type(value) in (str, UUID) else None
    try:
        return str(UUID(str(value)))
    except ValueError:
        return None


def _any_of(key: UniqueKey, calls: list[_Call]) -> dict[str, Any]:
    """Return the filter for the rows of all calls, so that few numbers of them make shapes of their own."""
    wanted = list(dict.fromkeys(call.values for call in calls))
    if len(key.fields) == 1:
        return {key.fields[0].name: {"in": [values[0] for values in wanted]}}
    names = [one.name for one in key.fields]
    wanted += [wanted[-1]] * ((1 << (len(wanted) - 1).bit_length()) - len(wanted))
    return {"OR": [dict(zip(names, values, strict=True)) for values in wanted]}


def _give(call: _Call, row: Any) -> None:
    if not call.answer.done():
        call.answer.set_result(row)


def _fail(call: _Call, error: Exception) -> None:
    """Raise the error where it is waited for: one of its own for each, for an instance gathers tracebacks."""
    if call.answer.done():
        return
    if isinstance(error, EngineError):
        error = EngineError(error.code, error.message, error.meta)
    call.answer.set_exception(error)
