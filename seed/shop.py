"""Put the parts of a shop in the order in which they are written."""

from __future__ import annotations

from seed.access import access_part
from seed.carts import carts_part
from seed.catalogue import catalogue_part
from seed.categories import categories_part
from seed.collections import collections_part
from seed.coupons import coupons_part
from seed.edges import edges_part
from seed.inventory import inventory_part
from seed.media import media_part
from seed.orders import orders_part
from seed.payments import payments_part
from seed.plan import ADMIN
from seed.reviews import reviews_part
from seed.security import security_part
from seed.stage import Stage
from seed.tables import Part
from seed.users import users_part

NEEDS: dict[str, tuple[str, ...]] = {
    "access": (),
    "users": ("access",),
    "categories": (),
    "media": (),
    "catalogue": ("categories", "media"),
    "inventory": ("catalogue",),
    "collections": ("catalogue",),
    "coupons": (),
    "carts": ("users", "catalogue"),
    "orders": ("carts", "coupons"),
    "payments": ("orders",),
    "reviews": ("orders",),
    "security": ("users",),
    ADMIN: ("access",),
}
NEEDS_OF_DEV = {**NEEDS, "edges": ("access", "catalogue")}


def make_shop(stage: Stage) -> tuple[Part, ...]:
    """Make all rows of a shop but the administrator's; what a row refers to comes before it."""
    edges = (edges_part(stage),) if stage.name == "dev" else ()
    return (
        access_part(),
        users_part(stage),
        categories_part(),
        media_part(stage),
        catalogue_part(stage),
        inventory_part(stage),
        collections_part(stage),
        coupons_part(stage),
        carts_part(stage),
        orders_part(stage),
        payments_part(stage),
        reviews_part(stage),
        security_part(stage),
        *edges,
    )
