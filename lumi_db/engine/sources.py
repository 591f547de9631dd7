"""Where the value of a parameter comes from: known by shape, fetched when the operation runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from .errors import EngineError
from .ids import IdSource


class Context:
    """What one run of a plan knows: the call's values, the instant, and rows bound so far.

    `bound` maps a key of the plan's choosing to the column values of a row it has seen.
    """

    __slots__ = ("_clock", "_now", "bound", "ids", "values")

    def __init__(self, values: list[Any], clock: Callable[[], datetime], ids: IdSource) -> None:
        self.values = values
        self.ids = ids
        self.bound: dict[int, Mapping[str, Any]] = {}
        self._clock = clock
        self._now: datetime | None = None

    @property
    def now(self) -> datetime:
        """The instant of the operation: one for all its rows."""
        if self._now is None:
            self._now = self._clock()
        return self._now


class Source(Protocol):
    def __call__(self, context: Context) -> Any: ...


class InvalidValue(Exception):
    """A value of the right type that its column cannot hold; the message does not repeat it."""


@dataclass(frozen=True, slots=True)
class SlotValue:
    """A value of the call, converted to what asyncpg wants; `path` names it in errors."""

    index: int
    convert: Callable[[Any], Any]
    path: str

    def __call__(self, context: Context) -> Any:
        try:
            return self.convert(context.values[self.index])
        except InvalidValue as error:
            raise EngineError("P2019", f"`{self.path}`: {error}", {"path": self.path}) from None


@dataclass(frozen=True, slots=True)
class Constant:
    value: Any

    def __call__(self, context: Context) -> Any:
        return self.value


@dataclass(frozen=True, slots=True)
class Now:
    """The instant of the operation, cut to what the column keeps."""

    convert: Callable[[Any], Any]

    def __call__(self, context: Context) -> Any:
        return self.convert(context.now)


@dataclass(frozen=True, slots=True)
class NewId:
    """A fresh id: `cuid`, `uuid`, `nanoid` or `ulid` with the arguments the schema gives."""

    function: str
    arguments: tuple[Any, ...]
    convert: Callable[[Any], Any]

    def __call__(self, context: Context) -> Any:
        return self.convert(context.ids.make(self.function, self.arguments))

    def many(self, context: Context, number: int) -> list[Any]:
        return list(map(self.convert, context.ids.make_many(self.function, self.arguments, number)))


@dataclass(frozen=True, slots=True)
class Bound:
    """A field of a row that an earlier statement of the plan gave."""

    key: int
    field: str
    convert: Callable[[Any], Any]

    def __call__(self, context: Context) -> Any:
        value = context.bound[self.key][self.field]
        return None if value is None else self.convert(value)
