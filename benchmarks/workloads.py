"""What is measured: one operation a workload, its inputs, and what of its answers must be equal for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from .world import COUPON, CUSTOMERS, ROWS_OF_ONE_CALL, World

Kind = Literal["reads", "writes", "shop", "tasks"]

TEXTS = ("elbise", "keten gömlek", "siyah bot", "pamuk", "deri çanta")
LEAST_AMOUNT = Decimal("1500.00")


@dataclass(frozen=True, slots=True)
class Shape:
    """What an answer is compared by: the fields of its model, with what it includes.

    `own` are fields that every run fills anew.
    """

    model: str
    relations: Mapping[str, Shape] = field(default_factory=dict)
    own: frozenset[str] = frozenset()


Inputs = Callable[[World, int], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Workload:
    """One operation of the peers, of the same name unless `operation` names another.

    `most` is how many calls one round may have, `tasks` how many of them run at once. `needs_carts` says that every
    round begins with full carts; `writes`, that what was made is taken away after it.
    """

    name: str
    title: str
    kind: Kind
    inputs: Inputs
    shape: Shape | None = None
    operation: str = ""
    most: int = 1_000
    rounds: int = 1
    tasks: int = 1
    writes: bool = False
    needs_carts: bool = False

    @property
    def method(self) -> str:
        return self.operation or self.name


_NEW = frozenset({"id", "createdAt", "updatedAt"})
_CHANGED = frozenset({"updatedAt"})
_VARIANT_WITH_PRODUCT = Shape("ProductVariant", {"product": Shape("Product")})
_PLACED = Shape(
    "Order",
    {
        "items": Shape("OrderItem", own=_NEW | {"orderId"}),
        "payments": Shape("Payment", {"refunds": Shape("PaymentRefund")}, own=_NEW | {"orderId"}),
        "couponUsages": Shape("CouponUsage", own=_NEW | {"orderId", "usedAt"}),
    },
    own=_NEW | {"reference", "placedAt", "cartId", "userId", "idempotencyKey", "idempotencyHash"},
)
_ITEMS = Shape("OrderItem", own=_NEW | {"orderId"})
_FOUND = {"variants": Shape("ProductVariant"), "media": Shape("ProductMedia", {"media": Shape("Media")})}


def _ids(world: World, number: int) -> list[str]:
    return [world.products[place % len(world.products)] for place in range(number)]


def _pages(world: World, number: int) -> list[int]:
    return [place % 3 * 20 for place in range(number)]


def _amounts(world: World, number: int) -> list[Decimal]:
    return [LEAST_AMOUNT + place % 10 for place in range(number)]


def _addresses(world: World, number: int) -> list[dict[str, Any]]:
    return [
        {
            "userId": f"bench-user-{place % CUSTOMERS + 1}",
            "label": "bench-new",
            "fullName": "Ayşe Yılmaz",
            "phone": "+90 555 000 00 00",
            "line1": f"Bench Street {place}",
            "city": "İstanbul",
            "postalCode": "34000",
        }
        for place in range(number)
    ]


def _changes(world: World, number: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"bench-address-{place % CUSTOMERS + 1}",
            "userId": f"bench-user-{place % CUSTOMERS + 1}",
            "city": f"City {place}",
            "phone": f"+90 555 {place:07}",
        }
        for place in range(number)
    ]


def _cards(world: World, number: int) -> list[dict[str, Any]]:
    """Every second card is there already."""
    return [
        {
            "userId": f"bench-user-{place % CUSTOMERS + 1}",
            "cardToken": f"bench-token-{place % CUSTOMERS + 1}" if place % 2 else f"bench-new-{place}",
            "cardAlias": f"Card {place}",
            "lastFourDigits": "4242",
            "expiryMonth": 12,
            "expiryYear": 2030,
        }
        for place in range(number)
    ]


def _orders(world: World, number: int) -> list[dict[str, Any]]:
    total = sum((line.unitPrice for line in world.lines), Decimal(0))
    return [
        {
            "userId": f"bench-user-{place % CUSTOMERS + 1}",
            "reference": f"LM-9999-{100_000 + place}",
            "totalAmount": total,
            "notes": "bench",
            "items": [
                {
                    "productId": line.productId,
                    "productVariantId": line.productVariantId,
                    "quantity": 1,
                    "unitPrice": line.unitPrice,
                    "titleSnapshot": line.titleSnapshot,
                }
                for line in world.lines
            ],
        }
        for place in range(number)
    ]


def _events(world: World, number: int) -> list[list[dict[str, Any]]]:
    return [
        [
            {
                "type": "LOGIN_FAILED",
                "ipAddress": f"192.0.2.{place % 256}",
                "userAgent": "bench",
                "payload": {"attempt": place, "reason": "unknown address"},
            }
            for place in range(ROWS_OF_ONE_CALL)
        ]
    ] * number


def _texts(world: World, number: int) -> list[str]:
    return [TEXTS[place % len(TEXTS)] for place in range(number)]


def _checkouts(world: World, number: int) -> list[dict[str, Any]]:
    return [
        {
            "cartId": f"bench-cart-{place + 1}",
            "idempotencyKey": f"bench-{world.number()}",
            "shippingAddressId": f"bench-address-{place + 1}",
            "couponCode": COUPON,
            "shippingAmount": Decimal("49.90"),
            "notes": "bench",
        }
        for place in range(number)
    ]


WORKLOADS = (
    Workload("find_by_id", "find by id", "reads", _ids, Shape("Product")),
    Workload(
        "page_of_20",
        "page of 20 with two relations",
        "reads",
        _pages,
        Shape("Product", {"variants": Shape("ProductVariant"), "categories": Shape("ProductCategory")}),
    ),
    Workload(
        "three_levels",
        "include of three levels",
        "reads",
        _pages,
        Shape("Order", {"items": Shape("OrderItem", {"productVariant": _VARIANT_WITH_PRODUCT})}),
    ),
    Workload("filtered_count", "count with a filter", "reads", _amounts),
    Workload("create", "create", "writes", _addresses, Shape("Address", own=_NEW), writes=True),
    Workload(
        "nested_create",
        "create of an order with 5 items",
        "writes",
        _orders,
        Shape("Order", {"items": _ITEMS}, own=_NEW | {"placedAt"}),
        writes=True,
    ),
    Workload("update_by_id", "update by id", "writes", _changes, Shape("Address", own=_CHANGED)),
    Workload("upsert", "upsert", "writes", _cards, Shape("SavedCard", own=_NEW), writes=True),
    Workload("create_many", "create_many of 10,000", "writes", _events, most=1, writes=True),
    Workload(
        "transaction", "transaction of 5 statements", "writes", _changes, Shape("Address", own=_CHANGED), writes=True
    ),
    Workload("search", "search", "shop", _texts, Shape("Product", _FOUND)),
    Workload(
        "checkout", "checkout", "shop", _checkouts, _PLACED, most=CUSTOMERS, writes=True, needs_carts=True
    ),
    Workload("tasks_16", "find by id, 16 tasks at once", "tasks", _ids, Shape("Product"), "find_by_id", tasks=16),
    Workload("tasks_500", "find by id, 500 tasks at once", "tasks", _ids, Shape("Product"), "find_by_id", tasks=500),
)  # fmt: skip
