"""Calculate amounts of money: two places, rounded half up (rulings, data model 2 and 12)."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
TAX_RATE = Decimal("0.20")
SHIPPING_FEE = Decimal("79.90")
FREE_SHIPPING_FROM = Decimal("2000.00")
NOTHING = Decimal("0.00")


def round_cents(amount: Decimal) -> Decimal:
    """Round an amount half up to two places."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def contained_tax(total: Decimal) -> Decimal:
    """Return the tax contained in an amount that was paid."""
    return round_cents(total * TAX_RATE / (1 + TAX_RATE))


def shipping_for(subtotal: Decimal) -> Decimal:
    """Return what sending a parcel of this value costs."""
    return NOTHING if subtotal >= FREE_SHIPPING_FROM else SHIPPING_FEE


def take_off(subtotal: Decimal, type_: str, value: Decimal, most: Decimal | None) -> Decimal:
    """Return what a coupon of this type and value takes off the subtotal."""
    match type_:
        case "PERCENTAGE":
            discount = round_cents(subtotal * value / 100)
        case "FIXED_AMOUNT":
            discount = value
        case _:
            return NOTHING
    return min(discount, subtotal, most if most is not None else subtotal)
