"""Turn cents, in which orders are played, into the amounts of rows."""

from __future__ import annotations

from decimal import Decimal
from typing import overload


@overload
def to_lira(cents: int) -> Decimal: ...


@overload
def to_lira(cents: int | None) -> Decimal | None: ...


def to_lira(cents: int | None) -> Decimal | None:
    """Return an amount of TRY; None stays None."""
    return None if cents is None else Decimal(cents).scaleb(-2)
