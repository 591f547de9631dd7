"""Put the parts of a shop of any size in the order in which they are written, a block at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from seed.access import access_part
from seed.bulk.carts_rows import carts_part
from seed.bulk.deals_rows import orders_part
from seed.bulk.goods_rows import catalogue_part
from seed.bulk.people_rows import security_part, users_part
from seed.bulk.trade import Tally, count_trade, play
from seed.bulk.world import Size, World
from seed.categories import categories_part
from seed.collections import collections_table
from seed.coupons import coupons_used
from seed.plan import ADMIN, Plan
from seed.tables import Part

# Large enough for COPY to be worth its statement, small enough that the last block's rows are all that is held.
_PRODUCTS, _CUSTOMERS, _ORDERS = 500, 2_000, 2_000

# Rows of each product, customer and order, on average.
_ROWS = (26, 4, 7)

NEEDS: dict[str, tuple[str, ...]] = {
    "access": (),
    "users": ("access",),
    "categories": (),
    "collections": (),
    "catalogue": ("categories", "collections"),
    "coupons": (),
    "orders": ("users", "catalogue", "coupons"),
    "carts": ("users", "catalogue"),
    "security": ("users",),
    ADMIN: ("access",),
}


def plan_bulk(world: World) -> Plan:
    """Plan a shop of any size; its orders are played once to count what stock and coupons must know of them."""
    tally = count_trade(world)
    named = (access_part(), categories_part(), _collections(), coupons_used(tally.uses, tally.last_use))
    return Plan(
        make_parts=partial(_make, world, tally, named),
        size=_estimate(world.size) + sum(part.size for part in named),
        needs=NEEDS,
        named=named,
        tag=world.tag,
    ).choose()


def _make(world: World, tally: Tally, named: tuple[Part, ...]) -> Iterator[Part]:
    access, categories, collections, coupons = named
    customers = list(_blocks(world.size.customers, _CUSTOMERS))
    yield access
    yield from (users_part(world, numbers) for numbers in customers)
    yield from (categories, collections)
    for numbers in _blocks(world.size.products, _PRODUCTS):
        yield catalogue_part(world, numbers, tally)
    yield coupons
    deals = play(world)
    while some := list(islice(deals, _ORDERS)):
        yield orders_part(world, some)
    yield from (carts_part(world, numbers) for numbers in customers)
    yield from (security_part(world, numbers) for numbers in customers)


def _collections() -> Part:
    return Part("collections", (collections_table(),))


def _blocks(count: int, size: int) -> Iterator[range]:
    return (range(first, min(first + size, count)) for first in range(0, count, size))


def _estimate(size: Size) -> int:
    return sum(
        count * each for count, each in zip((size.products, size.customers, size.orders), _ROWS, strict=True)
    )
