"""The demo shop's own prices; how amounts are calculated is the data layer's (`lumi_db.money`)."""

from decimal import Decimal

from lumi_db import money
from lumi_db.money import NOTHING, round_cents, take_off
from lumi_db.rules import DEFAULT_RULES

SHIPPING_FEE = Decimal("79.90")
FREE_SHIPPING_FROM = Decimal("2000.00")

__all__ = [
    "FREE_SHIPPING_FROM",
    "NOTHING",
    "SHIPPING_FEE",
    "contained_tax",
    "round_cents",
    "shipping_for",
    "take_off",
]


def contained_tax(total: Decimal) -> Decimal:
    """Return the tax contained in an amount that was paid."""
    return money.contained_tax(total, DEFAULT_RULES.tax_rate)


def shipping_for(subtotal: Decimal) -> Decimal:
    """Return what sending a parcel of this value costs."""
    return NOTHING if subtotal >= FREE_SHIPPING_FROM else SHIPPING_FEE
