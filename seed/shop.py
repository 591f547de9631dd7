"""Put the parts of the demo shop in the order in which they are written."""

from __future__ import annotations

from seed.access import access_part
from seed.carts import carts_part
from seed.catalogue import catalogue_part
from seed.categories import categories_part
from seed.collections import collections_part
from seed.coupons import coupons_part
from seed.inventory import inventory_part
from seed.media import media_part
from seed.orders import orders_part
from seed.payments import payments_part
from seed.reviews import reviews_part
from seed.security import security_part
from seed.tables import Part
from seed.users import users_part


def make_shop() -> tuple[Part, ...]:
    """Make all rows of the demo shop but the administrator's; what a row refers to comes before it."""
    return (
        access_part(),
        users_part(),
        categories_part(),
        media_part(),
        catalogue_part(),
        inventory_part(),
        collections_part(),
        coupons_part(),
        carts_part(),
        orders_part(),
        payments_part(),
        reviews_part(),
        security_part(),
    )
