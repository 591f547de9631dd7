"""`Read`: one way to read, and the indexes that are there for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from lumi_db.shop import Shop

from .sample import Sample

Kind = Literal["simple", "join", "complex", "page"]
LIMITS: dict[Kind, float] = {"simple": 10, "join": 50, "page": 100, "complex": 200}
"""How many milliseconds each kind may take (rulings, numbers to reach)."""


@dataclass(frozen=True, slots=True)
class Read:
    """A call of a repository; `name` is `<repository>.<method>`, and what is special about it behind a comma.

    `indexes` must all be used by the statements that it sends; of `one|other` either serves as well. `scans` names
    large tables that it may read whole, with the `reason`; `is_small` says that its own table has so few rows that a
    scan is as good, so that the plan is asked for without scans. What `is_write` is undone, and its time is not taken.
    """

    name: str
    kind: Kind
    indexes: tuple[str, ...]
    call: Callable[[Shop, Sample], Awaitable[Any]]
    scans: tuple[str, ...] = ()
    reason: str = ""
    is_small: bool = False
    is_write: bool = False

    @property
    def method(self) -> str:
        return self.name.partition(",")[0]
