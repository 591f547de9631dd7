"""Say how large a shop is and name its rows: an id is a number, so a reference needs no look-up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Self

# Raise it when other rows are made: then they get other ids, and rows of before are strangers.
VERSION = 1

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_TAG_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Size:
    """Count what a shop has."""

    products: int
    customers: int
    orders: int

    def times(self, scale: int) -> Self:
        """Return the size of a shop that is `scale` times as large."""
        return type(self)(self.products * scale, self.customers * scale, self.orders * scale)


SCALE_1 = Size(products=1_000, customers=5_000, orders=20_000)


@dataclass(frozen=True, slots=True)
class World:
    """Hold what all rows of a shop come from; `plot` names what else they depend on, the day and the locale."""

    size: Size
    seed: int = 0
    plot: str = ""
    tag: str = field(init=False)

    def __post_init__(self) -> None:
        """Name the world, so that rows of two worlds never have the same id."""
        name = f"{VERSION} {self.size} {self.seed} {self.plot}"
        number = int.from_bytes(hashlib.sha256(name.encode()).digest())
        digits = (_ALPHABET[number // 36**place % 36] for place in range(_TAG_DIGITS))
        object.__setattr__(self, "tag", f"c{''.join(digits)}")

    def id(self, kind: str, number: int) -> str:
        """Return the id of a row: of cuid's shape, and as large as the number, which spares indexes their splits.

        `kind` is four small letters.
        """
        return f"{self.tag}{kind}{number:012}"
