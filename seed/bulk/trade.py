"""Play the orders of a shop one after the other, as often as they are needed: the same ones each time."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random

from seed.bulk.crowd import count_known
from seed.bulk.goods import MOST_VARIANTS, Good, Piece, for_sale, good_of
from seed.bulk.world import World
from seed.data.coupons import COUPONS, CouponData
from seed.moments import AS_OF, TURKEY, at
from seed.money import FREE_SHIPPING_FROM, SHIPPING_FEE, take_off
from seed.sales import DAILY, HOURS, OPEN, WEEKEND
from seed.stories import Story, Times, tell

_OPENS = "2026-04-01"
_SHIPPING = int(SHIPPING_FEE * 100)
_FREE_FROM = int(FREE_SHIPPING_FROM * 100)
_USABLE = tuple(coupon for coupon in COUPONS if coupon.active and coupon.code != "HOSGELDIN10")
_PERIODS = {
    coupon.code: (at(coupon.starts, 0), at(coupon.expires, 23) if coupon.expires else AS_OF)
    for coupon in _USABLE
}
_LEAST = {coupon.code: int(Decimal(coupon.min_order or 0) * 100) for coupon in _USABLE}
_STORIES, _WEIGHTS = Story.weights()
_CUMULATED = tuple(accumulate(_WEIGHTS))
_BASKETS = (1, 1, 1, 1, 1, 2, 2, 2, 3, 4)
_REVIEWS = 0.35

# Those after the last midnight, so that orders stay in the order of their numbers.
_ENDS = tuple(end for end in Story.open_ends() if end[0] < timedelta(hours=12))


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of an order; `reserved` of `quantity` pieces were taken from stock."""

    good: Good
    piece: Piece
    quantity: int
    reserved: int


@dataclass(frozen=True, slots=True)
class Deal:
    """Hold one order from cart to door; amounts are cents of TRY. `review` is when its lines are reviewed."""

    number: int
    customer: int
    story: Story
    times: Times
    status: str
    lines: tuple[Line, ...]
    coupon: CouponData | None
    subtotal: int
    discount: int
    shipping: int
    review: datetime | None

    @property
    def total(self) -> int:
        """Return what is paid."""
        return self.subtotal - self.discount + self.shipping


@dataclass(slots=True)
class Tally:
    """Count what other rows must know of the orders: a few bytes a variant, one a customer."""

    reserved: array[int]
    uses: Counter[str] = field(default_factory=Counter)
    last_use: dict[str, datetime] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)

    def add(self, deal: Deal) -> None:
        """Count an order."""
        if deal.status in OPEN:
            for line in deal.lines:
                self.reserved[line.piece.number] += line.reserved
        if deal.coupon is not None:
            self.uses[deal.coupon.code] += 1
            self.last_use[deal.coupon.code] = deal.times.placed


def count_trade(world: World) -> Tally:
    """Play all orders once and count."""
    tally = Tally(array("I", bytes(4 * MOST_VARIANTS * world.size.products)))
    for deal in play(world):
        tally.add(deal)
    return tally


def play(world: World) -> Iterator[Deal]:
    """Play all orders, oldest first."""
    chance = Random(f"lumi qa {world.seed} {world.size}")
    players = _Players(world, chance)
    ends = _ENDS[-world.size.orders :] if world.size.orders else ()
    number = 1
    for moment in _moments(world.size.orders - len(ends), chance):
        story = chance.choices(_STORIES, cum_weights=_CUMULATED)[0]
        yield players.play(number, moment, story)
        number += 1
    for ago, story in ends:
        yield players.play(number, AS_OF - ago, story)
        number += 1


def _moments(count: int, chance: Random) -> Iterator[datetime]:
    """Spread orders over the days as seasons have it, and over a day as people shop."""
    first = at(_OPENS, 0)
    days = [first + timedelta(days=day) for day in range((AS_OF - first).days)]
    rates = list(accumulate(_rate(day) for day in days))
    hours = list(accumulate(HOURS))
    done = 0
    for day, reached in zip(days, rates, strict=True):
        until = round(count * reached / rates[-1])
        today = until - done
        for place in range(today):
            yield day + _hour((place + chance.random()) / today * hours[-1], hours)
        done = until


def _rate(midnight: datetime) -> float:
    local = midnight.astimezone(TURKEY)
    return DAILY[local.month] * (WEEKEND if local.weekday() >= 5 else 1)


def _hour(share: float, hours: list[int]) -> timedelta:
    place = next(place for place, reached in enumerate(hours) if share < reached)
    return timedelta(seconds=int(3_600 * (8 + place + 1 - (hours[place] - share) / HOURS[place])))


class _Players:
    """Plays orders, and remembers who has reviewed and which coupons were used."""

    def __init__(self, world: World, chance: Random) -> None:
        self._size = world.size
        self._chance = chance
        self._has_reviewed = bytearray(world.size.customers)
        self._uses: Counter[str] = Counter()

    def play(self, number: int, moment: datetime, story: Story) -> Deal:
        chance = self._chance
        customer = int(count_known(moment, self._size.customers) * chance.random() ** 1.4)
        times, status = tell(story, moment, chance)
        lines = self._lines(story, is_open=status in OPEN)
        subtotal = sum(line.piece.price * line.quantity for line in lines)
        coupon = None if story.is_cancelled else self._choose_coupon(subtotal, moment)
        discount, shipping = _amounts(subtotal, coupon)
        review = self._choose_review(customer, times)
        return Deal(
            number, customer, story, times, status, lines, coupon, subtotal, discount, shipping, review
        )

    def _lines(self, story: Story, *, is_open: bool) -> tuple[Line, ...]:
        chance = self._chance
        if story is Story.BACK_ORDER and self._size.products > 16:
            return (_line(good_of(16), 0, 1, is_open=is_open),)
        wanted = min(_BASKETS[int(chance.random() * 10)], (self._size.products + 3) // 4)
        lines: dict[int, Line] = {}
        while len(lines) < wanted:
            number = for_sale(int(self._size.products * chance.random() ** 2))
            good = good_of(number)
            place = int(len(good.pieces) * chance.random())
            lines[number] = _line(good, place, 2 if chance.random() < 0.08 else 1, is_open=is_open)
        return tuple(lines.values())

    def _choose_coupon(self, subtotal: int, moment: datetime) -> CouponData | None:
        if self._chance.random() > 0.2:
            return None
        usable = [coupon for coupon in _USABLE if self._can_use(coupon, subtotal, moment)]
        if not usable:
            return None
        chosen = usable[int(len(usable) * self._chance.random())]
        self._uses[chosen.code] += 1
        return chosen

    def _can_use(self, coupon: CouponData, subtotal: int, moment: datetime) -> bool:
        begins, ends = _PERIODS[coupon.code]
        if coupon.usage_limit is not None and self._uses[coupon.code] >= coupon.usage_limit:
            return False
        if coupon.type == "FREE_SHIPPING" and subtotal >= _FREE_FROM:
            return False
        return begins <= moment < ends and subtotal >= _LEAST[coupon.code]

    def _choose_review(self, customer: int, times: Times) -> datetime | None:
        """Let everybody review one of their orders at most: nobody reviews a product twice."""
        if times.delivered is None or self._has_reviewed[customer] or self._chance.random() > _REVIEWS:
            return None
        written = times.delivered + timedelta(minutes=2_000 + int(24_000 * self._chance.random()))
        if written > AS_OF:
            return None
        self._has_reviewed[customer] = 1
        return written


def _line(good: Good, place: int, quantity: int, *, is_open: bool) -> Line:
    piece = good.pieces[place]
    on_back_order = is_open and good.policy == "CONTINUE" and piece.stock == 0
    return Line(good, piece, quantity, 0 if on_back_order else quantity)


def _amounts(subtotal: int, coupon: CouponData | None) -> tuple[int, int]:
    """Return discount and shipping."""
    shipping = 0 if subtotal >= _FREE_FROM else _SHIPPING
    if coupon is None:
        return 0, shipping
    if coupon.type == "FREE_SHIPPING":
        return 0, 0
    most = Decimal(coupon.max_discount) if coupon.max_discount else None
    taken = take_off(Decimal(subtotal).scaleb(-2), coupon.type, Decimal(coupon.value), most)
    return int(taken * 100), shipping
