"""A rule of the shop's data, and the tests that show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """`through` are tests that go through `db.shop`, `around` those that write SQL past it."""

    name: str
    through: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
