"""Choices from which random contents and operations are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

One = TypeVar("One")


class Dice:
    """Chooses by `below(n)`, a number from 0 to n - 1: the nearer to 0, the simpler what comes of it.

    Hypothesis draws the numbers for operations, and so can make a failing example smaller.
    """

    def __init__(self, below: Callable[[int], int]) -> None:
        self._below = below

    def number(self, least: int, most: int) -> int:
        return least + self._below(most - least + 1)

    def chance(self, percent: int) -> bool:
        return self._below(100) >= 100 - percent

    def pick(self, items: Sequence[One]) -> One:
        return items[self._below(len(items))]

    def some(self, items: Sequence[One], least: int, most: int) -> list[One]:
        """Pick different items, in an order by chance."""
        rest = list(items)
        count = min(self.number(least, most), len(rest))
        return [rest.pop(self._below(len(rest))) for _ in range(count)]
