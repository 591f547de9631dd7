"""What the shop's owner may set: tax, time limits, log-in limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ShopRules:
    """The numbers of the rules.

    `tax_rate` is the part added to a net price: 0.20 is twenty per cent, contained in every price shown.
    `password_cost` is bcrypt's: one more takes twice the time.
    """

    tax_rate: Decimal = Decimal("0.20")
    order_ttl: timedelta = timedelta(hours=1)
    cart_ttl: timedelta = timedelta(days=30)
    session_ttl: timedelta = timedelta(days=30)
    login_attempts: int = 5
    login_lockout: timedelta = timedelta(minutes=15)
    password_cost: int = 12


DEFAULT_RULES = ShopRules()
