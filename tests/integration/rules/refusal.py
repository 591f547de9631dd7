"""What a rule refuses: through the shop, with which error about which fields; around it, by which constraint."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from lumi_db import OperationError

from .world import World

Attempt = Callable[[World], Awaitable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One way to break a rule on either side; `kept_by` is the constraint, index or trigger that names itself."""

    rule: str
    through: Attempt
    error: type[OperationError]
    fields: tuple[str, ...]
    around: Attempt
    kept_by: str

    @property
    def title(self) -> str:
        return f"{self.rule} ({self.kept_by})"
