"""Play six months of the shop: who bought what, when, with which coupon, and how it went.

Pure and deterministic: everything comes from one seeded generator and the data modules. Carts, orders,
payments, reviews and stock are all told from these sales, so that they agree.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from seed.data.coupons import COUPONS, CouponData
from seed.data.customers import Customer
from seed.moments import AS_OF, TURKEY, at
from seed.money import NOTHING, shipping_for, take_off
from seed.shelves import choose_variant, find_made_to_order, on_sale
from seed.stage import Stage
from seed.stories import Story, Times, tell
from seed.variants import Variant, stock_of

# Orders a day: the summer sale in June, the new season and the school year in September.
DAILY = {4: 0.6, 5: 0.75, 6: 1.25, 7: 0.8, 8: 0.85, 9: 1.5}
WEEKEND = 1.35

# Nobody orders on the day they join.
_SETTLING_IN = timedelta(days=1)

# By the hour, from 08:00 to 23:00 in Turkey: people shop at lunch and in the evening.
HOURS = (2, 3, 4, 5, 7, 7, 5, 4, 4, 5, 6, 7, 9, 11, 10, 6)

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
    """Hold one purchase from cart to door.

    `number` counts the year's orders from 1, `key` names the sale among those of all stages.
    """

    number: int
    key: str
    customer: Customer
    lines: tuple[Line, ...]
    coupon: CouponData | None
    story: Story
    times: Times
    status: str

    @property
    def reference(self) -> str:
        """Return the number told to the customer."""
        return reference_of(self.number)

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


def reference_of(number: int) -> str:
    """Return the number of an order as it is told to the customer."""
    return f"LM-{AS_OF.year}-{number:06}"


def discount_of(coupon: CouponData, subtotal: Decimal) -> Decimal:
    """Return what a coupon takes off a subtotal."""
    most = Decimal(coupon.max_discount) if coupon.max_discount else None
    return take_off(subtotal, coupon.type, Decimal(coupon.value), most)


@cache
def list_sales(stage: Stage) -> tuple[Sale, ...]:
    """List all sales of a stage, oldest first."""
    chance = Random(stage.key("lumi demo sales"))
    moments = sorted(_moments(stage, chance))
    plots = [(moment, chance.choices(*Story.weights())[0]) for moment in moments]
    plots += [(AS_OF - ago, story) for ago, story in Story.open_ends()]
    diary = _Diary(stage, chance)
    return tuple(diary.play(number, moment, story) for number, (moment, story) in enumerate(plots, start=1))


def _moments(stage: Stage, chance: Random) -> Iterator[datetime]:
    first = at(stage.opens, 0)
    for day in range((AS_OF - first).days):
        midnight = first + timedelta(days=day)
        local = midnight.astimezone(TURKEY)
        rate = stage.pace * DAILY[local.month] * (WEEKEND if local.weekday() >= 5 else 1)
        for _ in range(int(rate + chance.random())):
            hour = chance.choices(range(8, 24), HOURS)[0]
            yield midnight + timedelta(hours=hour, seconds=chance.randrange(3600))


class _Diary:
    """Plays sales one after the other, and remembers who has ordered and which coupons were used."""

    def __init__(self, stage: Stage, chance: Random) -> None:
        self._stage = stage
        self._chance = chance
        self._joined = [(at(customer.joined) + _SETTLING_IN, customer) for customer in stage.customers]
        self._buyers: set[str] = set()
        self._uses: Counter[str] = Counter()

    def play(self, number: int, moment: datetime, story: Story) -> Sale:
        known = [customer for joined, customer in self._joined if joined < moment]
        customer = self._chance.choices(known, [customer.loyalty for customer in known])[0]
        variants = _fill_basket(self._stage, customer, moment, self._chance)
        if story is Story.BACK_ORDER:
            variants = [find_made_to_order(self._stage)]
        times, status = tell(story, moment, self._chance)
        lines = tuple(_line(variant, self._chance, is_open=status in OPEN) for variant in variants)
        coupon = None if story.is_cancelled else self._choose_coupon(customer, lines, moment)
        self._buyers.add(customer.email)
        key = self._stage.key(reference_of(number))
        return Sale(number, key, customer, lines, coupon, story, times, status)

    def _choose_coupon(
        self, customer: Customer, lines: tuple[Line, ...], moment: datetime
    ) -> CouponData | None:
        subtotal = sum((line.amount for line in lines), NOTHING)
        is_first = customer.email not in self._buyers
        usable = [
            coupon
            for coupon in COUPONS
            if _can_use(coupon, subtotal, moment, is_first=is_first)
            and (coupon.usage_limit is None or self._uses[coupon.code] < coupon.usage_limit)
        ]
        # The most tempting one decides whether a code is typed at all.
        if self._chance.random() * 14 >= max((coupon.appeal for coupon in usable), default=0):
            return None
        chosen = self._chance.choices(usable, [coupon.appeal for coupon in usable])[0]
        self._uses[chosen.code] += 1
        return chosen


def _fill_basket(stage: Stage, customer: Customer, moment: datetime, chance: Random) -> list[Variant]:
    shelf = on_sale(stage, customer.likes, moment)
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
