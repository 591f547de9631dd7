"""Make the carts: those that became orders, those being filled, and those left behind, guests' too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random

from seed.ids import make_id
from seed.moments import AS_OF, at
from seed.people import user_id
from seed.sales import Sale, list_sales
from seed.schema import enums, inputs
from seed.shelves import choose_variant, on_sale
from seed.stage import SUSPENDED, Stage
from seed.tables import Part, Table
from seed.variants import Variant, stock_of

_KEPT = timedelta(days=30)
_KEPT_FOR_GUESTS = timedelta(days=7)

# How long before the fixed day carts were last touched that nobody has ordered from.
_FILLING = (0.2, 0.6, 1.5, 3, 7, 20, 31, 55)
_LEFT = (960, 1100, 1350, 1500, 1700, 2100, 2600, 3000)
_GUESTS_FILLING = (0.4, 2, 9)
_GUESTS_LEFT = (190, 250, 330, 400, 520)


@dataclass(frozen=True, slots=True)
class Basket:
    """Hold a cart nobody has ordered from; `name` makes its id."""

    name: str
    email: str | None
    status: str
    touched: datetime
    variants: tuple[Variant, ...]


def cart_id(sale: Sale) -> str:
    """Return the id of the cart a sale was made of."""
    return make_id("Cart", sale.key)


def carts_part(stage: Stage) -> Part:
    """Make all carts and what is in them."""
    carts = [_sold_cart(sale) for sale in list_sales(stage)] + [_cart(basket) for basket in _baskets(stage)]
    items = [row for sale in list_sales(stage) for row in _sold_items(sale)]
    items += [row for basket in _baskets(stage) for row in _items(basket)]
    return Part("carts", (Table("cart", carts), Table("cartitem", items)))


def _sold_cart(sale: Sale) -> inputs.CartCreateWithoutRelationsInput:
    begun = _begun(sale)
    return {
        "id": cart_id(sale),
        "userId": user_id(sale.customer.email),
        "status": enums.CartStatus.CHECKED_OUT,
        "expiresAt": begun + _KEPT,
        "createdAt": begun,
        "updatedAt": sale.times.placed,
    }


def _begun(sale: Sale) -> datetime:
    return sale.times.placed - timedelta(minutes=4 + sale.number * 7 % 170)


def _sold_items(sale: Sale) -> list[inputs.CartItemCreateWithoutRelationsInput]:
    return [_item(cart_id(sale), line.variant, line.quantity, _begun(sale)) for line in sale.lines]


def _item(
    cart: str, variant: Variant, quantity: int, added: datetime
) -> inputs.CartItemCreateWithoutRelationsInput:
    return {
        "id": make_id("CartItem", cart, variant.sku),
        "cartId": cart,
        "productVariantId": variant.id,
        "quantity": quantity,
        "unitPrice": variant.price,
        "createdAt": added,
        "updatedAt": added,
    }


@cache
def _baskets(stage: Stage) -> tuple[Basket, ...]:
    regulars = [customer for customer in stage.customers if at(customer.joined) < AS_OF - timedelta(days=140)]
    newcomers = [customer for customer in stage.customers if customer.email != SUSPENDED][-len(_FILLING) :]
    filling = [
        _basket(stage, customer.email, customer.likes, "ACTIVE", hours)
        for customer, hours in zip(newcomers, _FILLING, strict=True)
    ]
    left = [
        _basket(stage, customer.email, customer.likes, "ABANDONED", hours)
        for customer, hours in zip(regulars, _LEFT, strict=False)
    ]
    guests = [_basket(stage, None, "women", "ACTIVE", hours) for hours in _GUESTS_FILLING]
    guests += [_basket(stage, None, "men", "ABANDONED", hours) for hours in _GUESTS_LEFT]
    return (*filling, *left, *guests)


def _basket(stage: Stage, email: str | None, likes: str, status: str, hours: float) -> Basket:
    name = stage.key(f"{email or 'guest'} {hours}")
    chance = Random(f"basket {name}")
    touched = AS_OF - timedelta(hours=hours)
    shelf = on_sale(stage, likes, touched)
    chosen: dict[str, Variant] = {}
    wanted = 1 + chance.randrange(3)
    while len(chosen) < wanted:
        variant = choose_variant(chance.choices(shelf.articles, shelf.weights)[0], chance)
        if stock_of(variant):
            chosen.setdefault(variant.article.slug, variant)
    return Basket(name, email, status, touched, tuple(chosen.values()))


def _cart(basket: Basket) -> inputs.CartCreateWithoutRelationsInput:
    kept = _KEPT if basket.email else _KEPT_FOR_GUESTS
    begun = basket.touched - timedelta(minutes=25)
    return {
        "id": make_id("Cart", basket.name),
        "userId": user_id(basket.email) if basket.email else None,
        "sessionId": None if basket.email else f"guest-{make_id('session', basket.name)}",
        "status": enums.CartStatus[basket.status],
        "expiresAt": begun + kept,
        "createdAt": begun,
        "updatedAt": basket.touched,
    }


def _items(basket: Basket) -> list[inputs.CartItemCreateWithoutRelationsInput]:
    cart = make_id("Cart", basket.name)
    return [_item(cart, variant, 1, basket.touched) for variant in basket.variants]
