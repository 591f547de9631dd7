"""Amounts of money: two places, rounded half up (rulings, data model 2 and 12)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


def round_cents(amount: Decimal) -> Decimal:
    """Round an amount half up to two places."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def contained_tax(total: Decimal, rate: Decimal) -> Decimal:
    """Return the tax that an amount contains; a rate of 0.20 is twenty per cent of the net price."""
    return round_cents(total * rate / (1 + rate))


def take_off(subtotal: Decimal, type_: str, value: Decimal, most: Decimal | None) -> Decimal:
    """Return what a coupon of this type and value takes off the subtotal: never more than it, or than `most`."""
    match type_:
        case "PERCENTAGE":
            discount = round_cents(subtotal * value / 100)
        case "FIXED_AMOUNT":
            discount = value
        case _:
            return NOTHING
    return min(discount, subtotal, most if most is not None else subtotal)
