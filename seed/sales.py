"""Play six months of the shop: who bought what, when, with which coupon, and how it went.

Pure and deterministic: everything comes from one seeded generator and the data modules. Carts, orders,
payments, reviews and stock are all told from these sales, so that they agree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from seed.data.coupons import COUPONS, CouponData
from seed.data.customers import CUSTOMERS, Customer
from seed.moments import AS_OF, at
from seed.money import NOTHING, shipping_for, take_off
from seed.shelves import choose_variant, find_made_to_order, on_sale
from seed.stories import Story, Times, tell
from seed.variants import Variant, stock_of

# Orders a day: the summer sale in June, the new season and the school year in September.
_DAILY = {4: 0.6, 5: 0.75, 6: 1.25, 7: 0.8, 8: 0.85, 9: 1.5}
_WEEKEND = 1.35
_FIRST_DAY = at("2026-04-01", 0)

# Nobody orders on the day they join.
_SETTLING_IN = timedelta(days=1)

# By the hour, from 08:00 to 23:00 in Turkey: people shop at lunch and in the evening.
_HOURS = (2, 3, 4, 5, 7, 7, 5, 4, 4, 5, 6, 7, 9, 11, 10, 6)

# Statuses whose goods are still in the warehouse.
OPEN = ("PENDING", "PAID", "FULFILLED")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of a sale; `reserved` of `quantity` pieces were taken from stock."""

    variant: Variant
    quantity: int
    reserved: int

    @property
    def amount(self) -> Decimal:
        """Return the price of all pieces."""
        return self.variant.price * self.quantity


@dataclass(frozen=True, slots=True)
class Sale:
    """Hold one purchase from cart to door; `number` counts the year's orders from 1."""

    number: int
    customer: Customer
    lines: tuple[Line, ...]
    coupon: CouponData | None
    story: Story
    times: Times
    status: str

    @property
    def reference(self) -> str:
        """Return the number told to the customer."""
        return f"LM-{self.times.placed.year}-{self.number:06}"

    @property
    def subtotal(self) -> Decimal:
        """Return the sum of the lines."""
        return sum((line.amount for line in self.lines), NOTHING)

    @property
    def discount(self) -> Decimal:
        """Return what the coupon takes off."""
        if self.coupon is None:
            return NOTHING
        return discount_of(self.coupon, self.subtotal)

    @property
    def shipping(self) -> Decimal:
        """Return what shipping costs after a coupon for it."""
        if self.coupon is not None and self.coupon.type == "FREE_SHIPPING":
            return NOTHING
        return shipping_for(self.subtotal)

    @property
    def total(self) -> Decimal:
        """Return what is paid."""
        return self.subtotal - self.discount + self.shipping


def discount_of(coupon: CouponData, subtotal: Decimal) -> Decimal:
    """Return what a coupon takes off a subtotal."""
    most = Decimal(coupon.max_discount) if coupon.max_discount else None
    return take_off(subtotal, coupon.type, Decimal(coupon.value), most)


@cache
def list_sales() -> tuple[Sale, ...]:
    """List all sales, oldest first."""
    chance = Random("lumi demo sales")
    moments = sorted(_moments(chance))
    plots = [(moment, chance.choices(*Story.weights())[0]) for moment in moments]
    plots += [(AS_OF - ago, story) for ago, story in Story.open_ends()]
    sales: list[Sale] = []
    for number, (moment, story) in enumerate(plots, start=1):
        sales.append(_play(number, moment, story, sales, chance))
    return tuple(sales)


def _moments(chance: Random) -> Iterator[datetime]:
    days = (AS_OF - _FIRST_DAY).days
    for day in range(days):
        midnight = _FIRST_DAY + timedelta(days=day)
        local = midnight + timedelta(hours=3)
        rate = _DAILY[local.month] * (_WEEKEND if local.weekday() >= 5 else 1)
        for _ in range(int(rate + chance.random())):
            hour = chance.choices(range(8, 24), _HOURS)[0]
            yield midnight + timedelta(hours=hour, seconds=chance.randrange(3600))


def _play(number: int, moment: datetime, story: Story, before: list[Sale], chance: Random) -> Sale:
    known = [customer for customer in CUSTOMERS if at(customer.joined) + _SETTLING_IN < moment]
    customer = chance.choices(known, [customer.loyalty for customer in known])[0]
    variants = _fill_basket(customer, moment, chance)
    if story is Story.BACK_ORDER:
        variants = [find_made_to_order()]
    times, status = tell(story, moment, chance)
    is_open = status in OPEN
    lines = tuple(_line(variant, chance, is_open=is_open) for variant in variants)
    is_first = all(sale.customer != customer for sale in before)
    subtotal = sum((line.amount for line in lines), NOTHING)
    coupon = None if story.is_cancelled else _choose_coupon(subtotal, moment, chance, is_first=is_first)
    return Sale(number, customer, lines, coupon, story, times, status)


def _fill_basket(customer: Customer, moment: datetime, chance: Random) -> list[Variant]:
    shelf = on_sale(customer.likes, moment)
    wanted = chance.choices((1, 2, 3, 4), (50, 30, 14, 6))[0]
    basket: dict[str, Variant] = {}
    while len(basket) < wanted:
        article = chance.choices(shelf.articles, shelf.weights)[0]
        basket.setdefault(article.slug, choose_variant(article, chance))
    return list(basket.values())


def _line(variant: Variant, chance: Random, *, is_open: bool) -> Line:
    quantity = 2 if variant.article.category.startswith("kids") and chance.random() < 0.3 else 1
    on_back_order = is_open and variant.article.policy == "CONTINUE" and stock_of(variant) == 0
    return Line(variant, quantity, 0 if on_back_order else quantity)


def _choose_coupon(
    subtotal: Decimal, moment: datetime, chance: Random, *, is_first: bool
) -> CouponData | None:
    usable = [coupon for coupon in COUPONS if _can_use(coupon, subtotal, moment, is_first=is_first)]
    # The most tempting one decides whether a code is typed at all.
    if chance.random() * 14 >= max((coupon.appeal for coupon in usable), default=0):
        return None
    return chance.choices(usable, [coupon.appeal for coupon in usable])[0]


def _can_use(coupon: CouponData, subtotal: Decimal, moment: datetime, *, is_first: bool) -> bool:
    begun = at(coupon.starts, 0) <= moment
    over = coupon.expires is not None and at(coupon.expires, 23) <= moment
    if not coupon.active or not begun or over:
        return False
    if coupon.code == "HOSGELDIN10" and not is_first:
        return False
    if coupon.type == "FREE_SHIPPING" and shipping_for(subtotal) == NOTHING:
        return False
    return subtotal >= Decimal(coupon.min_order or 0)
